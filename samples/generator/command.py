"""The command line of samples/generate."""
import argparse
import sys
import time
from pathlib import Path

from . import committed, fonts, form, handwriting, other_documents, printing, scanning, sets, stacks

_ONE_BIT = ["bw300", "bw200", "fax"]


def main(arguments=None):
    a = _parser().parse_args(arguments)
    if a.command != "list":
        fonts.install_scripts()
    try:
        return _COMMANDS[a.command](a)
    except (KeyError, ValueError) as e:
        print(f"samples: {e.args[0]}", file=sys.stderr)
        return 2
    except (fonts.MissingFont, OSError) as e:
        print(f"samples: {e}", file=sys.stderr)
        return 4


def _parser():
    parser = argparse.ArgumentParser(prog="samples/generate", description="Makes sample sheets and stacks of made-up people, with truth beside them.")
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("set", help="a folder of single sheets with truth/*.json")
    one.add_argument("--count", type=int, required=True)
    one.add_argument("--out", type=Path, required=True, metavar="DIR")
    many = commands.add_parser("stack", help="a mixed stack: sheets every way up, blank backs, identity cards, letters, another form")
    many.add_argument("--pages", type=int, required=True)
    many.add_argument("--out", type=Path, required=True, metavar="FILE.pdf|FILE.tif|DIR", help="a TIFF holds 1-bit pages only")
    many.add_argument("--distinct", type=int, default=0, metavar="K", help="draw only K pages and repeat them (for load tests)")
    for p in (one, many):
        p.add_argument("--seed", type=int, default=1, help="the same seed gives the same files (default 1)")
        p.add_argument("--profile", default="", help="a scan profile (see 'list'); mixed when left out")
        p.add_argument("--printing", default="", help="a printing by name, 'random', or random-N; mixed when left out")
        p.add_argument("--hand", default="", help="who fills it in; mixed when left out")
        p.add_argument("--form", type=Path, default=form.REGISTRATION, help="a form definition (default: the registration form)")
        p.add_argument("--page", type=int, default=1, help="which page of the form (default 1)")
        p.add_argument("--hard", type=float, default=0.3, help="how often something is wrong with a sheet, 0 to 1 (default 0.3)")
    odd = commands.add_parser("document", help="one paper that is not a sheet")
    odd.add_argument("--kind", required=True, choices=other_documents.DOCUMENTS)
    odd.add_argument("--profile", default="office200", choices=scanning.PROFILES)
    odd.add_argument("--seed", type=int, default=1)
    odd.add_argument("--out", type=Path, required=True, metavar="FILE.pdf|FILE.tif|DIR")
    commands.add_parser("committed", help="makes the committed files of samples/ again")
    commands.add_parser("list", help="the printings, hands and scan profiles")
    return parser


def _set(a):
    _check(a, scanning.PROFILES)
    sets.make(a.count, a.seed, a.out, _progress(a.count), profile=a.profile, **_how(a))
    return 0


def _stack(a):
    tiff = a.out.suffix.lower() in (".tif", ".tiff")
    profiles = [a.profile] if a.profile else _ONE_BIT[:2] if tiff else ["office200", "office200", "clean300", "bw300", "colour300", "copy200"]
    _check(a, _ONE_BIT if tiff else scanning.PROFILES)
    drawn = min(a.pages, a.distinct or a.pages)
    stacks.write(stacks.pages(a.pages, a.seed, profiles, a.distinct, _progress(drawn), **_how(a)), a.out)
    return 0


def _document(a):
    if a.out.suffix.lower() in (".tif", ".tiff") and a.profile not in _ONE_BIT:
        raise ValueError(f"a TIFF holds 1-bit pages only: give --profile {', '.join(_ONE_BIT)}")
    stacks.write([stacks.other(a.seed, a.kind, a.profile)], a.out)
    return 0


def _committed(_):
    committed.make_all()
    return 0


def _list(_):
    for title, names in (("printings", [*printing.NAMED, "random", "random-N"]), ("hands", handwriting.names()),
                         ("profiles", scanning.PROFILES)):
        print(f"{title}: {', '.join(names)}")
    return 0


_COMMANDS = {"set": _set, "stack": _stack, "document": _document, "committed": _committed, "list": _list}


def _how(a):
    return {"style": a.printing, "hand": a.hand, "form_file": a.form, "hard": a.hard, "page": a.page - 1}


def _check(a, profiles):
    if a.profile and a.profile not in profiles:
        raise ValueError(f"unknown profile '{a.profile}' for this output; expected one of {', '.join(profiles)}")
    if a.hand and a.hand not in (*handwriting.PRINTERS, handwriting.STROKES, *fonts.SCRIPTS):
        raise ValueError(f"unknown hand '{a.hand}'; expected one of {', '.join(handwriting.names())}")
    if a.printing:
        printing.chosen(a.printing)


def _progress(total):
    """A line of progress on a terminal; nothing in a pipe."""
    start = time.monotonic()

    def show(done):
        if sys.stderr.isatty():
            left = (time.monotonic() - start) / done * (total - done)
            print(f"\r{done}/{total} pages, {left:.0f} s left ", end="\n" if done == total else "", file=sys.stderr, flush=True)
    return show
