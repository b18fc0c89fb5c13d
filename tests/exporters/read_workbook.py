"""Reads a workbook with openpyxl; with a second one, that LibreOffice recalculated, compares every cell.

usage: read_workbook.py WORKBOOK [RECALCULATED]
"""
import sys

import openpyxl

one = openpyxl.load_workbook(sys.argv[1], data_only=True)
cells = formulas = 0
for sheet in openpyxl.load_workbook(sys.argv[1]):
    for row in sheet.iter_rows():
        for cell in row:
            cells += cell.value is not None
            formulas += isinstance(cell.value, str) and cell.data_type == "f"
differences = []
if len(sys.argv) > 2:
    other = openpyxl.load_workbook(sys.argv[2], data_only=True)
    for sheet in one:
        for row in sheet.iter_rows():
            for cell in row:
                again = other[sheet.title][cell.coordinate].value
                same = cell.value == again or (cell.value in (None, "") and again in (None, ""))
                if not same and isinstance(cell.value, (int, float)) and isinstance(again, (int, float)):
                    same = abs(cell.value - again) < 1e-9
                if not same:
                    differences.append(f"{sheet.title}!{cell.coordinate}: {cell.value!r} / {again!r}")
print(f"{len(one.sheetnames)} sheets, {cells} cells, {formulas} formulas, {len(differences)} differences")
print("\n".join(differences[:20]))
sys.exit(bool(differences))
