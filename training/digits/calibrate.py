#!/usr/bin/python3
"""Measures how often decoded numbers are right for each margin, on lines drawn from images that the net was not trained on, and writes the curves that the program's
confidence comes from. Build the target decode_lines first."""
import argparse
import math
import os
import sys
from collections import defaultdict

import numpy as np

sys.dont_write_bytecode = True
from lines import fields
from lines.glyph_bank import CALIBRATION, Bank

HERE = os.path.dirname(os.path.abspath(__file__))
POINTS = 24                 # of a curve, at equal shares of the readings
LEAST_READINGS = 20         # fewer say nothing about a slope
BLIND = 0.003               # share of readings that are wrong however large the margin: ambiguous writing, digits lost before the net saw them


def curve(rows):
    """The chance of being right against the margin: a logistic curve (the margin is log-odds already, so little has to be bent), fitted with a weak pull towards
    what the margin says by itself. -> [margin, right], rising in both. Nothing is surer than the readings seen at that margin and above allow: half an error in all of them."""
    rows = sorted(rows)
    margins = np.array([m for m, _ in rows], float)
    right = np.array([bool(r) for _, r in rows], float)
    offset, slope = fitted(margins, right)
    places = np.unique(np.quantile(margins, np.linspace(0, 1, POINTS)))
    points = []
    for margin in places:
        seen = int((margins >= margin).sum())
        chance = (1 - BLIND) / (1 + math.exp(-(offset + slope * margin)))
        points.append((float(margin), min(chance, 1 - 0.5 / seen)))
    # The cap falls at the end, where few are left; what is surer than they are can't be less sure.
    best = 0.0
    rising = []
    for margin, chance in points:
        best = max(best, chance)
        rising.append((margin, best))
    return rising


def fitted(margins, right):
    """Offset and slope by Newton's method, its steps halved while they lead away (whole ones can overshoot for good); the pull is that of a handful of readings, and
    the slope is never negative."""
    x = np.stack([np.ones_like(margins), margins], 1)
    prior = np.array([0.0, 1.0])
    pull = np.diag([0.5, 5.0]) if len(right) >= LEAST_READINGS else np.diag([0.5, 500.0])

    def cost(weights):
        logit = x @ weights
        return np.sum(np.logaddexp(0, logit) - right * logit) + 0.5 * (weights - prior) @ pull @ (weights - prior)

    weights = prior.copy()
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -500, 500)))
        gradient = x.T @ (p - right) + pull @ (weights - prior)
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + pull, gradient)
        scale = 1.0
        while cost(weights - scale * step) > cost(weights) and scale > 1e-6:
            scale /= 2
        weights = weights - scale * step
        if scale * np.abs(step).max() < 1e-8:
            break
    if weights[1] < 0:                  # then the share that is right, whatever the margin
        share = (right.sum() + 0.5) / (len(right) + 1)
        return math.log(share / (1 - share)), 0.0
    return weights[0], weights[1]


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
            for margin, right in curve(rows):
                if f"{margin:.3f}" != last:
                    print(f"{content},{origin},{margin:.3f},{right:.4f}", file=out)
                last = f"{margin:.3f}"
            print(f"{content:15s} {origin:9s} {len(rows):5d} lines, {100 * sum(r for _, r in rows) / len(rows):5.1f} % right")


if __name__ == "__main__":
    main()
