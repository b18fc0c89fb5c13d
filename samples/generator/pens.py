"""Pens: colours of ink and the layers they write on."""
from dataclasses import dataclass

import cv2
import numpy as np


@dataclass(frozen=True)
class Pen:
    name: str
    colour: tuple       # red, green, blue of full ink
    width: float        # pixels at 300 dpi
    grain: float = 0.0  # share of the ink that the paper's grain leaves out


PENS = {p.name: p for p in (
    Pen("black", (28, 28, 32), 5.5), Pen("black-thin", (40, 40, 44), 3.6), Pen("black-thick", (18, 18, 20), 8.5),
    Pen("blue", (32, 48, 140), 5.0), Pen("blue-thin", (60, 80, 165), 3.4), Pen("blue-black", (30, 38, 84), 6.5),
    Pen("pencil", (105, 105, 108), 4.6, 0.45), Pen("red", (196, 34, 44), 5.0), Pen("toner", (22, 22, 24), 4.0),
)}


class Layer:
    """The ink of one pen on a page: 255 is full ink."""
    def __init__(self, shape, pen):
        self.pen, self.mask = pen, np.zeros(shape, np.uint8)

    def put(self, glyph, x, y):
        """Adds a glyph's mask with its top left at x, y; what is off the page is lost."""
        h, w = glyph.shape
        H, W = self.mask.shape
        x, y = int(round(x)), int(round(y))
        x0, y0, x1, y1 = max(0, x), max(0, y), min(W, x + w), min(H, y + h)
        if x0 < x1 and y0 < y1:
            spot = self.mask[y0:y1, x0:x1]
            np.maximum(spot, glyph[y0 - y:y1 - y, x0 - x:x1 - x], out=spot)

    def stroke(self, points, rng, width=None, pressure=0.25):
        """A line of the pen through points (pixels), its width swelling and thinning as a hand's pressure does."""
        width = width or self.pen.width
        points = np.asarray(points, float)
        n = len(points) - 1
        phase, speed = rng.uniform(0, 6), rng.uniform(2, 5)
        fixed = np.round(points * 8).astype(int)
        for i in range(n):
            t = i / max(1, n - 1)
            w = width * (1 + pressure * np.sin(phase + speed * t)) * (1 - 0.35 * max(0, t - 0.8) / 0.2)
            cv2.line(self.mask, tuple(fixed[i]), tuple(fixed[i + 1]), 255, max(1, int(round(w))), cv2.LINE_AA, 3)


def grain(shape, rng, scale=2):
    """Fine noise of paper between 0 and 1."""
    noise = np.random.default_rng(rng.randrange(2 ** 32)).random((shape[0] // scale + 1, shape[1] // scale + 1), np.float32)
    return cv2.resize(noise, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
