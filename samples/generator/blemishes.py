"""What happens to a sheet of paper before it is scanned: seals, stains, punch holes, staples, worn print."""
import math

import cv2
import numpy as np
from PIL import Image, ImageDraw

from . import fonts, wording
from .canvas import px
from .pens import grain


def seal(picture, rng, frame):
    """A red round seal pressed over the lower part of the table."""
    size = round(px(rng.uniform(38, 42)))
    mask = _seal_mask(size, rng)
    turn = cv2.getRotationMatrix2D((size / 2, size / 2), rng.uniform(-25, 25), 1)
    mask = cv2.warpAffine(mask, turn, (size, size))
    worn = 0.45 + 0.55 * (cv2.GaussianBlur(grain(mask.shape, rng, 24), (0, 0), 12) > 0.42) * grain(mask.shape, rng, 3)
    mask = np.clip(mask * worn, 0, 255).astype(np.uint8)
    x = rng.uniform(frame[0][0] + px(60), frame[2][0] - size * 0.8)
    y = rng.uniform(frame[2][1] - px(60), frame[2][1] - px(22)) if rng.random() < 0.75 else rng.uniform(frame[0][1], frame[2][1] - size)
    _press(picture, mask, round(x), round(y), (206, 38, 42))


def _seal_mask(size, rng):
    image = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(image)
    line = max(4, round(px(rng.uniform(0.9, 1.3))))
    draw.ellipse((2, 2, size - 3, size - 3), outline=255, width=line)
    c, r = size / 2, size * 0.14
    star = [(c + (r if k % 2 == 0 else r * 0.38) * math.sin(k * math.pi / 5), c - (r if k % 2 == 0 else r * 0.38) * math.cos(k * math.pi / 5))
            for k in range(10)]
    draw.polygon(star, fill=255)
    text, em = rng.choice(wording.texts()["seals"]), round(size * 0.105)
    font = fonts.load("song-bold", em)
    span = math.radians(min(270, 17 * len(text)))
    for i, char in enumerate(text):
        a = -span / 2 + span * i / (len(text) - 1)
        tile = Image.new("L", (em * 2, em * 2), 0)
        ImageDraw.Draw(tile).text((em, em), char, font=font, fill=255, anchor="mm")
        tile = tile.rotate(-math.degrees(a), Image.BICUBIC)
        radius = size / 2 - line - em * 0.75
        x, y = c + radius * math.sin(a) - em, c - radius * math.cos(a) - em
        image.paste(255, (round(x), round(y)), tile)
    return np.array(image)


def _press(picture, mask, x, y, colour):
    """Darkens the picture under a mask with a colour, clipped to the picture."""
    h, w = mask.shape
    H, W = picture.image.shape[:2]
    x0, y0, x1, y1 = max(0, x), max(0, y), min(W, x + w), min(H, y + h)
    if x0 >= x1 or y0 >= y1:
        return
    spot = picture.image[y0:y1, x0:x1].astype(np.float32)
    a = mask[y0 - y:y1 - y, x0 - x:x1 - x].astype(np.float32) / 255
    if picture.colour:
        keep = 1 - a[..., None] * (1 - np.array(colour, np.float32) / 255)
    else:
        keep = 1 - a * (1 - np.dot(colour, (0.299, 0.587, 0.114)) / 255)
    picture.image[y0:y1, x0:x1] = (spot * keep).astype(np.uint8)


def stain(picture, rng, _frame):
    """A ring that a cup left, or a blot."""
    size = round(px(rng.uniform(30, 75)))
    yy, xx = np.mgrid[0:size, 0:size].astype(np.float32)
    r = np.hypot(xx - size / 2, yy - size / 2) / (size / 2)
    wobble = cv2.GaussianBlur(grain((size, size), rng, 160), (0, 0), 60) * 0.2
    ring = np.exp(-((r + wobble - 0.9) / 0.05) ** 2) * 0.5 + (r + wobble < 0.9) * 0.14
    ring[r > 1.05] = 0
    h, w = picture.image.shape[:2]
    _press(picture, (ring * 200).clip(0, 255).astype(np.uint8), rng.randrange(0, w - size), rng.randrange(0, h - size), (150, 112, 60))


def punch_holes(picture, rng, _frame):
    """Two holes at the left edge, dark where the scanner's lid shows through."""
    h, w = picture.image.shape[:2]
    x = round(px(rng.uniform(8, 12)))
    shade = rng.choice((30, 70, 200))
    for y in (h / 2 - px(40), h / 2 + px(40)):
        cv2.circle(picture.image, (x, round(y + rng.gauss(0, 8))), round(px(2.8)), (shade,) * 3 if picture.colour else shade, -1, cv2.LINE_AA)


def staple(picture, rng, _frame):
    """A staple at a corner, its shadow, and the dog-ear that it left."""
    x, y = round(px(rng.uniform(9, 16))), round(px(rng.uniform(9, 16)))
    a = rng.uniform(-0.9, -0.5)
    end = (round(x + px(10) * math.cos(a)), round(y + px(10) * math.sin(a) + px(6)))
    mask = np.zeros(picture.image.shape[:2], np.uint8)
    cv2.line(mask, (x, y + round(px(6))), end, 255, 9, cv2.LINE_AA)
    shadow = cv2.GaussianBlur(mask[:round(px(40)), :round(px(40))], (0, 0), 9)
    _press(picture, np.maximum(shadow // 2, mask[:shadow.shape[0], :shadow.shape[1]]), 3, 3, (90, 90, 96))


def worn_rules(picture, rng, frame):
    """Pieces of rules that the print lost: pale strips across the table, as a bad drum or a fold leaves them."""
    h, w = picture.image.shape[:2]
    for _ in range(rng.randrange(2, 5)):
        if rng.random() < 0.5:
            y = rng.uniform(frame[0][1], frame[2][1])
            _fade(picture, int(frame[0][0] + rng.uniform(0, 0.7) * (frame[1][0] - frame[0][0])), int(y), rng.randrange(60, 420), rng.randrange(6, 16))
        else:
            x = rng.uniform(frame[0][0], frame[1][0])
            _fade(picture, int(x), int(rng.uniform(frame[0][1], frame[2][1] - 300)), rng.randrange(6, 14), rng.randrange(60, 420))
    for corner in rng.sample(range(4), 1):
        x, y = frame[corner]
        _fade(picture, int(x) - 40, int(y) - 20, 80, 40)


def _fade(picture, x, y, w, h):
    spot = picture.image[max(0, y):y + h, max(0, x):x + w]
    spot[:] = np.maximum(spot, 236)


def fold(picture, rng, _frame):
    """A sheet folded in half: the toner cracked off along the crease, a faint shadow beside it."""
    h, w = picture.image.shape[:2]
    y = round(h * rng.choice((1 / 3, 1 / 2, 2 / 3)) + rng.gauss(0, 30))
    crack = (grain((5, w), rng, 6) > 0.45)
    strip = picture.image[y:y + 5]
    strip[crack] = np.maximum(strip[crack], 226)
    picture.image[y + 5:y + 14] = (picture.image[y + 5:y + 14] * 0.9).astype(np.uint8)


WEAR = ("stain", "punch-holes", "staple", "fold")
DAMAGE = {"worn-rules": worn_rules, "seal": seal, "stain": stain, "punch-holes": punch_holes, "staple": staple, "fold": fold}
