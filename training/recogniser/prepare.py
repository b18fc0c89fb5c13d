#!/usr/bin/python3
"""Brings fonts and strokes into the folders that tune.py reads: what npm ci installed here, and Debian's fonts cut down to the net's characters.

Needs Debian's python3-fonttools and the packages of scripts/samples-packages.txt.
"""
import glob
import json
import os
import shutil

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = os.path.dirname(os.path.abspath(__file__))
SHARE = "/usr/share/fonts"
PRINTED = {"song": ("opentype/noto/NotoSerifCJK-Regular.ttc", 2), "sans": ("opentype/noto/NotoSansCJK-Regular.ttc", 2),
           "gbsn": ("truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0), "gkai": ("truetype/arphic-gkai00mp/gkai00mp.ttf", 0),
           "uming": ("truetype/arphic/uming.ttc", 0), "ukai": ("truetype/arphic/ukai.ttc", 0), "zenhei": ("truetype/wqy/wqy-zenhei.ttc", 0),
           "micro": ("truetype/wqy/wqy-microhei.ttc", 0), "wenkai": ("truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0),
           "wenkai-light": ("truetype/lxgw-wenkai/LXGWWenKai-Light.ttf", 0)}


def cut_down(path, index, characters, out):
    font = TTFont(path, fontNumber=index)
    options = subset.Options(layout_features=[], hinting=False, name_IDs=[], notdef_outline=True, glyph_names=False)
    options.drop_tables += ["BASE", "GPOS", "GSUB", "vhea", "vmtx", "VORG"]
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(font)
    font.flavor = "woff"
    font.save(out)


def main():
    characters = open(f"{HERE}/../../models/characters.txt", encoding="utf-8").read() + open(f"{HERE}/../../ocr/data/recogniser.characters", encoding="utf-8").read()
    for folder in ("print", "hand"):
        os.makedirs(f"{HERE}/fonts/{folder}", exist_ok=True)
    for name, (path, index) in PRINTED.items():
        cut_down(f"{SHARE}/{path}", index, characters, f"{HERE}/fonts/print/{name}.woff")
    shutil.copy(f"{HERE}/fonts/print/wenkai.woff", f"{HERE}/fonts/hand/")
    for subset_name in ("chinese-simplified", "chinese-traditional", "japanese"):
        for file in glob.glob(f"{HERE}/node_modules/@fontsource/*/files/*-{subset_name}-400-normal.woff"):
            shutil.copy(file, f"{HERE}/fonts/hand/")
    strokes = {}
    for character in sorted(set(characters)):
        file = f"{HERE}/node_modules/hanzi-writer-data/{character}.json"
        if character.strip() and os.path.exists(file):
            strokes[character] = [[[x, 900 - y] for x, y in line] for line in json.load(open(file))["medians"]]
    with open(f"{HERE}/skeletons.json", "w") as out:
        json.dump(strokes, out, separators=(",", ":"))
    print(f"{len(strokes)} characters have strokes")


if __name__ == "__main__":
    main()
