#!/usr/bin/python3
"""Measures the reader on lines drawn from the images and fonts that are kept for measuring. Prints the tables of README.md. Build the target decode_lines first."""
import argparse
import bisect
import csv
import os
import sys
from collections import defaultdict

sys.dont_write_bytecode = True
from lines import fields
from lines.glyph_bank import MEASURING, Bank

HERE = os.path.dirname(os.path.abspath(__file__))
LEVELS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.01)


def confidences(file):
    curves = defaultdict(list)
    for row in csv.DictReader(line for line in open(file, encoding="utf-8") if not line.startswith("#")):
        curves[row["content"], row["origin"]].append((float(row["margin"]), float(row["right"])))
    return curves


def confidence(curve, margin):
    if not curve:
        return 0.0
    k = bisect.bisect_right([m for m, _ in curve], margin)
    if k == 0 or k == len(curve):
        return curve[min(k, len(curve) - 1)][1]
    (m0, r0), (m1, r1) = curve[k - 1], curve[k]
    return r0 + (margin - m0) / (m1 - m0) * (r1 - r0)


def share(part, whole):
    return f"{100 * part / whole:5.1f}" if whole else "    -"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="build/.../decode_lines")
    parser.add_argument("--count", type=int, default=1500, help="lines of each content")
    parser.add_argument("--seed", type=int, default=202)
    parser.add_argument("--shapes", default=f"{HERE}/node_modules")
    parser.add_argument("--confidence", default=f"{HERE}/../../ocr/data/number_confidence.csv")
    args = parser.parse_args()
    rows = fields.decoded(Bank(args.shapes, MEASURING, held_fonts=True), args.seed, args.count, args.program)
    curves = confidences(args.confidence)
    for row in rows:
        row["confidence"] = confidence(curves[row["content"], row["origin"]], row["margin"]) if row["value"] else 0.0
    digits_only = [r for r in rows if "#" not in r["written"]]
    print("| content | picture alone right % | with rules right % | accepted at 0.98 % | of these wrong % | accepted at 0.99 % | of these wrong % |\n|---|---|---|---|---|---|---|")
    for content in fields.CONTENTS:
        its = [r for r in digits_only if r["content"] == content]
        cells = [share(sum(r["raw"].replace("-", "") == r["written"].replace("-", "") for r in its), len(its)), share(sum(r["right"] for r in its), len(its))]
        for level in (0.98, 0.99):
            accepted = [r for r in its if r["confidence"] >= level and r["origin"] != "foreign"]
            cells += [share(len(accepted), len(its)), f"{100 * sum(not r['right'] for r in accepted) / max(1, len(accepted)):.2f}"]
        print(f"| {content} | " + " | ".join(cells) + " |")
    print("\n| written by | lines | with rules right % |\n|---|---|---|")
    for source in ("images", "drawn", "font", "print"):
        its = [r for r in digits_only if r["source"] == source]
        print(f"| {source} | {len(its)} | {share(sum(r['right'] for r in its), len(its))} |")
    foreign = [r for r in rows if "#" in r["written"]]
    print(f"\nLines with glyphs that are no digits: {len(foreign)}, marked as such {share(sum(r['origin'] == 'foreign' for r in foreign), len(foreign))} %, "
          f"accepted at 0.99 and wrong {sum(r['confidence'] >= 0.99 and not r['right'] and r['origin'] != 'foreign' for r in foreign)}; "
          f"of the others marked {share(sum(r['origin'] == 'foreign' for r in digits_only), len(digits_only))} %")
    print("\n| confidence | readings | mean confidence % | right % |\n|---|---|---|---|")
    for low, high in zip(LEVELS, LEVELS[1:]):
        its = [r for r in rows if low <= r["confidence"] < high and r["value"]]
        if its:
            print(f"| {low}–{min(high, 1.0)} | {len(its)} | {100 * sum(r['confidence'] for r in its) / len(its):.1f} | {share(sum(r['right'] for r in its), len(its))} |")


if __name__ == "__main__":
    main()
