"""`python -m tests.faults [name…]`: runs the faults named, or all. FAST=1 is the part of five minutes: each fault at a
small size, without those that need minutes to say anything. A fault that is named runs in any case.
"""

import importlib
import os
import sys
import time

from .figures import Figures
from .place import prepared

# In the order of the figures they keep: double G21, doors G13, guessing G13 and G17, telling G18, endings G20 and G23,
# apart G11, refusals G12, access G7, closing G9, frames G6, redis G46, kill and notices G45, flood G16, network G46,
# clock, disk and database G48, history G38, leak G42, sieve G25, leaving G31-G33, words G26. And `rounds`: one
# facilitator and forty families.
FAULTS = {
    "double": "double",
    "doors": "doors",
    "guessing": "guessing",
    "telling": "telling",
    "endings": "endings",
    "apart": "apart",
    "refusals": "refusals",
    "access": "access",
    "closing": "closing",
    "frames": "frames",
    "redis": "redis_away",
    "kill": "kill",
    "notices": "notices",
    "flood": "flood",
    "network": "network",
    "clock": "clock",
    "disk": "disk",
    "database": "database",
    "history": "history",
    "leak": "leak",
    "rounds": "rounds",
    "sieve": "sieve",
    "leaving": "leaving",
    "words": "hostile_words",
}
# Guesses, timings and a browser, of which too few prove nothing; and an outbox that takes its time to empty.
NOT_IN_FIVE_MINUTES = frozenset({"guessing", "telling", "refusals", "frames", "notices", "leaving", "words", "rounds"})


def main(names: list[str]) -> int:
    unknown = sorted(set(names) - set(FAULTS))
    if unknown:
        print(f"No such fault: {', '.join(unknown)}. There are: {', '.join(FAULTS)}.")
        return 2
    fast, began, breaches = os.environ.get("FAST", "") not in ("", "0"), time.monotonic(), []
    with prepared() as town:
        print(f"a town to break was built in {time.monotonic() - began:.0f} s", flush=True)
        for name in names or [name for name in FAULTS if not (fast and name in NOT_IN_FIVE_MINUTES)]:
            figures, began_one = Figures(name), time.monotonic()
            importlib.import_module(f"tests.faults.{FAULTS[name]}").run(town, figures, fast=fast)
            figures.told("took", f"{time.monotonic() - began_one:.0f} s")
            breaches += figures.breaches
    print(f"{len(breaches)} breaches in {time.monotonic() - began:.0f} s")
    for line in breaches:
        print(f"  {line}")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
