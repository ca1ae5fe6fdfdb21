"""G46: a line on which three of ten connections break, before the request or in the middle of the answer, and on which
every answer is three seconds under way (half a second with FAST=1). Each message is there exactly once.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

from .client import Client
from .figures import Figures
from .place import Prepared
from .proxy import Proxy
from .writers import in_letters

LOST = 0.3
DELAY, SHORT_DELAY = 3.0, 0.5
MEMBERS = 20
A_MINUTE = 60


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    count = 40 if fast else 200
    with town.place("network") as place, place.helper() as helper:
        circle = helper.ask("circle", count=MEMBERS)
        place.start()
        with Proxy("127.0.0.1", place.port, lost=LOST, delay=SHORT_DELAY if fast else DELAY) as line:
            began = time.monotonic()

            def send(number: int) -> tuple[str, int]:
                member, text = circle["members"][number % MEMBERS], f"Over een slechte lijn {in_letters(number)}"
                return _until_acknowledged(
                    line.port, place.base, member, circle["conversation"], text, f"line-{number:04}"
                )

            with ThreadPoolExecutor(MEMBERS) as hands:
                answers = list(hands.map(send, range(count)))
            sent = {f"line-{number:04}": found for number, (found, _) in enumerate(answers)}
            tries = sum(tried for _, tried in answers)
            figures.told("connections broken on purpose", line.broken)
            figures.told("sent in", f"{time.monotonic() - began:.0f} s")
            figures.at_least("share of tries that broke", (tries - count) / tries, LOST / 2)
        rows = helper.ask("messages_in", conversation=circle["conversation"])
        keys = [row["key"] for row in rows]
        figures.exactly("messages not acknowledged in a minute", sum(one == "" for one in sent.values()), 0)
        figures.exactly(f"rows after {count} messages", len(rows), count)
        figures.exactly("messages stored twice", len(keys) - len(set(keys)), 0)
        named = {row["key"]: row["id"] for row in rows}
        figures.exactly("answers that name another message", sum(named.get(key) != at for key, at in sent.items()), 0)


def _until_acknowledged(port: int, base: str, member: dict, where: str, text: str, key: str) -> tuple[str, int]:
    """Tries as the page does, under the same key, until an answer arrives whole."""
    tries, until = 0, time.monotonic() + A_MINUTE
    while time.monotonic() < until:
        tries += 1
        client = Client(base, member["session"], timeout=10, port=port)
        try:
            answer = client.send(where, text, key)
            if answer.status == 200 and answer.item_id:
                return answer.item_id, tries
        except (OSError, HTTPException):
            pass
        finally:
            client.close()
        time.sleep(0.05)
    return "", tries
