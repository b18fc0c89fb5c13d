"""The fonts of printings and pens: Debian's CJK fonts, and hand-script fonts from npm when they are installed."""
import functools
import subprocess
import sys
from pathlib import Path

from PIL import ImageFont

_SHARE = Path("/usr/share/fonts")
# name -> (file, face index, Debian package)
PRINT = {
    "song": ("opentype/noto/NotoSerifCJK-Regular.ttc", 2, "fonts-noto-cjk"),
    "song-bold": ("opentype/noto/NotoSerifCJK-Bold.ttc", 2, "fonts-noto-cjk"),
    "sans": ("opentype/noto/NotoSansCJK-Regular.ttc", 2, "fonts-noto-cjk"),
    "sans-bold": ("opentype/noto/NotoSansCJK-Bold.ttc", 2, "fonts-noto-cjk"),
    "song-light": ("truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0, "fonts-arphic-gbsn00lp"),
    "kai": ("truetype/arphic-gkai00mp/gkai00mp.ttf", 0, "fonts-arphic-gkai00mp"),
    "ming": ("truetype/arphic/uming.ttc", 0, "fonts-arphic-uming"),
    "ukai": ("truetype/arphic/ukai.ttc", 0, "fonts-arphic-ukai"),
    "hei": ("truetype/wqy/wqy-zenhei.ttc", 0, "fonts-wqy-zenhei"),
    "micro-hei": ("truetype/wqy/wqy-microhei.ttc", 0, "fonts-wqy-microhei"),
    "wenkai": ("truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0, "fonts-lxgw-wenkai"),
    "wenkai-light": ("truetype/lxgw-wenkai/LXGWWenKai-Light.ttf", 0, "fonts-lxgw-wenkai"),
}
SCRIPTS = ("ma-shan-zheng", "long-cang", "zhi-mang-xing", "liu-jian-mao-cao")
_MODULES = Path(__file__).resolve().parent / "node_modules"


class MissingFont(Exception):
    """A font of Debian is not installed; the text says which package to install."""


@functools.lru_cache(maxsize=512)
def load(name, size):
    """A font by its name in PRINT or SCRIPTS; size in pixels."""
    if name in SCRIPTS:
        return ImageFont.truetype(str(_script_file(name)), size)
    file, index, package = PRINT[name]
    try:
        return ImageFont.truetype(str(_SHARE / file), size, index=index)
    except OSError:
        raise MissingFont(f"the font {file} is missing: install it with 'apt-get install {package}'") from None


@functools.lru_cache(maxsize=65536)
def has(name, char):
    """Whether a font draws this character; one that it lacks is drawn with another font, never as an empty box."""
    font = load(name, 40)
    mask = font.getmask(char)
    if mask.getbbox() is None:
        return char.isspace()
    return char == "\uffff" or bytes(mask) != bytes(font.getmask("\uffff"))


def with_glyph(name, char):
    if has(name, char):
        return name
    return next((n for n in ("wenkai", "sans") if has(n, char)), name)


def _script_file(name):
    folder = _MODULES / "@fontsource" / name / "files"
    for subset in ("chinese-simplified", "latin"):
        file = folder / f"{name}-{subset}-400-normal.woff"
        if file.exists():
            return file
    raise FileNotFoundError(folder)


def install_scripts():
    """Installs the hand-script fonts beside this file with npm. -> whether they are there."""
    here = Path(__file__).resolve().parent
    if not scripts():
        try:
            subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=here, check=True, timeout=300)
        except (OSError, subprocess.SubprocessError):
            pass
        scripts.cache_clear()
    if not scripts():
        print("samples: the hand-script fonts are not installed (npm ci in samples/generator failed); "
              "writing with LXGW WenKai and jitter instead", file=sys.stderr)
    return bool(scripts())


@functools.lru_cache(maxsize=1)
def scripts():
    """The hand-script fonts that are installed."""
    found = []
    for name in SCRIPTS:
        try:
            _script_file(name)
            found.append(name)
        except FileNotFoundError:
            pass
    return tuple(found)
