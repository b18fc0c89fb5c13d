"""One person's hand: where the shapes of digits come from, slant, pen and spacing; and the line that it writes."""
from dataclasses import dataclass

import cv2
import numpy as np

from . import drawn_digits, foreign, pen
from .alphabet import REJECT
from .pen import between

SOURCES = (("images", 0.46), ("drawn", 0.28), ("font", 0.11), ("print", 0.15))


@dataclass
class Glyph:
    mask: np.ndarray
    below: float           # its middle under the line's, pixels
    advance: float = None  # of a printed character, pixels


class Hand:
    def __init__(self, bank, r, hard=1.0, source=None):
        self.bank, self.r, self.hard = bank, r, hard
        q, k = r.random(), 0
        while q > SOURCES[k][1] and k + 1 < len(SOURCES):
            q -= SOURCES[k][1]
            k += 1
        self.source = source or SOURCES[k][0]
        self.printed = self.source == "print"
        self.font = r.choice(bank.printed if self.printed else bank.hand)
        self.slant = 0.0 if self.printed else r.gauss(0, 0.16 * hard)
        self.wide = between(r, 0.78, 1.25)
        self.pen = np.exp(between(r, np.log(0.035), np.log(0.24)))   # width in digit heights
        self.threshold, self.gain = between(r, 55, 150), between(r, 1.6, 4)
        self.weight = r.choice([0] * 8 + [1, 1, 2, -1])                # thicker or thinner by a pixel; 2: as a felt pen
        self.patchy = not self.printed and hard * r.random() > 0.5     # a pen that runs dry: each glyph with a width and darkness of its own
        self.few_shapes = r.random() < 0.3                             # writes each digit in a few ways only
        self.shapes = [[r.randrange(len(d)) for _ in range(4)] for d in bank.digits]
        self.mixed = r.random() < 0.1 and not self.printed             # some digits from elsewhere
        self.x_way = r.choice(("drawn", "font", "small"))

    def pen_px(self, s):
        return max(1.0, self.pen * s)

    def write(self, char, s):
        """s: digit height in pixels. -> Glyph"""
        source = self.source
        if self.mixed and self.r.random() < 0.3:
            source = "drawn" if source == "images" else "images"
        while True:
            if char == REJECT:
                glyph = self._foreign(s)
            elif source == "images" and char.isdigit():
                glyph = self._image(char, s)
            elif source == "drawn" or (source == "images" and (char == "-" or self.x_way == "drawn")):
                glyph = self._drawn(char, s)
            else:
                glyph = self._from_font(char, s)
            if glyph is not None:
                glyph = self._trimmed(glyph, s)
            if glyph is not None:
                return glyph

    def _foreign(self, s):
        r, q = self.r, self.r.random()
        if q < 0.72:
            made = foreign.from_font(self.bank, r, s, wobble=not self.printed)
        elif q < 0.86:
            made = foreign.scribble(r, s, self.pen_px(s))
        elif q < 0.92:
            made = foreign.slash(r, s, self.pen_px(s))
        else:
            made = foreign.from_font(self.bank, r, s, chinese=False, wobble=not self.printed)
        return Glyph(*made) if made else None

    def _drawn(self, char, s):
        r = self.r
        strokes = drawn_digits.strokes(char, r, self.slant + r.gauss(0, 0.05 * self.hard), self.wide * between(r, 0.9, 1.1), 0.012 + 0.014 * self.hard)
        mask, below = pen.picture(strokes, s, self.pen_px(s), r)
        return Glyph(mask, s * (below + (r.gauss(0, 0.1) if char == "-" else 0)))

    def _image(self, char, s):
        r, bank = self.r, self.bank
        images = bank.digits[int(char)]
        image = images[r.choice(self.shapes[int(char)]) if self.few_shapes else r.randrange(len(images))]
        bend_x, bend_y = r.choice(bank.bends)
        amount = abs(r.gauss(0, 1.5)) * self.hard
        yy, xx = np.mgrid[0:64, 0:64].astype(np.float32)
        image = cv2.remap(image, xx + bend_x * amount, yy + bend_y * amount, cv2.INTER_LINEAR)
        k = s / 40.0                                                   # the digit is 40 of 64 pixels high
        wx, wy = k * self.wide * between(r, 0.9, 1.1), k * between(r, 0.92, 1.08)
        out = self._turned(image, wx, wy, self.slant + r.gauss(0, 0.06 * self.hard), r.gauss(0, 0.06 * self.hard))
        if k > 0.9:
            out = cv2.GaussianBlur(out, (0, 0), max(0.5, k * between(r, 0.6, 1.1)))
        spread = 50 if self.patchy else 12
        mask = np.clip((out.astype(np.float32) - max(40.0, self.threshold + r.uniform(-spread, spread))) * self.gain, 0, 255).astype(np.uint8)
        return Glyph(mask, 0.0)

    def _from_font(self, char, s):
        r = self.r
        if char == "X" and self.x_way == "small" and not self.printed and self.font.glyph("x"):
            char = "x"
        found = self.font.glyph(char)
        if found is None:
            return self._drawn(char.upper(), s)
        mask, below, advance = found
        scale = s / self.font.digit_height
        if scale < 0.8:
            mask = cv2.GaussianBlur(np.pad(mask, 3), (0, 0), 0.45 / scale)
        wobble = 0 if self.printed else 1
        wx = scale * (self.wide * between(r, 0.9, 1.1) if wobble else 1)
        mask = self._turned(mask, wx, scale, self.slant * wobble, r.gauss(0, 0.04) * wobble)
        return Glyph(mask, below * s + wobble * s * r.gauss(0, 0.03), advance * s if self.printed else None)

    @staticmethod
    def _turned(mask, wx, wy, shear, turn):
        n = int(max(mask.shape[1] * wx, mask.shape[0] * wy) * 1.35) + 8
        c, s = np.cos(turn), np.sin(turn)
        m = np.array([[wx * c, -wx * s - shear * wy, 0], [wy * s, wy * c, 0]], np.float32)
        m[:, 2] = n / 2 - m[:, :2] @ np.array([mask.shape[1] / 2, mask.shape[0] / 2], np.float32)
        return cv2.warpAffine(mask, m, (n, n), flags=cv2.INTER_AREA if wy < 0.5 else cv2.INTER_LINEAR)

    def _trimmed(self, glyph, s):
        mask = glyph.mask
        weight = self.r.choice((0, 0, self.weight, 1, -1)) if self.patchy else self.weight
        if weight == 2:
            n = max(2, int(0.09 * s))
            mask = cv2.dilate(np.pad(mask, n), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (n, n)))
        elif weight > 0 and s > 18:
            mask = cv2.dilate(mask, np.ones((2, 2), np.uint8) if s < 30 else cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3)))
        if weight < 0 and s > 34:
            mask = cv2.erode(mask, np.ones((2, 2), np.uint8))
        ys, xs = np.flatnonzero(mask.max(1) > 40), np.flatnonzero(mask.max(0) > 40)
        if not len(xs):
            return None
        return Glyph(mask[ys[0]:ys[-1] + 1, xs[0]:xs[-1] + 1], glyph.below, glyph.advance)


@dataclass
class Placed:
    """A written line: float ink (0..1), and where its glyphs lie."""
    ink: np.ndarray
    middle: float
    spans: list            # (x0, x1) of each glyph
    height: float          # of a digit, pixels
    left: float
    right: float           # paper beside the writing


def write_line(hand, text, s):
    r, hard = hand.r, hand.hard
    boxed = r.random() < 0.05 * hard                                    # a box printed for each digit
    fixed = boxed or (not hand.printed and r.random() < 0.45)           # digits at a pitch, else one after the other
    pitch = s * (between(r, 0.9, 1.6) if boxed else between(r, 0.56, 1.15))
    gap = s * (between(r, 0.02, 0.35) if r.random() < 0.5 else between(r, -0.2, 0.05))   # below 0: touching
    wide_gaps = r.random() < 0.12
    items, x = [], 0.0
    for char in text:
        size = s if hand.printed else s * max(0.7, r.gauss(1, 0.055 * hard + 0.01))
        g = hand.write(char, size)
        w = g.mask.shape[1]
        if g.advance is not None and not boxed:
            items.append((g, x + (g.advance - w) / 2))
            x += g.advance + s * 0.02
        elif fixed:
            step = max(pitch * between(r, 0.93, 1.05) * (0.8 if char == "-" else 1), w * between(r, 0.8, 1.0))
            items.append((g, x + (step - w) / 2))
            x += step
        else:
            items.append((g, x))
            x += w + gap + abs(r.gauss(0, 0.06)) * s
        if wide_gaps and r.random() < 0.2:
            x += s * between(r, 0.3, 1.4)
    left, right = s * r.choice((0.05, 0.2, 0.5, between(r, 0, 3))), s * r.choice((0.05, 0.2, 0.5, between(r, 0, 4)))
    top, foot = s * (0.12 + abs(r.gauss(0, 0.3))), s * (0.12 + abs(r.gauss(0, 0.3)))
    slope = r.gauss(0, 0.004 if hand.printed else 0.014 * hard)
    tall = max([s] + [g.mask.shape[0] for g, _ in items])
    shape = (int(tall * 1.15 + top + foot + abs(slope * x)) + 2, int(left + x + right) + 2)
    ink = np.zeros(shape, np.float32)
    middle = top + tall * 0.575 + max(0.0, -slope * x)
    phase, wave, length = r.random() * 6.28, s * abs(r.gauss(0, 0.03)) * hard, between(r, 0.5, 2) * s
    spans = []
    for g, px in items:
        drift = 0 if hand.printed else r.gauss(0, s * 0.03 * hard)
        y = int(middle + g.below + slope * px + wave * np.sin(phase + px / length) + drift - g.mask.shape[0] / 2)
        _paste(ink, g.mask, int(left + px), y, 1 if hand.printed else between(r, 0.4 if hand.patchy else 0.75, 1))
        spans.append((left + px, left + px + g.mask.shape[1]))
    return Placed(ink, middle + slope * x / 2, spans, s, left, right), boxed


def _paste(ink, mask, x, y, strength):
    h, w = ink.shape
    ya, xa, yb, xb = max(0, y), max(0, x), min(h, y + mask.shape[0]), min(w, x + mask.shape[1])
    if yb > ya and xb > xa:
        part = mask[ya - y:yb - y, xa - x:xb - x].astype(np.float32) * (strength / 255)
        np.maximum(ink[ya:yb, xa:xb], part, out=ink[ya:yb, xa:xb])


def add_fragments(line, hand):
    """Pieces of what stands above, below or beside the line, cut off by the crop's edge."""
    r, s, ink = hand.r, line.height, line.ink
    h, w = ink.shape
    for _ in range(r.randint(1, 4)):
        made = foreign.from_font(hand.bank, r, s) if r.random() < 0.6 else None
        mask = made[0] if made else hand.write(r.choice("0123456789"), s).mask
        shown = between(r, 0.05, 0.22) * s
        side = r.random()
        if side < 0.42:
            _paste(ink, mask, r.randint(0, w), int(shown - mask.shape[0]), 1)
        elif side < 0.84:
            _paste(ink, mask, r.randint(0, w), int(h - shown), 1)
        elif side < 0.92 and line.left > 0.5 * s:
            _paste(ink, mask, int(shown * 0.8 - mask.shape[1]), int(line.middle - mask.shape[0] / 2), 1)
        elif line.right > 0.5 * s:
            _paste(ink, mask, int(w - shown * 0.8), int(line.middle - mask.shape[0] / 2), 1)
