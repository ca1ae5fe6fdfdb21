"""G46: a line on which three of ten connections break, before the request or in the middle of the answer. Each message
is there exactly once.
"""

import time
from http.client import HTTPException

from .client import Client
from .figures import Figures
from .place import Prepared
from .proxy import Proxy
from .writers import in_letters

LOST = 0.3


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    count = 40 if fast else 200
    with town.place("network") as place, place.helper() as helper:
        circle = helper.ask("circle", count=20)
        place.start()
        with Proxy("127.0.0.1", place.port, lost=LOST) as line:
            sent, tries = {}, 0
            for number in range(count):
                member = circle["members"][number % 20]
                key, text = f"line-{number:04}", f"Over een slechte lijn {in_letters(number)}"
                answer, tried = _until_acknowledged(line.port, place.base, member, circle["conversation"], text, key)
                sent[key], tries = answer, tries + tried
            figures.told("connections broken on purpose", line.broken)
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
    tries, until = 0, time.monotonic() + 60
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
