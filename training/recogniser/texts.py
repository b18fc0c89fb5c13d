"""What people write into a form, and strings without any sense, so that the net looks at the ink rather than at its memory."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "words"))
from make_sheets import OTHER_REASON, REMARK, Words  # noqa: E402

MARKS = "·-:：（）()、，。/"


class Texts:
    def __init__(self, characters):
        """characters: of the net, all that may be asked for."""
        self.words = Words()
        self.known = set(characters)
        self.chinese = [c for c in characters if "\u4e00" <= c <= "\u9fff"]

    def _digits(self, r, low, high):
        return "".join(r.choice("0123456789") for _ in range(r.randint(low, high)))

    def _number(self, r):
        phone = "1" + r.choice("3456789") + self._digits(r, 9, 9)
        return r.choice((phone, f"20{self._digits(r, 2, 2)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}", f"023-{self._digits(r, 8, 8)}", f"微信{phone}",
                         f"QQ{self._digits(r, 7, 10)}", self._digits(r, 1, 12), self._digits(r, 17, 17) + r.choice("0123456789X"), phone + f"（{r.choice('父母夫妻兄姐')}）"))

    def _senseless(self, r):
        w = self.words
        letters = [w.character(r) for _ in range(r.randint(2, 10))]
        if r.random() < 0.2:
            letters.insert(r.randint(1, len(letters)), r.choice(MARKS))
        if r.random() < 0.2:
            letters.insert(r.randint(0, len(letters)), self._digits(r, 1, 3))
        return "".join(letters)

    def make(self, r):
        w, q = self.words, r.random()
        if q < 0.20: text = w.name(r, "男")
        elif q < 0.38: text = w.address(r, r.random() < 0.7)[3]
        elif q < 0.42: text = "".join(w.address(r, r.random() < 0.5)[k] for k in range(r.choice((1, 3, 4))))
        elif q < 0.54: text = r.choice(w.lists[r.choice(list(w.lists))])
        elif q < 0.61: text = w.job(r)
        elif q < 0.66: text = "".join(r.choice(part) for part in REMARK) if r.random() < 0.7 else r.choice(OTHER_REASON)
        elif q < 0.71: text = w.email(r, "1" + self._digits(r, 10, 10))
        elif q < 0.77: text = self._number(r)
        elif q < 0.92: text = self._senseless(r)
        else: text = "".join(r.choice(self.chinese) for _ in range(r.randint(2, 8)))
        return "".join(c for c in text if c in self.known and c != " ")[:28]
