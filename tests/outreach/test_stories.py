"""Plays the stories of `stories/*.json` through the real door, planner, outbox and check at delivery."""

import json
import re
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from outreach.actions.stories import NotAStory, play
from outreach.models import Attempt, Delivery, Notice
from outreach.vocabulary import Withheld
from people.models import Person

UNTIL = "2026-11-09T00:00Z"
STORIES = sorted((Path(__file__).parent / "stories").glob("*.json"))
LINE = re.compile(
    r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z · \S+ · [a-z_]+( \S+)? · ([a-z_]+|-) · \S+ → "
    r"(send|defer until \d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z|withheld \([a-z_]+\))$"
)


@pytest.mark.django_db
@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_story_goes_as_promised(path):
    story = json.loads(path.read_text())
    assert play(story) == story["expect"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_story_leaves_nothing_behind(path, mailoutbox):
    play(json.loads(path.read_text()))
    assert not any(model.objects.exists() for model in (Attempt, Delivery, Notice, Person))
    assert mailoutbox == []


@pytest.mark.db_free
def test_the_stories_show_every_kind_of_end_in_the_promised_form():
    lines = [line for path in STORIES for line in json.loads(path.read_text())["expect"]]
    assert [line for line in lines if not LINE.match(line)] == []
    reasons = Counter(re.findall(r"withheld \((\w+)\)", "\n".join(lines)))
    never_in_a_story = {Withheld.NEVER_IN_APP, Withheld.EVERY_WAY_FAILED, Withheld.NOT_THIS_WAY}
    put_off_only = {Withheld.NOT_THIS_OFTEN, Withheld.HARD_DAY, Withheld.CONTACT_PERSON_AWAY}
    assert set(Withheld) - never_in_a_story - put_off_only <= set(reasons)
    channels = {line.split(" · ")[3] for line in lines}
    assert {"in_app", "email", "push", "text", "call", "visit", "letter"} <= channels


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("story", "says"),
    [
        ({}, "cannot be read"),
        ({"people": {"a": {}}, "events": [{"at": "2026-11-03T10:00", "wait": True}]}, "offset"),
        ({"people": {"a": {}}, "events": [{"at": "2026-11-03T10:00Z"}]}, "Nothing happens"),
        ({"people": {"a": {"needs": {"rythm": "often"}}}}, "rythm"),
        ({"people": {"a": {"phone": True, "hous_hold": "h"}}}, "'a'.*contact_person.*; not hous_hold"),
        ({"people": {"a": {}}, "staff": {"s": {"leaves": []}}}, "'s'.*leave; not leaves"),
        ({"people": {"a": {"needs": {"rhythm": "hourly"}}}}, "hourly"),
        ({"people": {"a": {}}, "events": [{"at": "2026-11-03T10:00Z", "notice": "decision", "to": "b"}]}, "'b'"),
        ({"people": {"a": {"contact_person": "x"}}}, "'x'"),
        (
            {
                "people": {"a": {}},
                "staff": {"s": {}, "y": {}},
                "events": [
                    {
                        "at": "2026-11-03T10:00Z",
                        "of": "a",
                        "override": {"danger": "death_of_another", "by": "s", "confirmed_by": "y"},
                    }
                ],
            },
            "death_of_another",
        ),
        (
            {
                "people": {"a": {"contact_person": "s"}},
                "staff": {"s": {}, "y": {}},
                "events": [
                    {
                        "at": "2026-11-03T10:00Z",
                        "leave": "s",
                        "from": "2026-11-05T00:00Z",
                        "until": "2026-11-09T00:00Z",
                    },
                    {"at": "2026-11-03T11:00Z", "contact_person": "y", "of": "a"},
                    {"at": "2026-11-03T12:00Z", "stand_in": "y", "of": "a"},
                ],
            },
            "absence of the contact person; there is none",
        ),
    ],
)
def test_what_is_no_story_is_refused_with_a_sentence(story, says):
    with pytest.raises(NotAStory, match=says):
        play(story)


@pytest.mark.django_db
def test_the_command_prints_the_lines_and_refuses_in_words(tmp_path):
    out = StringIO()
    call_command("explain", STORIES[0], stdout=out)
    assert out.getvalue().splitlines() == json.loads(STORIES[0].read_text())["expect"]
    broken = tmp_path / "story.json"
    broken.write_text("{")
    for file, says in ((broken, "no JSON"), (tmp_path / "none.json", "cannot be opened")):
        with pytest.raises(CommandError, match=says):
            call_command("explain", file)
