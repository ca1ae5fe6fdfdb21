"""G45: kill -9 at random moments while people write. What was acknowledged is there, once, and whole."""

import random
import time
from collections import Counter

from .figures import Figures
from .place import Place, Prepared
from .writers import Writers, faults_5xx

RESTART_SECONDS = 10


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    kills, posts = (6, 150) if fast else (50, 2000)
    with town.place("kill") as place:
        with place.helper() as helper:
            circle = helper.ask("circle", count=60)
        place.start()
        restarts, processor, done = [], [], 0
        with Writers(place.base, circle["conversation"], circle["members"]) as writers:
            while done < kills or len(writers.journal) < posts:
                _let_write(writers)
                place.kill()
                restarts.append(place.start())
                processor.append(place.cpu())
                done += 1
        place.stop()
        figures.at_least("kills", done, kills)
        figures.at_least("posts acknowledged", len(writers.journal), posts)
        figures.told("connections broken", writers.broken)
        figures.exactly("answers of our fault", faults_5xx(writers.statuses), 0)
        figures.told("processor of a restart", f"{max(processor):.1f} s at most")
        figures.at_most("slowest restart", max(restarts), float(RESTART_SECONDS), " s")
        _compare(place, circle["conversation"], writers, figures)


def _let_write(writers: Writers) -> None:
    """Some messages get through first, so that every kill falls among posts and not into the start."""
    before, until = len(writers.journal), time.monotonic() + 20
    while len(writers.journal) < before + 20 and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(random.random() * 0.5)


def _compare(place: Place, conversation: str, writers: Writers, figures: Figures) -> None:
    with place.helper() as helper:
        rows = helper.ask("messages_in", conversation=conversation)
        halves = helper.ask("half_rows", conversation=conversation)
        by_key = {row["key"]: row for row in rows}
        lost = [one for one in writers.journal if by_key.get(one.key, {}).get("text") != one.text]
        other = [one for one in writers.journal if one.key in by_key and by_key[one.key]["id"] != one.item_id]
        doubled = [text for text, count in Counter(row["text"] for row in rows).items() if count > 1]
        figures.exactly("acknowledged and lost", len(lost), 0)
        figures.exactly("acknowledged as another message", len(other), 0)
        figures.exactly("stored twice", len(doubled), 0)
        for name, count in halves.items():
            figures.exactly(name, count, 0)
        figures.exactly("integrity", helper.ask("integrity"), "ok")
        figures.exactly("history holds", helper.ask("history_holds"), True)
