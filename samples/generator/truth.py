"""The truth beside a generated page, in the format that the accuracy tests score against."""
import json
import re


def of_sheet(filled, printing, profile, scan, defects):
    """orientation: degrees clockwise that turn the delivered page upright; places are pixels of the delivered page (after Exif)."""
    a = filled.application
    return {"kind": filled.page.form.kind, "form": filled.page.form.id, "edition": printing, "profile": profile, "hand": filled.hand,
            "orientation": (360 - scan.turned) % 360, "values": a.values, "choices": a.choices, "breaks": a.breaks,
            "spoil": filled.spoil, "doubtful": filled.doubtful, "defects": defects, "marks": filled.marks,
            **scan.picture.places.as_json()}


def text(tree):
    """JSON with a quad on one line each."""
    raw = json.dumps(tree, ensure_ascii=False, indent=1)
    raw = re.sub(r"\[\s+(-?[\d.]+),\s+(-?[\d.]+)\s+\]", r"[\1, \2]", raw)
    return re.sub(r"\[\s+(\[[^][]*\]),\s+(\[[^][]*\]),\s+(\[[^][]*\]),\s+(\[[^][]*\])\s+\]", r"[\1, \2, \3, \4]", raw) + "\n"


def write(path, tree):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(tree), encoding="utf-8")
