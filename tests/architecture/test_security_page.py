"""The page that says what is protected: complete, honest about what is not, and every test it names exists."""

import re

import pytest

from tests.faults.__main__ import FAULTS

from .sources import ROOT

pytestmark = pytest.mark.db_free

ROW = re.compile(r"^\| (G\d+) \| ([a-z ]+) \| (.+?) \| (.*)\|$", re.MULTILINE)
TEXT = (ROOT / "docs" / "security.md").read_text()
ROWS = ROW.findall(TEXT)


def test_every_goal_stands_there_once():
    goals = set(re.findall(r"\*\*(G\d+)\*\*", (ROOT / "docs" / "goals.md").read_text()))
    assert len(goals) == 48
    assert sorted(row[0] for row in ROWS) == sorted(goals)


def test_what_is_claimed_is_shown_and_what_is_not_shown_is_not_claimed():
    for goal, state, figure, shown_by in ROWS:
        assert state in ("shown", "partly", "not yet"), goal
        assert figure.strip(), goal
        assert bool(shown_by.strip()) == (state != "not yet"), goal


def test_every_test_and_fault_it_names_exists():
    named = [name for row in ROWS for name in re.findall(r"`([^`]+)`", row[3])]
    assert len(named) > 50
    for name in named:
        if name.startswith("python -m tests.faults "):
            assert name.rpartition(" ")[2] in FAULTS, name
            continue
        file, _, test = name.partition("::")
        source = (ROOT / file).read_text()
        assert not test or re.search(rf"^(async )?def {test}\(", source, re.MULTILINE), name
