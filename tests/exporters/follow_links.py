"""Follows the link of every figure of a workbook to the people behind it.

usage: follow_links.py WORKBOOK

A figure leads to as many rows of 名单 as it says, all of its own code, each a registration of its own and the one of the line
of 明细 that it names; a counted figure's code stands on as many lines of 明细. Where one registration may count more than once
(papers of T6 and late papers, corrections with their sign) the rows are at most as many. A figure of nobody has no link.
"""
import collections
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1], data_only=True)
formulas = openpyxl.load_workbook(sys.argv[1])
listed = [row for row in book["名单"].iter_rows(values_only=True)]
people = [row for row in book["明细"].iter_rows(values_only=True)]
named = collections.Counter(code for row in people[2:] for code in (row[12] or "").split(";") if code)

wrong = []
figures = linked = 0
for sheet in book:
    if sheet["B5"].value != "乙":
        continue
    columns = {cell.column: str(cell.value) for cell in sheet[5][2:] if cell.value is not None}
    for row in sheet.iter_rows(min_row=6):
        if row[1].value is None:
            continue
        for cell in row[2:]:
            if cell.column not in columns or cell.number_format == "0.00" or cell.value is None:
                continue
            code = f"{sheet.title}.{row[1].value}.{columns[cell.column]}"
            figures += 1
            signed = "更正" in str(row[0].value) or "更正" in str(sheet.cell(4, cell.column).value)
            several = signed or sheet.title == "T6" or code.startswith("T4.") and code.endswith(".13")
            if cell.hyperlink is None:
                if cell.value != 0:
                    wrong.append(f"{code}: {cell.value} has no link")
                continue
            linked += 1
            name, _, cells = cell.hyperlink.location.partition("!")
            first, _, last = cells.partition(":")
            rows = listed[int(first[1:]) - 1 : int(last[1:])]
            if name != "'名单'" or {r[0] for r in rows} != {code}:
                wrong.append(f"{code}: its link leads to other rows")
            if len({r[4] for r in rows}) != len(rows) or any(people[r[7] - 1][1] != r[4] for r in rows):
                wrong.append(f"{code}: its rows name others than 明细 does")
            if not signed and (len(rows) > cell.value or (len(rows) < cell.value and not several)):
                wrong.append(f"{code}: says {cell.value}, lists {len(rows)}")
            counted = formulas[sheet.title][cell.coordinate].data_type != "f"
            if counted and named[code] != len(rows):
                wrong.append(f"{code}: 明细 names it {named[code]} times, 名单 lists {len(rows)}")
print(f"{figures} figures, {linked} lead to people, {len(wrong)} wrong")
print("\n".join(wrong[:20]))
sys.exit(bool(wrong) or not linked)
