"""Who asks for contact and chose only ways of sending: nobody mails her about her own wish, somebody writes to her."""

from datetime import time, timedelta

import pytest

from outreach import queries, worker
from outreach.actions.asking import ask_for_contact
from outreach.actions.notices import mark_seen
from outreach.actions.words import write_word
from outreach.desk import desk_of
from outreach.facts import facts_of
from outreach.foreseeing import When
from outreach.models import Notice, Task
from outreach.unanswered import unanswered
from outreach.vocabulary import Channel, Purpose, Withheld
from outreach.word_queries import purpose_of_word
from people.models import Person
from people.vocabulary import Rhythm

from .company import can_be_called, facilitator, make_facilitator, spoke
from .conftest import NOON, actor, make_parent, wants

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_no_groups")]


@pytest.fixture
def parent() -> Person:
    person = make_parent(1, name="Fatma")
    wants(person, Rhythm.QUIET)
    return person


@pytest.fixture
def sofie(parent, monkeypatch) -> Person:
    from people import relations

    staff = make_facilitator("Sofie")
    seen = lambda who: {parent.pk} if who == staff.pk else set()  # noqa: E731
    monkeypatch.setitem(relations._RELATIONS, "accompanies", [seen])
    return staff


def asks(parent, way=None, now=NOON - timedelta(hours=1)):
    ask_for_contact(by=actor(parent), way=way, now=now)
    worker.deliver_due(worker.Counts(), now)


def wanted(staff, now=NOON):
    return [(one.purpose, one.way) for one in desk_of(facilitator(staff), now).wanted]


def write(parent, staff, now=NOON):
    return write_word(person_id=parent.pk, text="Ik bel je morgen.", key="k" * 12, by=facilitator(staff), now=now)


def test_nothing_is_mailed_and_nothing_counts_as_reached_but_the_team_sees_it(parent, sofie, outbox):
    asks(parent)
    assert outbox == []
    assert facts_of([parent.pk], NOON)[parent.pk].needs.reached_at is None
    assert wanted(sofie) == [(Purpose.CONTACT_ASKED, Channel.EMAIL)]


def test_reading_her_own_wish_in_the_app_does_not_end_it(parent, sofie):
    asks(parent)
    notice = Notice.objects.get(purpose=Purpose.CONTACT_ASKED)
    mark_seen(person_id=parent.pk, subject=notice.subject, subject_id=notice.subject_id, now=NOON)
    assert wanted(sofie) == [(Purpose.CONTACT_ASKED, Channel.EMAIL)]


def test_the_word_in_answer_is_foreseen_and_told_though_she_wants_quiet_and_then_nothing_is_open(parent, sofie, outbox):
    asks(parent)
    purpose = purpose_of_word(parent.pk, sofie.pk, NOON)
    assert purpose == Purpose.WORD_ASKED
    assert queries.preview([parent.pk], purpose, sofie.pk, NOON)[0].when == When.NOW
    write(parent, sofie)
    worker.deliver_due(worker.Counts(), NOON)
    assert [address for address, _, _ in outbox] == [parent.account.email]
    assert wanted(sofie) == []
    assert not unanswered([parent.pk]).exists()
    assert Task.objects.get().done_by_id == sofie.pk


def test_a_second_word_is_an_ordinary_one_and_keeps_her_silence(parent, sofie, outbox):
    asks(parent)
    write(parent, sofie)
    assert purpose_of_word(parent.pk, sofie.pk, NOON) == Purpose.STAFF_WORD
    write_word(person_id=parent.pk, text="Nog iets.", key="l" * 12, by=facilitator(sofie), now=NOON)
    worker.deliver_due(worker.Counts(), NOON)
    assert len(outbox) == 1


def test_a_word_before_the_worker_came_by_leaves_nothing_open_either(parent, sofie, outbox):
    ask_for_contact(by=actor(parent), now=NOON)
    write(parent, sofie)
    worker.deliver_due(worker.Counts(), NOON)
    assert len(outbox) == 1
    assert (wanted(sofie), Task.objects.count()) == ([], 0)


def test_her_hours_hold_for_the_word_too(parent, sofie, outbox):
    wants(parent, Rhythm.QUIET, quiet=[(time(11), time(15))])
    asks(parent)
    write(parent, sofie)
    worker.deliver_due(worker.Counts(), NOON)
    assert outbox == []
    worker.deliver_due(worker.Counts(), NOON + timedelta(hours=3))
    assert len(outbox) == 1


def test_who_asked_for_a_call_is_not_answered_by_a_word(parent, sofie, outbox):
    can_be_called(parent)
    asks(parent, Channel.CALL)
    assert purpose_of_word(parent.pk, sofie.pk, NOON) == Purpose.STAFF_WORD
    _, plan = write(parent, sofie)
    assert plan.outward.reason == Withheld.QUIET
    assert wanted(sofie) == [(Purpose.CONTACT_ASKED, Channel.CALL)]


def test_asking_again_after_the_word_is_a_new_wish_and_a_talk_answers_it_as_well(parent, sofie):
    asks(parent)
    write(parent, sofie)
    asks(parent, now=NOON + timedelta(days=1))
    later = NOON + timedelta(days=1, hours=1)
    assert wanted(sofie, later) == [(Purpose.CONTACT_ASKED, Channel.EMAIL)]
    spoke(sofie, parent, later)
    assert not unanswered([parent.pk]).exists()
