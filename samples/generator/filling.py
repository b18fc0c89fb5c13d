"""Fills a printed form: an application written with a hand and a pen into the rooms of the form, and its options marked."""
import numpy as np

from . import marks
from .canvas import px
from .handwriting import Hand, PRINTERS
from .pens import PENS, Layer

# Fields that stand in the middle of their cell; all others start at the left.
_CENTRED = ("name", "sex", "ethnicity", "political_status", "unemployed_since", "signed_on")


class Filled:
    """A filled page: the printed ink, layers of pens, places, and what the truth says of it."""
    def __init__(self, page, application, hand):
        self.page, self.application, self.hand = page, application, hand
        self.layers, self.places, self.defects = [], page.places.moved(lambda p: p), []
        self.marks, self.doubtful, self.spoil = {}, [], []

    def layer(self, pen):
        for layer in self.layers:
            if layer.pen.name == pen:
                return layer
        self.layers.append(Layer(np.asarray(self.page.ink).shape, PENS[pen]))
        return self.layers[-1]


def fill(page, application, hand_name, rng, spoil=()):
    """spoil: corrections and oddities out of SPOILS."""
    hand = Hand(hand_name, rng)
    filled = Filled(page, application, hand_name)
    pen = _pen(hand, rng)
    if pen == "pencil":
        filled.defects.append("pencil")
    signer = hand if not hand.printer else Hand(rng.choice(("strokes", "strokes", "wenkai-hand")), rng)
    signing_pen = pen if not hand.printer else rng.choice(("black", "blue", "blue-black", "black-thin"))
    crossing = "crosses-rules" in spoil
    for key, text in application.values.items():
        if not text or key not in page.places.fields:
            continue
        by_hand = key.startswith(("signature", "signed_on"))
        writer, ink = (signer, signing_pen) if by_hand else (hand, pen)
        filled.places.written[key] = _write(filled.layer(ink), writer, key, text, page.places.fields[key], rng, crossing)
    by_pen = {"struck-option", "scribbled-option", "stray-ticks"} & set(spoil)  # no printer does these
    mark_pen = pen if not hand.printer else signing_pen if by_pen else rng.choice((signing_pen, signing_pen, "toner"))
    if "red-marks" in spoil:
        mark_pen = "red"
    _mark_all(filled, mark_pen, rng, spoil)
    filled.spoil = [s for s in spoil]
    filled.defects += list(spoil)
    return filled


def _pen(hand, rng):
    if hand.printer:
        return "toner"
    return rng.choice(("black", "black", "black-thin", "black-thick", "blue", "blue", "blue-thin", "blue-black", "pencil"))


def _write(layer, hand, key, text, room, rng, crossing):
    """Writes a value into its room, smaller when the room is narrow. -> quad of what was written"""
    (x0, y0), (x1, y1) = room[0], room[2]
    height, width = y1 - y0, x1 - x0
    size = min(px(hand.size), height * (0.62 if hand.printer else 0.78))
    if crossing and not hand.printer:
        size = max(size, height * rng.uniform(0.8, 1.0))
    pad = px(0.5) if key.startswith(("hukou", "residence", "signed", "unemployed")) else px(1.0)
    need = hand.width(text, size)
    if need > width - 2 * pad:
        size *= max(0.5 if hand.printer else 0.6, (width - 2 * pad) / need)  # a hand does not go smaller: it runs over
        need = hand.width(text, size)
    centred = key.startswith(_CENTRED) or (key.endswith((".province", ".city", ".county")) and rng.random() < 0.8)
    x = x0 + (width - need) / 2 if centred and need < width else x0 + min(pad + rng.uniform(0, px(3)), max(0.0, width - need))
    y = (y0 + y1) / 2
    if not hand.printer:
        y += rng.gauss(0, 0.035 if not crossing else 0.16) * height
    elif crossing:  # the whole overprint is off its place
        x, y = x + px(hand.offset[0]), y + px(hand.offset[1])
    bounds = hand.write(layer, text, x, y, size, rng)
    a, b, c, d = bounds
    return np.array([[a, b], [c, b], [c, d], [a, d]], float)


# ---- options
SPOILS = ("struck-option", "scribbled-option", "stray-ticks", "two-marked", "none-marked", "red-marks", "pencil-marks", "crosses-rules")
_FAVOURITES = ("tick", "tick", "tick", "tick", "long-tick", "cross", "cross", "filled", "slash", "dot", "circled-option")


def _mark_all(filled, pen, rng, spoil):
    a = filled.application
    favourite = rng.choice(marks.TYPED if pen == "toner" else _FAVOURITES)
    if "pencil-marks" in spoil:
        pen = "pencil"
    if "stray-ticks" in spoil and favourite not in marks.TYPED:
        favourite = "tick"
    layer = filled.layer(pen)
    if "none-marked" in spoil:
        group = rng.choice(("hukou_type", "education", "claims_benefit"))
        if group in a.choices:
            a.choices[group] = []
    corrected = {}
    for spoiled in ("struck-option", "scribbled-option"):
        if spoiled in spoil:
            group = rng.choice([g for g in ("education", "education", "hukou_type", "unemployment_reason") if a.choices.get(g)] or [None])
            if group:
                corrected[group] = spoiled
    for group, options in a.choices.items():
        printed = [k for k in filled.page.places.boxes if k.startswith(group + "/")]
        if not printed:
            continue
        if group in corrected:
            wrong = rng.choice([k for k in printed if k.split("/", 1)[1] not in options])
            _mark(filled, layer, wrong, favourite if favourite != "circled-option" else "tick", rng, corrected[group])
            filled.doubtful.append(group)
        if "two-marked" in spoil and group == "education" and options:
            extra = rng.choice([k for k in printed if k.split("/", 1)[1] not in options])
            a.choices[group] = options = sorted(options + [extra.split("/", 1)[1]])
            filled.doubtful.append(group)
        for option in options:
            kind = favourite if rng.random() < 0.85 or pen == "toner" else rng.choice(_FAVOURITES)
            if "stray-ticks" in spoil and rng.random() < 0.75:
                kind = rng.choice(marks.STRAY)
            _mark(filled, layer, f"{group}/{option}", kind, rng)


def _mark(filled, layer, name, kind, rng, undo=""):
    box, label = filled.page.places.boxes[name], filled.page.places.words[name]
    if layer.pen.name == "toner" and kind not in marks.TYPED:
        kind = "typed-check"
    marks.draw(kind, layer, box, label, rng)
    if undo == "struck-option":
        marks.strike_out(layer, box, label, rng)
    elif undo:
        marks.scribble_out(layer, box, label, rng)
    filled.marks[name] = f"{kind}, {undo}" if undo else kind
