"""A plugin of pytest under which guards can be taken away while the portal runs.

It has to be loaded before the portal is (`-p tests.mutants.switches`). Sources with guards are then compiled with the
switches of `guards.py`; nothing is written. `KRING_REACH=<folder>` notes which tests ask which guard, a file a hand.
`KRING_GONE=<file>` is a plan: guards, each with the tests that ask it. For each, a child of this process is without it
and runs these tests until one fails: `noticed`, `MISSED`, `hung`, `equal` where nothing would change, or `broken` where
the test fails in a child with every guard in place, too. A child begins with the tables as they were made: none meets
what another left.
"""

import ast
import importlib.machinery
import json
import os
import shutil
import signal
import sys
import time
from collections import defaultdict
from pathlib import Path

import pytest

from .guards import sources, with_switches

ROOT = Path(__file__).resolve().parents[2]
TABLES, FRESH = "suite.sqlite3", "fresh.sqlite3"

gone = ""  # the key of the guard that is away in this process
test = ""  # the test that runs
asked: dict[str, set[str]] = defaultdict(set)
policies: dict[str, object] = {}


def is_gone(key: str) -> bool:
    if test:
        asked[key].add(test)
    return key == gone


def part(key: str, value) -> tuple:
    return () if is_gone(key) else (value,)


def parts(key: str, values) -> tuple:
    return () if is_gone(key) else tuple(values)


def words(key: str, values: dict) -> dict:
    return {} if is_gone(key) else values


def rule(key: str, policy):
    """A policy as a view asks it: only this view lets everybody in, whoever else asks gets the rule's answer."""
    from copy import copy

    asked_here = copy(policy)
    asked_here.require = lambda *subject, **facts: None if is_gone(key) else policy.require(*subject, **facts)
    return asked_here


def roles(key: str):
    """Remembers a policy, so that its roles can be widened in a child."""

    def remembered(policy):
        policies[key] = policy
        require = policy.require

        def noted(*subject, **facts):
            is_gone(key)
            return require(*subject, **facts)

        policy.require = noted
        return policy

    return remembered


SWITCHES = {f"_kring_{one.__name__}": one for one in (part, parts, words, rule, roles)} | {"_kring_gone": is_gone}


class Loader(importlib.machinery.SourceFileLoader):
    """Compiles a source with its switches, and leaves what is compiled nowhere."""

    def get_code(self, fullname):
        tree, _guards = with_switches(ROOT, Path(self.path))
        assert isinstance(tree, ast.Module)
        return compile(tree, self.path, "exec", dont_inherit=True)

    def exec_module(self, module):
        module.__dict__.update(SWITCHES)
        super().exec_module(module)


class Finder(importlib.machinery.PathFinder):
    """Hands out the loader above for the sources that hold guards, and nothing else."""

    files = frozenset(str(file) for file in sources(ROOT))

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        spec = super().find_spec(fullname, path, target)
        if spec is None or spec.origin not in cls.files:
            return None
        spec.loader = Loader(fullname, spec.origin)
        return spec


sys.meta_path.insert(0, Finder)


class Reach:
    """Notes which test asks which guard, and how long each takes. Hands of one run write a file each."""

    def __init__(self, folder: str):
        self.file = Path(folder) / f"{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}.json"
        self.seconds: dict[str, float] = defaultdict(float)

    def pytest_runtest_logstart(self, nodeid):
        global test
        test = nodeid

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef):
        """What many tests share says nothing about the one that came first."""
        global test
        running, test = test, test if fixturedef.scope == "function" else ""
        try:
            return (yield)
        finally:
            test = running

    def pytest_runtest_logreport(self, report):
        self.seconds[report.nodeid] += report.duration

    def pytest_sessionfinish(self, session):
        if not hasattr(session.config, "workerinput") and session.config.getoption("numprocesses", None):
            return  # the one that hands out the tests runs none
        told = {"asked": {key: sorted(tests) for key, tests in asked.items()}, "seconds": self.seconds}
        self.file.write_text(json.dumps(told))


class Away:
    """Runs the tests of each guard in a child that is without it. `noticed` or `MISSED`, a line each."""

    def __init__(self, file: str):
        self.plan = json.loads(Path(file).read_text())

    def pytest_runtestloop(self, session):
        from _pytest.runner import runtestprotocol
        from django.db import connections

        items = {item.nodeid: item for item in session.items}
        first, second = (items[one] for one in self.plan["warm"])
        for report in runtestprotocol(first, log=False, nextitem=second):
            assert report.passed, report.longreprtext
        connections.close_all()
        data = Path(os.environ["KRING_TEST_DATA"])
        shutil.copy(data / TABLES, data / FRESH)
        for one in self.plan["guards"]:
            if one["key"] in policies and policies[one["key"]].roles >= everybody(one["key"]):
                self._told(one["key"], "equal", 0)
                continue
            chosen = sorted((items[test] for test in one["tests"] if test in items), key=_empties_the_tables)
            began, failed = time.monotonic(), data / "failed"
            word = self._without(one["key"], chosen, one["seconds"], data, failed)
            if word == "noticed":  # unless that test fails in any child
                noticing = [item for item in chosen if item.nodeid == failed.read_text()]
                word = "noticed" if self._without("", noticing, one["seconds"], data, failed) == "MISSED" else "broken"
            self._told(one["key"], word, time.monotonic() - began)
        return True

    def _without(self, key: str, chosen: list, seconds: float, data: Path, failed: Path) -> str:
        """Runs these tests in a child that is without this guard; the empty key is that of none."""
        self._put_fresh_tables(data)
        child = os.fork()
        if not child:
            os._exit(self._lives(key, chosen, failed))
        return self._wait(child, seconds)

    @staticmethod
    def _told(key: str, word: str, seconds: float) -> None:
        print(f"\n{json.dumps({'key': key, 'word': word, 'seconds': round(seconds, 1)})}", flush=True)

    @staticmethod
    def _put_fresh_tables(data: Path) -> None:
        for left in data.glob(f"{TABLES}-*"):  # the log of a child that was ended does not fit the new file
            left.unlink()
        shutil.copy(data / FRESH, data / TABLES)

    @staticmethod
    def _lives(key: str, chosen: list, failed: Path) -> int:
        """In the child: 0 when every test still passes; else `failed` names the one that does not."""
        from _pytest.runner import runtestprotocol

        global gone
        gone = key
        if key in policies:
            policies[key].roles = everybody(key)
        try:
            for item, following in zip(chosen, [*chosen[1:], None], strict=True):
                failed.write_text(item.nodeid)
                if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                    return 1
        except BaseException:  # whatever went wrong without the guard was noticed
            return 1
        return 0

    @staticmethod
    def _wait(child: int, seconds: float) -> str:
        """What came of it. One that takes far longer than its tests did with every guard in place hangs."""
        until = time.monotonic() + 60 + 10 * seconds
        while time.monotonic() < until:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return "noticed" if status else "MISSED"
            time.sleep(0.02)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return "hung"


def _empties_the_tables(item) -> bool:
    """Such a test leaves nothing of what the migrations wrote, so it comes after all others, as in the whole suite."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in item.fixturenames


def everybody(key: str) -> frozenset:
    """Whom a policy without its roles would let ask; where it names them all, nothing is taken away."""
    from people.policies import SIGNED_IN
    from people.vocabulary import Role

    return frozenset(Role) if key.startswith("site/people/") else frozenset(SIGNED_IN)


def pytest_configure(config):
    if folder := os.environ.get("KRING_REACH"):
        config.pluginmanager.register(Reach(folder), "kring-reach")
    if file := os.environ.get("KRING_GONE"):
        config.pluginmanager.register(Away(file), "kring-away")
