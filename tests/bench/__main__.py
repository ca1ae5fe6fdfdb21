"""`python -m tests.bench`: every figure, one a line. BENCH=P5,P9 chooses; BENCH_SOCKETS sizes the fan-out.

Ratios within this run, never bare times to compare: the machine is part of every number.
"""

import os
import sys
import time

from tests.faults.place import Place, prepared

ALL = ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P9", "P10", "P13", "P15", "P16")
PAGES, POSTING, SERVED = {"P1", "P2", "P3", "P4", "P6", "P7"}, {"P5", "P13"}, {"P13", "P16", "P10"}


def chosen() -> set[str]:
    named = {name.strip().upper() for name in os.environ.get("BENCH", "").split(",") if name.strip()}
    unknown = named - set(ALL)
    if unknown:
        sys.exit(f"No such figure: {', '.join(sorted(unknown))}. There are: {', '.join(ALL)}.")
    return named or set(ALL)


def in_here(place: Place) -> None:
    """Makes this process one of the place's: what is measured inside is the code that serves, on the same data."""
    os.environ.update(place.env)
    sys.path[:0] = place.env["PYTHONPATH"].split(os.pathsep)
    from portal import env

    env.load()
    import django

    django.setup()


def main() -> None:
    figures, began, redis_url = chosen(), time.monotonic(), os.environ.get("REDIS_URL", "")
    with prepared(with_guidance=True) as town:
        with town.place("bench") as place:
            in_here(place)
            from . import fanout, outbox, pages, posting, rounds, starting

            if figures & PAGES:
                pages.run(figures)
            if "P15" in figures:
                rounds.run()
                outbox.run(place)
            if figures & SERVED:
                place.start()
            if "P16" in figures:
                starting.run(place)
            if figures & POSTING:
                posting.run(place, figures)
            if "P10" in figures:
                fanout.run(place, "P10")
        if "P9" in figures and redis_url:
            with town.place("crowd", redis_url=redis_url) as place:
                place.start()
                fanout.run(place, "P9")
        elif "P9" in figures:
            print("P9 needs REDIS_URL; P10 is the same without it")
    print(f"took {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
