"""One sheet from a seed: printed, filled, worn and scanned."""
import random

from . import applications, blemishes, copied_form, form as forms, form_page, handwriting, printing, scanning, sheet_image, truth
from .filling import SPOILS, fill

# How often offices deliver what.
_PROFILES = ("office200", "office200", "office200", "clean300", "clean300", "colour300", "colour200", "bw300", "bw300", "bw200", "copy200", "copy200",
             "phone", "phone", "phone", "turned", "fax")
# How often, at hard = 1, a sheet has each of these.
_ODDS = {**{s: 0.14 for s in SPOILS}, **{w: 0.15 for w in blemishes.WEAR}, "worn-rules": 0.3, "seal": 0.6, "copied-form": 0.25, "skew": 0.5}


def make(seed, profile="", style="", hand="", form_file=forms.REGISTRATION, hard=0.3, page=0, defects=None, faults=True):
    """-> (Scan, truth). The same arguments give the same sheet.

    hard: how often something is wrong with the sheet, 0 to 1; defects: instead, exactly these, by their names in _ODDS;
    faults: some applications break a rule of registration.
    """
    rng = random.Random(f"sheet {seed}")
    profile = profile or rng.choice(_PROFILES)
    style = printing.chosen(style or _style(rng))
    hand = hand or _hand(rng)
    wanted = [d for d, odds in _ODDS.items() if rng.random() < hard * odds] if defects is None else defects
    printed = form_page.printed(form_file, page, style)
    if "copied-form" in wanted:
        printed = copied_form.copied(printed, rng)
    form = printed.form
    if form.id == "registration-2020":
        application = applications.registration(form, rng, applications.fault(rng) if faults else ())
    else:
        application = applications.any_form(form, rng)
    filled = fill(printed, application, hand, rng, [s for s in SPOILS if s in wanted])
    picture = sheet_image.compose(filled, scanning.PROFILES[profile], rng)
    wear = _wear(printed, picture, rng, wanted)
    scanned, seen = scanning.scan(picture, profile, rng, printed.frame, steep="skew" in wanted)
    return scanned, truth.of_sheet(filled, style.name, profile, scanned, filled.defects + wear + seen)


def _style(rng):
    return rng.choice(list(printing.NAMED)) if rng.random() < 0.5 else f"random-{rng.randrange(1000)}"


def _hand(rng):
    names = handwriting.names()
    printers = [n for n in names if n in handwriting.PRINTERS]
    return rng.choice(printers if rng.random() < 0.4 else [n for n in names if n not in printers])


def _wear(page, picture, rng, wanted):
    """Damages the paper. -> what was done, in the order of a sheet's life: copied, printed worn, stamped, used."""
    done = ["copied-form"] if "copied-form" in wanted else []
    for name in ("worn-rules", "seal", *blemishes.WEAR):
        if name in wanted:
            blemishes.DAMAGE[name](picture, rng, page.frame)
            done.append(name)
    return done
