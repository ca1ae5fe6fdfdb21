"""`python -m tests.mutants [word…]`: takes guards away one by one in a copy, and tells which of them nobody missed.

A word narrows to guards whose line holds it. `COUNT=80` takes that many, in the same order every time, and `SEED=…` in
another order, so that another run speaks for other guards; `LIST=1` only tells what there is; `HANDS=2` works in as
many copies. Known survivors, each with its reason, are in `survivors.toml`.

Before the first guard goes, the suite is run once to see which tests enter which function (kept under `var/` until a
source or a test changes). Then only the tests are asked that enter the function that lost its guard, quickest first.
"""

import hashlib
import json
import os
import queue
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from pathlib import Path

from .guards import Mutant, all_mutants

ROOT = Path(__file__).resolve().parents[2]
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", "pictures")
# The suite of the area first, which is all that is asked about a constraint; then what looks at all areas.
TESTS = {
    "groups": ["tests/groups", "tests/access", "tests/live", "tests/moderation/test_pages.py"],
    "moderation": [
        "tests/moderation/test_reviews.py",
        "tests/moderation/test_pages.py",
        "tests/groups",
        "tests/access",
    ],
    "people": ["tests/people", "tests/access", "tests/groups"],
    "outreach": ["tests/outreach", "tests/access"],
    "live": ["tests/live", "tests/groups", "tests/moderation/test_reviews.py", "tests/access"],
}
# Whoever is refused before a function is entered leaves no trace in it: these ask every role at every address.
AT_THE_DOOR = ["tests/access/test_matrix.py::test_every_cell_of_the_matrix"]
AT_THE_TABLES = "tests/portal/test_constraints.py"
SECONDS = 900
TABLES, FRESH = "data/suite.sqlite3", "fresh.sqlite3"
KEY = "k" * 43 + "="  # both runs on one copy read the same tables
WANTED = 0.95


def main(words: list[str]) -> int:
    mutants = [one for one in all_mutants(ROOT) if all(word in str(one) for word in words)]
    count = int(os.environ.get("COUNT", "0")) or len(mutants)
    random.Random(os.environ.get("SEED", "guards")).shuffle(
        mutants
    )  # so that a run that is cut short still speaks for all
    chosen = mutants[:count]
    print(f"{len(mutants)} guards, {len(chosen)} taken away one by one", flush=True)
    if os.environ.get("LIST"):
        print("\n".join(map(str, chosen)))
        return 0
    asks_for_reach = any(one.kind != "constraint" for one in chosen)
    missed = _work(chosen, _reach() if asks_for_reach else {})
    known = tomllib.loads((Path(__file__).parent / "survivors.toml").read_text())
    noticed = 1 - len(missed) / max(len(chosen), 1)
    print(f"noticed {len(chosen) - len(missed)} of {len(chosen)}: {noticed:.1%} (at least {WANTED:.0%})")
    for one in missed:
        print(f"  {one}\n      {known.get(f'{one.file} {one.before}', 'no reason is known')}")
    return 0 if noticed >= WANTED else 1


def _reach() -> dict:
    """The map of `reach.py`, made anew when a source or a test has changed."""
    sources = hashlib.sha256()
    for folder in ("groups", "moderation", "site", "tests"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            sources.update(f"{file.relative_to(ROOT)}{file.read_text()}".encode())
    kept = ROOT / "var" / "mutants" / f"{sources.hexdigest()[:20]}.json"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        began, tests = time.monotonic(), sorted({one for tests in TESTS.values() for one in tests})
        with tempfile.TemporaryDirectory(prefix="kring-mutants-") as folder:
            copy = Path(folder) / "copy"
            shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
            if not _suite(copy, tests, "-p", "tests.mutants.reach", seconds=3600, KRING_REACH=str(kept)):
                kept.unlink(missing_ok=True)
                raise SystemExit("The suite does not pass with every guard in place.")
        print(f"the suite was followed for {time.monotonic() - began:.0f} s", flush=True)
    return json.loads(kept.read_text())


def _work(chosen: list[Mutant], reach: dict) -> list[Mutant]:
    waiting: queue.SimpleQueue = queue.SimpleQueue()
    for one in chosen:
        waiting.put(one)
    missed: list[Mutant] = []
    count = int(os.environ.get("HANDS", "2"))
    hands = [threading.Thread(target=_take, args=(waiting, missed, reach)) for _ in range(count)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return sorted(missed, key=str)


def _take(waiting: queue.SimpleQueue, missed: list[Mutant], reach: dict) -> None:
    with tempfile.TemporaryDirectory(prefix="kring-mutants-") as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
        while True:
            try:
                mutant = waiting.get_nowait()
            except queue.Empty:
                return
            _make_fresh_tables(copy)
            old = mutant.write_in(copy)
            try:
                lives = _survives(copy, mutant, reach)
            finally:
                for path, text in old.items():
                    path.write_text(text)
            if lives:
                missed.append(mutant)
            print(f"{'MISSED ' if lives else 'noticed'} {mutant}", flush=True)


def _survives(copy: Path, mutant: Mutant, reach: dict) -> bool:
    """Whether every test still passes. Each begins with fresh tables, copied, not made again."""
    for file in {edit[0] for edit in mutant.edits}:
        compile((copy / file).read_text(), file, "exec")
    if mutant.kind == "constraint":
        return _suite(copy, [AT_THE_TABLES, TESTS[mutant.area][0]], "--create-db")
    _put_fresh_tables(copy)
    if mutant.kind in ("guard", "roles"):
        return _suite(copy, AT_THE_DOOR, "--reuse-db") and _suite(copy, TESTS[mutant.area], "--reuse-db")
    asked = reach["entered"].get(mutant.function, [])
    if not asked:
        return True
    return _suite(copy, _quickest_first(asked, reach["seconds"]), "--reuse-db")


def _quickest_first(tests: list[str], seconds: dict[str, float]) -> list[str]:
    return sorted(tests, key=lambda test: (seconds.get(test.partition("::")[0], 0), test))


def _make_fresh_tables(copy: Path) -> None:
    if not (copy.parent / FRESH).exists():
        if not _suite(copy, ["tests/people/test_limits.py"], "--create-db", "--reuse-db"):
            raise SystemExit("The suite does not pass with every guard in place.")
        shutil.copy(copy.parent / TABLES, copy.parent / FRESH)


def _put_fresh_tables(copy: Path) -> None:
    for left in copy.parent.glob(f"{TABLES}-*"):  # the log of a run that was ended does not fit the new file
        left.unlink()
    shutil.copy(copy.parent / FRESH, copy.parent / TABLES)


def _suite(copy: Path, tests: list[str], *options: str, seconds: int = SECONDS, **more: str) -> bool:
    """Whether these tests pass in the copy. One that hangs notices too."""
    data = copy.parent / "data"
    data.mkdir(exist_ok=True)
    own = {"KRING_TEST_DATA": str(data), "FIELD_KEYS": KEY, "DATABASE_URL": "", "PYTHONDONTWRITEBYTECODE": "1"} | more
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-m", "not browser", *options, *tests]
    try:
        done = subprocess.run(
            command, cwd=copy, env={**os.environ, **own}, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    if done.returncode > 1:
        print(done.stdout.decode()[-1500:], flush=True)
    if done.returncode > 3:
        raise SystemExit("No such tests: nothing was asked.")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
