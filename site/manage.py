#!/usr/bin/env python3
"""The one command line of Kring. Settings are chosen by the environment (see portal/env.py)."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> None:
    from portal import env

    try:
        env.load()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", env.settings_module())
        env.refuse_unwritable_data(sys.argv[1:2])
        env.make_missing_keys(sys.argv[1:2])
    except env.CannotStart as sentence:
        sys.exit(str(sentence))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
