"""Lines as printers and hands write them, as the reader gets to see them."""
import json
import os
import sys
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from PIL import ImageFont

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "digits"))
from lines import foreign, pen, scan, writer  # noqa: E402
from lines.pen import between  # noqa: E402

EM = 64   # pixels at which shapes are kept
KINDS, SHARES = ("print", "font", "strokes"), (0.40, 0.34, 0.26)
HEIGHT, TEXT, BORDER = 48, 34, 7   # of the line as the net sees it, of its writing, of the paper around it


class Typeface:
    def __init__(self, path, index=0):
        self.face, self.name = ImageFont.truetype(path, EM, index=index, layout_engine=ImageFont.Layout.BASIC), os.path.basename(path)
        self.lacking = bytes(self.face.getmask("\uffff"))

    @lru_cache(maxsize=20000)
    def glyph(self, char):
        """(mask, left, top from the base line, advance) at EM; None when the font lacks it."""
        x0, y0, x1, y1 = self.face.getbbox(char, anchor="ls")
        if x1 <= x0 or y1 <= y0:
            return None
        mask = self.face.getmask(char, mode="L")
        if bytes(self.face.getmask(char)) == self.lacking or not mask.getbbox():
            return None
        return np.array(mask, np.uint8).reshape(mask.size[::-1]), x0, y0, self.face.getlength(char)


class Skeletons:
    """The middles of the strokes of characters, from npm's hanzi-writer-data: points from 0 to 1, y down."""
    def __init__(self, file):
        self.strokes = {}
        if file and os.path.exists(file):
            self.strokes = {c: [np.array(s, np.float32) / 1024 for s in strokes] for c, strokes in json.load(open(file)).items()}


class Shapes:
    def __init__(self, bank, printed, hands, skeletons):
        self.bank, self.printed, self.hands, self.skeletons = bank, printed, hands, skeletons


class Scribe:
    """One person, or one printer, for one line."""
    def __init__(self, shapes, r, kind=None):
        self.shapes, self.r = shapes, r
        self.kind = kind or r.choices(KINDS, SHARES)[0]
        self.face = r.choice(shapes.printed if self.kind == "print" else shapes.hands)
        self.hand = writer.Hand(shapes.bank, r, source=None if r.random() < 0.8 else "font")
        self.own_digits = self.kind == "font" and r.random() < 0.25
        self.uneven = between(r, 0.2, 1.3)
        self.slant = r.gauss(0.02, 0.09)
        self.wide = between(r, 0.82, 1.15)
        self.spacing = between(r, -0.14, 0.12) if self.kind != "print" else r.choice((0, 0, 0, between(r, -0.04, 0.3)))
        self.pen = np.exp(between(r, np.log(0.03), np.log(0.1)))
        self.weight = r.choice((0, 0, 0, 1, -1, 2))
        self.joins = r.random() < 0.3

    def _warped(self, mask, scale, turn, shear, wide=1.0):
        m = scale * np.array([[np.cos(turn) * wide, np.sin(turn) + shear], [-np.sin(turn) * wide, np.cos(turn)]])
        h, w = mask.shape
        corners = np.array([[0, 0], [w, 0], [w, h], [0, h]]) @ m.T
        low = np.floor(corners.min(0)) - 1
        size = np.ceil(corners.max(0) - low).astype(int) + 2
        bend_x, bend_y = self.r.choice(self.shapes.bank.bends)
        if scale < 0.7:
            mask = cv2.GaussianBlur(mask, (0, 0), 0.4 / scale)
        out = cv2.warpAffine(mask, np.column_stack([m, -low]).astype(np.float32), tuple(int(v) for v in size), flags=cv2.INTER_LINEAR)
        amount = abs(self.r.gauss(0, 1.1)) * self.uneven * scale * EM / 40
        if amount > 0.4:
            bx, by = cv2.resize(bend_x, out.shape[::-1]), cv2.resize(bend_y, out.shape[::-1])
            yy, xx = np.mgrid[0:out.shape[0], 0:out.shape[1]].astype(np.float32)
            out = cv2.remap(out, xx + bx * amount, yy + by * amount, cv2.INTER_LINEAR)
        return out, low

    def _weighed(self, mask):
        if self.weight == 1: return cv2.dilate(mask, np.ones((2, 2), np.uint8))
        if self.weight == 2: return cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3)))
        if self.weight == -1: return (mask.astype(np.float32) ** 1.6 / 255 ** 0.6).astype(np.uint8)
        return mask

    def glyph(self, char, em):
        """-> (mask, x of its left from the pen, y of its top from the line's middle, advance), pixels; None when it can't be written."""
        if self.kind == "print":
            return self._typed(char, em)
        if char in "0123456789" and not self.own_digits:
            g = self.hand.write(char, 0.72 * em * max(0.7, self.r.gauss(1, 0.06)))
            return g.mask, 0, g.below - g.mask.shape[0] / 2, g.mask.shape[1] + em * max(0.0, self.r.gauss(0.04, 0.05))
        if self.kind == "strokes" and char in self.shapes.skeletons.strokes:
            return self._stroked(char, em)
        return self._scripted(char, em)

    def _face_for(self, char):
        for face in (self.face, *self.r.sample(self.shapes.printed, 3)):
            found = face.glyph(char)
            if found:
                return found
        return None

    def _typed(self, char, em):
        found = self._face_for(char)
        if not found: return None
        mask, left, top, advance = found
        k = em / EM
        size = (max(1, round(mask.shape[1] * k)), max(1, round(mask.shape[0] * k)))
        return cv2.resize(mask, size, interpolation=cv2.INTER_AREA), left * k, 0.36 * em + top * k, advance * k + self.spacing * em

    def _scripted(self, char, em):
        found = self._face_for(char)
        if not found: return None
        mask, left, top, advance = found
        r = self.r
        k = em / EM * (1 + r.gauss(0, 0.05) * self.uneven)
        out, low = self._warped(mask, k, r.gauss(0, 0.04) * self.uneven, -(self.slant + r.gauss(0, 0.03)), self.wide)
        middle = (left + mask.shape[1] / 2 - advance / 2) * k
        y = 0.36 * em + (top + mask.shape[0] / 2) * k
        x = advance * k * self.wide / 2 + middle - out.shape[1] / 2
        return self._weighed(out), x, y - out.shape[0] / 2, advance * k * self.wide * (1 + self.spacing)

    def _stroked(self, char, em):
        r, strokes = self.r, []
        whole = np.array([[self.wide * (1 + r.gauss(0, 0.04) * self.uneven), -(self.slant + r.gauss(0, 0.03))], [r.gauss(0, 0.03) * self.uneven, 1 + r.gauss(0, 0.05) * self.uneven]])
        for s in self.shapes.skeletons.strokes[char]:
            own = np.eye(2) + np.array([[r.gauss(0, 0.05), r.gauss(0, 0.06)], [r.gauss(0, 0.05), r.gauss(0, 0.05)]]) * self.uneven
            middle = s.mean(0)
            p = (s - middle) @ own.T + middle + np.array([r.gauss(0, 0.014), r.gauss(0, 0.014)]) * self.uneven
            if self.joins and len(p) > 3:
                p = p[[0, *range(2, len(p) - 2), -1]] if len(p) > 5 else p
            strokes.append((p - 0.5) @ whole.T + 0.5)
        if self.joins:
            k = 0
            while k + 1 < len(strokes):
                if r.random() < 0.3 and np.linalg.norm(strokes[k][-1] - strokes[k + 1][0]) < 0.5:
                    strokes[k:k + 2] = [np.vstack([strokes[k], strokes[k + 1]])]
                k += 1
        size = 0.92 * em
        curves = [pen.curve(s, 4) for s in strokes]
        mask, _ = pen.picture(curves, size, max(1.0, self.pen * em), r)
        low = np.vstack(curves).min(0) * size - max(1.0, self.pen * em) - 2
        return mask, low[0] + 0.04 * em, low[1] - size / 2, em * self.wide * (1 + self.spacing)


def write(shapes, r, text, kind=None):
    """-> (writer.Placed, the text as far as it could be written)"""
    scribe = Scribe(shapes, r, kind)
    em = float(np.exp(between(r, np.log(19), np.log(62))))
    items, x, drift, written = [], 0.0, 0.0, ""
    for char in text:
        g = scribe.glyph(char, em)
        if g is None: continue
        written += char
        drift = 0.8 * drift + (r.gauss(0, 0.025) * scribe.uneven * em if scribe.kind != "print" else 0)
        items.append((g[0], x + g[1], g[2] + drift))
        x += g[3] * (1 + (r.gauss(0, 0.03) * scribe.uneven if scribe.kind != "print" else 0))
    if not items: return None, ""
    slope = r.gauss(0, 0.004 if scribe.kind == "print" else 0.012)
    pad = int(em)
    ink = np.zeros((int(2.6 * em + abs(slope) * x), int(x + 2 * pad)), np.float32)
    middle, spans = ink.shape[0] / 2 - slope * x / 2, []
    for mask, left, top in items:
        patchy = scribe.kind != "print" and scribe.hand.patchy
        writer._paste(ink, mask, int(pad + left), int(middle + slope * left + top), between(r, 0.5, 1) if patchy else 1)
        spans.append((pad + left, pad + left + mask.shape[1]))
    return writer.Placed(ink, middle, spans, em, pad, pad), written


def seen(line, r):
    """What the reader makes of a written line on its paper: flat paper, cut close, HEIGHT rows. -> uint8, or None when nothing is left."""
    hard = 1.0 if r.random() < 0.6 else 0.35
    grey = scan.scanned(scan.on_paper(line, False, r, hard), 0.72 * line.height, r, hard)
    paper = np.percentile(grey[::2, ::2], 80)
    flat = np.clip(grey.astype(np.float32) * (255 / max(1.0, paper)), 0, 255).astype(np.uint8)
    k = flat.shape[1] / line.ink.shape[1]
    ys, xs = np.flatnonzero(line.ink.max(1) > 0.3), np.flatnonzero(line.ink.max(0) > 0.3)
    if not len(xs): return None
    y0, y1, x0, x1 = ys[0] * k, (ys[-1] + 1) * k, xs[0] * k, (xs[-1] + 1) * k
    tall = max(y1 - y0, 0.6 * line.height * k)
    middle = (y0 + y1) / 2
    border = BORDER / TEXT * tall
    up, down = (border * max(0.1, r.gauss(1, 0.35)) for _ in range(2))
    if r.random() < 0.04: up = -between(r, 0, 0.12) * tall           # cut off by the field's edge
    if r.random() < 0.04: down = -between(r, 0, 0.12) * tall
    y0, y1 = int(middle - tall / 2 - up), int(np.ceil(middle + tall / 2 + down))
    x0, x1 = int(x0 - border * max(0.1, r.gauss(1, 0.4))), int(np.ceil(x1 + border * max(0.1, r.gauss(1, 0.6))))
    pad = max(0, -x0, -y0, x1 - flat.shape[1], y1 - flat.shape[0])
    if pad: flat = cv2.copyMakeBorder(flat, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=255)
    part = flat[y0 + pad:y1 + pad, x0 + pad:x1 + pad]
    if np.mean(part < 128) < 0.2 * np.mean(line.ink[ys[0]:ys[-1] + 1, xs[0]:xs[-1] + 1] > 0.5) and np.mean(255.0 - part) < 12: return None   # nobody can read it
    width = max(16, int(round((x1 - x0) * HEIGHT / max(1, y1 - y0) * between(r, 0.93, 1.07))))
    return cv2.resize(part, (width, HEIGHT), interpolation=cv2.INTER_AREA if y1 - y0 > HEIGHT else cv2.INTER_CUBIC)
