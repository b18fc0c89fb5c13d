#!/usr/bin/python3
"""Teaches PP-OCRv4's line recogniser handwriting and worn print; see README.md. Needs a graphics processor."""
import argparse
import glob
import json
import math
import os
import random
import sys
import time

import cv2
import numpy as np

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import texts as texts_of_forms  # noqa: E402
import writing  # noqa: E402
from lines.glyph_bank import CHINESE_HANDS, TRAINING, Bank  # noqa: E402

WIDEST = 1184


def typefaces(args):
    printed = [writing.Typeface(f) for f in sorted(glob.glob(f"{args.fonts}/print/*"))]
    hands = [writing.Typeface(f) for f in sorted(glob.glob(f"{args.fonts}/hand/*"))]
    usual = [h for h in hands if any(n in h.name for n in CHINESE_HANDS)]
    return printed, hands + usual       # hands that write simplified Chinese twice as often


def draw(shapes, texts, r, kind=None):
    while True:
        line, text = writing.write(shapes, r, texts.make(r), kind)
        if line is None: continue
        image = writing.seen(line, r)
        if image is not None and image.shape[1] <= WIDEST and image.shape[1] >= 8 * (len(text) + sum(a == b for a, b in zip(text, text[1:])) + 1):
            return image, text


def loader(args, characters):
    import torch
    classes = {c: k + 1 for k, c in enumerate(characters)}

    class Batches(torch.utils.data.IterableDataset):
        """Lines of about the same width together."""
        def __iter__(self):
            cv2.setNumThreads(1)
            info = torch.utils.data.get_worker_info()
            shapes, texts = make_shapes(args), texts_of_forms.Texts(characters, args.letters)
            r = random.Random(args.seed * 1000 + (info.id if info else 0))
            while True:
                lines = sorted((draw(shapes, texts, r) for _ in range(args.pool)), key=lambda line: line[0].shape[1])
                parts, k = [], 0
                while k < len(lines):       # about as many pixels in each batch
                    n = max(8, min(args.batch * 2, int(args.batch * 320 / lines[min(len(lines) - 1, k + args.batch // 2)][0].shape[1])))
                    parts.append(lines[k:k + n])
                    k += n
                r.shuffle(parts)
                for part in parts:
                    width = -(-max(i.shape[1] for i, _ in part) // 8) * 8
                    images = np.full((len(part), 48, width), 255, np.uint8)
                    for row, (image, _) in zip(images, part):
                        row[:, :image.shape[1]] = image
                    targets = [classes[c] for _, t in part for c in t]
                    yield torch.from_numpy(images), torch.tensor(targets), torch.tensor([len(t) for _, t in part])

    return torch.utils.data.DataLoader(Batches(), batch_size=None, num_workers=args.workers, prefetch_factor=2 if args.workers else None)


def make_shapes(args):
    return writing.Shapes(Bank(args.shapes, TRAINING), *typefaces(args), writing.Skeletons(args.skeletons))


def greedy(row, characters):
    text, last = "", 0
    for k in row:
        if k and k != last: text += characters[k - 1]
        last = k
    return text


def measure(net, lines, characters, device):
    """What share of the lines, all and of each kind of writing, is read exactly, in words."""
    import torch
    right = dict.fromkeys(lines, 0)
    net.eval()
    with torch.no_grad():
        for kind, image, text in ((kind, *line) for kind, drawn in lines.items() for line in drawn):
            width = -(-image.shape[1] // 8) * 8
            x = torch.zeros(1, 1, 48, width)
            x[0, 0, :, :image.shape[1]] = torch.from_numpy(image).float() / 127.5 - 1
            right[kind] += greedy(net(x.expand(1, 3, 48, width).to(device))[0].argmax(1).tolist(), characters) == text
    net.train()
    return ", ".join(f"{kind} {right[kind] / len(drawn):.3f}" for kind, drawn in lines.items())


def show(args, characters):
    shapes, texts, r = make_shapes(args), texts_of_forms.Texts(characters), random.Random(args.seed)
    started, rows = time.time(), [draw(shapes, texts, r) for _ in range(60)]
    print(f"{(time.time() - started) / 60 * 1000:.1f} ms a line")
    sheet = np.full((30 * 52, 1500), 160, np.uint8)
    for k, (image, text) in enumerate(rows):
        x = (k % 2) * 750
        sheet[k // 2 * 52:k // 2 * 52 + 48, x:x + min(740, image.shape[1])] = image[:, :740]
        print(text, end="  ")
    print()
    cv2.imwrite(args.show, sheet)


def share_of_rate(part):
    if part < 0.04:
        return 0.05 + 0.95 * part / 0.04
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, (part - 0.04) / 0.96)))


def tune(args, characters):
    import torch
    import net as nets
    sys.path.insert(0, os.path.join(HERE, "..", "digits"))
    from train import Store
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    torch.manual_seed(args.seed)
    r = np.random.default_rng(args.seed)
    batches = iter(loader(args, characters))     # its workers start before anything here has threads of its own
    net = nets.LineNet(nets.read(f"{args.model}/recogniser.weights")).to(device)
    shapes, texts, rr = make_shapes(args), texts_of_forms.Texts(characters, args.letters), random.Random(9000 + args.seed)
    held = {kind: [draw(shapes, texts, rr, kind) for _ in range(args.held)] for kind in writing.KINDS}
    del shapes
    print(f"before, {args.held} lines of each kind: {measure(net, held, characters, device)}", flush=True)
    only = torch.zeros(len(characters) + 1, device=device)
    if args.only:
        net.requires_grad_(False)
        head = [p for n, p in net.named_parameters() if n in ("p.head_weights", "p.head_shift")]
        for p in head: p.requires_grad_(True)
        only[[characters.index(c) + 1 for c in args.only]] = 1
    optimiser = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=args.rate, weight_decay=0, betas=(0.9, 0.98))
    ctc = torch.nn.CTCLoss(blank=0, zero_infinity=True)
    mean = {n: p.detach().clone() for n, p in net.named_parameters()}       # over the last steps
    store, started, losses, k, part = Store(batches, device, on_host=(2,)), time.time(), [], 0, 0.0
    while part < 1:
        (images, targets, lengths), again = store.next(r)
        x = images.float().unsqueeze(1) / 127.5 - 1
        if again:
            width = max(16, int(x.shape[3] * r.uniform(0.95, 1.08)) // 8 * 8)
            x = torch.nn.functional.interpolate(x, (48, width), mode="bilinear", align_corners=False)
            x = (x + torch.randn_like(x) * float(r.uniform(0, 0.1))).clamp(-1, 1)
        x = x.expand(-1, 3, -1, -1).contiguous(memory_format=torch.channels_last)
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            steps = net(x)
        steps = steps.transpose(0, 1)
        loss = ctc(steps, targets, torch.full((len(lengths),), steps.shape[0], dtype=torch.long), lengths)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        if args.only:
            for p in head: p.grad *= only
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        k += 1
        part = k / args.steps if args.steps else (time.time() - started) / args.seconds
        for group in optimiser.param_groups:
            group["lr"] = args.rate * share_of_rate(part)
        optimiser.step()
        with torch.no_grad():
            keep = min(0.998, k / (k + 10))
            torch._foreach_mul_(list(mean.values()), keep)
            torch._foreach_add_(list(mean.values()), [p.detach() for p in net.parameters()], alpha=1 - keep)
        losses.append(loss.detach())
        if k % args.tell == 0:
            print(f"step {k}: loss {torch.stack(losses).mean().item():.4f}, {store.drawn} lines drawn, {time.time() - started:.0f} s, {part:.3f}", flush=True)
            losses = []
            np.savez(args.out, **{n: mean["p." + n.replace(".", "_")].cpu().numpy() for n in net.names})
    with torch.no_grad():
        for n, p in net.named_parameters():
            p.copy_(mean[n])
    np.savez(args.out, **net.tensors())
    print(f"after: {measure(net, held, characters, device)}; {k} steps, {store.drawn} lines drawn, {time.time() - started:.0f} s", flush=True)
    os._exit(0)


def main():
    cv2.setNumThreads(1)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=f"{HERE}/../../models", help="the folder with recogniser.weights and characters.txt")
    parser.add_argument("--fonts", default=f"{HERE}/fonts", help="folders print and hand with fonts")
    parser.add_argument("--skeletons", default=f"{HERE}/skeletons.json")
    parser.add_argument("--shapes", default=f"{HERE}/../digits/node_modules")
    parser.add_argument("--seconds", type=float, default=540)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--only", metavar="CHARACTERS", help="change what tells these characters, and nothing else")
    parser.add_argument("--letters", type=float, default=0.04, help="share of texts with capitals")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--pool", type=int, default=384, help="lines that are sorted by width at a time")
    parser.add_argument("--held", type=int, default=150, help="lines of each kind that are kept for measuring")
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tell", type=int, default=100)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--out", default="recogniser.npz")
    parser.add_argument("--show", metavar="PNG")
    args = parser.parse_args()
    characters = open(f"{args.model}/characters.txt", encoding="utf-8").read().removesuffix("\n").split("\n") + [" "]
    show(args, characters) if args.show else tune(args, characters)


if __name__ == "__main__":
    main()
