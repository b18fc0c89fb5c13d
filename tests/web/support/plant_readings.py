#!/usr/bin/env python3
"""plant_readings.py REGISTER TRUTHS PLAN: sets a register's readings to what its sheets say, and those of the plan to doubtful ones.

The page is tested with readings that are known: what the program reads of the samples changes as it learns, and what is doubtful
with it. Only the scripted clerk works on what was really read.
"""
import hashlib
import json
import os
import re
import sqlite3
import sys

UNSURE = {"code": "unsure", "en": "the reading is not sure", "zh": "识别把握不大，请核对"}


def values_of(page):
    """Truth of a page, as samples/generator writes it -> key: value as the register has it."""
    values = dict(page["choices"])
    for key, text in page["values"].items():
        date = re.fullmatch(r"(.*)\.(year|month|day)", key)
        if date is None:
            values[key] = text
        elif date.group(2) == "year":
            parts = [page["values"].get(f"{date.group(1)}.{part}") for part in ("year", "month", "day")]
            parts = [part for part in parts if part is not None]
            values[date.group(1)] = "" if "" in parts else "-".join(part.zfill(2) for part in parts)
    values["signature"] = page["values"]["signature"] != ""
    return values


def stored(value, kind):
    if kind == "list":
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if kind == "truth":
        return "true" if value else "false"
    return value


def attach_card(book, sheet, card):
    """A paper with these readings beside a sheet. Its picture is that of the sheet: what is tested is where it stands."""
    file = book.execute("select bytes, original, first_batch, file_id, number from pages join files on files.id = file_id where pages.id = ?", (sheet,)).fetchone()
    sha256 = hashlib.sha256(f"card of {sheet}".encode()).hexdigest()
    kept = book.execute("insert into files (sha256, bytes, original, page_count, first_batch, first_position) values (?, ?, ?, 1, ?, 9000)",
                        (sha256, file[0], file[1], file[2])).lastrowid
    page = book.execute("insert into pages (file_id, number, status, kind, form, form_page, orientation, quality, reasons, ms, paper) "
                        "values (?, ?, 'done', 'other', '', 0, 0, '{}', '[]', '{}', 'id-card')", (kept, file[4])).lastrowid
    for position, (key, text) in enumerate(card.items()):
        book.execute("insert into readings (page_id, key, position, type, value, raw, confidence, review, reasons, box, recogniser, alternatives) "
                     "values (?, ?, ?, 'text', ?, ?, .99, 0, '[]', '[[0,0],[1,0],[1,1],[0,1]]', 'planted', '[]')", (page, key, position, text, text))
    book.execute("insert into attachments (page_id, sheet_page_id) values (?, ?)", (page, sheet))


def main():
    register, truths, plan_file = sys.argv[1:]
    with open(plan_file, encoding="utf-8") as file:
        plan = json.load(file)
    cards = plan.pop("cards")
    book = sqlite3.connect(register)
    sheets = book.execute(
        "select r.id, p.id, d.name, p.number from registrations r join pages p on p.id = r.page_id join deliveries d on d.file_id = p.file_id"
    ).fetchall()
    planted = set()
    for registration, page, path, number in sheets:
        name = os.path.basename(path)
        sheet = f"{name}|{number}"
        with open(os.path.join(truths, os.path.splitext(name)[0] + ".truth.json"), encoding="utf-8") as file:
            says = values_of(next(entry for entry in json.load(file) if entry["page"] == number))
        for key, kind in book.execute("select key, type from readings where page_id = ?", (page,)).fetchall():
            doubt = plan.get(sheet, {}).get(key)
            if doubt is not None:
                planted.add((sheet, key))
            value = (doubt or {}).get("value", says.get(key, [] if kind == "list" else False if kind == "truth" else ""))
            text = stored(value, kind)
            raw = "、".join(value) if kind == "list" else "" if kind == "truth" else value
            reasons = [] if doubt is None else doubt.get("reasons", [UNSURE])
            book.execute(
                "update readings set value = ?, raw = ?, confidence = ?, review = ?, reasons = ?, alternatives = ? where page_id = ? and key = ?",
                (text, raw, .995 if doubt is None else .5, int(doubt is not None), json.dumps(reasons, ensure_ascii=False),
                 json.dumps((doubt or {}).get("alternatives", []), ensure_ascii=False), page, key),
            )
            book.execute("update registration_values set value = ?, review = ? where registration_id = ? and key = ?",
                         (text, int(doubt is not None), registration, key))
    missing = {(sheet, key) for sheet, fields in plan.items() for key in fields} - planted
    if missing:
        sys.exit(f"the plan names what the register does not have: {sorted(missing)}")
    for sheet, card in cards.items():
        attach_card(book, next(page for _, page, path, number in sheets if f"{os.path.basename(path)}|{number}" == sheet), card)
    # Who is who was found out with the readings as they were: it is looked for anew.
    book.execute("update lives set person_id = null, office = null")
    book.execute("delete from persons")
    book.commit()


main()
