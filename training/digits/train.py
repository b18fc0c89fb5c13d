#!/usr/bin/python3
"""Trains the reader of digit lines and writes it as ONNX; see README.md. Needs a graphics processor to be done in minutes; without one, hours.

    train.py --seconds 540 --workers 8 --out digits.npz     # trains; the weights as numbers
    train.py --export digits.npz --out digits.onnx          # the same net as the program reads it
"""
import argparse
import math
import os
import sys
import time

import cv2
import numpy as np

sys.dont_write_bytecode = True
from lines import sampling
from lines.alphabet import classes_of
from lines.glyph_bank import Bank

HERE = os.path.dirname(os.path.abspath(__file__))
KEPT, USES = 160, 4          # batches that are kept to be seen again, changed a little; how often one is seen at the most


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


def loader(args):
    import torch

    class Batches(torch.utils.data.IterableDataset):
        """Batch k depends on seed and k only; each worker draws every n-th."""
        def __iter__(self):
            cv2.setNumThreads(1)
            bank, info = Bank(args.shapes), torch.utils.data.get_worker_info()
            k, stride = (info.id, info.num_workers) if info else (0, 1)
            while True:
                images, texts = sampling.batch(bank, args.seed, k, args.easy, args.batch)
                targets = torch.tensor([c for t in texts for c in classes_of(t)], dtype=torch.long)
                yield torch.from_numpy((images * 255 + 0.5).astype(np.uint8)), targets, torch.tensor([len(t) for t in texts])
                k += stride

    return torch.utils.data.DataLoader(Batches(), batch_size=None, num_workers=args.workers, prefetch_factor=4 if args.workers else None)


class Store:
    """Hands out new batches as they come, and earlier ones again while none is there."""
    def __init__(self, batches, device, on_host=()):
        """on_host: parts of a batch that stay where they are, such as lengths, which the loss wants there."""
        import queue
        import threading
        self.device, self.on_host, self.kept, self.fresh, self.drawn = device, on_host, [], queue.Queue(32), 0

        def fetch():
            for batch in batches:
                self.fresh.put(batch)
        threading.Thread(target=fetch, daemon=True).start()

    def next(self, r):
        seen = [b for b in self.kept if b[1] < USES]
        if self.fresh.empty() and len(seen) > 8:
            entry = seen[r.integers(len(seen))]
        else:
            batch = self.fresh.get()
            self.drawn += len(batch[2])
            entry = [[b if k in self.on_host else b.to(self.device) for k, b in enumerate(batch)], 0]
            self.kept = self.kept[-KEPT + 1:] + [entry]
        entry[1] += 1
        return entry[0], entry[1] > 1


def varied(images, r, torch):
    """A batch that was seen before, a little wider or narrower, moved, noisier."""
    import torch.nn.functional as F
    width = max(32, int(images.shape[3] * r.uniform(0.94, 1.1)) // 8 * 8)
    images = F.interpolate(images, (32, width), mode="bilinear", align_corners=False)
    up = int(r.integers(-2, 3))
    images = torch.roll(images, up, 2)
    if r.random() < 0.5:
        images = images ** float(np.exp(r.uniform(-0.4, 0.4)))
    return (images + torch.randn_like(images) * float(r.uniform(0, 0.06))).clamp(0, 1)


def share_of_rate(part):
    """The learning rate over the training: up for 5 %, then down along a cosine."""
    if part < 0.05:
        return 0.1 + 0.9 * part / 0.05
    return 0.002 + 0.998 * 0.5 * (1 + math.cos(math.pi * min(1.0, (part - 0.05) / 0.95)))


def save(net, file):
    np.savez(file + ".new.npz", **{k: v.cpu().numpy() for k, v in net.state_dict().items()})
    os.replace(file + ".new.npz", file)


def train(args):
    import torch
    from lines import net as nets
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    torch.manual_seed(args.seed)
    r = np.random.default_rng(args.seed)
    net = nets.build().to(device).to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(net.parameters(), lr=args.rate, weight_decay=2e-3, betas=(0.9, 0.98))
    ctc = torch.nn.CTCLoss(blank=0, zero_infinity=True)
    print(f"{sum(p.numel() for p in net.parameters())} parameters on {device}", flush=True)
    store, started, losses, k = Store(loader(args), device), time.time(), [], 0
    part = 0.0
    while part < 1:
        (images, targets, lengths), again = store.next(r)
        images = images.float() / 255
        if again:
            images = varied(images, r, torch)
        steps = net(images.contiguous(memory_format=torch.channels_last)).squeeze(2).permute(2, 0, 1).log_softmax(2)
        loss = ctc(steps, targets, torch.full((len(lengths),), steps.shape[0], dtype=torch.long, device=device), lengths)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        k += 1
        part = k / args.steps if args.steps else (time.time() - started) / args.seconds
        for group in optimiser.param_groups:
            group["lr"] = args.rate * share_of_rate(part)
        optimiser.step()
        nets.keep_scales_positive(net)
        losses.append(loss.detach())
        if k % args.tell == 0:
            mean = torch.stack(losses[-args.tell:]).mean().item()
            print(f"step {k}: loss {mean:.4f}, {store.drawn} lines drawn, {time.time() - started:.0f} s, {part:.3f}", flush=True)
            losses = []
            save(net, args.out)
    save(net, args.out)
    print(f"{args.out}: {k} steps, {store.drawn} lines drawn, {time.time() - started:.0f} s", flush=True)
    os._exit(0)  # the workers go on drawing for ever


def export(args):
    import torch
    from lines import net as nets
    net = nets.build()
    net.load_state_dict({k: torch.from_numpy(v) for k, v in np.load(args.export).items()})
    nets.export(net, args.out)
    print(f"{args.out}: {os.path.getsize(args.out)} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shapes", default=f"{HERE}/node_modules", help="where npm installed the digits and fonts")
    parser.add_argument("--steps", type=int, help="train for so many steps")
    parser.add_argument("--seconds", type=float, default=540, help="train for so long, when --steps is not given")
    parser.add_argument("--easy", type=int, default=1500, help="the lines get harder over a sixth of so many batches")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=2.5e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tell", type=int, default=100)
    parser.add_argument("--workers", type=int, default=1, help="processes that draw lines")
    parser.add_argument("--out", default="digits.npz")
    parser.add_argument("--export", metavar="NPZ", help="only write a trained net as ONNX")
    parser.add_argument("--show", metavar="PNG", help="only draw samples")
    args = parser.parse_args()
    if args.show:
        show(Bank(args.shapes), args.seed, args.show)
    elif args.export:
        export(args)
    else:
        train(args)


if __name__ == "__main__":
    main()
