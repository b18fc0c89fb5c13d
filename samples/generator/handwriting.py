"""Hands: a printer, hand-script fonts with the unevenness of a hand, and drawn digits."""
from functools import lru_cache

import cv2
import numpy as np

from . import digit_strokes, fonts
from .canvas import px

PRINTERS = {"print:song": "song", "print:hei": "hei", "print:kai": "kai", "print:sans": "sans", "print:ming": "ming",
            "print:wenkai": "wenkai"}
STROKES = "strokes"


def names():
    """The hands that can write on this machine."""
    return [*PRINTERS, STROKES, *(fonts.scripts() or ("wenkai-hand",))]


class Hand:
    """One person's writing: the same slant, size and unevenness on the whole sheet."""
    def __init__(self, name, rng):
        self.name, self.printer = name, name in PRINTERS
        scripts = fonts.scripts() or ("wenkai",)
        if self.printer:
            self.font = PRINTERS[name]
        elif name in fonts.SCRIPTS:
            self.font = name if name in scripts else "wenkai"
        else:
            self.font = rng.choice(scripts)
        self.draws_digits = not self.printer and (name == STROKES or rng.random() < 0.7)
        self.slant = rng.gauss(0.03, 0.06)
        self.uneven = rng.uniform(0.4, 1.3)   # 1: usual
        self.climb = rng.gauss(0, 0.012)      # lines run up or down
        self.spacing = rng.uniform(-0.06, 0.12)
        self.size = rng.uniform(4.2, 6.0)     # em, millimetres
        self.way = {c: rng.randrange(9) for c in digit_strokes.WAYS}  # a person writes a 4 in one way
        self.offset = (rng.uniform(-2, 3), rng.choice((-1, 1)) * rng.uniform(1.2, 2.6))  # of a misfed overprint, millimetres
        if self.printer:
            self.size = rng.uniform(3.3, 4.2)

    def width(self, text, size):
        """About how wide a text gets, in pixels, for an em of `size` pixels."""
        return sum(self._advance(c, size) for c in text)

    def _advance(self, char, size):
        if self._drawn(char):
            return digit_strokes.advance(char) * 0.72 * size
        return fonts.load(fonts.with_glyph(self.font, char), 64).getlength(char) / 64 * size * (1 + self.spacing * (not self.printer))

    def _drawn(self, char):
        return self.draws_digits and char in digit_strokes.WAYS

    def write(self, layer, text, x, y, size, rng):
        """Writes a line from x; y is its middle; size the em in pixels. -> (x0, y0, x1, y1) of what was written."""
        return self._type(layer, text, x, y, size) if self.printer else self._script(layer, text, x, y, size, rng)

    def _type(self, layer, text, x, y, size):
        at, size = x, int(round(size))
        for char in text:
            font = fonts.with_glyph(self.font, char)
            glyph, left, top = _glyph(font, char, size)
            if glyph is not None:
                layer.put(glyph, at + left, y + 0.36 * size + top)
            at += fonts.load(font, size).getlength(char)
        return x, y - size / 2, at, y + size / 2

    def _script(self, layer, text, x, y, size, rng):
        drift, at = 0.0, x
        for char in text:
            drift = 0.8 * drift + rng.gauss(0, 0.022) * self.uneven * size
            base = y + drift + (at - x) * self.climb
            if self._drawn(char):
                self._digit(layer, char, at, base, size, rng)
            else:
                self._char(layer, char, at, base, size, rng)
            at += self._advance(char, size) * (1 + rng.gauss(0, 0.035) * self.uneven)
        return x, y - size * 0.5, at, y + size * 0.5

    def _digit(self, layer, char, x, y, size, rng):
        height = 0.74 * size * (1 + rng.gauss(0, 0.05) * self.uneven)
        way = self.way[char] if rng.random() < 0.85 else None
        for stroke in digit_strokes.strokes(char, rng, way):
            points = np.column_stack([x + stroke[:, 0] * height, y + (stroke[:, 1] - 0.5) * height])
            points[:, 0] -= (points[:, 1] - y) * self.slant
            layer.stroke(points, rng, layer.pen.width * min(1.0, max(0.5, size / px(4.6))))

    def _char(self, layer, char, x, y, size, rng):
        font = fonts.with_glyph(self.font, char)
        base = 16 * max(2, round(size / 16))
        glyph, left, top = _glyph(font, char, base)
        if glyph is None:
            return
        scale = size / base * (1 + rng.gauss(0, 0.05) * self.uneven)
        turn = rng.gauss(0, 0.035) * self.uneven
        shear = -(self.slant + rng.gauss(0, 0.02))
        cx, cy = base * 0.5, base * 0.5                   # the em's middle stays in place
        m = scale * np.array([[np.cos(turn), np.sin(turn) + shear], [-np.sin(turn), np.cos(turn)]])
        h, w = glyph.shape
        corners = (np.array([[0, 0], [w, 0], [w, h], [0, h]]) + [left, top + 0.86 * base] - [cx, cy]) @ m.T
        low = np.floor(corners.min(0)) - 1
        size_out = np.ceil(corners.max(0) - low).astype(int) + 2
        shift = m @ (np.array([left, top + 0.86 * base]) - [cx, cy]) - low
        out = cv2.warpAffine(glyph, np.column_stack([m, shift]), tuple(int(v) for v in size_out), flags=cv2.INTER_AREA)
        out = _weigh(out, layer.pen.width / px(0.42))
        layer.put(out, x + size * 0.5 + low[0], y + low[1])


def _weigh(glyph, weight):
    """Makes the strokes of a glyph heavier or lighter, as another pen would."""
    if weight > 1.15:
        return cv2.dilate(glyph, np.ones((2, 2) if weight < 1.5 else (3, 3), np.uint8))
    if weight < 0.75:
        return (glyph.astype(np.float32) ** 1.6 / 255 ** 0.6).astype(np.uint8)
    return glyph


@lru_cache(maxsize=4096)
def _glyph(font, char, size):
    """A glyph's mask and where it starts from the pen position on the base line. -> (mask or None, left, top)"""
    loaded = fonts.load(font, size)
    x0, y0, x1, y1 = loaded.getbbox(char, anchor="ls")
    if x1 <= x0 or y1 <= y0:
        return None, 0, 0
    mask = loaded.getmask(char, mode="L")
    return np.array(mask, np.uint8).reshape(mask.size[::-1]), x0, y0
