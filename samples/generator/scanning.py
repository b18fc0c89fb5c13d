"""Scan profiles: how scanners, copiers, fax machines and phones deliver a sheet."""
import cv2
import numpy as np

from . import warps


class Scan:
    """What is written to a file. mode: "1", "L" or "RGB"; kind: jpeg, tiff-g4 or tiff-g3."""
    def __init__(self, picture, mode, kind, quality=80):
        self.picture, self.mode, self.kind, self.quality = picture, mode, kind, quality
        self.turned = 0  # degrees clockwise that the page lies turned in the file
        self.exif = 1    # of a photo whose pixels the camera stored turned


# profile -> colour picture needed
PROFILES = {"clean300": False, "colour300": True, "colour200": True, "office200": False, "bw300": False, "bw200": False, "fax": False, "copy200": False,
            "phone": True, "turned": False}


def scan(picture, profile, rng, frame=None, steep=False):
    """-> Scan. `defects` of it are added to the returned list. steep: skew up to 5 degrees."""
    defects = []
    skew = rng.uniform(-5, 5) if steep else rng.gauss(0, 0.7)
    if abs(skew) > 2:
        defects.append(f"skew{skew:+.1f}")
    scale = _scale(rng, frame, picture, defects)
    where = dict(skew=skew, scale=scale, shift=(rng.gauss(0, 1.5), rng.gauss(0, 1.5)))
    result = _PROFILE[profile](picture, rng, where, defects)
    return result, defects


def _scale(rng, frame, picture, defects):
    """Both axes apart, as copiers and drivers that 'fit to page' do it; the table stays on the paper."""
    if rng.random() < 0.6:
        return 1 + rng.gauss(0, 0.006), 1 + rng.gauss(0, 0.006)
    h, w = picture.image.shape[:2]
    room = 1.15
    if frame is not None:
        x, y = abs(np.array(frame) - [w / 2, h / 2]).max(0)
        room = min(1.15, 0.97 * w / 2 / x, 0.98 * h / 2 / y)
    sx = rng.uniform(0.85, room)
    sy = min(room, max(0.85, sx * rng.uniform(0.96, 1.04)))
    if abs(sx - 1) > 0.03:
        defects.append(f"scale{sx:.2f}x{sy:.2f}")
    return sx, sy


def _noise(image, rng, sigma):
    """Grain of the sensor: one tile of noise laid over the image, the same in all colours."""
    side = 1024
    tile = np.random.default_rng(rng.randrange(2 ** 32)).normal(0, sigma, (side, side)).astype(np.float32)
    tile = np.round(tile).astype(np.int16)
    h, w = image.shape[:2]
    noise = np.tile(tile, (-(-h // side), -(-w // side)))[:h, :w]
    if image.ndim == 3:
        noise = cv2.merge([noise] * 3)
    return cv2.add(image, noise, dtype=cv2.CV_8U)


def _clean(dpi):
    def profile(picture, rng, where, _defects):
        p = warps.placed(picture, dpi, rng, **where)
        p.image = cv2.GaussianBlur(p.image, (0, 0), rng.uniform(0.5, 0.8) * dpi / 300)
        p.image = _noise(p.image, rng, rng.uniform(1, 2.5))
        return Scan(p, "RGB" if p.colour else "L", "jpeg", rng.randrange(70, 88))
    return profile


def _office(picture, rng, where, defects):
    """An office machine at 200 dpi: grey background, a touch of unevenness."""
    p = warps.placed(picture, 200, rng, **where, border=rng.choice((255, 255, 246)))
    low, high = rng.uniform(8, 40), rng.uniform(228, 255)
    table = np.clip(low + np.arange(256) * (high - low) / 255, 0, 255).astype(np.uint8)
    p.image = _noise(table[p.image], rng, rng.uniform(2, 4.5))
    if rng.random() < 0.2:
        defects.append("streaks")
        _streaks(p.image, rng)
    return Scan(p, "L", "jpeg", rng.randrange(55, 80))


def _streaks(image, rng):
    """Dust on the scanner's glass: thin lines from edge to edge along the feed."""
    w = image.shape[1]
    for _ in range(rng.choice((1, 1, 2, 3))):
        x, width = rng.randrange(w // 20, w - w // 20), rng.choice((1, 1, 2, 3))
        image[:, x:x + width] = (image[:, x:x + width] * rng.uniform(0.25, 0.8)).astype(np.uint8)


def _two_tone(picture, rng, dpi, where, dpi_y=None):
    p = warps.placed(picture, dpi, rng, dpi_y=dpi_y, **where)
    image = cv2.GaussianBlur(p.image, (0, 0), rng.uniform(0.4, 0.7) * dpi / 250)
    # Machines raise thin lines before they cut to black and white; otherwise a hairline would vanish as a whole.
    around = cv2.blur(image, (9, 9))
    image = cv2.addWeighted(image, 1.9, around, -0.9, 0)
    image = _noise(image, rng, 9)
    p.image = np.where(image > rng.uniform(140, 195), 255, 0).astype(np.uint8)
    _specks(p.image, rng, rng.choice((0, 20, 80, 200)))
    return p


def _specks(image, rng, count, value=0):
    h, w = image.shape[:2]
    for _ in range(count):
        cv2.circle(image, (rng.randrange(w), rng.randrange(h)), rng.choice((0, 1, 1, 2, 3)), value, -1)


def _bw(dpi):
    def profile(picture, rng, where, _defects):
        return Scan(_two_tone(picture, rng, dpi, where), "1", "tiff-g4")
    return profile


def _fax(picture, rng, where, _defects):
    """A fax: 204 x 98 dpi or, fine, 204 x 196; 1,728 points a line; Group 3."""
    p = _two_tone(picture, rng, 204, where, dpi_y=rng.choice((98, 98, 196)))
    h = p.image.shape[0]
    for _ in range(rng.choice((0, 0, 1, 3))):  # lines lost on the wire repeat the line before
        y = rng.randrange(2, h - 3)
        p.image[y:y + 2] = p.image[y - 1]
    x = (1728 - p.image.shape[1]) // 2
    p.image = cv2.copyMakeBorder(p.image, 0, 0, max(0, x), max(0, 1728 - p.image.shape[1] - x), cv2.BORDER_CONSTANT, value=255)[:, :1728]
    p.places = p.places.moved(lambda q: q + [max(0, x), 0])
    return Scan(p, "1", "tiff-g3")


def _copy(picture, rng, where, defects):
    """A copy of a copy, scanned at 200 dpi: smaller, darker, grain, a black edge, streaks."""
    factor = rng.uniform(0.94, 1.03)
    where = {**where, "scale": (where["scale"][0] * factor, where["scale"][1] * factor)}
    p = warps.placed(picture, 200, rng, **where)
    hard = cv2.GaussianBlur(p.image, (0, 0), 0.9).astype(np.float32)
    hard = 255 / (1 + np.exp(-(hard - rng.uniform(150, 190)) / rng.uniform(10, 22)))
    image = np.clip(hard, rng.uniform(10, 50), 255).astype(np.uint8)
    _specks(image, rng, rng.randrange(60, 300), rng.randrange(20, 90))
    defects.append("black-edge")
    h, w = image.shape
    edge = rng.randrange(6, 40)
    if rng.random() < 0.6:
        image[:, :edge] = np.minimum(image[:, :edge], rng.randrange(10, 60))
    else:
        image[-edge:] = np.minimum(image[-edge:], rng.randrange(10, 60))
        image[:, w - edge // 2:] = np.minimum(image[:, w - edge // 2:], 40)
    if rng.random() < 0.6:
        defects.append("streaks")
        _streaks(image, rng)
    p.image = _noise(image, rng, rng.uniform(3, 7))
    return Scan(p, "L", "jpeg", rng.randrange(50, 75))


def _phone(picture, rng, where, defects):
    """A phone's photo: perspective, a bent sheet on a table, uneven light, the camera's noise."""
    h = rng.choice((2000, 2400, 2600, 3000))
    w = round(h * 0.7071 * rng.uniform(0.97, 1.06))
    margin = rng.uniform(0.03, 0.1)
    tilt = np.array([[rng.uniform(-1, 1), rng.uniform(-1, 1)] for _ in range(4)]) * 0.035
    corners = (np.array([[margin, margin], [1 - margin, margin], [1 - margin, 1 - margin], [margin, 1 - margin]]) + tilt) * [w, h]
    turn = cv2.getRotationMatrix2D((w / 2, h / 2), where["skew"], 1)
    corners = corners @ turn[:, :2].T + turn[:, 2]
    background = _table_top(w, h, rng)
    curl = (rng.uniform(-28, 28), rng.choice((1, 1, 2)), rng.uniform(0, 0.6))
    p, _ = warps.photographed(picture, corners, (w, h), curl, background)
    light = _light(w, h, rng)
    warm = (1.0, rng.uniform(0.95, 1.0), rng.uniform(0.84, 1.0))
    channels = [cv2.multiply(c, light, scale=float(k), dtype=cv2.CV_8U) for c, k in zip(cv2.split(p.image), warm)]
    p.image = _noise(cv2.GaussianBlur(cv2.merge(channels), (0, 0), rng.uniform(0.5, 1.1)), rng, rng.uniform(2, 5))
    defects.append("perspective")
    result = Scan(p, "RGB", "jpeg", rng.randrange(62, 85))
    if rng.random() < 0.25:
        result.exif = rng.choice((3, 6, 8))
        defects.append("exif-orientation")
    return result


def _table_top(w, h, rng):
    base = np.array(rng.choice(((96, 74, 52), (60, 62, 66), (150, 140, 128), (40, 52, 70), (176, 150, 110))), np.float32)
    texture = cv2.resize(np.random.default_rng(rng.randrange(2 ** 32)).normal(1, 0.08, (h // 3, w // 40)).astype(np.float32), (w, h))
    return np.clip(base * texture[..., None], 0, 255).astype(np.uint8)


def _light(w, h, rng):
    """Brightness over the picture: a lamp on one side, and at times the shadow of the hand that holds the phone."""
    yy, xx = np.mgrid[0:64, 0:48].astype(np.float32)
    a = rng.uniform(0, 6.3)
    ramp = (np.cos(a) * (xx / 48 - 0.5) + np.sin(a) * (yy / 64 - 0.5)) * rng.uniform(0.05, 0.4)
    light = rng.uniform(0.75, 0.97) + ramp
    if rng.random() < 0.4:
        edge = rng.uniform(0.3, 0.9) * 48 + (yy - 32) * rng.uniform(-0.6, 0.6)
        light *= 1 - rng.uniform(0.1, 0.35) / (1 + np.exp((xx - edge) / rng.uniform(1, 4)))
    return cv2.resize(np.clip(light, 0.3, 1.0), (w, h), interpolation=cv2.INTER_CUBIC)


def _turned(picture, rng, where, defects):
    scanned = _office(picture, rng, where, defects)
    turn(scanned, rng.randrange(1, 4), defects)
    return scanned


def turn(scanned, turns, defects):
    """Lays the page into the feeder turned by quarter turns."""
    scanned.picture, scanned.turned = warps.quarter_turns(scanned.picture, turns), turns % 4 * 90
    defects.append(f"turned{turns % 4 * 90}")


_PROFILE = {"clean300": _clean(300), "colour300": _clean(300), "colour200": _clean(200), "office200": _office, "bw300": _bw(300), "bw200": _bw(200), "fax": _fax,
            "copy200": _copy, "phone": _phone, "turned": _turned}
