"""G42: the drill of a leak. Somebody had a copy of everything: who is hit, and a draft notice, among 10,000 people."""

import csv
import time

from .figures import Figures
from .place import Prepared

PEOPLE = 10_000
HOUR = 3600.0


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    count = PEOPLE // 10 if fast else PEOPLE
    with town.place("leak") as place, place.helper("tests.faults.notices_steps") as helper:
        told = set(helper.ask("parents", count=count))
        began = time.monotonic()
        command = place.spawn("site/manage.py", "leak", "everything", "--since", "2026-01-01T00:00")
        figures.exactly("the command ended well", command.wait(), 0)
        figures.at_most("from the command to both papers", time.monotonic() - began, HOUR, " s")
        (folder,) = (place.folder / "leaks").iterdir()
        with (folder / "people.csv").open() as paper:
            listed = [line["person"] for line in csv.DictReader(paper)]
        figures.told("people on the list", len(listed))
        figures.exactly("hit and not listed", len(told - set(listed)), 0)
        figures.exactly("listed twice", len(listed) - len(set(listed)), 0)
        figures.exactly("the draft is there", (folder / "notice.md").stat().st_size > 500, True)
