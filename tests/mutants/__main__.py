"""`python -m tests.mutants [word…]`: takes guards away one by one in a copy, and tells which of them nobody missed.

A word narrows to guards whose line holds it. `COUNT=80` takes that many, in the same order every time; `LIST=1` only
tells what there is; `HANDS=2` works in as many copies. Known survivors, each with its reason, are in `survivors.toml`.
"""

import os
import queue
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import tomllib
from pathlib import Path

from .guards import Mutant, all_mutants

ROOT = Path(__file__).resolve().parents[2]
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", "pictures")
# The suite of the area first, quickest first; then what looks at all areas.
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
}
SECONDS = 900
TABLES, FRESH = "data/suite.sqlite3", "fresh.sqlite3"
KEY = "k" * 43 + "="  # both runs on one copy read the same tables
WANTED = 0.95


def main(words: list[str]) -> int:
    mutants = [one for one in all_mutants(ROOT) if all(word in str(one) for word in words)]
    count = int(os.environ.get("COUNT", "0")) or len(mutants)
    random.Random("guards").shuffle(mutants)  # so that a run that is cut short still speaks for all
    chosen = mutants[:count]
    print(f"{len(mutants)} guards, {len(chosen)} taken away one by one", flush=True)
    if os.environ.get("LIST"):
        print("\n".join(map(str, chosen)))
        return 0
    missed = _work(chosen)
    known = tomllib.loads((Path(__file__).parent / "survivors.toml").read_text())
    noticed = 1 - len(missed) / max(len(chosen), 1)
    print(f"noticed {len(chosen) - len(missed)} of {len(chosen)}: {noticed:.1%} (at least {WANTED:.0%})")
    for one in missed:
        print(f"  {one}\n      {known.get(f'{one.file} {one.before}', 'no reason is known')}")
    return 0 if noticed >= WANTED else 1


def _work(chosen: list[Mutant]) -> list[Mutant]:
    waiting: queue.SimpleQueue = queue.SimpleQueue()
    for one in chosen:
        waiting.put(one)
    missed: list[Mutant] = []
    hands = [threading.Thread(target=_take, args=(waiting, missed)) for _ in range(int(os.environ.get("HANDS", "2")))]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return sorted(missed, key=str)


def _take(waiting: queue.SimpleQueue, missed: list[Mutant]) -> None:
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
                lives = _survives(copy, mutant)
            finally:
                for path, text in old.items():
                    path.write_text(text)
            if lives:
                missed.append(mutant)
            print(f"{'MISSED ' if lives else 'noticed'} {mutant}", flush=True)


def _survives(copy: Path, mutant: Mutant) -> bool:
    """Whether every test still passes. Each begins with fresh tables, copied, not made again."""
    for file in {edit[0] for edit in mutant.edits}:
        compile((copy / file).read_text(), file, "exec")
    if mutant.kind == "constraint":
        return _suite(copy, TESTS[mutant.area], "--create-db")
    shutil.copy(copy.parent / FRESH, copy.parent / TABLES)
    return _suite(copy, TESTS[mutant.area], "--reuse-db")


def _make_fresh_tables(copy: Path) -> None:
    if not (copy.parent / FRESH).exists():
        if not _suite(copy, ["tests/people/test_limits.py"], "--create-db", "--reuse-db"):
            raise SystemExit("The suite does not pass with every guard in place.")
        shutil.copy(copy.parent / TABLES, copy.parent / FRESH)


def _suite(copy: Path, tests: list[str], *options: str) -> bool:
    """Whether these tests pass in the copy. One that hangs notices too."""
    data = copy.parent / "data"
    data.mkdir(exist_ok=True)
    own = {"KRING_TEST_DATA": str(data), "FIELD_KEYS": KEY, "DATABASE_URL": "", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-m", "not browser", *options, *tests]
    try:
        done = subprocess.run(
            command, cwd=copy, env={**os.environ, **own}, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    if done.returncode > 1:
        print(done.stdout.decode()[-1500:], flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
