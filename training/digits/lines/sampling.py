"""Training samples: a string is written, scanned and framed. Batch k depends on the seed and k only."""
import random

import cv2
import numpy as np

from . import foreign, scan, strings, writer
from .alphabet import HEIGHT, REJECT, STEP, steps_needed
from .framing import Margins, cut, frame, ink_of
from .pen import between

WIDEST = (224, 392, 552)     # columns for each group of strings: wider lines are only more of the same
FOREIGN_SHARE = 0.14


def with_foreign(text, r):
    """Puts glyphs that are no digits among the text, or in its place. -> text"""
    q = r.random()
    if q < 0.25:
        return REJECT * r.randint(1, 4)                              # words where a number should be
    if q < 0.5:
        return text + REJECT * r.choice((1, 1, 2))                   # a unit after the number
    chars = list(text)
    for _ in range(r.randint(1, 2)):
        k = r.randrange(len(chars) + 1)
        chars[k:k + r.choice((0, 1))] = [REJECT]
    return "".join(chars)


def crop(bank, r, text, hard=1.0, source=None, spoil=True):
    """The grey crop of one line. -> (grey uint8, the text that can be read there)"""
    hand = writer.Hand(bank, r, hard, source)
    s = float(np.exp(between(r, np.log(17), np.log(52))))
    if spoil and text and r.random() < FOREIGN_SHARE * hard and not hand.printed:
        if r.random() < 0.6:
            text = with_foreign(text, r)
            line, boxed = writer.write_line(hand, text, s)
        else:
            line, boxed = writer.write_line(hand, text, s)
            a = r.randrange(len(text))
            b = min(len(text), a + r.choice((1, 1, 2, 3, len(text))))
            foreign.strike(line.ink, line.spans[a][0], line.spans[b - 1][1], line.middle, s, hand.pen_px(s), r)
            text = text[:a] + REJECT * (b - a) + text[b:]
    else:
        line, boxed = writer.write_line(hand, text, s)
    if spoil and r.random() < 0.12 * hard:
        writer.add_fragments(line, hand)
    if spoil and text and not boxed and r.random() < 0.09 * hard:
        cut_off(line, s, r)
    return scan.scanned(scan.on_paper(line, boxed, r, hard), s, r, hard), text


def cut_off(line, s, r):
    """The field's edge goes through the writing: its head, its feet or part of the last or first glyph are missing, but it can still be read."""
    h, w = line.ink.shape
    q = r.random()
    if q < 0.35:
        line.ink = line.ink[:min(h, int(line.middle + s * (0.5 - between(r, 0.05, 0.3))))]
    elif q < 0.6:
        gone = max(0, int(line.middle - s * (0.5 - between(r, 0.05, 0.25))))
        line.ink, line.middle = line.ink[gone:], line.middle - gone
    elif q < 0.9:
        x0, x1 = line.spans[-1]
        line.ink, line.right = line.ink[:, :max(8, int(x1 - between(r, 0.1, 0.4) * (x1 - x0)))], 0.0
    else:
        x0, x1 = line.spans[0]
        gone = int(x0 + between(r, 0.1, 0.35) * (x1 - x0))
        line.ink, line.left = line.ink[:, gone:], 0.0
        line.spans = [(a - gone, b - gone) for a, b in line.spans]
    line.ink = np.ascontiguousarray(line.ink)


def framed(grey, r):
    """Framed as the reader does, with margins that vary around its own."""
    if r.random() < 0.06:
        return cut(ink_of(grey), 0, grey.shape[1], 0, grey.shape[0], between(r, 0.85, 1.2))
    return frame(grey, Margins(*(max(0.02, r.gauss(0.2, 0.08)) for _ in range(2)), *(max(0.02, r.gauss(0.35, 0.25)) for _ in range(2)),
                               between(r, 0.85, 1.4)))


def sample(bank, r, group, hard=1.0, source=None):
    """-> (HEIGHT rows of ink, text)"""
    while True:
        grey, text = crop(bank, r, strings.of_group(r, group), hard, source)
        if r.random() < 0.03 * hard:
            grey, text = scan.empty_paper(grey.shape, r), ""
        image = framed(grey, r)
        if image is None:
            if text == "":
                return np.zeros((HEIGHT, 32), np.float32), ""
            continue
        least = STEP * steps_needed(text)
        if image.shape[1] < least:
            image = cv2.resize(image, (least + STEP, HEIGHT), interpolation=cv2.INTER_LINEAR)
        if image.shape[1] <= WIDEST[group]:
            return image, text


def batch(bank, seed, k, steps, size):
    """The k-th of `steps` batches: easy and short at first. -> (N x 1 x HEIGHT x W, texts)"""
    r = random.Random(seed * 1000003 + k)
    part = k / steps
    hard = min(1.0, 0.25 + part * 6)
    group = 0 if part < 0.03 else r.choice((0, 1)) if part < 0.06 else r.choice((0, 1, 1, 2, 2))
    count = (size * 3 // 2, size, size * 2 // 3)[group]
    samples = [sample(bank, r, group, hard) for _ in range(count)]
    width = max(32, max(-(-i.shape[1] // 8) * 8 for i, _ in samples))
    images = np.zeros((count, 1, HEIGHT, width), np.float32)
    for i, (image, _) in enumerate(samples):
        x = r.randint(0, min(16, width - image.shape[1])) if r.random() < 0.3 else 0
        images[i, 0, :, x:x + image.shape[1]] = image
    return images, [t for _, t in samples]
