"""Where things stand on a page, in its pixels, carried along through every turn and warp of the page."""
import numpy as np


class Places:
    """table: the frame; boxes: check boxes by group/option; fields: rooms to write in; cells: by row/column/cell; words: printed
    words behind blanks and boxes; written: what was really written. Each is a quad (4 points, clockwise from the top left of the upright page)."""
    KINDS = ("table", "boxes", "fields", "cells", "words", "written")

    def __init__(self):
        for kind in self.KINDS:
            setattr(self, kind, {})

    def moved(self, move):
        """The same places after `move`, a function from an (n, 2) array of points to another."""
        result = Places()
        for kind in self.KINDS:
            quads = getattr(self, kind)
            if quads:
                points = move(np.concatenate(list(quads.values())))
                setattr(result, kind, dict(zip(quads, points.reshape(-1, 4, 2))))
        return result

    def as_json(self):
        return {kind: {name: [[round(float(v), 1) for v in p] for p in quad] for name, quad in getattr(self, kind).items()}
                for kind in self.KINDS}
