#!/usr/bin/python3
"""Writes tests/ocr/data/digit_framing.txt: crops and what framing makes of them, to hold ocr/digit_framing.cpp to lines/framing.py.

usage: framing_fixture.py FILE
The crops are drawn with plain strokes, so that the file is the same whatever fonts are installed. For each: 'crop W H', its grey values in hex,
then for each view 'view W' and its ink in 255ths, row after row.
"""
import os
import random
import sys

import cv2
import numpy as np

sys.dont_write_bytecode = True
from lines import drawn_digits, pen
from lines.framing import VIEWS, frame


def crop(r, text, height, light, border, pale_end):
    """Digits on paper that gets darker along the line, with a border on one side."""
    width = int(len(text) * height * 0.75 + height)
    ink = np.zeros((int(height * 1.7), width), np.float32)
    for i, char in enumerate(text):
        mask, below = pen.picture(drawn_digits.strokes(char, r), height, height * 0.09, r)
        x, y = int(height * (0.5 + 0.75 * i)), int(height * (0.85 + below) - mask.shape[0] / 2)
        room = ink[max(0, y):y + mask.shape[0], x:x + mask.shape[1]]
        part = mask[max(0, -y):, :][:room.shape[0], :room.shape[1]].astype(np.float32) / 255
        np.maximum(room, part * (0.3 if pale_end and i == len(text) - 1 else 1), out=room)
    paper = np.linspace(240, 240 * light, width, dtype=np.float32)[None]
    picture = paper * (1 - ink) + 40 * ink
    if border:
        picture[:2], picture[:, :2] = 50, 50
    noise = np.random.default_rng(r.randrange(1 << 30)).normal(0, 4, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def main():
    r = random.Random(11)
    cases = [("7", 34, 1, False, False), ("2019", 30, 0.8, True, False), ("13800000000", 18, 1, False, True), ("12", 15, 0.9, True, True),
             ("0-9", 40, 1, True, False)]
    with open(sys.argv[1], "w") as out:
        for text, height, light, border, pale_end in cases:
            grey = crop(r, text, height, light, border, pale_end)
            print(f"crop {grey.shape[1]} {grey.shape[0]}", grey.tobytes().hex(), sep="\n", file=out)
            for margins in VIEWS:
                framed = frame(grey, margins)
                print(f"view {framed.shape[1]}", np.round(framed * 255).astype(np.uint8).tobytes().hex(), sep="\n", file=out)
    print(os.path.getsize(sys.argv[1]), "bytes")


if __name__ == "__main__":
    main()
