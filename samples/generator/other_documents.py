"""Pages that lie in a stack between the sheets: backs, copies of identity cards, letters, other forms. Everything on them is made up."""

import cv2
import numpy as np
from PIL import Image, ImageDraw

from . import applications, fonts, form as forms, form_page, people, printing, table_plan, wording
from .canvas import Canvas, px
from .filling import fill
from .places import Places
from .sheet_image import Picture, compose


def make(document, rng, colour):
    """-> Picture of a page, flat at 300 dpi."""
    return DOCUMENTS[document](rng, colour)


def _picture(grey, colour):
    grey = np.asarray(grey)
    return Picture(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB) if colour else np.ascontiguousarray(grey), 300, Places())


def blank_back(rng, colour):
    """The empty back of a sheet; at times the front shows through, mirrored and faint."""
    page = np.full((3508, 2480), 252, np.uint8)
    if rng.random() < 0.7:
        front = form_page.printed(forms.REGISTRATION, 0, printing.chosen(rng.choice(list(printing.NAMED))))
        through = cv2.GaussianBlur(np.asarray(front.ink)[:, ::-1], (0, 0), 4)
        page = cv2.addWeighted(page, 1, through, -rng.uniform(0.02, 0.08), 0)
    return _picture(page, colour)


def identity_card_copy(rng, colour):
    """Both sides of an identity card copied on one page."""
    page = Image.new("L", (2480, 3508), 252)
    sex = rng.choice("男女")
    birth = people.birth_date(rng)
    number = people.identity_number(rng, rng.choice(people.words()["areas"]), birth, sex)
    front, back = _card_front(rng, sex, birth, number), _card_back(rng)
    x = 700 + rng.randrange(-200, 200)
    y = rng.choice((350, 700, 1100))
    for card in (front, back):
        card = card.rotate(rng.gauss(0, 1.5), Image.BICUBIC, expand=True, fillcolor=252)
        page.paste(card, (x + rng.randrange(-20, 20), y))
        y += 1000 + rng.randrange(0, 200)
    return _picture(page, colour)


def _card(shade):
    w, h = round(px(85.6)), round(px(54))
    card = Image.new("L", (w, h), 252)
    draw = ImageDraw.Draw(card)
    draw.rounded_rectangle((0, 0, w - 1, h - 1), px(3), fill=shade, outline=150, width=3)
    for k in range(14):  # the fine waves of the card's ground
        y = h * k / 14
        draw.line([(t, y + 16 * np.sin(t / 60 + k)) for t in range(8, w - 8, 8)], fill=shade - 10, width=2)
    return card, draw


def _card_front(rng, sex, birth, number):
    card, draw = _card(rng.randrange(205, 235))
    label, value = fonts.load("hei", 32), fonts.load("sans", 38)
    _, _, county, detail = people.address(rng)
    address = f"重庆市{county.removesuffix('区')}区{detail}"
    lines = [("姓名", people.name(rng, sex)), ("性别", f"{sex}    民族  汉"), ("出生", f"{birth.year} 年 {birth.month} 月 {birth.day} 日"),
             ("住址", address[:11]), ("", address[11:22])]
    y = 60
    for word, text in lines:
        draw.text((50, y), word, font=label, fill=110)
        draw.text((140, y - 4), text, font=value, fill=30)
        y += 76 if word else 60
    draw.text((50, 545), "公民身份号码", font=label, fill=110)
    draw.text((290, 538), number, font=fonts.load("sans", 46), fill=25)
    x, y = 690, 90
    draw.rectangle((x, y, x + 250, y + 320), fill=225)
    draw.ellipse((x + 70, y + 50, x + 180, y + 180), fill=120)  # a head and shoulders, nobody's
    draw.pieslice((x + 10, y + 190, x + 240, y + 470), 180, 360, fill=90)
    draw.rectangle((x, y + 320, x + 250, y + 420), fill=rng.randrange(218, 232))
    return card


def _card_back(rng):
    card, draw = _card(rng.randrange(205, 235))
    draw.ellipse((60, 60, 210, 210), fill=120)
    draw.text((270, 70), "样张 仅供测试", font=fonts.load("song-bold", 54), fill=50)
    draw.text((300, 160), "居民身份证", font=fonts.load("song-bold", 70), fill=40)
    draw.text((240, 470), "签发机关  样张市公安局", font=fonts.load("sans", 36), fill=40)
    start = rng.randrange(2008, 2020)
    draw.text((240, 540), f"有效期限  {start}.03.12-{start + 20}.03.12", font=fonts.load("sans", 36), fill=40)
    return card


def letter(rng, colour):
    """A page of running text with a heading and a signature."""
    style, c = printing.chosen(rng.choice(("song", "kai-dashed", "sans-dotted"))), Canvas()
    texts = wording.texts()["letters"]
    title, paragraphs = rng.choice(list(texts.items()))
    c.text(105 - c.measure(title, style.font, 6.5) / 2, 40, title, style.font, 6.5)
    y = 58.0
    for paragraph in paragraphs * rng.choice((1, 2)):
        for line in table_plan.wrap("　　" + paragraph, 158, style.font, 4.6, c):
            c.text(26, y, line, style.font, 4.6)
            y += 8.2
        y += 2
    c.text(120, min(270, y + 12), people.name(rng, "男") + "　2020年9月", style.font, 4.6)
    return _picture(255 - np.asarray(c.image), colour)


def other_form(rng, colour):
    """A table form that is not the registration form."""
    page = form_page.printed(forms.JOB_SEEKER, 0, printing.chosen(rng.choice(("hei-frame", "song", "double"))))
    filled = fill(page, applications.any_form(page.form, rng), rng.choice(("strokes", "print:song", "print:hei")), rng)
    return compose(filled, colour, rng)


def _filled_sheet(rng, colour):
    page = form_page.printed(forms.REGISTRATION, 0, printing.chosen(rng.choice(list(printing.NAMED))))
    return compose(fill(page, applications.registration(page.form, rng), rng.choice(("strokes", "print:song")), rng), colour, rng)


def two_forms(rng, colour):
    """Two sheets laid side by side on an A3 glass."""
    pair = [_filled_sheet(rng, colour) for _ in range(2)]
    return Picture(np.hstack([p.image for p in pair]), 300, Places())


def half_form(rng, colour):
    """A sheet that was cut through: one half is there."""
    image = _filled_sheet(rng, colour).image
    middle = round(image.shape[0] * rng.uniform(0.45, 0.55))
    return Picture(np.ascontiguousarray(image[:middle] if rng.random() < 0.5 else image[middle:]), 300, Places())


DOCUMENTS = {"blank": blank_back, "identity-card": identity_card_copy, "letter": letter, "other-form": other_form,
             "two-forms-a3": two_forms, "half-form": half_form}
