"""What the net can say. Class 0 is the CTC blank, class k is SYMBOLS[k - 1]."""

REJECT = "#"  # a glyph that is no digit: a Chinese character, a letter, a scribble, a struck-out digit
SYMBOLS = "0123456789X-" + REJECT
CLASSES = len(SYMBOLS) + 1
STEP = 4       # columns of the framed line for one step of the net
HEIGHT = 32    # rows of the framed line


def steps_needed(text):
    """Steps that CTC needs at the least: a blank between equal neighbours."""
    return len(text) + sum(a == b for a, b in zip(text, text[1:])) + 1


def classes_of(text):
    return [SYMBOLS.index(c) + 1 for c in text]


def greedy(best):
    """The text of the likeliest class of each step."""
    text, last = "", 0
    for k in best:
        if k and k != last:
            text += SYMBOLS[k - 1]
        last = k
    return text
