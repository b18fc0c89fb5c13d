"""Paper, ruling lines, seals and what scanners, copiers and fax machines do to a written line."""
import cv2
import numpy as np

from .pen import between


def rules(line, boxed, r, hard):
    """Ruling lines as ink: boxes for digits, an underline, or what is left of a cell's borders at the edges."""
    h, w = line.ink.shape
    s = line.height
    layer = np.zeros((h, w), np.float32)
    t = max(1, int(s * between(r, 0.03, 0.09)))
    if boxed:
        edges = [line.left] + [(a[1] + b[0]) / 2 for a, b in zip(line.spans, line.spans[1:])] + [w - line.right]
        for x in edges:
            cv2.line(layer, (int(x), 0), (int(x), h), 1, t)
        cv2.line(layer, (0, 1), (w, 1), 1, t)
        cv2.line(layer, (0, h - 2), (w, h - 2), 1, t)
        return layer
    q = r.random()
    if q < 0.12 * hard:
        y = int(line.middle + s * between(r, 0.42, 0.75))
        cv2.line(layer, (0, y), (w, y + int(r.gauss(0, 1))), 1, t)
    elif q < 0.32 * hard:
        near = [int(abs(r.gauss(0, 2))) for _ in range(4)]
        if r.random() < 0.5: cv2.line(layer, (0, near[0]), (w, near[0]), 1, t)
        if r.random() < 0.5: cv2.line(layer, (0, h - 1 - near[1]), (w, h - 1 - near[1]), 1, t)
        if r.random() < 0.5 and line.left > 0.25 * s: cv2.line(layer, (near[2], 0), (near[2], h), 1, t)
        if r.random() < 0.5 and line.right > 0.25 * s: cv2.line(layer, (w - 1 - near[3], 0), (w - 1 - near[3], h), 1, t)
    return layer


def on_paper(line, boxed, r, hard):
    """-> float picture, 0 black to 255."""
    h, w = line.ink.shape
    paper = between(r, 205, 255)
    dark = between(r, 15, 110) if r.random() < 0.85 else between(r, 100, paper - 60)   # ink in grey; pale pens
    picture = paper + (dark - paper) * line.ink
    if r.random() < 0.07 * hard:                                                          # part of a seal, turned grey
        seal = np.zeros((h, w), np.float32)
        radius = between(r, 1.2, 4) * line.height
        centre = (int(between(r, 0, w)), int(between(r, -radius, h + radius)))
        cv2.circle(seal, centre, int(radius), 1, max(1, int(between(r, 0.06, 0.3) * line.height)))
        for _ in range(r.randint(0, 6)):
            a, b = between(r, 0, w), between(r, 0, h)
            cv2.line(seal, (int(a), int(b)), (int(a + r.gauss(0, 1) * line.height), int(b + r.gauss(0, 1) * line.height)), 1, max(1, int(0.08 * line.height)))
        seal *= cv2.resize(np.random.default_rng(r.randrange(1 << 30)).uniform(0.3, 1, (4, 8)).astype(np.float32), (w, h))
        picture = np.minimum(picture, paper + (between(r, 0.5, 0.8) * paper - paper) * seal)
    borders = rules(line, boxed, r, hard)
    if borders.any():
        picture = np.minimum(picture, paper + (between(r, 0, 110) - paper) * borders)
    return picture


def scanned(picture, s, r, hard):
    """-> grey uint8."""
    noise = np.random.default_rng(r.randrange(1 << 30))
    picture = picture.astype(np.float32)
    if r.random() < 0.5 and hard >= 0.5:                                   # coarser, not below digits 13 px high
        k = between(r, max(min(1, 13 / s), 0.4), 1)
        if k < 0.97:
            picture = cv2.resize(picture, None, fx=k, fy=k, interpolation=cv2.INTER_AREA)
            s *= k
    blur = abs(r.gauss(0, 0.75)) * hard
    if blur > 0.25:
        picture = cv2.GaussianBlur(picture, (0, 0), min(blur, 1.8) * min(1, s / 26))
    if r.random() < 0.25 * hard:
        picture = picture * np.linspace(between(r, 0.8, 1), between(r, 0.8, 1), picture.shape[1], dtype=np.float32)[None]
    h, w = picture.shape
    kind = r.random()
    if kind < 0.12 * hard:                                                  # a copy: more contrast
        picture = np.clip((picture - between(r, 85, 120)) * between(r, 1.4, 2.0) + between(r, 30, 70), 0, 255)
    if r.random() < 0.2 * hard:
        for _ in range(r.randint(1, 6)):
            cv2.circle(picture, (r.randrange(w), r.randrange(h)), r.choice((1, 1, 1, 2)), 60, -1)
    if r.random() < 0.06 * hard:
        x = r.randrange(w)
        picture[:, x:x + 2] *= 0.7
    if 0.34 * hard < kind < 0.40 * hard and s > 24:                         # fax: half the rows, black and white
        picture = cv2.resize(picture, (w, max(12, h // 2)), interpolation=r.choice((cv2.INTER_AREA, cv2.INTER_NEAREST)))
        picture = cv2.resize(_black_and_white(picture + noise.normal(0, 8, picture.shape), r), (w, h), interpolation=r.choice((cv2.INTER_NEAREST, cv2.INTER_LINEAR)))
        if r.random() < 0.4:
            y = r.randrange(h)
            picture[y:y + 2] = 255                                          # a lost row breaks strokes
        return picture
    picture = picture + noise.normal(0, between(r, 0, 9) if r.random() < 0.8 else between(r, 8, 20), picture.shape).astype(np.float32) * hard
    if 0.12 * hard < kind < 0.34 * hard:
        out = _black_and_white(picture, r)
        q = r.random()
        if q < 0.15 and s > 26:
            out = cv2.dilate(out, cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3)) if s > 34 else np.ones((2, 1), np.uint8))    # thinned ink
        elif q < 0.3:
            out = cv2.erode(out, np.ones((2, 2), np.uint8))                                                                        # thickened ink
        if r.random() < 0.1:
            out[noise.random(out.shape) < 0.01] = 0
        return out
    out = np.clip(picture, 0, 255).astype(np.uint8)
    if r.random() < 0.5:
        out = cv2.imdecode(cv2.imencode(".jpg", out, [1, r.randint(40, 90)])[1], 0)
    return out


def _black_and_white(picture, r):
    picture = np.clip(picture, 0, 255)
    low, high = int(np.percentile(picture, 0.5)), int(np.percentile(picture, 85))
    least = 0.4 if r.random() < 0.65 else between(r, 0.2, 0.4)    # a pale scan: hairlines are lost
    level = min(max(between(r, 110, 190) if least == 0.4 else 0, low + least * (high - low)), low + 0.8 * (high - low))
    return (picture > level).astype(np.uint8) * 255


def empty_paper(shape, r):
    """An empty cell: paper, noise, perhaps a border."""
    h, w = shape
    paper = np.full((h, w), between(r, 200, 250), np.float32)
    if r.random() < 0.6: paper[:r.randint(1, 4)] = 40
    if r.random() < 0.4: paper[:, :r.randint(1, 4)] = 40
    for _ in range(r.randint(0, 5)):
        cv2.circle(paper, (r.randrange(w), r.randrange(h)), r.choice((1, 1, 2)), 70, -1)
    noise = np.random.default_rng(r.randrange(1 << 30)).normal(0, between(r, 0, 14), paper.shape)
    return np.clip(paper + noise, 0, 255).astype(np.uint8)
