"""Glyphs that are no digits: Chinese characters, letters, brackets, scribbles."""
import math

import cv2
import numpy as np

from . import pen
from .pen import between

# Characters that people write beside or instead of numbers, then any others; those that look like a digit are left out.
LIKELY = "年月日号幢单元室楼栋组村无男女汉族同上不详身份证电话手机区县街道路镇市省未知有健康退原因其他元户重庆江津民居委会公司肢体残疾视力听级贰叁肆伍陆柒捌玖拾"
_LIKE_DIGITS = set("一二三十口日曰了乙丁工丨丶丿亅卜刁刀力几九匕人入八儿厂么义乂叉又己已巳弓丫个千干于")
OTHER_SIGNS = "().,:;*+=?!&AEFHKMNPRWY"


def any_chinese(r):
    if r.random() < 0.6:
        return r.choice(LIKELY)
    while True:                                     # the 3755 usual characters of GB 2312
        try:
            char = bytes([r.randint(0xB0, 0xD7), r.randint(0xA1, 0xFE)]).decode("gb2312")
        except UnicodeDecodeError:
            continue
        if char not in _LIKE_DIGITS:
            return char


def from_font(bank, r, height, chinese=True, wobble=True):
    """-> (mask, its middle below the line's, in pixels); height of a digit in pixels. None when the font lacks it."""
    font = r.choice(bank.chinese if chinese else bank.hand + bank.printed)
    glyph = font.glyph(any_chinese(r) if chinese else r.choice(OTHER_SIGNS))
    if glyph is None:
        return None
    mask, below, _ = glyph
    scale = height / font.digit_height * (between(r, 0.8, 1.25) if wobble else 1)
    if chinese and scale * mask.shape[0] > 2.2 * height:
        scale = 2.2 * height / mask.shape[0]
    size = (max(2, round(mask.shape[1] * scale * (between(r, 0.85, 1.15) if wobble else 1))), max(2, round(mask.shape[0] * scale)))
    return cv2.resize(mask, size, interpolation=cv2.INTER_AREA), (0.0 if chinese else below * height)


def scribble(r, height, width_px):
    """A digit or two blackened or scrawled over. -> (mask, 0)"""
    wide = between(r, 0.5, 1.6)
    q = r.random()
    if q < 0.45:                                    # zigzag
        n = r.randint(5, 12)
        points = [(wide * i / n + r.gauss(0, 0.06), (0.05 if i % 2 else 0.95) + r.gauss(0, 0.1)) for i in range(n + 1)]
    elif q < 0.8:                                   # loops
        n, turns = r.randint(18, 30), between(r, 2.5, 5)
        points = [(wide * i / n + 0.25 * math.cos(2 * math.pi * turns * i / n), 0.5 + between(r, 0.3, 0.5) * math.sin(2 * math.pi * turns * i / n))
                  for i in range(n + 1)]
    else:                                           # a tangle
        points = [(between(r, 0, wide), between(r, 0, 1)) for _ in range(r.randint(7, 16))]
    mask, below = pen.picture([pen.curve(points)], height, width_px, r)
    return mask, below * height


def slash(r, height, width_px):
    """The stroke that means 'nothing to fill in': leans far more than any 1."""
    lean = between(r, 1.0, 1.9)
    long = between(r, 0.9, 1.5)
    mask, _ = pen.picture([np.array([(lean * long, 0.0), (lean * long * 0.5, long / 2), (0.0, long)])], height, width_px, r)
    return mask, 0.0


def strike(ink, x0, x1, y, height, width_px, r):
    """Crosses out what stands between x0 and x1 on the line of middle y, in place."""
    layer = np.zeros(ink.shape, np.uint8)
    over = 0.12 * height
    q = r.random()
    if q < 0.6:                                     # one or two strokes along
        for _ in range(1 if r.random() < 0.65 else 2):
            ya, yb = y + r.gauss(0, 0.12) * height, y + r.gauss(0, 0.12) * height
            pen.draw(layer, pen.curve([(x0 - over, ya), ((x0 + x1) / 2, (ya + yb) / 2 + r.gauss(0, 0.05) * height), (x1 + over, yb)]), width_px, r)
    elif q < 0.8:                                   # slanted strokes over each
        x = x0
        while x < x1:
            end = min(x1, x + between(r, 0.5, 0.9) * height)
            pen.draw(layer, np.array([(x, y + 0.55 * height), (end, y - 0.55 * height)]), width_px, r)
            if r.random() < 0.4:
                pen.draw(layer, np.array([(x, y - 0.55 * height), (end, y + 0.55 * height)]), width_px, r)
            x = end
    else:                                           # a zigzag
        n = max(4, int((x1 - x0) / (0.22 * height)))
        points = [(x0 + (x1 - x0) * i / n, y + (0.4 if i % 2 else -0.4) * height * between(r, 0.7, 1.2)) for i in range(n + 1)]
        pen.draw(layer, pen.curve(points), width_px, r)
    np.maximum(ink, layer.astype(np.float32) / 255, out=ink)
