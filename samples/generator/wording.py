"""Printed texts that do not belong to the structure of a form: notes, promises, office names, letters."""
from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).resolve().parent / "data/wording.yaml"


@lru_cache(maxsize=1)
def texts():
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))


def promise(form):
    """What the applicant signs."""
    return texts()["forms"].get(form.id, {}).get("promise", texts()["promise"])


def notes(form):
    """The lines printed under the table."""
    return texts()["forms"].get(form.id, {}).get("notes", [])
