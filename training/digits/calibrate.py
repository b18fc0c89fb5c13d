#!/usr/bin/python3
"""Measures how often decoded numbers are right for each margin, on lines drawn from images that the net was not trained on, and writes the curves that the program's
confidence comes from. Build the target decode_lines first."""
import argparse
import os
import sys
from collections import defaultdict

sys.dont_write_bytecode = True
from lines import fields
from lines.glyph_bank import CALIBRATION, Bank

HERE = os.path.dirname(os.path.abspath(__file__))
LEAST_IN_BIN = 30


def rising(rows):
    """Pool adjacent violators over bins of at least LEAST_IN_BIN readings. -> [margin, right, readings] rising in both"""
    rows = sorted(rows)
    bins = [rows[i:i + LEAST_IN_BIN] for i in range(0, len(rows), LEAST_IN_BIN)]
    if len(bins) > 1 and len(bins[-1]) < LEAST_IN_BIN:
        rest = bins.pop()
        bins[-1] += rest
    pooled = []
    for members in bins:
        pooled.append([sum(m for m, _ in members), sum(r for _, r in members), len(members)])
        while len(pooled) > 1 and chance(pooled[-2]) >= chance(pooled[-1]):
            last = pooled.pop()
            pooled[-1] = [a + b for a, b in zip(pooled[-1], last)]
    return [(total / n, chance((total, right, n)), n) for total, right, n in pooled]


def chance(pool):
    """The share that is right, drawn towards wrong by half a reading: what was never seen to fail may fail."""
    _, right, n = pool
    return max(0.0, right - 0.5) / n


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="build/.../decode_lines")
    parser.add_argument("--count", type=int, default=3000, help="lines of each content")
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--shapes", default=f"{HERE}/node_modules")
    parser.add_argument("--out", default=f"{HERE}/../../ocr/data/number_confidence.csv")
    args = parser.parse_args()
    curves = defaultdict(list)
    for row in fields.decoded(Bank(args.shapes, CALIBRATION, held_fonts=True), args.seed, args.count, args.program):
        if row["value"]:
            curves[row["content"], row["origin"]].append((row["margin"], row["right"]))
    with open(args.out, "w", encoding="utf-8") as out:
        print(f"# Chance that a decoded number is right; training/digits/calibrate.py --seed {args.seed} --count {args.count}", file=out)
        print("content,origin,margin,right", file=out)
        for (content, origin), rows in sorted(curves.items()):
            last = None
            for margin, right, n in rising(rows):
                if margin != last:
                    print(f"{content},{origin},{margin:.3f},{right:.4f}", file=out)
                last = margin
            print(f"{content:15s} {origin:9s} {len(rows):5d} lines, {100 * sum(r for _, r in rows) / len(rows):5.1f} % right")


if __name__ == "__main__":
    main()
