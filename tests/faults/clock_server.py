"""`serve` with a clock that a file shifts: seconds to add, read again and again. Only for the fault `clock`."""

import datetime
import os
import sys
import time
from pathlib import Path

OFFSET = Path(os.environ["KRING_CLOCK"])
_time = time.time


def _shift() -> int:
    try:
        return int(OFFSET.read_text() or 0)
    except (OSError, ValueError):
        return 0


def main() -> None:
    from django.core.management import execute_from_command_line
    from django.utils import timezone

    from portal import env

    env.load()
    env.make_missing_keys(["serve"])
    time.time = lambda: _time() + _shift()
    timezone.now = lambda: datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=_shift())
    execute_from_command_line(["manage.py", "serve", "--port", sys.argv[1]])


if __name__ == "__main__":
    main()
