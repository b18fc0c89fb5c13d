#!/usr/bin/python3
"""Trains the reader of digit lines and writes it as ONNX; see README.md. A stopped training goes on from its last checkpoint."""
import argparse
import math
import os
import sys
import time

import cv2
import numpy as np

sys.dont_write_bytecode = True
from lines import sampling
from lines.alphabet import classes_of, greedy
from lines.glyph_bank import Bank

HERE = os.path.dirname(os.path.abspath(__file__))


def show(bank, seed, file):
    """A picture of samples, three groups in columns, to look at."""
    import random
    r = random.Random(seed)
    widths = [w + 8 for w in sampling.WIDEST]
    sheet = np.zeros((40 * 36, sum(widths)), np.float32)
    started = time.time()
    for row in range(40):
        x = 0
        for group in range(3):
            image, text = sampling.sample(bank, r, group)
            sheet[row * 36:row * 36 + 32, x:x + image.shape[1]] = image
            x += widths[group]
            print(text, end="   ")
        print()
    print(f"{(time.time() - started) / 120 * 1000:.1f} ms a sample")
    cv2.imwrite(file, 255 - sheet * 255)


def loader(args, first):
    import torch

    class Batches(torch.utils.data.Dataset):
        bank = None

        def __len__(self):
            return args.steps - first

        def __getitem__(self, k):
            cv2.setNumThreads(1)
            if Batches.bank is None:
                Batches.bank = Bank(args.shapes)
            images, texts = sampling.batch(Batches.bank, args.seed, k + first, args.steps, args.batch)
            return torch.from_numpy(images), texts

    return torch.utils.data.DataLoader(Batches(), batch_size=None, num_workers=args.workers, prefetch_factor=6 if args.workers else 2)


def share_of_rate(part):
    """The learning rate over the training: up for 8 %, then down along a cosine. Going on with fewer --steps ends sooner, well annealed."""
    if part < 0.08:
        return 0.1 + 0.9 * part / 0.08
    return 0.003 + 0.997 * 0.5 * (1 + math.cos(math.pi * min(1.0, (part - 0.08) / 0.92)))


def train(args):
    import torch
    from lines import net as nets
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    net = nets.build().to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(net.parameters(), lr=args.rate, weight_decay=1e-3, betas=(0.9, 0.98))
    ctc = torch.nn.CTCLoss(blank=0, zero_infinity=True)
    saved, first = args.out + ".checkpoint", 0
    if os.path.exists(saved):
        state = torch.load(saved)
        net.load_state_dict(state["net"])
        optimiser.load_state_dict(state["optimiser"])
        first = state["step"]
        print(f"goes on from step {first}")
    print(f"{sum(p.numel() for p in net.parameters())} parameters", flush=True)
    started, losses = time.time(), []
    for k, (images, texts) in enumerate(loader(args, first), first + 1):
        steps = net(images.contiguous(memory_format=torch.channels_last)).squeeze(2).permute(2, 0, 1).log_softmax(2)
        targets = torch.tensor([c for t in texts for c in classes_of(t)], dtype=torch.long)
        loss = ctc(steps, targets, torch.full((len(texts),), steps.shape[0], dtype=torch.long), torch.tensor([len(t) for t in texts]))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        for group in optimiser.param_groups:
            group["lr"] = args.rate * share_of_rate(k / args.steps)
        optimiser.step()
        nets.keep_scales_positive(net)
        losses.append(loss.item())
        if k % 100 == 0:
            right = sum(greedy(row) == t for row, t in zip(steps.detach().argmax(2).T.tolist(), texts))
            print(f"step {k}: loss {np.mean(losses[-100:]):.4f}, whole lines {right}/{len(texts)}, {time.time() - started:.0f} s", flush=True)
        if k % 250 == 0 or k == args.steps:
            torch.save({"net": net.state_dict(), "optimiser": optimiser.state_dict(), "step": k}, saved + ".new")
            os.replace(saved + ".new", saved)
            nets.export(net, args.out + ".new")
            os.replace(args.out + ".new", args.out)
            net.train()
    print(f"{args.out}: {os.path.getsize(args.out)} bytes, {time.time() - started:.0f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shapes", default=f"{HERE}/node_modules", help="where npm installed the digits and fonts")
    parser.add_argument("--steps", type=int, default=8000)
    parser.add_argument("--batch", type=int, default=36)
    parser.add_argument("--rate", type=float, default=2.2e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1, help="processes that draw lines")
    parser.add_argument("--out", default="digits.onnx")
    parser.add_argument("--show", metavar="PNG", help="only draw samples")
    args = parser.parse_args()
    if args.show:
        show(Bank(args.shapes), args.seed, args.show)
    else:
        train(args)


if __name__ == "__main__":
    main()
