"""A blank form that the office has multiplied on its copier before anybody wrote on it."""
import cv2
import numpy as np

from . import warps
from .form_page import FormPage
from .pens import grain
from .sheet_image import Picture


def copied(page, rng):
    """-> FormPage: smaller, a little crooked, its print thick or broken, with the copier's dust and lines."""
    picture = Picture(255 - np.asarray(page.ink), 300, page.places)
    scale = rng.uniform(0.94, 0.99)
    picture = warps.placed(picture, 300, rng, skew=rng.gauss(0, 0.5), scale=(scale, scale * rng.uniform(0.995, 1.005)))
    if page.style.rule < 0.18:  # copiers thicken hairlines; a form without rules would not be copied on
        picture.image = cv2.erode(picture.image, np.ones((2, 2), np.uint8))
    image = cv2.GaussianBlur(picture.image, (0, 0), rng.uniform(0.8, 1.2)).astype(np.float32)
    image += (grain(image.shape, rng, 2) - 0.5) * 44
    ink = 255 / (1 + np.exp((image - rng.uniform(165, 205)) / 10))
    ink[ink < 40] = 0  # white paper stays white
    for _ in range(rng.randrange(40, 200)):
        x, y = rng.randrange(ink.shape[1]), rng.randrange(ink.shape[0])
        cv2.circle(ink, (x, y), rng.choice((1, 1, 2, 3)), rng.randrange(90, 230), -1)
    if rng.random() < 0.4:
        x = rng.randrange(60, ink.shape[1] - 60)
        ink[:, x:x + rng.choice((2, 3, 4))] = rng.randrange(80, 200)
    if rng.random() < 0.4:
        ink[:, :rng.randrange(10, 50)] = rng.randrange(150, 240)
    return FormPage(ink.astype(np.uint8), picture.places, page.style, page.form)
