#!/usr/bin/env python3
"""multiply.py DATA SHEETS [DECIDED]: copies the read sheets of a register until SHEETS wait for review, and DECIDED more that
were refused long ago.

Every copy is another made-up person with a file of its own (a hard link to the scan), so that nothing is shared but the ink.
"""
import datetime
import hashlib
import json
import os
import random
import sqlite3
import sys

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "试样虚拟范示例假一二三四五六七八九甲乙丙丁戊己庚辛"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number_of(order):
    born = datetime.date(1970, 1, 1) + datetime.timedelta(days=order % 9000)
    digits = "500116" + born.strftime("%Y%m%d") + f"{order // 9000 % 500 * 2 + 1:03d}"
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS)) % 11]


def rows_of(book, table, where, *values):
    book.row_factory = sqlite3.Row
    return [dict(row) for row in book.execute(f"select * from {table} where {where}", values)]


def insert(book, table, row):
    keys = list(row)
    return book.execute(f"insert into {table} ({', '.join(keys)}) values ({', '.join('?' * len(keys))})", [row[key] for key in keys]).lastrowid


class Copier:
    def __init__(self, data):
        self.data = data
        self.book = sqlite3.connect(os.path.join(data, "register.sqlite"))
        self.random = random.Random(7)
        self.files = rows_of(self.book, "files", "exists (select 1 from pages p join registrations r on r.page_id = p.id where p.file_id = files.id)")
        self.parts = {file["id"]: self.parts_of(file) for file in self.files}
        self.made = 0

    def parts_of(self, file):
        pages = rows_of(self.book, "pages", "file_id = ?", file["id"])
        for page in pages:
            page["readings"] = rows_of(self.book, "readings", "page_id = ?", page["id"])
            registrations = rows_of(self.book, "registrations", "page_id = ?", page["id"])
            page["registration"] = registrations[0] if registrations else None
            if page["registration"] is not None:
                name = page["registration"]["id"]
                page["values"] = rows_of(self.book, "registration_values", "registration_id = ?", name)
                page["life"] = rows_of(self.book, "lives", "registration_id = ?", name)[0]
                page["events"] = rows_of(self.book, "events", "subject_kind = 'registration' and subject = ? and action in ('registration-created', 'received')", name)
        return rows_of(self.book, "deliveries", "file_id = ?", file["id"])[0], pages

    def person(self):
        self.made += 1
        name = self.random.choice(SURNAMES) + "".join(self.random.choice(GIVEN) for _ in range(2))
        return {"name": name, "id_number": number_of(self.made), "mobile": f"139{self.made:08d}"}

    def copy_file(self, file, decided):
        sha256 = hashlib.sha256(f"{file['sha256']} {self.made}".encode()).hexdigest()
        original = file["original"].replace(file["sha256"], sha256).replace(os.sep + file["sha256"][:2] + os.sep, os.sep + sha256[:2] + os.sep)
        target = os.path.join(self.data, original)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.link(os.path.join(self.data, file["original"]), target)
        delivery, pages = self.parts[file["id"]]
        position = 1000 + self.made
        key = insert(self.book, "files", {**file, "id": None, "sha256": sha256, "original": original, "first_position": position})
        insert(self.book, "deliveries", {**delivery, "file_id": key, "position": position})
        sheets = 0
        for page in pages:
            own = {name: value for name, value in page.items() if name not in ("readings", "registration", "values", "life", "events")}
            page_key = insert(self.book, "pages", {**own, "id": None, "file_id": key})
            person = self.person()
            for reading in page["readings"]:
                insert(self.book, "readings", {**reading, "page_id": page_key, "value": person.get(reading["key"], reading["value"])})
            if page["registration"] is None:
                continue
            sheets += 1
            self.copy_registration(page, page_key, f"{sha256[:16]}-{page['number']}", person, decided)
        return sheets

    def copy_registration(self, page, page_key, name, person, decided):
        insert(self.book, "registrations", {**page["registration"], "id": name, "page_id": page_key})
        for value in page["values"]:
            review = 0 if decided else value["review"]
            insert(self.book, "registration_values", {**value, "registration_id": name, "value": person.get(value["key"], value["value"]), "review": review})
        life = {**page["life"], "id": None, "registration_id": name, "person_id": None, "office": None}
        events = [{**event, "id": None, "subject": name} for event in page["events"]]
        if decided:
            day = "2024-03-01"
            life.update(state="refused", changed_on=day, received_on=day, decided_on=day, settled_on=day)
            for action, outcome, state in (("check", "", "checked"), ("refuse", "B05", "refused")):
                details = {"particulars": {"rule": "B05", "reason": "在业"}} if action == "refuse" else {}
                events.append({**events[-1], "action": action, "outcome": outcome, "state": state, "effective_on": day, "entered_on": day, "details": json.dumps(details, ensure_ascii=False)})
            for event in events:
                if event["action"] == "received":
                    event.update(effective_on=day, entered_on=day)
        insert(self.book, "lives", life)
        for event in events:
            insert(self.book, "events", event)

    def waiting(self):
        return self.book.execute("select count(*) from lives l where l.state = 'received' and exists (select 1 from registration_values v where v.registration_id = l.registration_id and v.review = 1)").fetchone()[0]

    def fill(self, sheets, decided):
        waiting, done, turn = self.waiting(), 0, 0
        while done < decided:
            done += self.copy_file(self.files[turn % len(self.files)], True)
            turn += 1
        while waiting < sheets:
            before = self.made
            self.copy_file(self.files[turn % len(self.files)], False)
            turn += 1
            if turn % 50 == 0 or sheets - waiting < 50:
                waiting = self.waiting()
            assert self.made > before
        self.book.commit()
        print(f"{waiting} sheets wait, {done} were decided, {self.made} copies")


def main():
    Copier(sys.argv[1]).fill(int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)


main()
