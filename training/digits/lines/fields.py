"""Lines as they stand in the fields of a form, for calibrating and measuring: usual numbers, and those that people write wrongly."""
import csv
import os
import random
import subprocess
import tempfile

import cv2

from . import sampling, strings
from .alphabet import REJECT
from .pen import between

CONTENTS = ("id_number", "id_number_like", "mobile", "landline", "year", "month", "day", "house_number")
_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))


def _areas():
    areas = {"office": [], "region": []}
    for line in open(f"{_ROOT}/templates/areas/near.csv", encoding="utf-8"):
        row = line.strip().split(",")
        if row[0].isdigit():
            areas[row[2]].append(row[0])
    return areas


_AREAS = _areas()


def _identity_number(r):
    q = r.random()
    area = r.choice(_AREAS["office"]) if q < 0.7 else r.choice(_AREAS["region"]) if q < 0.92 else r.choice(("511", "522", "430", "320", "610", "370")) + strings.digits(r, 3)
    body = f"{area}{r.randint(1955, 2006)}{r.randint(1, 12):02d}{r.randint(1, 28):02d}{strings.digits(r, 3)}"
    number = body + strings.check_character(body)
    q = r.random()
    if q < 0.02:                                    # one digit written wrongly
        k = r.randrange(17)
        number = number[:k] + r.choice("0123456789") + number[k + 1:]
    elif q < 0.03:
        number = number[:6] + number[8:17]          # the old kind with 15 digits
    elif q < 0.035:
        k = r.randrange(18)
        number = number[:k] + number[k + 1:]        # one digit forgotten
    return number


def _landline(r):
    local = r.choice("45678") + strings.digits(r, 7)
    q = r.random()
    return f"023-{local}" if q < 0.6 else f"023{local}" if q < 0.75 else local if q < 0.92 else strings.landline(r)


def _day_or_month(r, most):
    n = r.randint(1, most)
    return f"{n:02d}" if r.random() < 0.2 else str(n)


def number(r, content):
    """What a person writes in a field of this content."""
    if content == "id_number":
        return _identity_number(r)
    if content == "id_number_like":
        q = r.random()
        return _identity_number(r) + r.choice("1234567") + r.choice("1234") if q < 0.7 else _identity_number(r) if q < 0.8 else strings.digits(r, r.randint(8, 18))
    if content == "mobile":
        return strings.mobile(r) if r.random() < 0.98 else strings.digits(r, r.choice((10, 11, 11, 12)))
    if content == "landline":
        return _landline(r)
    if content == "year":
        q = r.random()
        return str(r.randint(2017, 2026) if q < 0.88 else r.randint(1990, 2016)) if q < 0.985 else strings.digits(r, r.choice((2, 3, 4, 4)))
    if content == "month":
        return _day_or_month(r, 12) if r.random() < 0.99 else strings.digits(r, 2)
    if content == "day":
        return _day_or_month(r, 31) if r.random() < 0.99 else strings.digits(r, 2)
    return "-".join(str(r.randint(1, r.choice((9, 40, 999)))) for _ in range(r.choice((1, 1, 1, 2, 3))))


def draw(bank, seed, count, folder, contents=CONTENTS):
    """`count` lines of each content as PNG files and folder/lines.tsv: content, file, what is written ('#': no digit), who wrote."""
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/lines.tsv", "w", encoding="utf-8") as out:
        for content in contents:
            r = random.Random(f"{seed} {content}")
            for k in range(count):
                source = r.choices(("images", "drawn", "font", "print"), (0.4, 0.3, 0.1, 0.2))[0]
                hard = between(r, 0.3, 1.0)
                while True:
                    grey, written = sampling.crop(bank, r, number(r, content), hard, source, spoil=r.random() < 0.5)
                    if grey.shape[0] >= 12:
                        break
                file = f"{content}-{k}.png"
                cv2.imwrite(f"{folder}/{file}", grey, [cv2.IMWRITE_PNG_COMPRESSION, 1])
                print(content, file, written, source, sep="\t", file=out)


def decode(program, folder):
    """Runs the program's own decoder (build target decode_lines) over drawn lines. -> dicts: content, written, truth, source, value, raw, origin, margin"""
    done = subprocess.run([program, folder], check=True, capture_output=True, text=True).stdout
    rows = []
    for row in csv.DictReader(done.splitlines(), delimiter="\t", fieldnames=("content", "written", "source", "value", "raw", "origin", "margin", "override")):
        row["truth"] = row["written"].replace(REJECT, "")
        if row["content"] in ("mobile", "id_number", "id_number_like"):
            row["truth"] = row["truth"].replace("-", "")
        row["right"] = row["value"] == row["truth"]
        row["margin"] = float(row["margin"])
        rows.append(row)
    return rows


def decoded(bank, seed, count, program, contents=CONTENTS):
    with tempfile.TemporaryDirectory() as folder:
        draw(bank, seed, count, folder, contents)
        return decode(program, folder)
