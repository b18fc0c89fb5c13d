"""What somebody writes into the registration form: values by key, ticked options, and what is wrong with them on purpose."""
import random

from . import people

# Faults that the rules of registration must find; each changes a sound application.
BREAKS = ("bad_id_checksum", "bad_mobile", "under_age", "pension_age", "sex_id_mismatch", "unsigned", "undated", "no_reason",
          "missing_required", "category_no_number", "disability_no_grade")


class Application:
    def __init__(self):
        self.values, self.choices, self.breaks = {}, {}, []


def registration(form, rng, breaks=()):
    """A filled registration form. `breaks` names faults out of BREAKS."""
    w, a = people.words(), Application()
    a.breaks = list(breaks)
    sex = rng.choice("男女")
    youngest, oldest = (13, 15) if "under_age" in breaks else (61, 66) if "pension_age" in breaks else (16, 58)
    birth = people.birth_date(rng, youngest, oldest)
    number = people.identity_number(rng, rng.choice(w["areas"]), birth, sex)
    if "bad_id_checksum" in breaks:
        number = number[:17] + rng.choice([c for c in "0123456789X" if c != number[17]])
    age = people.RECEIVED_IN - birth.year
    phone = people.mobile(rng)
    month = rng.randrange(1, 12)
    v = a.values
    v["name"] = people.name(rng, sex)
    v["sex"] = ("女" if sex == "男" else "男") if "sex_id_mismatch" in breaks else sex
    v["ethnicity"], v["political_status"] = rng.choice(w["ethnic_groups"]), rng.choice(w["political"])
    v["health"] = rng.choice(w["health"])
    year = people.RECEIVED_IN - (rng.random() < 0.3)
    v["unemployed_since.year"] = str(year)
    v["unemployed_since.month"] = _month(rng, month if year == people.RECEIVED_IN else rng.randrange(1, 13))
    v["id_type"], v["id_number"] = rng.choice(w["id_types"]), number
    _choices(a, form, rng, age)
    disabled = "残疾人员" in a.choices["categories"]
    if disabled and rng.random() < 0.8:
        v["health"] = "残疾" if "disability_no_grade" in breaks else rng.choice(w["disability"])
    v["category_id_number"] = ""
    if a.choices["categories"] and "category_no_number" not in breaks and rng.random() < 0.8:
        v["category_id_number"] = number + rng.choice("1234567") + rng.choice("1234") if disabled \
            else str(rng.randrange(10 ** 9, 10 ** rng.choice((10, 12, 15))))
    _addresses(v, rng)
    _occupations(v, rng)
    v["mobile"] = phone[:-1] if "bad_mobile" in breaks else phone
    v["landline"] = people.landline(rng) if rng.random() < 0.15 else ""
    v["email"] = people.email(rng, phone) if rng.random() < 0.25 else ""
    v["other_contact"] = "微信" + people.mobile(rng) if rng.random() < 0.08 else ""
    v["remarks"] = rng.choice(w["remarks"]) if rng.random() < 0.45 else ""
    v["signature"] = "" if "unsigned" in breaks else v["name"]
    dated = "undated" not in breaks
    v["signed_on.year"] = str(people.RECEIVED_IN) if dated else ""
    v["signed_on.month"] = _month(rng, rng.randrange(month, 13)) if dated else ""
    v["signed_on.day"] = _month(rng, rng.randrange(1, 29)) if dated else ""
    if "missing_required" in breaks:
        v[rng.choice(("ethnicity", "health", "id_type", "mobile", "hukou_address.county"))] = ""
    return a


def _month(rng, number):
    return f"{number:02d}" if rng.random() < 0.12 else str(number)


def _choices(a, form, rng, age):
    education = form.fields["education"].options
    a.choices["hukou_type"] = [rng.choice(form.fields["hukou_type"].options)]
    a.choices["education"] = [rng.choice(education[:9] if age > 25 else education[1:8])]
    categories = form.fields["categories"].options
    many = rng.choice((0, 0, 0, 0, 1, 1, 1, 2))
    a.choices["categories"] = [c for c in categories if c in rng.sample(categories, many)]
    reasons = form.fields["unemployment_reason"].options
    reason = rng.choice(reasons if rng.random() < 0.9 else reasons[-1:])
    a.choices["unemployment_reason"] = [] if "no_reason" in a.breaks else [reason]
    a.values["unemployment_reason.other"] = rng.choice(people.words()["other_reasons"]) \
        if a.choices["unemployment_reason"] == ["其他"] else ""
    a.choices["claims_benefit"] = [rng.choice(("是", "否"))]


def _addresses(v, rng):
    home = people.address(rng, local=rng.random() < 0.88)
    now = home if rng.random() < 0.65 else people.address(rng)
    for group, parts in (("hukou_address", home), ("residence_address", now)):
        for part, text in zip(("province", "city", "county", "detail"), parts):
            v[f"{group}.{part}"] = text


def _occupations(v, rng):
    w = people.words()
    skills = rng.sample(w["occupations"], rng.choice((0, 0, 1, 1, 1, 2, 3)))
    wishes = rng.sample(w["occupations"], rng.choice((0, 1, 1, 2, 2, 3)))
    for i in (1, 2, 3):
        v[f"qualification.{i}.name"] = skills[i - 1] if i <= len(skills) else ""
        v[f"qualification.{i}.level"] = rng.choice(w["levels"]) if i <= len(skills) else ""
        v[f"job_intention.{i}"] = wishes[i - 1] if i <= len(wishes) else ""


def any_form(form, rng):
    """Values for a form that the generator knows nothing of but its definition."""
    a, sex, w = Application(), rng.choice("男女"), people.words()
    birth, phone = people.birth_date(rng), people.mobile(rng)
    province, city, county, detail = people.address(rng)
    texts = {"name": people.name(rng, sex), "sex": sex, "id_number": people.identity_number(rng, w["areas"][0], birth, sex),
             "mobile": phone, "landline": people.landline(rng), "email": people.email(rng, phone), "place.province": province,
             "place.city": city, "place.county": county, "address": detail, "id_type": "居民身份证"}
    pools = {"ethnicity": "ethnic_groups", "political_status": "political", "health": "health", "occupation": "occupations",
             "level": "levels", "free": "remarks"}
    for key, f in form.fields.items():
        if f.kind in ("choice", "choices"):
            a.choices[key] = [rng.choice(f.options)] if f.kind == "choice" or rng.random() < 0.5 else rng.sample(f.options, min(2, len(f.options)))
        elif f.kind == "presence":
            a.values[key] = texts["name"]
        elif f.kind == "date":
            for part, value in (("year", people.RECEIVED_IN), ("month", rng.randrange(1, 13)), ("day", rng.randrange(1, 29))):
                if part in f.content:
                    a.values[f"{key}.{part}"] = str(value)
        elif f.kind == "number":
            a.values[key] = str(rng.randrange(1, 60))
        else:
            filled = f.required or rng.random() < 0.6
            text = texts.get(f.content) or rng.choice(w[pools[f.content]]) if f.content in texts or f.content in pools \
                else str(rng.randrange(10 ** 9, 10 ** 10))
            a.values[key] = text if filled else ""
    return a


def fault(rng):
    """The faults of one application: mostly none."""
    return random.Random(rng.random()).sample(BREAKS, 1) if rng.random() < 0.3 else []
