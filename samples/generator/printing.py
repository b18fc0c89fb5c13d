"""How an office prints the sheet: fonts, widths, heights, rules, boxes. Nothing here changes the structure of the form."""
import random
from dataclasses import dataclass, field, fields, replace


@dataclass(frozen=True)
class Printing:
    name: str
    # Text: font names of fonts.PRINT, sizes are em in millimetres.
    font: str = "song"
    label_font: str = ""            # empty: as `font`
    title_font: str = ""
    size: float = 3.7
    small: float = 1.0              # of the words after blanks, relative to size
    title_size: float = 6.4
    title: int = 0                  # which of the form's titles; -1 prints none
    star: str = "＊"
    label_align: str = "centre"     # centre, left, spread
    bold_labels: bool = False
    # The table
    left: float = 16.0
    top: float = 30.0
    width: float = 178.0
    first_column: float = 28.0
    wrap_labels: bool = False       # the long label wraps in the first column instead of widening it
    label_padding: float = 2.0
    snap: float = 2.0               # column edges this near to one above are set under it
    field_jitter: float = 0.15
    row_height: float = 8.0
    sub_row_height: float = 7.0
    line_pitch: float = 1.5         # lines of options, in ems
    table_height: float = 212.0     # rows are stretched or squeezed towards it
    uneven_rows: float = 0.0        # rows differ in height by up to this share
    # Rules, millimetres
    rule: float = 0.2
    frame: float = 0.2
    double_frame: float = 0.0       # gap to the second line outside the frame; 0: none
    dash: tuple = ()                # (on, off); () for solid rules
    row_dash: bool = False          # only horizontal rules are dashed
    # Options
    box: float = 0.86               # side, in ems
    box_rule: float = 0.2
    box_radius: float = 0.0
    box_gap: float = 0.12           # between box and label, in ems
    box_drop: float = 0.0           # box lower (+) or higher (-) than the middle of the text, in ems
    option_mode: str = "grid"       # grid, flow, tabs
    option_gap: float = 1.2         # between options in flow, in ems
    option_padding: float = 1.5     # from the rule to the first box, millimetres
    other_line: float = 24.0        # length of the underline behind 其他：
    # Blanks
    date_align: str = "right"       # right, centre, spread
    blank: float = 15.0             # before a printed word, millimetres
    underline_blanks: bool = False
    signature_at: float = 0.45      # where 申请人（签字） stands, as a share of the width
    one_line_signature: bool = False
    # Around the table
    notes: bool = True
    footer: bool = False            # a line of office print at the foot: 第 1 页, a form number
    tone: float = 0.92              # how black the print is


NAMED = {p.name: p for p in (
    Printing("song"),
    Printing("hei-frame", font="hei", size=3.6, small=0.8, title=1, star="*", left=13, width=184, first_column=33, frame=0.55, rule=0.12,
             box_rule=0.25, row_height=8.4, option_gap=1.5, table_height=216),
    Printing("kai-dashed", font="kai", title_font="hei", size=3.9, star="＊", left=18, width=172, first_column=31, dash=(1.4, 0.7),
             frame=0.3, rule=0.25, box=0.78, box_rule=0.3, option_mode="flow", option_gap=1.8, date_align="centre", notes=False,
             table_height=224, label_align="left", signature_at=0.55),
    Printing("double", small=0.85, font="ming", label_font="hei", title_font="song-bold", size=3.5, star="*", left=20, width=166, first_column=24,
             wrap_labels=True, double_frame=0.9, rule=0.15, frame=0.35, box_radius=0.5, box=0.95, box_rule=0.18, box_gap=0.35,
             option_mode="tabs", row_height=9, table_height=205, label_align="spread", title=1, top=34, blank=18),
    Printing("sans-dotted", font="sans", size=3.3, star="*", left=12, width=186, first_column=36, dash=(0.5, 0.5), row_dash=True,
             frame=0.5, rule=0.2, box=1.02, box_rule=0.4, box_gap=0.25, option_gap=2.4, title=-1, top=18, row_height=9.5,
             table_height=232, notes=True, underline_blanks=True, uneven_rows=0.15, one_line_signature=True),
    Printing("wenkai-airy", small=0.85, font="wenkai", size=3.8, title_font="wenkai", left=17, width=175, first_column=30, rule=0.35, frame=0.35,
             box=0.7, box_rule=0.35, box_drop=0.06, box_gap=0.3, snap=5, row_height=8.8, table_height=228, date_align="spread",
             signature_at=0.3, footer=True),
    Printing("song-dense", font="song-light", label_font="sans-bold", size=3.1, small=0.9, title_size=5.2, left=24, width=160,
             first_column=22, wrap_labels=True, row_height=6.4, sub_row_height=5.8, line_pitch=1.4, table_height=168, top=40,
             rule=0.12, frame=0.12, box=0.9, box_rule=0.12, star="*", blank=13, other_line=18, option_padding=0.8),
    Printing("hei-heavy", small=0.75, font="micro-hei", title_font="sans-bold", size=3.6, bold_labels=True, rule=0.45, frame=0.8, box_rule=0.5,
             box=0.9, left=15, width=180, first_column=34, title=1, row_height=8.2, uneven_rows=0.1, label_align="spread",
             option_mode="flow", option_gap=1.0, notes=False, footer=True, top=26, table_height=236, tone=1.0),
)}


def chosen(name, seed=0):
    """A named printing, or one drawn at random: 'random' or 'random-N'."""
    if name in NAMED:
        return NAMED[name]
    if name.startswith("random"):
        return drawn(name, random.Random(f"printing {name} {seed}"))
    raise KeyError(f"unknown printing '{name}'; expected random or one of {', '.join(NAMED)}")


def drawn(name, rng):
    """A printing as some other office might have made it."""
    pick, between = rng.choice, rng.uniform
    base = pick(list(NAMED.values()))
    left, size = between(10, 25), between(3.1, 3.9)
    line = pick((0.1, 0.15, 0.2, 0.25, 0.35, 0.5))
    dash = pick(((), (), (), (1.4, 0.7), (0.5, 0.5), (2.5, 0.8), (0.9, 0.9)))
    return replace(
        base, name=name, font=pick(("song", "song-light", "ming", "kai", "ukai", "wenkai", "hei", "micro-hei", "sans")),
        label_font=pick(("", "", "", "hei", "sans-bold", "kai")), title_font=pick(("", "hei", "song-bold", "sans-bold", "kai")),
        size=size, small=pick((1.0, 1.0, 0.85, 0.75)), title=pick((0, 0, 1, 1, -1)), star=pick(("＊", "*")),
        label_align=pick(("centre", "centre", "left", "spread")), bold_labels=rng.random() < 0.15, left=left,
        width=210 - left - between(10, 25), top=between(16, 42), first_column=between(22, 37), wrap_labels=rng.random() < 0.4,
        label_padding=between(1.2, 2.8), snap=pick((0, 2, 4, 6)), field_jitter=between(0.05, 0.35), row_height=between(6.8, 9.5),
        sub_row_height=between(6, 8.5), line_pitch=between(1.35, 1.7), table_height=between(185, 240),
        uneven_rows=pick((0, 0, 0.1, 0.2)), rule=line, frame=pick((line, line, 0.4, 0.6, 0.9)),
        double_frame=pick((0, 0, 0, 0, 0.8, 1.2)), dash=dash, row_dash=bool(dash) and rng.random() < 0.5,
        box=between(0.68, 1.05), box_rule=pick((0.12, 0.2, 0.25, 0.35, 0.5)), box_radius=pick((0, 0, 0, 0, 0.35, 0.6)),
        box_gap=between(0.05, 0.45), box_drop=between(-0.06, 0.1), option_mode=pick(("grid", "flow", "tabs")),
        option_gap=between(0.9, 2.4), option_padding=between(0.8, 3), other_line=between(16, 30),
        date_align=pick(("right", "right", "centre", "spread")), blank=between(12, 19), underline_blanks=rng.random() < 0.12,
        signature_at=between(0.25, 0.6), one_line_signature=rng.random() < 0.25, notes=rng.random() < 0.6,
        footer=rng.random() < 0.3, tone=between(0.8, 1.0))
