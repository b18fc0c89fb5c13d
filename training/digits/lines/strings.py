"""What stands in the number fields of forms."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def check_character(first_17):
    return "10X98765432"[sum(int(c) * k for c, k in zip(first_17, _WEIGHTS)) % 11]


def digits(r, n):
    return "".join(r.choice("0123456789") for _ in range(n))


def identity_number(r):
    area = (r.choice(("500", "510", "512", "520", "513")) if r.random() < 0.5 else digits(r, 3)) + digits(r, 3)
    body = f"{area}{r.randint(1935, 2010)}{r.randint(1, 12):02d}{r.randint(1, 28):02d}{digits(r, 3)}"
    return body + ("X" if r.random() < 0.22 else check_character(body))


def mobile(r):
    return "1" + r.choice("3456789") + digits(r, 9)


def landline(r):
    return r.choice(("023", "0" + digits(r, 2), "0" + digits(r, 3), "")) + r.choice(("-", "-", "")) + digits(r, r.choice((7, 8, 8)))


def year(r):
    return str(r.randint(1935, 2026) if r.random() < 0.5 else r.randint(2015, 2026))


def short(r):
    return r.choice((str(r.randint(1, 31)), str(r.randint(1, 12)), f"{r.randint(1, 12):02d}", f"{r.randint(0, 31):02d}", str(r.randint(0, 999))))


def house(r):
    return "-".join(str(r.randint(1, 10 ** r.randint(1, 4))) for _ in range(r.randint(1, 3)))


def date(r):
    return f"{r.randint(1935, 2026)}-{r.randint(1, 12)}-{r.randint(1, 31)}"


def free(r, least, most):
    return "".join(r.choice("0123456789" * 4 + "X-X-") for _ in range(r.randint(least, most)))


# Three groups by length: the lines of a batch are about as wide as each other.
def of_group(r, group):
    q = r.random()
    if group == 0:
        return year(r) if q < 0.4 else short(r) if q < 0.85 else free(r, 1, 5)
    if group == 1:
        return mobile(r) if q < 0.4 else landline(r) if q < 0.6 else house(r) if q < 0.75 else date(r) if q < 0.85 else free(r, 6, 13)
    return identity_number(r) if q < 0.72 else identity_number(r) + r.choice("1234567") + r.choice("1234") if q < 0.85 else free(r, 14, 20)
