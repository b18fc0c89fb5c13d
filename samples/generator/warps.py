"""Moves a picture: skew, scale, quarter turns, perspective and curl, with the places carried along."""
import math

import cv2
import numpy as np

from .sheet_image import Picture


def affine(picture, matrix, size, dpi, dpi_y=None, border=255):
    """matrix: 2 x 3, from pixels of the picture to pixels of the result; size: (width, height)."""
    m = np.asarray(matrix, float)
    scale = math.sqrt(abs(np.linalg.det(m[:, :2])))
    image = picture.image
    if scale < 0.9:  # a scanner's sensor averages over its pixel: without this, thin rules would alias
        image = cv2.GaussianBlur(image, (0, 0), 0.42 / scale)
    fill = (border,) * 3 if picture.colour else border
    image = cv2.warpAffine(image, m, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=fill)
    result = Picture(image, dpi, picture.places.moved(lambda p: p @ m[:, :2].T + m[:, 2]))
    result.dpi_y = dpi_y or dpi
    return result


def placed(picture, dpi, rng, skew=0.0, scale=(1.0, 1.0), shift=(0.0, 0.0), dpi_y=None, border=255):
    """The page as a scanner takes it: turned by `skew` degrees about its middle, scaled, shifted by millimetres."""
    h, w = picture.image.shape[:2]
    fx, fy = dpi / picture.dpi, (dpi_y or dpi) / picture.dpi
    size = (round(w * fx), round(h * fy))
    a = math.radians(skew)
    turn = np.array([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]]) @ np.diag(scale)
    out = np.diag([fx, fy]) @ turn
    middle = np.array([w, h]) / 2
    offset = np.array(size) / 2 + np.array(shift) * dpi / 25.4 - out @ middle
    return affine(picture, np.column_stack([out, offset]), size, dpi, dpi_y, border)


def quarter_turns(picture, turns):
    """Turned clockwise by a number of quarter turns."""
    turns %= 4
    if not turns:
        return picture
    h, w = picture.image.shape[:2]
    image = np.ascontiguousarray(np.rot90(picture.image, -turns))
    move = {1: lambda p: np.column_stack([h - 1 - p[:, 1], p[:, 0]]), 2: lambda p: np.array([w - 1, h - 1]) - p,
            3: lambda p: np.column_stack([p[:, 1], w - 1 - p[:, 0]])}[turns]
    result = Picture(image, picture.dpi if turns == 2 else picture.dpi_y, picture.places.moved(move))
    result.dpi_y = picture.dpi_y if turns == 2 else picture.dpi
    return result


def photographed(picture, corners, size, curl, background):
    """The page seen by a camera: its corners at `corners` (4 x 2, in pixels of the result), bent by `curl`.

    curl: (height in pixels of the picture, waves, phase) of a bend along the page; background: RGB image of `size`.
    -> Picture, and the page's mask in the result.
    """
    h, w = picture.image.shape[:2]
    source = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    homography = cv2.getPerspectiveTransform(source, np.asarray(corners, np.float32))
    height, waves, phase = curl

    def bend(x, y):
        """Where the point x, y of the bent sheet comes from on the flat one."""
        return height * np.sin(math.pi * waves * x / w + phase) * (0.3 + 0.7 * y / h)

    inverse = np.linalg.inv(homography)
    # The map is smooth: an eighth of its points is enough, the others lie between.
    step = 8
    gx, gy = np.meshgrid(np.arange(0, size[0] + step, step, dtype=np.float64), np.arange(0, size[1] + step, step, dtype=np.float64))
    d = inverse[2, 0] * gx + inverse[2, 1] * gy + inverse[2, 2]
    sx = (inverse[0, 0] * gx + inverse[0, 1] * gy + inverse[0, 2]) / d
    sy = (inverse[1, 0] * gx + inverse[1, 1] * gy + inverse[1, 2]) / d
    sy = sy + bend(sx, sy)
    grow = np.array([[step, 0, 0], [0, step, 0]], float)
    maps = [cv2.warpAffine(m.astype(np.float32), grow, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE) for m in (sx, sy)]
    ratio = math.sqrt(abs(np.linalg.det(homography[:2, :2])))
    image = cv2.GaussianBlur(picture.image, (0, 0), 0.4 / ratio) if ratio < 0.9 else picture.image
    image = cv2.remap(image, maps[0], maps[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    on_page = ((maps[0] >= 0) & (maps[0] < w) & (maps[1] >= 0) & (maps[1] < h)).astype(np.uint8)
    image[on_page == 0] = background[on_page == 0]

    def move(p):
        y = p[:, 1].copy()
        for _ in range(12):  # solve y + bend(x, y) = the flat y
            y = p[:, 1] - bend(p[:, 0], y)
        q = np.column_stack([p[:, 0], y, np.ones(len(p))]) @ homography.T
        return q[:, :2] / q[:, 2:]

    return Picture(image, 72, picture.places.moved(move)), on_page
