"""Form definitions (YAML, as under templates/forms) as the generator needs them: rows of columns of cells."""
from dataclasses import dataclass, field
from pathlib import Path

import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
REGISTRATION = REPOSITORY / "templates/forms/registration-2020.yaml"
JOB_SEEKER = Path(__file__).resolve().parent / "data/job-seeker.yaml"


@dataclass
class Field:
    key: str
    label: str
    kind: str
    content: str = ""
    required: bool = False
    options: list = field(default_factory=list)


@dataclass
class Cell:
    """One cell of the table. `kind` is label, field, options, blanks or declaration."""
    kind: str
    text: str = ""
    key: str = ""
    options: list = field(default_factory=list)
    other_key: str = ""
    blanks: list = field(default_factory=list)  # (printed word, part)
    signature_key: str = ""
    signature_word: str = ""


@dataclass
class Form:
    id: str
    kind: str
    titles: list
    fields: dict  # key -> Field, in the order of the register
    pages: list   # of rows of columns of cells

    def content(self, key):
        """What may stand in a field or in a group of blanks, e.g. "mobile"."""
        return self.fields[key].content if key in self.fields else ""


def load(path=REGISTRATION):
    tree = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    fields = {f["key"]: Field(f["key"], f["label"], f["kind"], f.get("content", ""), f.get("required", False),
                              [str(o) for o in f.get("options", [])]) for f in tree["fields"]}
    pages = [[[_column(c, fields) for c in row] for row in page["rows"]] for page in tree["pages"]]
    return Form(tree["id"], tree["kind"], tree["titles"], fields, pages)


def _column(tree, fields):
    return [_cell(c, fields) for c in (tree if isinstance(tree, list) else [tree])]


def _cell(tree, fields):
    if "label" in tree:
        return Cell("label", text=str(tree["label"]))
    if "field" in tree:
        return Cell("field", key=tree["field"])
    if "options" in tree:
        key = tree["options"]
        printed = [str(o) for o in tree.get("printed", fields[key].options)]
        return Cell("options", key=key, options=printed, other_key=tree.get("other", ""))
    if "blanks" in tree:
        return Cell("blanks", key=tree["blanks"], blanks=_blanks(tree))
    tree = tree["declaration"]
    return Cell("declaration", key=tree["date"], blanks=_blanks(tree), signature_key=tree["signature"],
                signature_word=tree["word"])


def _blanks(tree):
    return [(b["word"], b["part"]) for b in tree["before"]]
