#!/usr/bin/python3
"""Makes sheets to fit the confidence of words on: the sheets of samples/generator, filled with much wider words than the
samples have, some of them in no list of the program. Everybody on them is made up.

    training/words/make_sheets.py --count 300 --seed 1 --out DIR
"""
import argparse
import csv
import random
import sys
from pathlib import Path

sys.dont_write_bytecode = True
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "samples"))

from generator import fonts, people, sets, sheets  # noqa: E402

TEMPLATES = ROOT / "templates"
UNLISTED_JOB = ("贴标", "拉丝", "烫金", "卷边", "点胶", "压铸", "封箱", "配料", "看样", "测绘", "修脚", "送水", "搓澡", "配送", "巡检", "磨边", "打蜡",
                "制版", "缝合", "选矿", "播种", "喂料", "孵化", "茶园", "苗圃", "泵站", "钻孔", "放线", "订单", "票据", "档口", "网店", "电台", "戏剧")
JOB_END = ("工", "员", "师", "管理", "操作工", "主管")
REMARK = (("希望", "想", "愿意", "申请", "要求"), ("参加", "安排", "介绍", "办理", "了解", "领取"),
          ("电工培训", "就近岗位", "社保补贴", "创业贷款", "家政课程", "临时工作", "夜班工作", "求职登记", "技能鉴定", "公益岗位"))
OTHER_REASON = ("家庭搬迁", "照顾老人", "身体不适", "企业搬迁", "合同期满", "返乡", "工资太低", "孩子上学", "季节停工", "疫情影响")
ROAD_END = ("路", "街", "大道", "巷", "支路", "正街", "新街", "东路", "南路", "二路", "小区", "花园")


def table(name):
    with open(TEMPLATES / name, encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def entries(name):
    found = []
    for row in table(f"codes/{name}.csv"):
        found += [row["name"], *(s for s in row.get("also", "").split(";") if s)]
    return found


def level(first, last):
    """The characters of rows of GB 2312."""
    cells = (bytes((row, cell)) for row in range(first, last + 1) for cell in range(0xA1, 0xFF))
    return [c.decode("gb2312") for c in cells if c.decode("gb2312", "ignore")]


class Words:
    def __init__(self):
        self.surnames = [r["name"] for r in table("words/surname.csv")]
        self.given = [r["name"] for r in table("words/given_name.csv")]
        self.common, self.rare = level(0xB0, 0xD7), level(0xD8, 0xF7)
        self.villages = table("codes/place.village.csv")
        self.roads = [r["name"] for r in table("codes/place.road.csv")]
        self.lists = {n: entries(n) for n in ("ethnicity", "health", "id_type", "level", "occupation", "place.county", "place.city",
                                              "place.province", "political_status")}

    def character(self, rng):
        return rng.choice(self.common if rng.random() < 0.75 else self.rare)

    def ranked(self, rng, names, first):
        return rng.choices(names, [1 / (i + first) for i in range(len(names))])[0]

    def given_character(self, rng):
        return self.ranked(rng, self.given, 40) if rng.random() < 0.88 else self.character(rng)

    def name(self, rng, sex):
        if rng.random() < 0.02:
            parts = ["".join(rng.choice(self.common) for _ in range(rng.randrange(2, 5))) for _ in range(2)]
            return "·".join(parts)
        surname = self.ranked(rng, self.surnames, 8) if rng.random() < 0.97 else self.character(rng)
        return surname + "".join(self.given_character(rng) for _ in range(1 if rng.random() < 0.2 else 2))

    def address(self, rng, local=True):
        village = rng.choice(self.villages)
        town = village["town"]
        if not local:
            town = "".join(rng.choice(self.common) for _ in range(2)) + rng.choice(("镇", "镇", "乡", "街道"))
        if local and rng.random() < 0.45:
            detail = town + village["name"] + self.farm(rng)
        else:
            known = rng.random() < 0.5
            road = rng.choice(self.roads) if known else "".join(rng.choice(self.common) for _ in range(2)) + rng.choice(ROAD_END)
            detail = ("" if rng.random() < 0.08 else town) + road + self.house(rng)
        usual = local or rng.random() < 0.3
        province = rng.choice(("重庆", "重庆市")) if usual else rng.choice(self.lists["place.province"])
        county = rng.choice(("江津", "江津区")) if local else rng.choice(self.lists["place.county"])
        city = "" if usual else rng.choice(self.lists["place.city"])
        return province, city, county, detail

    def farm(self, rng):
        group = f"{rng.randrange(1, 16)}{rng.choice(('组', '组', '组', '社'))}"
        return group + rng.choice((f"{rng.randrange(1, 200)}号", f"{rng.randrange(1, 200)}号", f"{rng.randrange(1, 60)}号附{rng.randrange(1, 9)}号", ""))

    def house(self, rng):
        number = f"{rng.randrange(1, 400)}号"
        building, unit, floor, room = rng.randrange(1, 30), rng.randrange(1, 5), rng.randrange(1, 34), rng.randrange(1, 9)
        return number + rng.choice(("", "", f"{building}幢{floor}-{room}", f"{building}栋{floor}-{room}", f"{building}幢{unit}单元{floor}-{room}",
                                    f"{building}栋{unit}单元{floor}0{room}室", f"附{room}号", f"{floor}-{room}"))

    def job(self, rng):
        return rng.choice(self.lists["occupation"]) if rng.random() < 0.75 else rng.choice(UNLISTED_JOB) + rng.choice(JOB_END)

    def email(self, rng, phone):
        letters = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randrange(2, 8)))
        user = rng.choice((phone, str(rng.randrange(10 ** 6, 10 ** 10)), letters + str(rng.randrange(10 ** 4))))
        return f"{user}@{rng.choice(('qq.com', 'qq.com', '163.com', '126.com', '139.com', 'sina.com', 'foxmail.com'))}"


def widen(words, seed):
    """Puts the wide words in the place of the generator's own."""
    rng = random.Random(f"pools {seed}")
    people.name, people.address, people.email = words.name, words.address, words.email
    pools = people.words()
    pools["ethnic_groups"] = ["汉族"] * 30 + ["汉"] * 4 + words.lists["ethnicity"]
    pools["political"] = ["群众"] * 8 + ["共青团员"] * 4 + ["中共党员"] * 4 + [""] + [p for p in words.lists["political_status"] if len(p) < 9]
    pools["health"] = ["健康"] * 20 + ["良好"] * 8 + words.lists["health"]
    pools["disability"] = [h for h in words.lists["health"] if "残" in h or "级" in h]
    pools["id_types"] = ["居民身份证"] * 8 + ["身份证"] * 6 + [t for t in words.lists["id_type"] if len(t) < 9]
    pools["levels"] = words.lists["level"]
    pools["occupations"] = list(dict.fromkeys(words.job(rng) for _ in range(600)))
    pools["remarks"] = ["无"] * 6 + ["".join(rng.choice(part) for part in REMARK) for _ in range(60)]
    pools["other_reasons"] = list(OTHER_REASON)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--hard", type=float, default=0.2, help="how often something is wrong with a sheet, 0 to 1")
    parser.add_argument("--out", type=Path, required=True)
    a = parser.parse_args()
    if not fonts.install_scripts():
        sys.exit("make_sheets: without the hand-script fonts the figures would mean nothing")
    widen(Words(), a.seed)
    sets.make(a.count, f"words {a.seed}", a.out, lambda n: print(f"\r{n}", end="", file=sys.stderr), hard=a.hard)
    print(file=sys.stderr)


if __name__ == "__main__":
    main()
