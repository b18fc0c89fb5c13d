"""Prints a form page in a printing: rules, labels, options and printed words, and notes where each of them stands."""
from functools import lru_cache

from . import form as forms, table_plan, wording
from .canvas import Canvas, px, quad
from .places import Places

class FormPage:
    """The printed page: ink (255 = full) and places. Fields are the rooms where somebody writes."""
    def __init__(self, ink, places, style, form):
        self.ink, self.places, self.style, self.form = ink, places, style, form

    @property
    def frame(self):
        return self.places.table["frame"]


@lru_cache(maxsize=64)
def printed(form_file, page_number, style, page_size=(210, 297)):
    """One page of a form, printed. Cached: a set re-uses its printings."""
    return _Printer(forms.load(form_file), page_number, style, page_size).print()


class _Printer:
    def __init__(self, form, page_number, style, page_size):
        self.form, self.style, self.page_number, self.page_size = form, style, page_number, page_size
        self.canvas, self.places = Canvas(*page_size), Places()

    def print(self):
        s, c = self.style, self.canvas
        rows = table_plan.plan(self.form, self.form.pages[self.page_number], s, c, self.page_size[1])
        if s.title >= 0 and self.page_number == 0:
            self._title()
        for r, row in enumerate(rows):
            for k, (column, ys) in enumerate(zip(row.columns, row.ys)):
                for i, cell in enumerate(column):
                    rect = (row.xs[k], ys[i], row.xs[k + 1], ys[i + 1])
                    self.places.cells[f"{r}/{k}/{i}"] = quad(*map(px, rect))
                    getattr(self, "_" + cell.kind)(cell, rect, len(row.columns) == 1)
                for y in ys[1:-1]:
                    self._rule(row.xs[k], y, row.xs[k + 1], y)
            for x in row.xs[1:-1]:
                self._rule(x, row.ys[0][0], x, row.ys[0][-1])
            if r:
                self._rule(row.xs[0], row.ys[0][0], row.xs[-1], row.ys[0][0])
        self._frame(rows)
        self._around(rows[-1].ys[0][-1])
        frame = (rows[0].xs[0], rows[0].ys[0][0], rows[0].xs[-1], rows[-1].ys[0][-1])
        self.places.table["frame"] = quad(*map(px, frame))
        return FormPage(c.image, self.places, s, self.form)

    # ---- rules
    def _rule(self, x0, y0, x1, y1):
        s = self.style
        dashed = s.dash and (not s.row_dash or y0 == y1)
        self.canvas.line(x0, y0, x1, y1, s.rule, s.dash if dashed else None)

    def _frame(self, rows):
        s = self.style
        x0, x1, y0, y1 = rows[0].xs[0], rows[0].xs[-1], rows[0].ys[0][0], rows[-1].ys[0][-1]
        dash = s.dash if s.frame == s.rule and not s.row_dash else None
        gaps = (0, s.double_frame) if s.double_frame else (0,)
        for g in gaps:
            half = s.frame / 2
            for a, b, c, d in ((x0 - g - half, y0 - g, x1 + g + half, y0 - g), (x0 - g - half, y1 + g, x1 + g + half, y1 + g),
                               (x0 - g, y0 - g, x0 - g, y1 + g), (x1 + g, y0 - g, x1 + g, y1 + g)):
                self.canvas.line(a, b, c, d, s.frame if g == gaps[-1] else s.rule, dash)

    def _title(self):
        s, c = self.style, self.canvas
        title, font = self.form.titles[s.title % len(self.form.titles)], s.title_font or s.font
        width = c.measure(title, font, s.title_size)
        c.text(s.left + (s.width - width) / 2, s.top - 4 - s.title_size * 0.6, title, font, s.title_size)

    def _around(self, bottom):
        s, c = self.style, self.canvas
        y, size = bottom + 4, s.size * 0.82
        if s.notes and self.page_number == len(self.form.pages) - 1:
            for note in wording.notes(self.form):
                for line in table_plan.wrap(note.replace("＊", s.star), s.width, s.font, size, c):
                    if y > self.page_size[1] - 8:
                        return
                    c.text(s.left + 1, y, line, s.font, size)
                    y += size * 1.45
        if s.footer and y < self.page_size[1] - 14:
            footers = wording.texts()["footers"]
            text = footers[len(s.name) % len(footers)]
            c.text(s.left + s.width - c.measure(text, s.font, size * 0.9), self.page_size[1] - 10, text, s.font, size * 0.9)

    # ---- cells
    def _label(self, cell, rect, _alone):
        s, c = self.style, self.canvas
        x0, y0, x1, y1 = rect
        font, size = s.label_font or s.font, s.size
        lines = table_plan.label_lines(cell.text, x1 - x0, s, c)
        while size > 2.2 and (max(c.measure(t, font, size) for t in lines) > x1 - x0 - 0.6
                              or len(lines) * size * 1.22 > y1 - y0 - 0.6):
            size *= 0.95
        y = (y0 + y1) / 2 - (len(lines) - 1) * size * 0.61
        for line in lines:
            width = c.measure(line, font, size)
            if s.label_align == "spread" and len(lines) == 1 and 1 < len(line) < 6 and x1 - x0 > width + 4:
                pad = min(3.5, (x1 - x0 - width) / 2)
                c.spread(x0 + pad, x1 - pad, y, line, font, size, s.bold_labels)
            else:
                left = s.label_align == "left" and x1 - x0 > width + 2.5
                c.text(x0 + 1.4 if left else (x0 + x1 - width) / 2, y, line, font, size, s.bold_labels)
            y += size * 1.22

    def _field(self, cell, rect, _alone):
        self._room(cell.key, *rect)

    def _room(self, key, x0, y0, x1, y1):
        self.places.fields[key] = quad(px(x0), px(y0), px(x1), px(y1))

    def _word(self, name, x, y, text, size):
        width = self.canvas.text(x, y, text, self.style.font, size)
        self.places.words[name] = quad(px(x), px(y - size / 2), px(x + width), px(y + size / 2))
        return width

    def _options(self, cell, rect, _alone):
        s, c = self.style, self.canvas
        x0, y0, x1, y1 = rect
        placed, n = table_plan.options(cell, x1 - x0, s, c)
        pitch = min(s.size * s.line_pitch * 1.25, (y1 - y0 - 0.8) / n)
        top = (y0 + y1) / 2 - pitch * (n - 1) / 2
        side = s.size * s.box
        for option, (x, line, lines) in zip(cell.options, placed):
            x, y = x + x0, top + line * pitch
            box = c.box(x, y - side / 2 + s.box_drop * s.size, side, s.box_rule, s.box_radius)
            self.places.boxes[f"{cell.key}/{option}"] = box
            at = x + side + s.box_gap * s.size
            for i, text in enumerate(lines):
                width = c.text(at, y + i * pitch, text, s.font, s.size)
                if i == 0:
                    self.places.words[f"{cell.key}/{option}"] = quad(px(at), px(y - s.size / 2), px(at + width), px(y + s.size / 2))
            if cell.other_key and option == cell.options[-1]:
                self._other(cell.other_key, at + width, y, pitch, x1)

    def _other(self, key, x, y, pitch, right):
        s = self.style
        tail = self.canvas.measure("（请填写）", s.font, s.size)
        end = min(x + 0.5 + s.other_line, right - tail - 0.5)
        self.canvas.line(x + 0.5, y + s.size * 0.5, end, y + s.size * 0.5, max(0.15, s.rule))
        self._room(key, x + 0.5, y - pitch / 2, end, y + s.size * 0.55)
        self._word(key, end + 0.3, y, "（请填写）", s.size)

    def _blanks(self, cell, rect, _alone):
        x0, y0, x1, y1 = rect
        parts = [(word, f"{cell.key}.{part}") for word, part in cell.blanks]
        address = self.form.content(parts[-1][1]) == "address"
        self._blank_row(parts, x0 + 1, x1 - 1, (y0 + y1) / 2, y1 - y0, address)

    def _blank_row(self, parts, x0, x1, y, height, address):
        """Blanks closed by printed words. The last blank of an address reaches to the cell's end."""
        s, c = self.style, self.canvas
        size = s.size * (s.small if address else 1)
        widths = [c.measure(word, s.font, size) for word, _ in parts]
        spare = x1 - x0 - sum(widths)
        if address:
            share = min(s.blank, spare * 0.16)
            gaps = [share] * (len(parts) - 1) + [spare - share * (len(parts) - 1)]
            x = x0
        else:
            share = min(s.blank, spare / len(parts))
            gaps = [share] * len(parts)
            rest = spare - sum(gaps)
            if s.date_align == "spread":
                gaps = [spare / (len(parts) + 0.5)] * len(parts)
                rest = 0
            x = x0 + {"right": rest * 0.92, "centre": rest / 2, "spread": 0}[s.date_align]
            if s.date_align == "right":
                gaps[0], x = gaps[0] + min(rest * 0.9, 12), x - min(rest * 0.9, 12)
        for (word, key), gap, width in zip(parts, gaps, widths):
            self._room(key, x, y - height / 2, x + gap, y + height / 2)
            if s.underline_blanks:
                c.line(x + 0.8, y + size * 0.55, x + gap - 0.4, y + size * 0.55, max(0.12, s.rule * 0.7))
            x += gap
            self._word(key, x, y, word, size)
            x += width

    def _declaration(self, cell, rect, _alone):
        s, c = self.style, self.canvas
        x0, y0, x1, y1 = rect
        y = y0 + s.size * 1.1
        for line in table_plan.promise_lines(self.form, x1 - x0, s, c):
            c.text(x0 + 1.5, y, line, s.font, s.size)
            y += s.size * 1.45
        date_y = y1 - s.size * 1.3
        sign_y = date_y if s.one_line_signature else max(y + 0.1 * s.size, min(date_y - 2.2 * s.size, (y + date_y) / 2))
        word = cell.signature_word + "："
        at = x0 + (x1 - x0) * (s.signature_at if not s.one_line_signature else 0.12)
        width = self._word(cell.signature_key, at, sign_y, word, s.size)
        date_x = x0 + (x1 - x0) * 0.56
        end = date_x - 2 if s.one_line_signature else min(x1 - 2, at + width + 60)
        self._room(cell.signature_key, at + width, sign_y - s.size, end, sign_y + s.size)
        parts = [(w, f"{cell.key}.{part}") for w, part in cell.blanks]
        self._blank_row(parts, date_x, x1 - 4, date_y, s.size * 2, False)
