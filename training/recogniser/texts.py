"""What people write into a form, and strings without any sense, so that the net looks at the ink rather than at its memory."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "words"))
from make_sheets import OTHER_REASON, REMARK, Words  # noqa: E402

CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MARKS = "·-:：（）()、，。/"
ADDED = Path(__file__).resolve().parents[2] / "ocr" / "data" / "recogniser.characters"


class Texts:
    def __init__(self, characters, letters=0.04):
        """characters: of the net, all that may be asked for. letters: share of texts with capitals."""
        self.letters = letters
        self.words = Words()
        self.known = set(characters)
        self.chinese = [c for c in characters if "\u3400" <= c <= "\u9fff" or c >= "\U00020000"]
        # characters that the package's net could not write: they have all to learn
        self.added = [line.split()[1] for line in open(ADDED, encoding="utf-8")]

    def _digits(self, r, low, high):
        return "".join(r.choice("0123456789") for _ in range(r.randint(low, high)))

    def _number(self, r):
        phone = "1" + r.choice("3456789") + self._digits(r, 9, 9)
        return r.choice((phone, f"20{self._digits(r, 2, 2)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}", f"023-{self._digits(r, 8, 8)}", f"微信{phone}",
                         f"QQ{self._digits(r, 7, 10)}", self._digits(r, 1, 12), self._digits(r, 17, 17) + r.choice("0123456789X"), phone + f"（{r.choice('父母夫妻兄姐')}）"))

    def _letters(self, r):
        """Passports and other papers of few people; without them the net forgets what capitals look like."""
        capitals = "".join(r.choice(CAPITALS) for _ in range(r.randint(2, 8)))
        return r.choice((capitals, r.choice(CAPITALS) + self._digits(r, 6, 9), r.choice(CAPITALS) + self._digits(r, 6, 9), capitals[:2] + self._digits(r, 4, 8),
                         "护照" + r.choice("EGP") + self._digits(r, 8, 8), capitals.lower() + r.choice("._-") + capitals.capitalize()))

    def _senseless(self, r):
        w = self.words
        letters = [w.character(r) for _ in range(r.randint(2, 10))]
        if r.random() < 0.2:
            letters.insert(r.randint(1, len(letters)), r.choice(MARKS))
        if r.random() < 0.2:
            letters.insert(r.randint(0, len(letters)), self._digits(r, 1, 3))
        return "".join(letters)

    def _person(self, r):
        """Names as in the lists, names with a dot, and names with a character that few have."""
        q, w = r.random(), self.words
        if q < 0.08:
            return "·".join("".join(r.choice(w.common) for _ in range(r.randrange(2, 5))) for _ in range(2))
        name = w.name(r, "男")
        if q < 0.2:
            k = r.randrange(len(name))
            name = name[:k] + r.choice(self.added) + name[k + 1:]
        return name

    def _rare(self, r):
        """A character that the net has all to learn among usual ones."""
        letters = [self.words.character(r) for _ in range(r.randint(1, 5))]
        for _ in range(r.randint(1, 2)): letters.insert(r.randint(0, len(letters)), r.choice(self.added))
        return "".join(letters)

    def make(self, r):
        w, q = self.words, r.random()
        if r.random() < self.letters: text = self._letters(r)
        elif q < 0.20: text = self._person(r)
        elif q < 0.36: text = w.address(r, r.random() < 0.7)[3]
        elif q < 0.39: text = "".join(w.address(r, r.random() < 0.5)[k] for k in range(r.choice((1, 3, 4))))
        elif q < 0.50: text = r.choice(w.lists[r.choice(list(w.lists))])
        elif q < 0.57: text = w.job(r)
        elif q < 0.62: text = "".join(r.choice(part) for part in REMARK) if r.random() < 0.7 else r.choice(OTHER_REASON)
        elif q < 0.66: text = w.email(r, "1" + self._digits(r, 10, 10))
        elif q < 0.76: text = self._number(r)
        elif q < 0.90: text = self._senseless(r)
        elif q < 0.95: text = self._rare(r)
        else: text = "".join(r.choice(self.chinese) for _ in range(r.randint(2, 8)))
        return "".join(c for c in text if c in self.known and c != " ")[:28]
