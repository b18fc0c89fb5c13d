#!/usr/bin/python3
"""Writes what torch makes of a few lines with the weights in models: what tests/ocr/line_net_test holds the program's own kernels to.

usage: reference.py > ../../tests/ocr/data/line_net_reference.txt
"""
import os
import sys

import cv2
import numpy as np

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
LINES = ("7", "2019", "15823456789", "Form 40-62 of 15, 3946 Aa Bb Cc Dd")


def line_of(text):
    """As the test draws it."""
    (width, _), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_DUPLEX, 1.2, 2)
    grey = np.full((48, width + 20), 235, np.uint8)
    cv2.putText(grey, text, (10, 36), cv2.FONT_HERSHEY_DUPLEX, 1.2, 30, 2, cv2.LINE_AA)
    line = np.zeros((48, -(-grey.shape[1] // 8) * 8), np.float32)
    line[:, :grey.shape[1]] = grey.astype(np.float32) / 127.5 - 1
    return line


def main():
    import torch
    import net as nets
    net = nets.LineNet(nets.read(f"{HERE}/../../models/recogniser.weights")).eval()
    for text in LINES:
        print(f"line {text}")
        with torch.no_grad():
            steps = net(torch.from_numpy(line_of(text))[None, None].expand(1, 3, -1, -1))[0].exp()
        for row in steps:
            best = row.topk(2)
            print(" ".join(f"{int(k)} {float(p):.5f}" for k, p in zip(best.indices, best.values)))


if __name__ == "__main__":
    main()
