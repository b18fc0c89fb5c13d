"""Stacks as a feeder delivers them: sheets every way up, blank backs, and other papers between."""
import random
from pathlib import Path

from . import image_files, other_documents, scanning, sets, sheets, truth as truths
from .image_files import Encoded

_OTHERS = ("identity-card", "identity-card", "identity-card", "letter", "other-form")


class StackPage:
    """A page of a stack: its encoded image and its truth. Pixels are let go of, so that a long stack fits in memory."""
    def __init__(self, scan, truth):
        self.truth, self.encoded = truth, Encoded(scan)


def sheet(seed, turns=0, quality=0, **how):
    scan, truth = sheets.make(seed, **how)
    scan.quality = quality or scan.quality
    if turns:
        scanning.turn(scan, turns, truth["defects"])
        truth.update(scan.picture.places.as_json(), orientation=(360 - scan.turned) % 360)
    return StackPage(scan, truth)


def other(seed, document, profile, turns=0, quality=0):
    """A page that is not a sheet: its truth is 'blank' or 'other'."""
    rng = random.Random(f"document {seed}")
    picture = other_documents.make(document, rng, scanning.PROFILES[profile])
    scan, defects = scanning.scan(picture, profile, rng)
    scan.quality = quality or scan.quality
    if turns:
        scanning.turn(scan, turns, defects)
    kind = "blank" if document == "blank" else "other"
    return StackPage(scan, {"kind": kind, "document": document, "profile": profile, "defects": defects})


def pages(count, seed, profiles, distinct=0, progress=lambda n: None, **how):
    """`count` pages of a mixed stack. distinct: only so many are drawn, and come again and again."""
    rng = random.Random(f"stack {seed}")
    drawn = []
    plan = _plan(rng, min(count, distinct or count))
    for i, (document, turns) in enumerate(plan):
        profile = rng.choice(profiles)
        if document == "sheet":
            drawn.append(sheet(f"{seed}/{i}", turns, profile=profile, **how))
        else:
            drawn.append(other(f"{seed}/{i}", document, profile, turns))
        progress(i + 1)
    return drawn + [rng.choice(drawn) for _ in range(count - len(drawn))]


def _plan(rng, count):
    """What comes after what: a sheet, often its back, at times a paper that belongs to it."""
    plan, duplex = [], rng.random() < 0.5
    while len(plan) < count:
        turns = rng.choice((0, 0, 0, 0, 0, 0, 2, 2, 1, 3))
        plan.append(("sheet", turns))
        if duplex and rng.random() < 0.6:
            plan.append(("blank", 0))
        if rng.random() < 0.2:
            plan.append((rng.choice(_OTHERS), rng.choice((0, 0, 2))))
    return plan[:count]


def write(stack, path):
    """A .pdf, .tif or a folder of pages; truth beside a file as NAME.truth.json, in a folder as truth/*.json."""
    path = Path(path)
    if path.suffix.lower() not in (".pdf", ".tif", ".tiff"):
        for i, page in enumerate(stack, 1):
            sets.write_page(path, f"page-{i:04d}", page.encoded, page.truth)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    encoded = [page.encoded for page in stack]
    path.write_bytes(image_files.pdf(encoded) if path.suffix.lower() == ".pdf" else image_files.tiff(encoded))
    write_truth(stack, path.with_name(path.stem + ".truth.json"))


def write_truth(stack, path):
    """A list of pages. The text of a page that comes again is made once: long stacks repeat few pages."""
    bodies = {id(page): truths.text(page.truth).strip().removeprefix("{") for page in {id(p): p for p in stack}.values()}
    path.parent.mkdir(parents=True, exist_ok=True)
    entries = (f'{{\n "page": {i},{bodies[id(page)]}' for i, page in enumerate(stack, 1))
    path.write_text("[\n" + ",\n".join(entries) + "\n]\n", encoding="utf-8")
