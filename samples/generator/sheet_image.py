"""Puts print, pens, seal and paper together into one picture of the sheet, at 300 dpi."""
import cv2
import numpy as np

from .pens import grain


class Picture:
    """An image (grey or RGB), its resolution, and where things stand on it."""
    def __init__(self, image, dpi, places):
        self.image, self.dpi, self.places = image, dpi, places
        self.dpi_y = dpi

    @property
    def colour(self):
        return self.image.ndim == 3


def compose(filled, colour, rng, paper=(252, 252, 250)):
    """-> Picture of a filled page lying flat; RGB or grey."""
    ink = np.asarray(filled.page.ink)
    tone = filled.page.style.tone
    # A multiplying table turns ink coverage into what is left of the light.
    light = np.round(255 - np.arange(256) * tone * 0.93).astype(np.uint8)[ink]
    picture = _paper(light, paper if colour else (round(np.mean(paper)),))
    for layer in filled.layers:
        mask = layer.mask
        if layer.pen.grain:
            mask = cv2.multiply(mask, (1 - layer.pen.grain * 1.4 * (grain(mask.shape, rng) > 0.45)).astype(np.float32), dtype=cv2.CV_8U)
        shade = layer.pen.colour if colour else (round(np.dot(layer.pen.colour, (0.299, 0.587, 0.114))),)
        picture = [_shade(channel, mask, s) for channel, s in zip(picture, shade)]
    return Picture(cv2.merge(picture) if colour else picture[0], 300, filled.places)


def _paper(light, paper):
    return [cv2.convertScaleAbs(light, alpha=p / 255) for p in paper]


def _shade(channel, mask, value):
    """What light is left of a channel under ink of this value."""
    box = cv2.boundingRect(mask)
    if not box[2]:
        return channel
    x, y, w, h = box
    spot, m = channel[y:y + h, x:x + w], mask[y:y + h, x:x + w]
    keep = np.round(255 - np.arange(256) * (1 - value / 255)).astype(np.uint8)[m]
    channel[y:y + h, x:x + w] = cv2.multiply(spot, keep, scale=1 / 255)
    return channel
