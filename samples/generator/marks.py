"""Marks that people make in, on and beside check boxes."""
import math

import cv2
import numpy as np

from .digit_strokes import smooth

# Names of marks as the truth lists them.
USUAL = ("tick", "cross", "filled", "dot", "slash", "long-tick")
STRAY = ("tick-beside", "tick-beside", "tick-through-label", "tick-above", "circled-option")
TYPED = ("typed-check", "typed-filled", "typed-cross", "typed-tick")


def draw(kind, layer, box, label, rng):
    """Draws one mark. box and label are quads of an upright page, in pixels."""
    x0, y0 = box[0]
    side = box[2][0] - x0
    _DRAW[kind](_Spot(layer, x0, y0, side, label, rng))


class _Spot:
    """A box as a unit square to draw in."""
    def __init__(self, layer, x, y, side, label, rng):
        self.layer, self.x, self.y, self.side, self.rng = layer, x, y, side, rng
        self.label = (label[:, 0].min(), label[:, 1].min(), label[:, 0].max(), label[:, 1].max())

    def near(self, points, sway=0.06):
        r = self.rng
        return np.array([[self.x + self.side * (a + r.gauss(0, sway)), self.y + self.side * (b + r.gauss(0, sway))] for a, b in points])

    def stroke(self, points, sway=0.06, curved=True, width=None):
        points = self.near(points, sway)
        self.layer.stroke(smooth(points) if curved and len(points) > 2 else points, self.rng, width)


def _tick(s, dx=0.0, dy=0.0, size=1.0):
    shape = [(0.02, 0.45), (0.22, 0.72), (0.38, 0.95), (0.62, 0.45), (1.05, -0.12)]
    s.stroke([(dx + a * size, dy + b * size) for a, b in shape], 0.045)


def _cross(s):
    s.stroke([(0.0, 0.02), (1.0, 0.98)])
    s.stroke([(0.98, 0.0), (0.03, 1.0)])


def _zigzag(s, lines, reach, sway):
    a, b = 0.5 - reach, 0.5 + reach
    points = []
    for i in range(lines + 1):
        t = a + (b - a) * i / lines
        points += [(a, t), (b, t - 0.08)] if i % 2 == 0 else [(b, t), (a, t - 0.08)]
    s.stroke(points, sway, curved=False)


def _filled(s):
    _zigzag(s, 7, 0.42, 0.03)
    _zigzag(s, 5, 0.36, 0.05)


def _dot(s):
    centre = s.near([(0.5, 0.5)], 0.06)[0]
    cv2.circle(s.layer.mask, tuple(np.round(centre * 8).astype(int)), int(s.side * s.rng.uniform(0.2, 0.3) * 8), 255, -1, cv2.LINE_AA, 3)


def _circled(s):
    x0, y0, x1, y1 = s.label
    x0 = s.x - 0.35 * s.side
    cx, cy, rx, ry = (x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2 + 0.3 * s.side, (y1 - y0) / 2 + 0.28 * s.side
    start = s.rng.uniform(0, 2 * math.pi)
    t = start + np.linspace(0, 2 * math.pi * s.rng.uniform(0.97, 1.06), 60)
    drift = 1 + 0.03 * np.linspace(-1, 1, 60)
    s.layer.stroke(np.column_stack([cx + rx * np.cos(t) * drift, cy + ry * np.sin(t) * drift]), s.rng)


def _beside(s):
    _tick(s, dx=-1.05 if s.rng.random() < 0.6 else 0.85, dy=-0.1, size=0.95)


def _through_label(s):
    x1 = (s.label[2] - s.x) / s.side
    reach = min(x1, 3.6)
    s.stroke([(0.25, 0.3), (0.55, 0.75), (0.8, 1.05), (reach * 0.6, 0.2), (reach, -0.55)], 0.06)


def _typed(s, inner):
    a = 0.14 * s.side
    mask, x, y, side = s.layer.mask, s.x, s.y, s.side
    if inner == "filled":
        mask[round(y):round(y + side), round(x):round(x + side)] = 255
        return
    lines = {"check": [((0.15, 0.5), (0.42, 0.8)), ((0.42, 0.8), (0.88, 0.15))], "cross": [((0.1, 0.1), (0.9, 0.9)), ((0.9, 0.1), (0.1, 0.9))],
             "tick": [((0.0, 0.45), (0.35, 0.95)), ((0.35, 0.95), (1.1, 0.0))]}[inner]
    for p, q in lines:
        ends = [tuple(int(round(v * 8)) for v in (x + u * side, y + w * side)) for u, w in (p, q)]
        cv2.line(mask, ends[0], ends[1], 255, max(3, round(a)), cv2.LINE_AA, 3)


_DRAW = {
    "tick": _tick, "long-tick": lambda s: _tick(s, dx=0.05, dy=-0.25, size=1.45), "cross": _cross, "filled": _filled, "dot": _dot,
    "slash": lambda s: s.stroke([(0.92, 0.02), (0.08, 1.0)]), "tick-beside": _beside, "tick-through-label": _through_label,
    "circled-option": _circled, "tick-above": lambda s: _tick(s, dx=0.15, dy=-0.7, size=0.9),
    "typed-check": lambda s: _typed(s, "check"), "typed-filled": lambda s: _typed(s, "filled"),
    "typed-cross": lambda s: _typed(s, "cross"), "typed-tick": lambda s: _typed(s, "tick"),
}


def strike_out(layer, box, label, rng):
    """Takes a choice back: one or two lines through the box and its word."""
    x0, x1 = box[0][0] - rng.uniform(0.1, 0.5) * (box[1][0] - box[0][0]), label[:, 0].max() + rng.uniform(-4, 16)
    middle = (box[0][1] + box[2][1]) / 2
    for k in range(rng.choice((1, 1, 2))):
        y = middle + rng.gauss(0, 3) + k * rng.uniform(5, 9)
        t = np.linspace(0, 1, 14)
        bow = np.sin(t * math.pi) * rng.gauss(0, 2.5)
        layer.stroke(np.column_stack([x0 + (x1 - x0) * t, y + bow + rng.gauss(0, 3) * t]), rng, pressure=0.12)


def scribble_out(layer, box, label, rng):
    """Takes a choice back: the box scribbled over, well beyond its outline."""
    s = _Spot(layer, box[0][0], box[0][1], box[2][0] - box[0][0], label, rng)
    _zigzag(s, 9, 0.72, 0.1)
    _zigzag(s, 7, 0.66, 0.12)
