"""Plays the stories of `stories/*.json` through the real door, outbox and worker. The format is in FORMAT.md there."""

import json
from collections import Counter
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from outreach import subjects, worker
from outreach.actions import reach_many
from outreach.actions.notices import mark_seen
from outreach.channels import Permanent, Temporary
from outreach.models import Attempt, Delivery
from outreach.vocabulary import Outcome
from people.models import Account, Person
from people.vocabulary import Rhythm

from .conftest import BEFORE, make_parent, wants

STORIES = sorted((Path(__file__).parent / "stories").glob("*.json"))
WORDS = {Outcome.WITHHELD: "withheld ({})", Outcome.DROPPED: "dropped ({})", Outcome.FAILED_FOR_NOW: "again"}


class Player:
    """One story, living. Between two events the worker runs at every moment something is due."""

    def __init__(self, story: dict, monkeypatch):
        self.story, self.mail, self.gone, self.languages = story, "works", set(), {}
        monkeypatch.setattr("outreach.channels.email.send", self._send)
        monkeypatch.setitem(
            subjects._SUBJECTS, "story", subjects.Subject(of_use=lambda person_id, thing: thing not in self.gone)
        )
        self.people = {name: self._person(number, name) for number, name in enumerate(story["people"])}
        self.names = {person.pk: name for name, person in self.people.items()}

    def _person(self, number: int, name: str) -> Person:
        told = self.story["people"][name]
        email = "" if told["email"] else None
        person = make_parent(number, email=email, language=told["language"], time_zone=told["zone"])
        if "wish" in told:
            self._wish(person, told["wish"], BEFORE)
        return person

    def _wish(self, person: Person, wish: dict, now: datetime) -> None:
        hours = [tuple(time.fromisoformat(edge) for edge in wish["hours"])] if "hours" in wish else []
        until = datetime.fromisoformat(wish["until"]) if "until" in wish else None
        more = {"quiet_until": until, "quiet": hours}
        wants(person, Rhythm(wish["rhythm"]), by_email=wish.get("by_email", False), now=now, **more)

    def _send(self, *, address, text, message_id) -> None:
        if self.mail == "away":
            raise Temporary("server_away")
        if self.mail == "refuses":
            raise Permanent("address_refused")
        self.languages[message_id] = text.body.rstrip("/\n").rsplit("/", 1)[1]

    def play(self) -> list[str]:
        for event in self.story["events"]:
            now = datetime.fromisoformat(event["at"])
            self._pass_time_until(now)
            self._act(event, now)
            worker.deliver_due(worker.Counts(), now)
        return sorted(self._told())

    def _pass_time_until(self, end: datetime) -> None:
        while True:
            waiting = Delivery.objects.filter(state="waiting").values_list("due_at", "next_try_at")
            due = min((later or at for at, later in waiting), default=end)
            if due >= end:
                return
            worker.deliver_due(worker.Counts(), due)

    def _act(self, event: dict, now: datetime) -> None:
        if "notice" in event:
            persons = [self.people[name].pk for name in event["to"]]
            reach_many(person_ids=persons, purpose=event["notice"], subject="story", subject_id=event["about"], now=now)
        elif "wish" in event:
            self._wish(self.people[event["of"]], event["wish"], now)
        elif "read" in event:
            mark_seen(person_id=self.people[event["by"]].pk, subject="story", subject_id=event["read"], now=now)
        elif "gone" in event:
            self.gone.add(event["gone"])
        elif "freeze" in event:
            who = Account.objects.filter(person=self.people[event["freeze"]])
            who.update(frozen_at=now, frozen_by_id="the story")
        elif "mail" in event:
            self.mail = event["mail"]
        for field, column in (("zone", "time_zone"), ("language", "language")):
            if field in event:
                Person.objects.filter(pk=self.people[event["of"]].pk).update(**{column: event[field]})

    def _told(self):
        for attempt in Attempt.objects.exclude(outcome=Outcome.PUT_OFF).select_related("delivery"):
            outcome = Outcome(attempt.outcome)
            verdict = WORDS.get(outcome, outcome.value).format(attempt.reason)
            if outcome == Outcome.SENT:
                verdict = f"send {self.languages[attempt.delivery.message_id]}"
            at = attempt.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")
            yield f"{at} · {self.names[attempt.delivery.person_id]} · {verdict}"


@pytest.mark.django_db
@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_story_goes_as_promised(path, monkeypatch):
    story = json.loads(path.read_text())
    assert Player(story, monkeypatch).play() == sorted(story["expect"])


def test_the_stories_show_every_kind_of_end():
    verdicts = Counter(
        line.split(" · ")[2].split(" ")[0] for path in STORIES for line in json.loads(path.read_text())["expect"]
    )
    assert {"send", "withheld", "dropped", "again", "failed"} == set(verdicts)
