"""The one door: what it writes, what it costs, and that a rollback sends nothing."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from outreach import queries, worker
from outreach.actions import reach, reach_many
from outreach.actions.notices import mark_all_read, mark_read, mark_seen
from outreach.models import Attempt, Delivery, Notice
from outreach.vocabulary import Outcome, Purpose, State, Withheld
from people.models import ContactNeeds
from people.policy import Refused
from people.vocabulary import Rhythm

from .conftest import NOON, actor, make_parent, wants

pytestmark = pytest.mark.django_db


def news(person, about="c1", now=NOON, purpose=Purpose.NEW_IN_SPACE, **more):
    reach(person_id=person.pk, purpose=purpose, subject="test.thing", subject_id=about, now=now, **more)


def test_a_notice_stands_in_the_app_and_mail_waits_in_the_outbox(parent, outbox):
    news(parent)
    notice, delivery = Notice.objects.get(), Delivery.objects.get()
    assert (notice.person_id, notice.purpose, notice.read_at) == (parent.pk, Purpose.NEW_IN_SPACE, None)
    assert (delivery.state, delivery.due_at, delivery.notice_id) == (State.WAITING, NOON, notice.pk)
    assert outbox == []
    assert worker.run_once(NOON).sent == 1
    assert [(address, text.subject) for address, text, _ in outbox] == [("parent1@example.org", outbox[0][1].subject)]


def test_unread_notices_of_one_thing_are_one(parent):
    for minute in range(3):
        news(parent, now=NOON + timedelta(minutes=minute))
    news(parent, about="c2")
    merged = Notice.objects.get(subject_id="c1")
    assert (merged.merged_count, merged.created_at) == (3, NOON + timedelta(minutes=2))
    assert Notice.objects.count() == 2
    mark_seen(person_id=parent.pk, subject="test.thing", subject_id="c1", now=NOON)
    news(parent)
    assert Notice.objects.filter(subject_id="c1").count() == 2


def test_three_things_are_one_mail(parent, outbox):
    for about in ("c1", "c2", "c3"):
        news(parent, about)
    counts = worker.run_once(NOON)
    assert (counts.sent, counts.dropped, len(outbox)) == (1, 0, 1)  # the other two ended with the first
    assert sorted(Delivery.objects.values_list("state", "reason")) == [
        (State.DROPPED, Withheld.ONE_FOR_ALL),
        (State.DROPPED, Withheld.ONE_FOR_ALL),
        (State.SENT, ""),
    ]


def test_a_rollback_sends_nothing(parent, outbox):
    with transaction.atomic():
        news(parent)
        transaction.set_rollback(True)
    assert worker.run_once(NOON).sent == 0
    assert (Notice.objects.count(), Delivery.objects.count(), Attempt.objects.count(), outbox) == (0, 0, 0, [])


@pytest.mark.parametrize("how_many", [1, 20, 300])
def test_reaching_many_costs_four_statements_at_most(how_many):
    people = [make_parent(number) for number in range(how_many)]
    for person in people[::2]:
        wants(person, Rhythm.MATTERS)
    with transaction.atomic(), CaptureQueriesContext(connection) as statements:
        reach_many(person_ids=[person.pk for person in people], purpose=Purpose.DECISION, subject="x", now=NOON)
    assert len(statements) <= 4
    assert Notice.objects.count() == Delivery.objects.count() == how_many


def test_the_one_who_did_it_is_not_told(parent):
    other = make_parent(2)
    reach_many(person_ids=[parent.pk, other.pk], purpose=Purpose.NEW_IN_SPACE, by_id=parent.pk, now=NOON)
    assert [notice.person_id for notice in Notice.objects.all()] == [other.pk]


def test_everything_withheld_is_recorded_with_its_reason():
    person = make_parent()
    wants(person, Rhythm.MINE)
    news(person)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.reason, delivery.due_at) == (State.WITHHELD, Withheld.COMES_BY_THEMSELVES, None)
    assert list(Attempt.objects.values_list("outcome", "reason")) == [(Outcome.WITHHELD, "comes_by_themselves")]


def test_a_code_passes_quiet_is_encrypted_while_it_waits_and_gone_after(outbox):
    person = make_parent()
    wants(person, Rhythm.QUIET)
    reach(person_id=person.pk, purpose=Purpose.SIGN_IN_CODE, code="481516", now=NOON)
    assert Notice.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM outreach_delivery")
        assert "481516" not in cursor.fetchone()[0]
    worker.run_once(NOON)
    assert "481516" in outbox[0][1].body
    assert Delivery.objects.get().payload == ""


def test_a_code_that_came_too_late_is_not_sent(outbox):
    person = make_parent()
    reach(person_id=person.pk, purpose=Purpose.RECOVERY_CODE, code="481516", now=NOON)
    counts = worker.run_once(NOON + timedelta(minutes=16))
    assert (counts.dropped, outbox, Delivery.objects.get().payload) == (1, [], "")


def test_a_code_goes_with_code_purposes_only(parent):
    with pytest.raises(ValueError, match="closed list"):
        news(parent, code="123456")
    with pytest.raises(ValueError, match="closed list"):
        reach(person_id=parent.pk, purpose=Purpose.SIGN_IN_CODE)


def test_a_code_does_not_count_as_contact(parent, outbox):
    reach(person_id=parent.pk, purpose=Purpose.SIGN_IN_CODE, code="1", now=NOON)
    worker.run_once(NOON)
    news(parent)
    assert worker.run_once(NOON).sent == 1


def test_an_unknown_person_is_nobody():
    reach(person_id="nobody", purpose=Purpose.DECISION, now=NOON)
    assert Delivery.objects.count() == 0


def test_needs_absent_means_in_the_app_only():
    person = make_parent()
    assert not ContactNeeds.objects.filter(person=person).exists()
    news(person, purpose=Purpose.DECISION)
    assert Delivery.objects.get().reason == Withheld.NO_WAY_CHOSEN
    assert queries.unread(person.pk)


def test_something_new_costs_one_statement(parent, django_assert_num_queries):
    news(parent)
    with django_assert_num_queries(1):
        assert queries.unread(parent.pk)
    mark_all_read(by=actor(parent), now=NOON)
    assert not queries.unread(parent.pk)


def test_another_cannot_open_my_notice(parent):
    news(parent)
    with pytest.raises(Refused):
        mark_read(notice=Notice.objects.get(), by=actor(make_parent(2)))
    assert Notice.objects.get().read_at is None


def test_which_notices_agrees_with_may_open(parent):
    from outreach.policies import open_notice

    other = make_parent(2)
    news(parent)
    news(other)
    for person in (parent, other):
        readable = set(queries.readable_notices(actor(person), Notice.objects.all()))
        assert readable == {notice for notice in Notice.objects.all() if open_notice.allows(actor(person), notice)}


def test_deleting_a_person_takes_everything_along(parent):
    news(parent)
    parent.delete()
    assert (Notice.objects.count(), Delivery.objects.count(), Attempt.objects.count()) == (0, 0, 0)
