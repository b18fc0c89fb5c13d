"""Printing on an ink mask at 300 dpi. Lengths come in millimetres; 255 is full ink."""
import numpy as np
from PIL import Image, ImageDraw

from . import fonts

DPI = 300
PX = DPI / 25.4  # pixels a millimetre


def px(mm):
    return mm * PX


def quad(x0, y0, x1, y1):
    """The four corners of a rectangle, clockwise from the top left."""
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], float)


class Canvas:
    def __init__(self, width_mm=210, height_mm=297):
        self.image = Image.new("L", (round(px(width_mm)), round(px(height_mm))), 0)
        self.draw = ImageDraw.Draw(self.image)

    # ---- text
    def measure(self, text, font, size):
        """Width of a text in millimetres."""
        return fonts.load(font, max(6, round(px(size)))).getlength(text) / PX

    def text(self, x, y, text, font, size, bold=False):
        """One line of text whose em square stands on x, y (left, middle). -> width in millimetres."""
        dots = max(6, round(px(size)))
        at = px(x)
        for run_font, run in _runs(text, font):
            loaded = fonts.load(run_font, dots)
            # The middle of the Chinese em square, not of the particular glyphs, keeps words on one line level.
            self.draw.text((at, px(y) + 0.36 * dots), run, font=loaded, fill=255, anchor="ls",
                           stroke_width=1 if bold else 0)
            at += loaded.getlength(run)
        return at / PX - x

    def spread(self, x0, x1, y, text, font, size, bold=False):
        """Characters spread evenly over a width, as Word's 分散对齐 sets labels."""
        widths = [self.measure(c, font, size) for c in text]
        gap = (x1 - x0 - sum(widths)) / max(1, len(text) - 1)
        for char, width in zip(text, widths):
            self.text(x0, y, char, font, size, bold)
            x0 += width + gap

    # ---- lines
    def line(self, x0, y0, x1, y1, width, dash=None):
        """A horizontal or vertical rule; dash is (on, off) in millimetres or None."""
        across = max(1, round(px(width)))
        horizontal = abs(x1 - x0) >= abs(y1 - y0)
        a, b = (px(x0), px(x1)) if horizontal else (px(y0), px(y1))
        middle = round(px(y0 if horizontal else x0) - across / 2)
        pieces = [(a, b)]
        if dash:
            on, off = px(dash[0]), px(dash[1])
            pieces = [(t, min(b, t + on)) for t in np.arange(a, b, on + off)]
        for s, e in pieces:
            s, e = round(s), round(e)
            if horizontal:
                self.draw.rectangle((s, middle, e, middle + across - 1), fill=255)
            else:
                self.draw.rectangle((middle, s, middle + across - 1, e), fill=255)

    def box(self, x, y, side, width, radius=0.0):
        """The outline of a check box, its outer corner at x, y. -> its quad in pixels."""
        corners = [round(px(v)) for v in (x, y, x + side, y + side)]
        stroke = max(1, round(px(width)))
        if radius:
            self.draw.rounded_rectangle(corners, px(radius), outline=255, width=stroke)
        else:
            self.draw.rectangle(corners, outline=255, width=stroke)
        return quad(corners[0], corners[1], corners[2] + 1, corners[3] + 1)


def _runs(text, font):
    """Splits a text where a character has to come from another font."""
    run, current = "", font
    for char in text:
        wanted = fonts.with_glyph(font, char)
        if run and wanted != current:
            yield current, run
            run = ""
        current, run = wanted, run + char
    if run:
        yield current, run
