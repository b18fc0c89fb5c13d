"""A grey crop of one line becomes the net's input. ocr/digit_framing.cpp does the same, to the pixel; tests/ocr holds both together.

Ink runs from 0 (paper) to 1. All lengths are in parts of the writing's height when they are called margins, in pixels of the crop otherwise.
"""
from dataclasses import dataclass

import cv2
import numpy as np

from .alphabet import HEIGHT

PAPER_SHARE, DARK_SHARE, FULL_SHARE = 0.85, 0.005, 0.995
LEAST_CONTRAST = 45.0
FIRM, PALE = 0.42, 0.17        # ink that surely is writing; ink that may be pale writing beside it
RULE_LENGTH = 1.3              # runs of ink longer than this many heights of the crop are ruling lines
WIDEST = 1024                  # columns


@dataclass
class Margins:
    """Paper left around the writing."""
    up: float = 0.22
    down: float = 0.22
    left: float = 0.35
    right: float = 0.35
    stretch: float = 1.0       # of the width


# The two framings that the reader looks at; wider than life, so that narrow digits that stand close get steps enough for each.
VIEWS = (Margins(stretch=1.3), Margins(up=0.15, down=0.19, left=0.30, right=0.40, stretch=1.15))


def _level(histogram, share):
    """The least grey value that at least this share of the pixels does not exceed."""
    sums = histogram.cumsum()
    return int(np.searchsorted(sums, sums[-1] * share))


def _histogram(grey):
    return np.bincount(grey.ravel(), minlength=256)


def ink_of(grey):
    """8-bit grey -> float32 ink. The paper's level is taken from strips two heights wide and joined linearly: one level for the
    whole line turns pale digits in good light into paper."""
    h, w = grey.shape
    whole = _histogram(grey)
    paper, dark = _level(whole, PAPER_SHARE), _level(whole, DARK_SHARE)
    strips = max(2 if w > 1.2 * h else 1, int(np.floor(w / (2.0 * h) + 0.5)))
    if strips < 2 or w < 2 * strips:
        full = np.float32(max(LEAST_CONTRAST, paper - dark))
        return np.minimum(np.maximum(np.float32(paper) - grey.astype(np.float32), 0) / full, 1)
    edges = [w * i // strips for i in range(strips + 1)]
    middle = np.array([(a + b - 1) / 2 for a, b in zip(edges, edges[1:])])
    level = np.array([_level(_histogram(grey[:, a:b]), PAPER_SHARE) for a, b in zip(edges, edges[1:])], float)
    x = np.arange(w)
    piece = np.clip(np.searchsorted(middle, x, side="right") - 1, 0, strips - 2)
    light = level[piece] + (x - middle[piece]) * (level[piece + 1] - level[piece]) / (middle[piece + 1] - middle[piece])
    darker = np.maximum(light[None].astype(np.float32) - grey, 0)
    k = max(0, int(darker.size * FULL_SHARE) - 1)
    full = np.float32(max(LEAST_CONTRAST, float(np.partition(darker.ravel(), k)[k])))
    return np.minimum(darker / full, 1).astype(np.float32)


def _without_rules(mask):
    h, w = mask.shape
    run = int(RULE_LENGTH * h)
    if w > run + 4:
        rules = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
        if rules.any():
            mask[cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0] = 0
    return mask


def _components(mask):
    """x, y, width, height, area of the 8-connected pieces."""
    return cv2.connectedComponentsWithStats(mask, connectivity=8)[2][1:].T


def writing_box(ink):
    """(x0, x1, y0, y1) of the writing, ruling lines, cell borders and specks left out; None when there is none."""
    h, w = ink.shape
    x, y, cw, ch, area = _components(_without_rules((ink > FIRM).astype(np.uint8)))
    side = ((x <= 2) | (x + cw >= w - 2)) & (ch > 0.8 * h) & (cw < 0.12 * h)
    foot = ((y <= 1) | (y + ch >= h - 1)) & (ch < 0.12 * h) & (cw > 0.3 * h)
    keep = ~(side | foot) & (area >= 4)
    if not keep.any():
        return None
    x, y, cw, ch, area = (v[keep] for v in (x, y, cw, ch, area))
    tallest = ch.max()
    upright = (ch >= 0.9 * h) & (cw < 0.12 * h)      # may be a border further in, if lower pieces stand beside it
    if (~upright).any() and ch[~upright].max() > 0.3 * h:
        tallest = ch[~upright].max()
    body = (ch >= 0.45 * tallest) & (ch <= tallest)
    usual = float(np.median(ch[body]))
    y0, y1 = np.percentile(y[body], 10), np.percentile((y + ch)[body], 90)
    counts = (area >= max(4, 0.012 * usual * usual)) & ((ch >= 0.25 * usual) | (cw >= 0.2 * usual)) & (y < y1) & (y + ch > y0)
    if not counts.any():
        return None
    x0, x1 = int(x[counts].min()), int((x + cw)[counts].max())
    x0, x1 = _with_pale_ends(ink, x0, x1, y0, y1)
    return x0, x1, int(y0), int(np.ceil(y1))


def _with_pale_ends(ink, x0, x1, y0, y1):
    """Widens the box over pale or broken characters beside it, which the firm threshold has missed."""
    h, w = ink.shape
    tall = max(4.0, y1 - y0)
    mask = _without_rules((cv2.GaussianBlur(ink, (0, 0), max(0.8, tall / 25)) > PALE).astype(np.uint8))
    mask[:max(0, int(y0 - 0.1 * tall))] = 0
    mask[int(y1 + 0.1 * tall):] = 0
    pieces = [(x, x + cw) for x, _, cw, ch, area in _components(mask).T
              if ch >= 0.35 * tall and area >= 0.03 * tall * tall
              and not (cw < 0.2 * tall and (x <= 2 or x + cw >= w - 2) and ch > 0.9 * tall)]
    reach = 1.6 * tall
    for left, right in sorted(pieces, reverse=True):
        if left < x0 and right > x0 - reach:
            x0 = left
    for left, right in sorted(pieces):
        if right > x1 and left < x1 + reach:
            x1 = right
    return int(x0), int(x1)


def _rounded(value):
    return int(np.floor(value + 0.5))


def cut(ink, x0, x1, y0, y1, stretch=1.0):
    """A part of the ink, paper beyond its edges, scaled to HEIGHT rows."""
    x0, x1, y0, y1 = (_rounded(v) for v in (x0, x1, y0, y1))
    h, w = ink.shape
    pad = max(0, -x0, -y0, x1 - w, y1 - h)
    if pad:
        ink = cv2.copyMakeBorder(ink, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0)
    part = ink[y0 + pad:y1 + pad, x0 + pad:x1 + pad]
    width = min(WIDEST, max(8, _rounded((x1 - x0) * HEIGHT / max(1, y1 - y0) * stretch)))
    return cv2.resize(part, (width, HEIGHT), interpolation=cv2.INTER_AREA if y1 - y0 > HEIGHT else cv2.INTER_LINEAR)


def frame(grey, margins=VIEWS[0]):
    """8-bit grey crop -> HEIGHT rows of ink, or None when nothing is written."""
    ink = ink_of(grey)
    box = writing_box(ink)
    if box is None:
        return None
    x0, x1, y0, y1 = box
    t = max(4, y1 - y0)
    return cut(ink, x0 - margins.left * t, x1 + margins.right * t, y0 - margins.up * t, y1 + margins.down * t, margins.stretch)


def padded(framed, multiple=8, least=32):
    width = max(least, -(-framed.shape[1] // multiple) * multiple)
    return np.pad(framed, ((0, 0), (0, width - framed.shape[1])))
