#!/usr/bin/python3
"""Writes what tuning changed, for scripts/models/export_recogniser.py to add to the weights that it takes from the package.

usage: write_change.py BASE.weights TUNED.npz OUT.change
The file: deflated; the line "dengji-line-net-change 1"; for each tensor a line "NAME SIZE...", a 32-bit float for each column, and an 8-bit number for
each weight: the change is their product.
"""
import sys
import zlib

import numpy as np

sys.dont_write_bytecode = True
from net import read  # noqa: E402


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    base, tuned = read(sys.argv[1]), np.load(sys.argv[2])
    content = b"dengji-line-net-change 1\n"
    for name, before in base.items():
        change = np.atleast_2d(tuned[name] - before).reshape(-1, before.shape[-1])
        scale = (np.abs(change).max(0) / 127).astype("<f4")
        steps = np.rint(change / np.maximum(scale, 1e-30)).astype(np.int8)
        content += " ".join([name, *map(str, before.shape)]).encode() + b"\n" + scale.tobytes() + steps.tobytes()
    with open(sys.argv[3], "wb") as out:
        out.write(zlib.compress(content, 9))


if __name__ == "__main__":
    main()
