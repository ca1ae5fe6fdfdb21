"""P16: how long a second start takes, and what a server holds that has just answered its first pages."""

import statistics

from tests.faults.client import Client
from tests.faults.place import Place

from .report import tell

STARTS = 3


def run(place: Place) -> None:
    """Starts and stops the server some times; it serves when this returns."""
    times, processor = [], []
    for _ in range(STARTS):
        place.stop()
        times.append(place.start())
        processor.append(place.cpu())
    against = f"goal 5; {statistics.median(processor):.1f} s of it processor, the rest is waiting for one"
    tell("P16 second start, until the first answer", min(times), "s", against)
    client = Client(place.base)
    for page in ("/nl/", "/fr/read/", "/ar/", "/nl/account/login/"):
        client.get(page)
    tell("P16 memory of the embedded server", place.memory(), "MB", "goal 300")
