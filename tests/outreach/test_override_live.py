"""Acute danger on the open pages of the team: who sees it at once, and that nobody else hears of it (G39)."""

from datetime import timedelta

import pytest
from django.db import transaction

from outreach import live
from outreach.actions.override import confirm_override, use_override
from outreach.models import Override
from outreach.models.override import Danger
from outreach.views.override import news
from people.actor import Actor
from people.models import Person
from people.vocabulary import Role

from .conftest import NOON
from .danger import ask

pytestmark = pytest.mark.django_db
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@pytest.fixture
def hints(monkeypatch, django_capture_on_commit_callbacks):
    """What was told to open pages; only once it is so."""
    sent = []
    monkeypatch.setattr("live.hints._send", sent.append)

    def after(act):
        sent.clear()
        with django_capture_on_commit_callbacks(execute=True):
            done = act()
            assert sent == []
        return done, list(sent)

    return after


def read_by(override: Override, *actors: Actor, item: str | None = None) -> list[str]:
    """What stands on the open page of each of these, in the order of the hub: allowed, hidden, rendered."""
    pages, items = [], live.danger.since("asked", 0, item)
    hidden = live.danger.hides("asked", actors, items)
    for actor in actors:
        shown = [one for one in items if live.danger.author(one.thing) not in hidden[actor.person_id]]
        may = actor.person_id in live.danger.allowed("asked", [actor])
        pages.append("".join(live.danger.render(shown, "nl", live.danger.audience(actor))) if may else "")
    return pages


def test_who_may_confirm_sees_it_on_the_open_page_and_who_asked_sees_the_yes(quiet, team, hints, clock_at_noon):
    asked, told = hints(lambda: ask(quiet, team["sofie"]))
    assert told == [{"topic": live.TOPIC, "sequence": asked.sequence, "item": None}]
    sofie, youssef, bram, karel = read_by(asked, *team.values())
    address = f"/work/outreach/danger/{asked.pk}/"
    assert address in youssef
    assert address in bram
    assert address not in sofie  # she waits
    assert karel == ""  # who does not stand near hears not even that there is one
    confirmed, told = hints(lambda: confirm_override(override=asked, by=team["bram"], now=NOON))
    assert told == [{"topic": live.TOPIC, "sequence": 0, "item": asked.pk}]
    sofie, youssef, bram, karel = read_by(confirmed, *team.values(), item=asked.pk)
    assert address in sofie
    assert address in bram
    assert address not in youssef
    assert "hidden" in youssef
    assert karel == ""
    _, told = hints(lambda: use_override(override=confirmed, by=team["sofie"], now=NOON))
    assert told == [{"topic": live.TOPIC, "sequence": 0, "item": asked.pk}]
    assert all(address not in page for page in read_by(confirmed, *team.values(), item=asked.pk))


def test_an_open_page_hears_no_name_no_danger_and_no_word(quiet, team, hints, clock_at_noon):
    Person.objects.filter(pk=quiet.pk).update(name="Zeynep")
    asked, told = hints(lambda: ask(quiet, team["sofie"]))
    (page,) = read_by(asked, team["youssef"])
    for word in ("Ze belde", "Zeynep", quiet.pk, "Sofie", str(Danger.TO_SELF.label), "to_self"):
        assert word not in page
        assert word not in str(told)


def test_after_the_hour_an_open_page_shows_nothing(quiet, team, clock_at_noon, monkeypatch):
    asked = ask(quiet, team["sofie"], now=NOON - HOUR)
    (page,) = read_by(asked, team["youssef"])
    assert "hidden" in page
    assert "danger/" not in page


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.FACILITATOR, Role.MODERATOR}))
def test_no_other_role_follows_it(team, role):
    someone = Actor(person_id=team["youssef"].person_id, roles=frozenset({role}))
    assert live.danger.allowed("asked", [someone]) == set()


def test_what_is_rolled_back_is_told_to_no_page(quiet, team, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr("live.hints._send", sent.append)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        ask(quiet, team["sofie"])
        transaction.set_rollback(True)
    assert sent == []


def news_for(rf, actor: Actor):
    request = rf.get("/")
    request.actor = actor
    return news(request)


def test_a_page_without_a_socket_asks_and_reads_the_same(quiet, team, clock_at_noon, rf):
    asked = ask(quiet, team["sofie"])
    answer = news_for(rf, team["youssef"])
    assert f"o-{asked.pk}" in answer.content.decode()
    assert answer["X-Seq"] == str(asked.sequence)
    assert news_for(rf, team["karel"]).content.decode().strip() == ""
