"""A round under way: what became of each part, handing over, closing, and who is told that something happened."""

from datetime import time, timedelta

import pytest
from django.db import transaction

from outreach import occasions, worker
from outreach import round_queries as queries
from outreach.actions import rounds
from outreach.models import ContactMoment, Delivery, Task
from outreach.models.contact_moment import MomentOutcome
from outreach.vocabulary import Withheld
from people.policy import Refused

from .conftest import NOON, make_parent, wants
from .round_team import CALL, Team, by, confirm, made_up, reachable, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(monkeypatch) -> Team:
    return made_up(monkeypatch)


@pytest.mark.parametrize("outcome", [MomentOutcome.SPOKE, MomentOutcome.DID_NOT_WANT, MomentOutcome.LEFT])
def test_an_outcome_is_a_contact_and_ends_the_task(team, outcome):
    parent = reachable(make_parent(1))
    sofie = team.joins("Sofie", parent)
    wants(parent, by_email=False, channels=(CALL,))
    one = confirm(start(sofie), sofie)
    worker.run_once(NOON)
    line = one.lines.get()
    rounds.mark_outcome(line=line, outcome=MomentOutcome.NO_ANSWER, by=by(sofie), now=NOON)
    assert Task.objects.get().done_at is None  # someone may try again
    rounds.mark_outcome(line=line, outcome=outcome, by=by(sofie), now=NOON)
    task = Task.objects.get()
    assert (task.done_by_id, ContactMoment.objects.count()) == (sofie.pk, 2)
    assert queries.progress(by(sofie), one)[0].standing == queries.Standing.REACHED
    with pytest.raises(Refused):
        rounds.mark_outcome(line=line, outcome=outcome, by=by(sofie), now=NOON)


def test_who_was_spoken_with_is_not_mailed_afterwards(team, outbox):
    parent = make_parent(1)
    sofie = team.joins("Sofie", parent)
    wants(parent, quiet=[(time(10), time(20))])
    one = confirm(start(sofie), sofie)
    rounds.mark_outcome(line=one.lines.get(), outcome=MomentOutcome.SPOKE, by=by(sofie), now=NOON)
    worker.run_once(NOON + timedelta(days=1))
    assert outbox == []
    assert Delivery.objects.get().reason == Withheld.NO_LONGER_OF_USE


def test_a_part_is_handed_over_to_who_accompanies_the_same_people(team):
    first, second = reachable(make_parent(1)), reachable(make_parent(2))
    sofie, youssef = team.joins("Sofie", first, second), team.joins("Youssef", first)
    for parent in (first, second):
        wants(parent, by_email=False, channels=(CALL,))
    one = confirm(start(sofie), sofie)
    worker.run_once(NOON)
    assert rounds.hand_over(one=one, from_id=sofie.pk, to_id=youssef.pk, by=by(sofie), now=NOON) == 1
    assert Task.objects.get(person=first).for_id == youssef.pk
    assert Task.objects.get(person=second).for_id == sofie.pk
    with pytest.raises(Refused):
        rounds.hand_over(one=one, from_id=sofie.pk, to_id=youssef.pk, by=by(youssef), now=NOON)


def test_what_was_reached_and_what_another_leads_stays_where_it_is(team):
    reached, waits, led = (reachable(make_parent(number)) for number in (1, 2, 3))
    sofie, youssef, mila = (team.joins(name, reached, waits, led) for name in ("Sofie", "Youssef", "Mila"))
    for parent in (reached, waits, led):
        wants(parent, by_email=False, channels=(CALL,))
    one, another = start(sofie), start(sofie)
    for parent, lead in ((reached, sofie), (waits, sofie), (led, youssef)):
        line = one.lines.get(person=parent)
        rounds.change_line(line=line, lead_id=lead.pk, way=CALL, by=by(sofie), now=NOON)
    one = confirm(one, sofie)
    rounds.mark_outcome(line=one.lines.get(person=reached), outcome=MomentOutcome.SPOKE, by=by(sofie), now=NOON)
    before = dict(one.lines.values_list("person_id", "lead_id"))
    assert rounds.hand_over(one=one, from_id=sofie.pk, to_id=mila.pk, by=by(sofie), now=NOON) == 1
    assert dict(one.lines.values_list("person_id", "lead_id")) == before | {waits.pk: mila.pk}
    assert set(another.lines.values_list("lead_id", flat=True)) == {""}


def test_closing_ends_what_waits(team, outbox):
    first, second = reachable(make_parent(1)), make_parent(2)
    sofie = team.joins("Sofie", first, second)
    wants(first, by_email=False, channels=(CALL,))
    wants(second, quiet=[(time(10), time(20))])
    one = confirm(start(sofie), sofie)
    worker.run_once(NOON)
    rounds.close_round(one=one, note="Iedereen weet dat we er zijn.", by=by(sofie), now=NOON)
    worker.run_once(NOON + timedelta(days=1))
    assert (Task.objects.get().reason, outbox) == (Withheld.NO_LONGER_OF_USE, [])
    for act in (lambda: confirm(one, sofie), lambda: rounds.close_round(one=one, note="", by=by(sofie), now=NOON)):
        with pytest.raises(Refused):
            act()


def test_a_responder_is_called_once_in_the_transaction_and_reads_no_title(team, monkeypatch):
    parent, heard = make_parent(1), []
    sofie = team.joins("Sofie", parent)
    monkeypatch.setattr(occasions, "_RESPONDERS", {})
    occasions.register_responder("test.hear", heard.append)
    with pytest.raises(RuntimeError):
        occasions.register_responder("test.hear", print)
    one = start(sofie)
    assert heard == []
    confirm(one, sofie)
    assert [(happened.kind, happened.by_id) for happened in heard] == [("trial", sofie.pk)]
    assert "Zitting" not in repr(heard)

    def fails(happened):
        raise ZeroDivisionError

    monkeypatch.setattr(occasions, "_RESPONDERS", {"test.fail": fails})
    again = start(sofie)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        confirm(again, sofie)
    assert not Delivery.objects.filter(subject_id=again.pk).exists()
