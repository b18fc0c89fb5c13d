"""Writes sets: a folder of single pages with truth/*.json beside them."""
from pathlib import Path

from . import sheets, truth as truths
from .image_files import Encoded

INDEX = "image\tedition\thand\tprofile\tdefects\n"


def write_page(folder, name, encoded, truth):
    """One page and its truth. -> the name of the image"""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    image = name + encoded.suffix
    (folder / image).write_bytes(encoded.file())
    truths.write(folder / "truth" / (name + ".json"), {"image": image, **truth})
    return image


def make(count, seed, folder, progress=lambda n: None, **how):
    """`count` sheets; how: profile, style, hand, form_file, hard as in sheets.make."""
    lines = [INDEX]
    for i in range(count):
        scan, truth = sheets.make(f"{seed}/{i}", **how)
        image = write_page(folder, f"s{i:03d}", Encoded(scan), truth)
        lines.append(index_line(image, truth))
        progress(i + 1)
    (Path(folder) / "index.tsv").write_text("".join(lines), encoding="utf-8")


def index_line(image, truth):
    return "\t".join((image, truth["edition"], truth["hand"], truth["profile"], ",".join(truth["defects"]) or "-")) + "\n"
