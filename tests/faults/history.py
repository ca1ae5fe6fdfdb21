"""G38: a thousand random edits of a history of ten thousand rows, by someone with the database and without the key."""

import time

from .figures import Figures
from .place import Prepared

ROWS = 10_000
CHECK_SECONDS = 10


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    edits, rows = (50, ROWS // 5) if fast else (1000, ROWS)
    with town.place("history") as place, place.helper("tests.faults.history_steps") as helper:
        figures.told("rows of history", helper.ask("write", count=rows))
        began = time.monotonic()
        figures.exactly("the untouched history holds", helper.ask("holds"), True)
        figures.at_most("checking took", time.monotonic() - began, float(CHECK_SECONDS), " s")
        figures.exactly(f"edits of {edits} not noticed", helper.ask("edit", count=edits), [])
