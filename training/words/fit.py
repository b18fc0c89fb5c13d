#!/usr/bin/python3
"""Fits the chance of being right to the evidence that the program has: a logistic map for each kind of field.

    training/words/fit.py --fit FIT.tsv --check CHECK.tsv --out templates/words/confidence.csv

Both tables are what measure_words writes; of sheets with different seeds. Prints a table of reliability for the check.
"""
import argparse
import csv
from pathlib import Path

import numpy as np

KINDS = ("list", "word", "name", "address", "email", "text")
FIRST_TERM = 10
LEAST_ROWS = 60      # a kind with fewer is fitted together with all others
RIDGE = 2.0          # keeps weights small that few readings speak for
BANDS = (0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 1.001)
NON_NEGATIVE = ("margin", "log_margin", "greedy", "familiar", "twice", "digits", "least", "mean", "legibility", "greedy_familiar")
NON_POSITIVE = ("dip", "gap", "ink")


def load(files):
    rows = []
    for file in files:
        with open(file, encoding="utf-8") as lines:
            rows += list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return rows


def same(truth, value):
    """Spaces do not count."""
    return truth.replace(" ", "") == value.replace(" ", "")


def matrix(rows, terms):
    return (np.array([[float(r[t]) for t in terms] for r in rows]).reshape(len(rows), len(terms)),
            np.array([same(r["truth"], r["value"]) for r in rows], float))


def fitted(x, right, terms):
    """Logistic regression by projected gradient steps: evidence for a text never counts against it, nor the other way round."""
    low = np.array([0.0 if t in NON_NEGATIVE else -np.inf for t in terms])
    high = np.array([0.0 if t in NON_POSITIVE else np.inf for t in terms])
    penalty = np.array([0.0 if t == "bias" else RIDGE for t in terms])
    w = np.zeros(len(terms))
    step = 4 / (np.square(x).sum(1).max() * len(right) / 4 + RIDGE)
    momentum, before = w.copy(), w.copy()
    for i in range(40000):
        p = 1 / (1 + np.exp(-x @ momentum))
        w = np.clip(momentum - step * (x.T @ (p - right) + penalty * momentum), low, high)
        momentum = w + min(0.95, i / (i + 3)) * (w - before)
        before = w
    return w


def table_of_reliability(kind, chance, right):
    lines = []
    for low, high in zip(BANDS, BANDS[1:]):
        inside = (chance >= low) & (chance < high)
        if inside.any():
            lines.append(f"| {kind} | {low:g}–{min(high, 1):g} | {inside.sum()} | {chance[inside].mean():.3f} | {right[inside].mean():.3f} |")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", nargs="+", type=Path, required=True)
    parser.add_argument("--check", nargs="+", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    a = parser.parse_args()
    rows, check = load(a.fit), load(a.check)
    terms = list(rows[0])[FIRST_TERM:]
    out = ["# The chance of a text to be right from its evidence: weights of a logistic map for each kind of field; made by",
           "# training/words/fit.py on generated sheets, see training/words/README.md", "kind,term,weight"]
    lines = ["| kind | confidence | readings | mean confidence | right |", "|---|---|---|---|---|"]
    summary = ["| kind | readings | greedy right | decoded right | accepted at 0.9 | of these wrong | accepted at 0.98 | of these wrong | ms |",
               "|---|---|---|---|---|---|---|---|---|"]
    for kind in KINDS:
        mine = [r for r in rows if r["kind"] == kind]
        x, right = matrix(mine if len(mine) >= LEAST_ROWS else rows, terms)
        w = fitted(x, right, terms)
        out += [f"{kind},{t},{v:.4f}" for t, v in zip(terms, w) if abs(v) > 5e-5]
        its = [r for r in check if r["kind"] == kind]
        if not its:
            continue
        x, right = matrix(its, terms)
        chance = np.minimum(0.999, 1 / (1 + np.exp(-x @ w)))
        lines += table_of_reliability(kind, chance, right)
        raw = np.mean([same(r["truth"], r["raw"]) for r in its])
        cells = [kind, len(its), f"{100 * raw:.1f}", f"{100 * right.mean():.1f}"]
        for least in (0.9, 0.98):
            kept = chance >= least
            cells += [f"{100 * kept.mean():.1f}", f"{100 * (1 - right[kept].mean()) if kept.any() else 0:.2f}"]
        cells.append(f"{np.mean([float(r['ms']) for r in its]):.1f}")
        summary.append("| " + " | ".join(map(str, cells)) + " |")
    print("\n".join(summary + [""] + lines))
    if a.out:
        a.out.write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
