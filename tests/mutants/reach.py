"""Which tests enter which function: a plugin of pytest, so that a guard that is gone is looked for where it is asked.

`KRING_REACH=<file>` is where the map is written: for each function of the areas, by file and first line, the tests that
entered it, and for each file of tests how long it took.
"""

import json
import os
import sys
import threading
from collections import defaultdict
from pathlib import Path

ROOT = f"{Path(__file__).resolve().parents[2]}{os.sep}"
AREAS = tuple(ROOT + one for one in ("groups/", "moderation/", "site/people/", "site/outreach/", "site/live/"))


class Reach:
    def __init__(self):
        self.test, self.entered, self.seconds = "", defaultdict(set), defaultdict(float)
        self.places: dict = {}

    def watch(self, frame, _event, _argument):
        """Called for every function that is entered. Gives nothing back, so that no line is followed."""
        code = frame.f_code
        place = self.places.get(code)
        if place is None:
            file = code.co_filename
            place = f"{file.removeprefix(ROOT)}:{code.co_firstlineno}" if file.startswith(AREAS) else ""
            self.places[code] = place
        if place and self.test:
            self.entered[place].add(self.test)

    def pytest_sessionstart(self):
        threading.settrace(self.watch)
        sys.settrace(self.watch)

    def pytest_runtest_logstart(self, nodeid):
        self.test = nodeid.partition("[")[0]
        sys.settrace(self.watch)  # whatever a test before it left behind

    def pytest_runtest_logreport(self, report):
        self.seconds[report.nodeid.partition("::")[0]] += report.duration

    def pytest_sessionfinish(self):
        sys.settrace(None)
        found = {"entered": {place: sorted(tests) for place, tests in self.entered.items()}, "seconds": self.seconds}
        Path(os.environ["KRING_REACH"]).write_text(json.dumps(found))


def pytest_configure(config):
    config.pluginmanager.register(Reach(), "reach")
