"""Pen strokes: curves through points, drawn with an uneven pen."""
import cv2
import numpy as np


def between(r, low, high):
    return low + (high - low) * r.random()


def curve(points, step=5):
    """A smooth (Catmull-Rom) curve through the points; two points are joined straight."""
    points = np.asarray(points, float)
    if len(points) < 3:
        t = np.linspace(0, 1, 8)[:, None]
        return points[0] + (points[-1] - points[0]) * t
    p = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, step, endpoint=False)[:, None]
    pieces = [0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t ** 2 + (3 * b - a - 3 * c + d) * t ** 3)
              for a, b, c, d in zip(p, p[1:], p[2:], p[3:])]
    return np.vstack(pieces + [points[-1:]])


def draw(mask, points, width, r, uneven=0.25):
    """Draws one stroke, pixels, the pen's width changing slowly along it."""
    fixed = np.round(np.asarray(points) * 8).astype(np.int32).reshape(-1, 1, 2)
    pieces = 1 if uneven == 0 or len(fixed) < 6 else r.randint(1, 3)
    bounds = np.linspace(0, len(fixed) - 1, pieces + 1).astype(int)
    for a, b in zip(bounds, bounds[1:]):
        w = max(1, int(round(width * (1 + r.uniform(-uneven, uneven)))))
        cv2.polylines(mask, [fixed[a:b + 1]], False, 255, w, cv2.LINE_AA, 3)


def picture(strokes, height, width, r):
    """Strokes in units of the digit's height (y from 0 to 1) -> (mask, where its middle lies below 0.5, in heights)."""
    everything = np.vstack(strokes) * height
    low = everything.min(0) - width - 2
    size = np.ceil(everything.max(0) - low + width + 2).astype(int)
    mask = np.zeros((size[1], size[0]), np.uint8)
    for s in strokes:
        draw(mask, s * height - low, width, r)
    middle = (everything[:, 1].min() + everything[:, 1].max()) / 2 / height
    return mask, middle - 0.5
