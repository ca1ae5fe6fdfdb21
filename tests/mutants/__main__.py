"""`python -m tests.mutants [word…]`: takes guards away one by one, and tells which of them nobody missed.

A word narrows to guards whose line holds it. `COUNT=80` takes that many, in the same order every time, and `SEED=…` in
another order, so that another run speaks for other guards; `LIST=1` only tells what there is; `HANDS=2` works in as
many processes; `ENOUGH=90` asks each guard for so many seconds of tests and no more. Known survivors, each with its
reason, are in `survivors.toml`.

First the suite is run once to see which tests ask which guard (kept under `var/` until a source or a test changes).
Then only the tests that ask a guard are run without it, the quickest files first, until one fails.
"""

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections import defaultdict
from pathlib import Path

from .constraints import Constraint, all_constraints, is_noticed
from .guards import Guard, all_guards

ROOT = Path(__file__).resolve().parents[2]
# The first of them is run while the second stands next, so that what a run makes once is there before a guard goes.
WARM = ("tests/groups/test_messages.py::test_", "tests/people/test_limits.py::test_")
EVERY_CELL = "tests/access/test_matrix.py::test_every_cell_of_the_matrix"  # every role at every address
WHO_MAY = "tests/architecture/test_generated_docs.py::test_the_generated_page_is_fresh[permissions.md]"
WANTED = 0.95
ENOUGH = float(os.environ.get("ENOUGH", "90"))
HANDS = int(os.environ.get("HANDS", "2"))


def main(narrowed_to: list[str]) -> int:
    every = [*all_guards(ROOT), *all_constraints(ROOT)]
    every = [one for one in every if all(word in str(one) for word in narrowed_to)]
    chosen = list(every)
    random.Random(os.environ.get("SEED", "guards")).shuffle(chosen)  # a run that is cut short still speaks for all
    chosen = chosen[: int(os.environ.get("COUNT", "0")) or len(chosen)]
    print(f"{len(every)} guards, {len(chosen)} taken away one by one", flush=True)
    if os.environ.get("LIST"):
        print("\n".join(map(str, chosen)))
        return 0
    missed, equal = _without([one for one in chosen if isinstance(one, Guard)])
    for one in (one for one in chosen if isinstance(one, Constraint)):
        noticed = is_noticed(ROOT, one)
        print(f"{'noticed' if noticed else 'MISSED ':<8} {one}", flush=True)
        missed += [] if noticed else [one]
    return _tell([one for one in chosen if one not in equal], sorted(missed, key=str))


def _tell(chosen: list, missed: list) -> int:
    known = tomllib.loads((Path(__file__).parent / "survivors.toml").read_text())
    share = 1 - len(missed) / max(len(chosen), 1)
    print(f"noticed {len(chosen) - len(missed)} of {len(chosen)}: {share:.1%} (at least {WANTED:.0%})")
    for one in missed:
        print(f"  {one}\n      {known.get(f'{one.file} {one.before}', 'no reason is known')}")
    return 0 if share >= WANTED else 1


def _without(guards: list[Guard]) -> tuple[list[Guard], list[Guard]]:
    """Those that nobody missed, and those with which nothing would be taken away."""
    if not guards:
        return [], []
    reach = _reach()
    came_to: dict[str, list[Guard]] = defaultdict(list)
    hands = [threading.Thread(target=_hand, args=(guards[hand::HANDS], reach, came_to)) for hand in range(HANDS)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return came_to["MISSED"] + came_to["broken"], came_to["equal"]


def _hand(guards: list[Guard], reach: dict, came_to: dict[str, list[Guard]]) -> None:
    named = {one.key: one for one in guards}
    warm = [next(test for test in sorted(reach["seconds"]) if test.startswith(one)) for one in WARM]
    plan = {
        "warm": warm,
        "guards": [_planned(one, reach) for one in guards],
    }
    with tempfile.TemporaryDirectory(prefix="kring-mutants-") as folder:
        (Path(folder) / "plan.json").write_text(json.dumps(plan))
        for line in _pytest(folder, "-s", "--create-db", KRING_GONE=f"{folder}/plan.json"):
            if not line.startswith('{"key"'):
                continue
            told = json.loads(line)
            guard = named.pop(told["key"])
            print(f"{told['word']:<8} {guard}  ({told['seconds']} s)", flush=True)
            came_to[told["word"]].append(guard)
    if named:
        raise SystemExit(f"{len(named)} guards were not tried: a hand stopped.")


def _quickest_first(guard: Guard, reach: dict) -> list[str]:
    """The tests that ask a guard, file by file: a file lives through its town once."""
    tests = reach["asked"].get(guard.key, [])
    cost: dict[str, float] = defaultdict(float)
    for test in tests:
        cost[_file(test)] += reach["seconds"].get(test, 0)
    return sorted(tests, key=lambda test: (cost[_file(test)], _file(test), reach["order"].get(test, 0)))


def _planned(guard: Guard, reach: dict) -> dict:
    """What a child is to do. A guard that nobody missed in `ENOUGH` seconds of its quickest tests counts as missed."""
    chosen, seconds = [], 0.0
    for test in _quickest_first(guard, reach):
        if chosen and seconds > ENOUGH:
            break
        chosen.append(test)
        seconds += reach["seconds"].get(test, 0)
    if guard.kind == "guard":  # whoever is refused before it never asks it
        chosen = [*(one for one in chosen if one != EVERY_CELL), EVERY_CELL]
    if guard.kind == "roles":
        chosen = [WHO_MAY, *chosen]
    return {"key": guard.key, "tests": chosen, "seconds": seconds}


def _file(test: str) -> str:
    return test.partition("::")[0]


def _reach() -> dict:
    """Which tests ask which guard, and how long each takes; followed anew when a source or a test has changed."""
    sources = hashlib.sha256()
    for folder in ("groups", "moderation", "resources", "site", "tests"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            sources.update(f"{file.relative_to(ROOT)}{file.read_text()}".encode())
    kept = ROOT / "var" / "mutants" / f"{sources.hexdigest()[:20]}.json"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(_followed()))
    return json.loads(kept.read_text())


def _followed() -> dict:
    began = time.monotonic()
    asked: dict[str, set[str]] = defaultdict(set)
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="kring-mutants-") as folder:
        for line in _pytest(folder, "-n", str(HANDS), "--create-db", KRING_REACH=folder):
            if line.startswith(("FAILED", "ERROR")):
                print(line, flush=True)
        for file in Path(folder).glob("*.json"):
            told = json.loads(file.read_text())
            seconds |= told["seconds"]
            for key, tests in told["asked"].items():
                asked[key].update(tests)
    print(f"the suite was followed for {time.monotonic() - began:.0f} s", flush=True)
    order = {test: place for place, test in enumerate(seconds)}
    return {"asked": {key: sorted(tests) for key, tests in asked.items()}, "seconds": seconds, "order": order}


def _pytest(folder: str, *options: str, **more: str):
    """Runs the suite with the switches; gives its lines as they come."""
    data = Path(folder) / "data"
    data.mkdir()
    own = {"DATABASE_URL": "", "REDIS_URL": "", "PYTHONDONTWRITEBYTECODE": "1"} | more
    if "KRING_GONE" in more:
        own["KRING_TEST_DATA"] = str(data)
    command = [sys.executable, "-m", "pytest", "-p", "tests.mutants.switches", "-m", "not browser", *options]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **own}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        assert running.stdout is not None
        yield from (line.strip() for line in running.stdout)
    shutil.rmtree(data)
    if running.returncode > 1:
        raise SystemExit(f"pytest stopped with {running.returncode}.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
