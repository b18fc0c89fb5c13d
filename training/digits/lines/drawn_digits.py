"""Digits as Chinese writers write them, as strokes with parameters drawn by chance: 1 as a bare stroke of any slant, 4 open and closed,
7 with and without a bar, 9 like g or with a straight tail, 0 slanted, open or with a tail, and so on."""
import math

import numpy as np

from .pen import between, curve


def _loop(r, cx, cy, rx, ry, start, sweep, tilt=0.0, n=9):
    """Points on an ellipse; angles in turns, counter-clockwise on paper, 0 at the right."""
    points = []
    for i in range(n):
        a = 2 * math.pi * (start + sweep * i / (n - 1))
        x, y = rx * math.cos(a), -ry * math.sin(a)
        points.append((cx + x + tilt * (-y), cy + y))
    return points


def _zero(r):
    rx = between(r, 0.16, 0.36)
    points = _loop(r, 0.3, 0.5, rx, 0.48, between(r, 0.1, 0.4), between(r, 0.86, 1.12), r.gauss(0.12, 0.12))
    if r.random() < 0.2:                                        # a tail out of or into the loop
        end = (0.3 + between(r, -0.1, 0.35), between(r, -0.06, 0.2))
        points = points + [end] if r.random() < 0.5 else [end] + points
    return [points]


def _one(r):
    lean = r.gauss(0.08, 0.12)
    lean = max(-0.3, min(0.36, lean))
    top, foot = (0.2 + lean / 2, between(r, -0.05, 0.06)), (0.2 - lean / 2, between(r, 0.92, 1.08))
    middle = ((top[0] + foot[0]) / 2 + r.gauss(0, 0.02), 0.5)
    q = r.random()
    if q < 0.68:
        return [[top, middle, foot]]
    flag = (top[0] - between(r, 0.08, 0.26), top[1] + between(r, 0.08, 0.28))
    strokes = [[flag, top], [top, middle, foot]]
    if q > 0.93:
        strokes.append([(foot[0] - 0.18, foot[1]), (foot[0] + 0.18, foot[1])])
    return strokes


def _two(r):
    head = [(0.06, between(r, 0.15, 0.32)), (0.2, 0.04), (0.42, 0.08), (0.48, 0.28), (0.3, 0.6)]
    q = r.random()
    if q < 0.45:                                                # a sharp foot
        return [head + [(0.06, 0.95)], [(0.06, 0.95), (0.32, between(r, 0.88, 0.97)), (0.6, between(r, 0.86, 1.0))]]
    if q < 0.85:                                                # a loop in the foot
        return [head + [(0.12, 0.92), (0.05, 0.86), (0.14, 0.78), (0.34, 0.93), (0.6, between(r, 0.84, 0.98))]]
    return [[(0.04, 0.06), (0.5, 0.04)], [(0.5, 0.04), (0.06, 0.95)], [(0.06, 0.95), (0.58, 0.93)]]


def _three(r):
    waist = (between(r, 0.12, 0.3), between(r, 0.42, 0.52))
    foot = [(0.46, 0.6), (0.46, 0.84), (0.26, 0.98), (0.03, between(r, 0.82, 0.94))]
    if r.random() < 0.3:
        return [[(0.07, 0.05), (0.47, 0.04)], [(0.47, 0.04), waist], [waist] + foot]
    return [[(0.06, between(r, 0.08, 0.2)), (0.26, 0.01), (0.44, 0.16), (0.36, 0.36), waist] + foot]


def _four(r):
    bar = between(r, 0.55, 0.72)
    end = between(r, 0.5, 0.7)
    q = r.random()
    if q < 0.4:                                                 # open: an L and a stroke
        lean = between(r, -0.02, 0.2)
        stem = between(r, 0.34, 0.48)
        return [[(0.08 + lean, between(r, 0.02, 0.14)), (0.06, bar - 0.04)], [(0.06, bar - 0.04), (0.3, bar), (end, bar - 0.02)],
                [(stem + lean / 3, between(r, 0.0, 0.35)), (stem - 0.02, between(r, 0.92, 1.1))]]
    if q < 0.72:                                                # closed, two strokes
        top = (between(r, 0.34, 0.46), 0.02)
        return [[top, (0.04, bar)], [(0.04, bar), (end, bar - 0.02)], [(top[0], between(r, 0.02, 0.4)), (top[0] - 0.03, between(r, 0.95, 1.08))]]
    stem = between(r, 0.38, 0.46)                               # closed, one stroke; or from below like a lightning
    if q < 0.9:
        return [[(stem, 1.0), (stem + 0.02, 0.04)], [(stem + 0.02, 0.04), (0.04, bar)], [(0.04, bar), (end, bar - 0.03)]]
    return [[(0.2, 0.02), (0.05, bar)], [(0.05, bar), (end, bar - between(r, 0, 0.08))], [(end - 0.14, bar - 0.22), (end - 0.2, 1.0)]]


def _five(r):
    hat = [(0.14, between(r, 0.02, 0.1)), (between(r, 0.42, 0.6), between(r, 0.0, 0.08))]
    belly = [(0.1, 0.42), (0.3, 0.36), (0.47, 0.55), (0.44, 0.82), (0.24, 0.98), (0.02, between(r, 0.8, 0.93))]
    if r.random() < 0.3:
        return [[hat[1], hat[0]], [hat[0], belly[0]], belly]
    gap = between(r, -0.02, 0.08)
    hat = [(hat[0][0] + gap, hat[0][1] + r.gauss(0, 0.04)), (hat[1][0] + gap, hat[1][1])]
    return [[(0.14, 0.05), belly[0]], belly, hat]


def _six(r):
    top = (between(r, 0.28, 0.48), between(r, -0.04, 0.06))
    left = (between(r, 0.04, 0.1), between(r, 0.6, 0.72))
    loop = [(0.1, 0.88), (0.27, 0.98), (0.46, 0.8), (0.38, between(r, 0.52, 0.62)), (0.2, 0.58), (0.08, between(r, 0.68, 0.8))]
    return [[top, (0.16, 0.3), left] + (loop if r.random() < 0.8 else loop[:-1])]


def _seven(r):
    corner = (between(r, 0.42, 0.56), between(r, 0.03, 0.1))
    start = (between(r, 0.0, 0.1), corner[1] + r.gauss(0.02, 0.03))
    foot = (between(r, 0.08, 0.34), between(r, 0.94, 1.08))
    bend = ((corner[0] + foot[0]) / 2 + between(r, -0.08, 0.02), 0.5)
    strokes = [[start, corner], [corner, bend, foot]]
    if r.random() < 0.25:
        strokes.insert(0, [(start[0], start[1] + between(r, 0.08, 0.2)), start])
    if r.random() < 0.3:
        y = between(r, 0.44, 0.58)
        strokes.append([(bend[0] - between(r, 0.1, 0.22), y + r.gauss(0, 0.03)), (bend[0] + between(r, 0.1, 0.24), y)])
    return strokes


def _eight(r):
    waist = between(r, 0.42, 0.5)
    if r.random() < 0.25:                                       # two circles
        return [_loop(r, 0.27, waist / 2, between(r, 0.14, 0.2), waist / 2, 0.25, 1.02),
                _loop(r, 0.27, (1 + waist) / 2, between(r, 0.17, 0.26), (1 - waist) / 2, 0.25, 1.02)]
    end = (between(r, 0.38, 0.52), between(r, -0.02, 0.16))      # the last stroke may stay open
    return [[(between(r, 0.38, 0.5), between(r, 0.06, 0.16)), (0.24, 0.01), (0.09, 0.17), (0.25, waist), (0.46, 0.74), (0.27, 0.99), (0.06, 0.78),
             (0.26, waist + 0.02), (0.44, 0.2), end]]


def _nine(r):
    loop = [(0.45, between(r, 0.12, 0.24)), (0.26, 0.01), (0.06, between(r, 0.2, 0.3)), (0.2, between(r, 0.42, 0.52)), (0.43, between(r, 0.2, 0.32))]
    q = r.random()
    if q < 0.5:                                                 # a straight tail
        return [loop, [loop[-1], (between(r, 0.36, 0.46), 0.6), (between(r, 0.14, 0.44), between(r, 0.95, 1.1))]]
    if q < 0.85:                                                # like g
        return [loop + [(0.44, 0.6), (between(r, 0.34, 0.42), 0.92), (0.2, between(r, 0.96, 1.06)), (between(r, -0.04, 0.08), between(r, 0.78, 0.94))]]
    return [_loop(r, 0.26, 0.25, 0.2, 0.25, 0.1, 1.0), [(0.46, 0.06), (0.45, between(r, 0.95, 1.08))]]


def _x(r):
    e, f = between(r, 0.22, 0.46), between(r, 0.02, 0.12)
    return [[(0.3 - e, f), (0.3 + e, 1 - f)], [(0.3 + e, f), (0.3 - e, 1 - f)]]


def _dash(r):
    return [[(0.0, 0.52), (between(r, 0.22, 0.75), 0.52 + r.gauss(0, 0.05))]]


_WAYS = {"0": _zero, "1": _one, "2": _two, "3": _three, "4": _four, "5": _five, "6": _six, "7": _seven, "8": _eight, "9": _nine, "X": _x, "-": _dash}


def strokes(char, r, slant=0.0, wide=1.0, jitter=0.022):
    """The strokes of one digit, x and y in units of its height."""
    result = []
    for points in _WAYS[char](r):
        p = np.array(points, float) + np.array([[r.gauss(0, jitter), r.gauss(0, jitter)] for _ in points])
        p[:, 0] = p[:, 0] * wide - (p[:, 1] - 0.5) * slant
        result.append(curve(p))
    if len(result) > 1 and r.random() < 0.35:                   # strokes do not always meet
        k = r.randrange(1, len(result))
        result[k] = result[k] + np.array([r.gauss(0, 0.04), r.gauss(0, 0.04)])
    return result
