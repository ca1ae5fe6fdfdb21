"""Questions to the database of a place, answered by a process that has Django in it: one line of JSON each way.

`Helper` is our side; run as a module, this file is the other side and calls the functions of `seeding`, or of the
module that is named.
"""

import contextlib
import importlib
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Helper:
    """`with place.helper() as helper: helper.ask("circle", count=60)`."""

    def __init__(self, env: dict[str, str], answers: str = "tests.faults.seeding"):
        self.env, self.answers = env, answers

    def __enter__(self) -> "Helper":
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.helper", self.answers],
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_) -> None:
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()

    def ask(self, name: str, **arguments):
        self.process.stdin.write(json.dumps({"name": name, "arguments": arguments}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"The helper ended while it was asked for {name!r}.")
        return json.loads(line)


def _answer() -> None:
    """Answers until nobody asks any more. Whatever else is printed goes to standard error."""
    answers, sys.stdout = sys.stdout, sys.stderr
    from portal import env

    env.load()
    env.make_missing_keys(["make_keys"])
    import django

    django.setup()
    module = importlib.import_module(sys.argv[1])
    for line in sys.stdin:
        question = json.loads(line)
        answer = getattr(module, question["name"])(**question["arguments"])
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    _answer()
