"""Made-up people: names, identity numbers by GB 11643, addresses, telephones. All from one random generator."""
import csv
import datetime
from functools import lru_cache
from pathlib import Path

import yaml

DATA = Path(__file__).resolve().parent / "data"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RECEIVED_IN = 2020


@lru_cache(maxsize=1)
def words():
    return yaml.safe_load((DATA / "words.yaml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def places():
    with open(DATA / "places.csv", encoding="utf-8") as file:
        return [(r["town"], r["village"]) for r in csv.DictReader(file)]


def check_digit(first17):
    """The eighteenth character of an identity number (GB 11643, ISO 7064 MOD 11-2)."""
    return "10X98765432"[sum(int(d) * w for d, w in zip(first17, _WEIGHTS)) % 11]


def identity_number(rng, area, birth, sex):
    order = rng.randrange(1, 500) * 2 - (1 if sex == "男" else 0)
    first = f"{area}{birth:%Y%m%d}{order:03d}"
    return first + check_digit(first)


def name(rng, sex):
    w = words()
    if rng.random() < 0.02:
        return rng.choice(w["minority_names"])
    surname = rng.choice(w["surnames"]) if rng.random() < 0.97 else rng.choice(w["rare_surnames"])
    given = w["male" if sex == "男" else "female"]
    first = rng.choice(given)
    return surname + first + (rng.choice([g for g in given if g != first]) if rng.random() < 0.78 else "")


def birth_date(rng, youngest=16, oldest=59):
    day = datetime.date(RECEIVED_IN, 1, 1) - datetime.timedelta(days=rng.randrange(youngest * 366, oldest * 365))
    return day


def address(rng, local=True):
    """-> province, city, county, detail, as people write them."""
    w = words()
    if not local:
        province, city, county, town = rng.choice(w["other_provinces"])
        return province, city, county, town + _street(rng)
    town, village = rng.choice(places())
    if rng.random() < 0.5:
        detail = f"{town}{village}{rng.randrange(1, 13)}组{rng.randrange(1, 170)}号"
    else:
        detail = town + _street(rng)
    return rng.choice(w["provinces"]), "", rng.choice(w["counties"]), detail


def _street(rng):
    text = f"{rng.choice(words()['streets'])}{rng.randrange(1, 380)}号"
    if rng.random() < 0.5:
        text += f"{rng.randrange(1, 30)}幢{rng.randrange(1, 34)}-{rng.randrange(1, 9)}"
    return text


def mobile(rng):
    return rng.choice(("130", "131", "135", "136", "137", "138", "139", "150", "151", "152", "155", "158", "159", "166", "177",
                       "181", "182", "183", "185", "187", "188", "189", "191", "199")) + f"{rng.randrange(10 ** 8):08d}"


def landline(rng):
    return f"023-{rng.choice('46789')}{rng.randrange(10 ** 7):07d}"


def email(rng, phone):
    user = phone if rng.random() < 0.4 else str(rng.randrange(10 ** 7, 10 ** 10))
    return f"{user}@{rng.choice(words()['mail'])}"
