"""G11: kept-apart pairs never together. Two hundred double admissions at once, and thousands of random stories.

`STORIES=500` walks that many instead: the five thousand take the better part of an hour of one processor.
"""

import os

from .client import Client
from .double import at_once
from .figures import Figures
from .place import Place, Prepared

SEQUENCES = 5000
STEPS = 30


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    count = 20 if fast else 200
    with town.place("apart") as place, place.helper() as helper:
        _race(place, helper, figures, count)
        wanted = int(os.environ.get("STORIES", "0")) or (50 if fast else SEQUENCES)
        seen = helper.ask("admission_stories", sequences=wanted, steps=STEPS)
        figures.at_least("random stories of coming and going", seen["sequences"], wanted)
        figures.at_least("times someone was let in", seen["let in"], wanted)
        figures.at_least("times a mark kept someone out", seen["kept out"], wanted // 10)
        figures.exactly("kept-apart pairs brought together", seen["together"], 0)


def _race(place: Place, helper, figures: Figures, count: int) -> None:
    """Two facilitators let the two people of a pair in, at the same moment."""
    pairs = helper.ask("kept_apart_pairs", count=count)
    staff = [helper.ask("session", key=key) for key in ("sofie", "youssef")]
    place.start()
    desks = [Client(place.base, session) for session in staff]
    answers = []
    for pair in pairs["memberships"]:
        answers += at_once(lambda at, pair=pair: desks[at].post(f"/nl/work/members/{pair[at]}/admit/", {}), 2)
    inside = helper.ask("admitted_of", pairs=pairs["memberships"])
    figures.exactly("answers of our fault", sum(one.status >= 500 for one in answers), 0)
    figures.exactly(f"pairs of {count} with both let in", sum(found == 2 for found in inside), 0)
    figures.exactly(f"pairs of {count} with one let in", sum(found == 1 for found in inside), count)
