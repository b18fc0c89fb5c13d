"""Plans the table of a form page for a printing: column edges, row heights, and where the options of a cell stand."""
import random

from . import wording

# The room that a field asks for beside its neighbours, in millimetres.
ROOM = {"name": 20, "sex": 10, "ethnicity": 14, "political_status": 18, "health": 34, "year-month": 46, "year-month-day": 60,
        "id_type": 32, "id_number": 60, "id_number_like": 80, "occupation": 44, "level": 32, "mobile": 40, "landline": 34,
        "email": 46, "address": 140}
_NOT_FIRST = "，、。）：；"


class Row:
    """Column edges (n + 1), and for each column the edges of its cells from top to bottom."""
    def __init__(self, columns, xs, ys):
        self.columns, self.xs, self.ys = columns, xs, ys


def plan(form, rows, style, canvas, page_height):
    """-> list of Row, in millimetres on the page. Squeezes sizes until the table fits the page."""
    rng = random.Random(f"columns {style.name}")
    all_edges, seen = [], []
    for i, columns in enumerate(rows):
        if i and _continues(rows[i - 1], columns):
            edges = all_edges[-1]
        else:
            heads = i + 1 < len(rows) and _is_head(columns) and _continues(columns, rows[i + 1])
            edges = _column_edges(form, rows[i + 1] if heads else columns, style, canvas, rng, seen)
        all_edges.append(edges)
        seen += edges[1:-1]
    heights = [[[_cell_height(form, c, x1 - x0, style, canvas) for c in column] for column, x0, x1 in zip(columns, edges, edges[1:])]
               for columns, edges in zip(rows, all_edges)]
    heights = [[_level(column, row) for column in row] for row in heights]
    needs = [max(sum(h) for h in row) for row in heights]
    stretch = [1 + rng.uniform(-1, 1) * style.uneven_rows / 2 + style.uneven_rows / 2 for _ in rows]
    wanted = [n * s for n, s in zip(needs, stretch)]
    foot = 12 + (5 * 1.5 * style.size if style.notes else 0)
    limit = min(style.table_height, page_height - style.top - foot)
    factor = max(limit / sum(wanted), 0.8)
    result, y = [], style.top
    for columns, edges, row_heights, need, height in zip(rows, all_edges, heights, needs, wanted):
        height = max(height * min(factor, 1.35), need * 0.93)
        ys = []
        for column in row_heights:
            at, total = [y], sum(column)
            for h in column:
                at.append(at[-1] + h * height / total)
            ys.append(at)
        result.append(Row(columns, edges, ys))
        y += height
    return result


def _level(column, row):
    """Columns with as many cells as this one have their rules at the same heights."""
    return [max(hs) for hs in zip(*(c for c in row if len(c) == len(column)))]


def _kinds(columns):
    return [c[0].kind for c in columns]


def _is_head(columns):
    return set(_kinds(columns)) == {"label"}


def _continues(above, columns):
    """Whether a row goes on a list: the same kinds of cells under one another, or the first line under the list's heading."""
    return len(columns) > 3 and len(above) == len(columns) and (_is_head(above) or _kinds(above) == _kinds(columns))


def _column_edges(form, columns, style, canvas, rng, seen):
    fixed, room = [], []
    for i, column in enumerate(columns):
        label = all(c.kind == "label" for c in column)
        fixed.append(_label_width(column, i == 0, len(columns), style, canvas) if label else 0)
        want = 0 if label else max(_field_room(form, c) for c in column)
        room.append(want * (1 + rng.uniform(-1, 1) * style.field_jitter))
    if not any(room):
        room = [1.0] * len(columns)
    spare = style.width - sum(fixed)
    least = sum(r for r in room) * 0.62
    if spare < least and sum(fixed):  # labels give way first
        shrink = max(0.72, (style.width - least) / sum(fixed))
        fixed = [f * shrink for f in fixed]
        spare = style.width - sum(fixed)
    edges = [style.left]
    for f, r in zip(fixed, room):
        edges.append(edges[-1] + f + spare * r / sum(room))
    for i in range(2, len(edges) - 1):  # the first edge follows the first column already
        low, high = edges[i - 1] + max(7, fixed[i - 1]), edges[i + 1] - max(7, fixed[i])
        near = [e for e in seen if abs(e - edges[i]) <= style.snap and low <= e <= high]
        if near:
            edges[i] = min(near, key=lambda e: abs(e - edges[i]))
    return edges


def _field_room(form, cell):
    if cell.kind == "options":
        return 60
    if cell.kind == "blanks":
        return ROOM.get(form.content(cell.key), 140 if len(cell.blanks) > 3 else 46)
    return ROOM.get(form.content(cell.key), 40)


def _label_width(column, first, n_columns, style, canvas):
    font = style.label_font or style.font
    natural = max(canvas.measure(c.text.replace("＊", style.star), font, style.size) for c in column)
    if max(len(c.text) for c in column) <= 2 and n_columns > 2 and not first:
        return natural + 2 * style.label_padding + 1.5
    if not first:
        return natural + 2 * style.label_padding
    if style.wrap_labels or natural + 1 <= 2 * (style.first_column - style.label_padding):
        return style.first_column
    return max(style.first_column * 1.35, natural / 2 + 2 * style.label_padding + style.size)


def label_lines(text, width, style, canvas):
    """The lines of a label in a cell: （…） starts a line of its own when the label does not fit on one."""
    font = style.label_font or style.font
    text = text.replace("＊", style.star)
    if canvas.measure(text, font, style.size) <= width - 1:
        return [text]
    if text.endswith("）") and 0 < text.find("（") and text.count("（") == 1:
        head, tail = text[:text.find("（")], text[text.find("（"):]
        if max(canvas.measure(t, font, style.size) for t in (head, tail)) <= width - 1:
            return [head, tail]
    natural = canvas.measure(text, font, style.size)
    even = natural / -(-natural // (width - 1)) + style.size  # lines of about one length, as somebody would break them
    return wrap(text, min(width - 1, even), font, style.size, canvas)


def wrap(text, width, font, size, canvas, hanging=0.0):
    """Breaks a text into lines no wider than `width`; the lines after the first are shorter by `hanging`."""
    lines, line, used = [], "", 0.0
    for char in text:
        w = canvas.measure(char, font, size)
        room = width - (hanging if lines else 0)
        if used + w > room and line and char not in _NOT_FIRST:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + char, used + w
    return lines + [line]


def promise_lines(form, width, style, canvas):
    """The lines of the text that the applicant signs."""
    return wrap("　　" + wording.promise(form), width - 3, style.font, style.size, canvas)


def _cell_height(form, cell, width, style, canvas):
    pitch = style.size * style.line_pitch
    if cell.kind == "options":
        _, lines = options(cell, width, style, canvas)
        return lines * pitch + 1.2
    if cell.kind == "declaration":
        lines = len(promise_lines(form, width, style, canvas))
        return style.size * (1.45 * lines + (3.4 if style.one_line_signature else 5.8))
    if cell.kind == "label":
        return max(style.sub_row_height, len(label_lines(cell.text, width, style, canvas)) * style.size * 1.25 + 1.5)
    return style.row_height if cell.kind == "blanks" or width > 60 else style.sub_row_height


def options(cell, width, style, canvas):
    """Where the options of a cell stand. -> ([(x in mm from the cell's left, line number, lines of the label)], lines)"""
    em, pad = style.size, style.option_padding
    head = em * (style.box + style.box_gap)
    room = width - 2 * pad
    texts = [o + ("：" if cell.other_key and o == cell.options[-1] else "") for o in cell.options]
    widths = [head + canvas.measure(t, style.font, em) for t in texts]
    if cell.other_key:
        widths[-1] += style.other_line + 5 * em
    if max(widths) > room * 0.48 or (len(texts) > 3 and sum(widths) / len(widths) > room * 0.36):
        return _one_a_line(texts, room, head, pad, style, canvas)
    if style.option_mode == "grid" and len(texts) > 4:
        return _grid(texts, widths, room, pad)
    tab = 3.0 * em if style.option_mode == "tabs" else 0
    placed, x, line = [], 0.0, 0
    for text, w in zip(texts, widths):
        if x and x + w > room:
            x, line = 0.0, line + 1
        placed.append((pad + x, line, [text]))
        x += w + style.option_gap * em
        if tab:
            x = -(-x // tab) * tab
    return placed, line + 1


def _grid(texts, widths, room, pad):
    n = next((n for n in (5, 4, 3, 2) if n <= len(texts) and max(widths) * 1.04 < room / n), 2)
    if len(texts) % n and n == 4 and len(texts) % 3 == 0:
        n = 3
    return [(pad + i % n * room / n, i // n, [t]) for i, t in enumerate(texts)], -(-len(texts) // n)


def _one_a_line(texts, room, head, pad, style, canvas):
    placed, line = [], 0
    for text in texts:
        lines = wrap(text, room - head, style.font, style.size, canvas)
        placed.append((pad, line, lines))
        line += len(lines)
    return placed, line
