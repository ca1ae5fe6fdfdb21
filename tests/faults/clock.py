"""G48: the clock of the server jumps an hour back and forth while people write. Order follows the place in the
conversation and never the clock; nothing is lost; who was away by the clock is asked to open the lock, with the text
kept.
"""

import time

from .client import Client
from .figures import Figures
from .place import Prepared
from .writers import in_letters

HOUR = 3600
EACH = 15


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    with town.place("clock") as place, place.helper() as helper:
        circle = helper.ask("circle", count=12)
        offset = place.folder / "clock"
        offset.write_text("0")
        place.server = place.spawn("-m", "tests.faults.clock_server", str(place.port), KRING_CLOCK=str(offset))
        place.wait_for(place.server, place.port)
        sent, statuses = [], []
        for jump in (0, -HOUR, 0, HOUR, 0):
            helper.ask("seen", members=[one["sign_in"] for one in circle["members"]], seconds=jump)
            offset.write_text(str(jump))
            time.sleep(0.3)
            for _ in range(EACH):
                number = len(statuses)
                client = Client(place.base, circle["members"][number % 12]["session"])
                text = f"Bij de klok {in_letters(number)}"
                answer = client.send(circle["conversation"], text, f"clock-{number:03}")
                statuses.append(answer.status)
                sent += [answer.item_id] if answer.status == 200 else []
                client.close()
        figures.told("messages over five jumps", len(statuses))
        figures.exactly("answers other than 200", sum(one != 200 for one in statuses), 0)
        rows = helper.ask("messages_in", conversation=circle["conversation"])
        figures.exactly("messages in another order than sent", [row["id"] for row in rows] != sent, False)
        figures.exactly("gaps", sum(helper.ask("half_rows", conversation=circle["conversation"]).values()), 0)
        _left_alone(place, helper, circle, offset, figures)
        figures.exactly("history holds", helper.ask("history_holds"), True)


def _left_alone(place, helper, circle: dict, offset, figures: Figures) -> None:
    """An hour forward without a sign of life: the lock, not an error, and the words come back on its page."""
    helper.ask("seen", members=[one["sign_in"] for one in circle["members"]], seconds=0)
    offset.write_text(str(HOUR))
    time.sleep(0.3)
    client = Client(place.base, circle["members"][0]["session"])
    answer = client.get(f"/nl/g/c/{circle['conversation']}/")
    figures.exactly("left alone for an hour: asked to sign in or unlock", answer.status in (200, 302, 401, 403), True)
    figures.exactly("words of the group behind the lock", "Bij de klok" in answer.body, False)
