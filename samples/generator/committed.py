"""The files under samples/ that are committed: what they are, and how they are made again."""
from pathlib import Path

from . import image_files, sets, stacks

SAMPLES = Path(__file__).resolve().parents[1]
_QUALITY = 25  # small files; the accuracy tests need many kinds of paper rather than many bytes

# The accuracy set: file name, profile, printing, hand, defects.
SET = (
    ("clean-song", "clean300", "song", "print:song", ()),
    ("struck-option", "office200", "hei-frame", "strokes", ("struck-option",)),
    ("dashed-rules", "bw300", "kai-dashed", "print:hei", ()),
    ("double-frame-seal", "bw200", "double", "ma-shan-zheng", ("seal",)),
    ("fax", "fax", "hei-heavy", "print:hei", ()),
    ("black-edge", "copy200", "sans-dotted", "strokes", ()),
    ("perspective", "phone", "wenkai-airy", "long-cang", ()),
    ("sideways", "turned", "song-dense", "print:sans", ()),
    ("scribbled-option", "office200", "random-7", "zhi-mang-xing", ("scribbled-option",)),
    ("stray-ticks", "bw300", "random-31", "strokes", ("stray-ticks",)),
    ("red-marks-seal", "colour200", "random-12", "print:kai", ("red-marks", "seal")),
    ("copied-form", "bw300", "song", "liu-jian-mao-cao", ("copied-form",)),
    ("worn-rules-skew", "bw200", "hei-frame", "print:song", ("worn-rules", "skew")),
    ("none-marked-pencil", "office200", "random-44", "strokes", ("none-marked", "pencil-marks")),
    ("two-marked", "bw300", "double", "print:sans", ("two-marked",)),
    ("punch-holes-stain", "phone", "hei-heavy", "print:ming", ("punch-holes", "stain")),
)

# The sample stack: file name -> pages (document, profile, quarter turns, printing, hand, defects).
STACK = {
    "office.pdf": (
        ("sheet", "office200", 0, "song", "print:song", ()),
        ("blank", "office200", 0),
        ("sheet", "bw300", 2, "hei-frame", "print:hei", ()),
        ("identity-card", "office200", 0),
        ("sheet", "office200", 1, "double", "strokes", ()),
        ("blank", "bw300", 0),
        ("letter", "bw300", 0),
    ),
    "feeder.tif": (
        ("sheet", "bw200", 0, "kai-dashed", "print:sans", ()),
        ("sheet", "bw300", 2, "song", "ma-shan-zheng", ("seal",)),
        ("blank", "bw200", 0),
        ("other-form", "bw200", 0),
    ),
    "phone-perspective.jpg": (("sheet", "phone", 0, "hei-heavy", "strokes", ()),),
    "scan-red-seal.jpg": (("sheet", "colour200", 0, "hei-frame", "print:kai", ("seal",)),),
    "copy-black-edge.jpg": (("sheet", "copy200", 0, "wenkai-airy", "print:sans", ()),),
}

# Papers that the program must set aside with a reason: file name -> document, profile.
ODD = {"half-form.tif": ("half-form", "bw200"), "two-forms-a3.tif": ("two-forms-a3", "bw200")}


def make_all():
    _make_set(SAMPLES / "set")
    for name, pages in STACK.items():
        _make_stack("stack", name, [_page(f"{name} {i}", *page) for i, page in enumerate(pages, 1)])
    for name, (document, profile) in ODD.items():
        _make_stack("odd", name, [stacks.other(name, document, profile)])


def _make_set(folder):
    lines = [sets.INDEX]
    for name, profile, style, hand, defects in SET:
        page = _page(name, "sheet", profile, 0, style, hand, defects)
        lines.append(sets.index_line(sets.write_page(folder, name, page.encoded, page.truth), page.truth))
    (folder / "index.tsv").write_text("".join(lines), encoding="utf-8")


def _page(seed, document, profile, turns, style="", hand="", defects=()):
    if document != "sheet":
        return stacks.other(seed, document, profile, turns, _QUALITY)
    page = stacks.sheet(seed, turns, _QUALITY, profile=profile, style=style, hand=hand, defects=defects, faults=False)
    for kind in ("words", "written", "cells"):  # keeps the committed truth short
        page.truth.pop(kind)
    return page


def _make_stack(folder, name, pages):
    path = SAMPLES / folder / name
    path.parent.mkdir(exist_ok=True)
    encoded = [p.encoded for p in pages]
    path.write_bytes({".pdf": image_files.pdf, ".tif": image_files.tiff, ".jpg": lambda e: e[0].data}[path.suffix](encoded))
    stacks.write_truth(pages, SAMPLES / "truth" / (path.stem + ".truth.json"))
