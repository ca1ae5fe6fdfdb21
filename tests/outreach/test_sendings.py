"""What was sent, what was not, what did not get through: read by the parent, and by staff as far as it is theirs."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import translation

from audit.models import AccessEntry
from audit.record import record
from outreach import subjects, worker
from outreach.actions import reach
from outreach.channels import Permanent, Temporary
from outreach.desk import desk_of
from outreach.facts import facts_of
from outreach.faults import SENTENCES, Fault
from outreach.models import Delivery
from outreach.sendings import sendings_in_sight, sendings_to, stuck_ways
from outreach.vocabulary import Channel, Outcome, Purpose, State, Withheld
from people.policy import Refused
from people.vocabulary import Rhythm

from .company import ask, colleague, facilitator, make_facilitator, named, stands_around, text_of
from .conftest import NOON, make_parent, wants

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)
OF_THE_TEAM = "outreach.needs"  # a kind that is always of use, and that whoever is around her may know of


@pytest.fixture
def sofie(noon_and_no_groups):
    return colleague("Sofie")


@pytest.fixture
def amina(sofie):
    parent = named("Amina", 1)
    stands_around(sofie, parent, contact_person=True)
    return parent


def english(word) -> str:
    with translation.override("en"):
        return word.sentence


def refuse_mail(monkeypatch, failure):
    def refuse(**_):
        raise failure

    monkeypatch.setattr("outreach.channels.email.send", refuse)


def deliver(now=NOON):
    worker.deliver_due(worker.Counts(), now)


def stuck(person, now=NOON):
    return stuck_ways(facts_of([person.pk], now).values(), now).get(person.pk, [])


def test_every_fault_that_a_way_can_name_has_a_sentence():
    assert set(SENTENCES) == set(Fault)
    named_in_code = set()
    for file in (Path(subjects.__file__).parent).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Temporary", "Permanent"):
                named_in_code.add(ast.unparse(node.args[0]))
    assert len(named_in_code) > 10
    assert all(one.startswith("Fault.") for one in named_in_code)


def test_a_try_that_failed_for_now_is_told_with_why_and_when_it_is_tried_again(amina, monkeypatch):
    refuse_mail(monkeypatch, Temporary(Fault.SERVER_AWAY))
    reach(person_id=amina.pk, purpose=Purpose.DECISION, subject="x", subject_id="1", now=NOON)
    deliver()
    (one,) = sendings_to(amina.pk)
    assert one.became == str(Outcome.FAILED_FOR_NOW.label)
    assert one.because == Fault.SERVER_AWAY.sentence
    assert one.again_at == NOON + timedelta(minutes=1)
    assert [one.for_good for one in stuck(amina)] == [False]


def test_a_failure_for_good_differs_and_every_try_of_it_is_told(amina, monkeypatch, sofie, rf):
    refuse_mail(monkeypatch, Temporary(Fault.SERVER_AWAY))
    reach(person_id=amina.pk, purpose=Purpose.STAFF_WORD, subject=OF_THE_TEAM, subject_id="1", now=NOON)
    deliver()
    refuse_mail(monkeypatch, Permanent(Fault.ADDRESS_REFUSED))
    deliver(NOON + AN_HOUR)
    (one,) = sendings_to(amina.pk)
    assert one.became == str(State.FAILED.label)
    assert one.again_at is None
    assert [each.became for each in one.tries] == [str(Outcome.FAILED_FOR_NOW.label), str(Outcome.FAILED.label)]
    said = text_of(ask(rf, facilitator(sofie), "work:outreach_sent", parent_id=amina.pk))
    assert "e-mail · could not be sent" in said
    assert english(Fault.SERVER_AWAY) in said
    assert english(Fault.ADDRESS_REFUSED) in said


def test_staff_read_what_was_withheld_and_why_in_the_words_of_the_parent(amina, sofie, rf):
    wants(amina, Rhythm.MINE)
    reach(person_id=amina.pk, purpose=Purpose.STAFF_WORD, subject=OF_THE_TEAM, subject_id="1", now=NOON)
    deliver()
    assert sendings_in_sight(facilitator(sofie), amina.pk) == sendings_to(amina.pk)
    said = text_of(ask(rf, facilitator(sofie), "work:outreach_sent", parent_id=amina.pk))
    assert english(Withheld.COMES_BY_THEMSELVES) in said


def test_codes_and_what_is_of_her_own_access_are_hers_alone(amina, sofie, outbox):
    reach(person_id=amina.pk, purpose=Purpose.RECOVERY_CODE, code="123456", now=NOON)
    reach(person_id=amina.pk, purpose=Purpose.ACCESS_CHANGED, subject="people.access", now=NOON)
    reach(person_id=amina.pk, purpose=Purpose.STAFF_WORD, subject=OF_THE_TEAM, subject_id="1", now=NOON)
    deliver()
    assert len(sendings_to(amina.pk)) == 3
    assert [one.why for one in sendings_in_sight(facilitator(sofie), amina.pk)] == [str(Purpose.STAFF_WORD.label)]


def test_a_thing_that_nobody_registered_is_in_nobodys_sight(amina, sofie):
    reach(person_id=amina.pk, purpose=Purpose.NEW_IN_SPACE, subject="unheard of", subject_id="1", now=NOON)
    assert len(sendings_to(amina.pk)) == 1
    assert sendings_in_sight(facilitator(sofie), amina.pk) == []


def test_the_page_is_for_who_is_around_her_and_the_parent_reads_who_looked(amina, sofie, rf):
    ask(rf, facilitator(sofie), "work:outreach_sent", parent_id=amina.pk)
    assert AccessEntry.objects.get(person_id=amina.pk).purpose == "sendings"
    stranger = make_facilitator("Lien")
    with pytest.raises(Refused):
        ask(rf, facilitator(stranger), "work:outreach_sent", parent_id=amina.pk)
    assert AccessEntry.objects.filter(staff_id=stranger.pk).count() == 0


def test_the_desk_and_her_page_say_that_a_way_does_not_reach_her(amina, sofie, monkeypatch, rf):
    refuse_mail(monkeypatch, Permanent(Fault.ADDRESS_REFUSED))
    reach(person_id=amina.pk, purpose=Purpose.DECISION, subject="x", subject_id="1", now=NOON)
    deliver()
    (line,) = desk_of(facilitator(sofie), NOON).stuck
    assert (line.who.person_id, line.ways[0].way, line.ways[0].for_good) == (amina.pk, Channel.EMAIL, True)
    for name, ids in (("work:outreach", {}), ("work:outreach_person", {"parent_id": amina.pk})):
        assert english(Fault.ADDRESS_REFUSED) in text_of(ask(rf, facilitator(sofie), name, **ids))


def test_what_got_through_later_or_was_mended_is_not_said_any_more(amina, monkeypatch, outbox):
    deliverable = Delivery.objects.filter(state=State.WAITING)
    refuse_mail(monkeypatch, Permanent(Fault.ADDRESS_REFUSED))
    reach(person_id=amina.pk, purpose=Purpose.DECISION, subject="x", subject_id="1", now=NOON)
    deliver()
    assert stuck(amina)
    record(
        "people.email.set",
        by_id=amina.pk,
        subject="people.account",
        subject_id=amina.account.pk,
        now=NOON + timedelta(minutes=1),
    )
    assert not stuck(amina)
    reach(person_id=amina.pk, purpose=Purpose.DECISION, subject="x", subject_id="2", now=NOON + AN_HOUR)
    deliver(NOON + AN_HOUR)
    assert stuck(amina, NOON + AN_HOUR)
    monkeypatch.setattr("outreach.channels.email.send", lambda **_: None)
    reach(person_id=amina.pk, purpose=Purpose.DECISION, subject="x", subject_id="3", now=NOON + 2 * AN_HOUR)
    deliver(NOON + 2 * AN_HOUR)
    assert not deliverable.exists()
    assert not stuck(amina, NOON + 2 * AN_HOUR)
    assert not stuck(amina, NOON + timedelta(days=31))


def test_somebody_whose_only_way_is_gone_is_seen_and_somebody_who_chose_none_is_not(sofie, rf):
    only_push = named("Rosa", 2, channels=(Channel.PUSH,))
    only_app = named("Els", 3, channels=())
    two_ways = named("Fatma", 4, channels=(Channel.PUSH, Channel.EMAIL))
    for one in (only_push, only_app, two_ways):
        stands_around(sofie, one)
    seen = desk_of(facilitator(sofie), NOON).stuck
    assert [(one.who.person_id, one.ways[0].way) for one in seen] == [(only_push.pk, Channel.PUSH)]


def test_what_went_to_another_address_than_hers_says_nothing_of_hers(amina, monkeypatch):
    refuse_mail(monkeypatch, Permanent(Fault.ADDRESS_REFUSED))
    reach(person_id=amina.pk, purpose=Purpose.SIGN_IN_CODE, code="1234", to_address="els@demo.invalid", now=NOON)
    reach(person_id=amina.pk, purpose=Purpose.ACCESS_CHANGED, former_address="old@demo.invalid", now=NOON)
    deliver()
    assert Delivery.objects.filter(state=State.FAILED).count() == 2
    assert not stuck(amina)


def test_it_costs_the_same_for_any_number_of_persons(sofie, monkeypatch, django_assert_num_queries):
    refuse_mail(monkeypatch, Permanent(Fault.ADDRESS_REFUSED))
    people = [make_parent(number) for number in range(1, 8)]
    for one in people:
        wants(one)
        reach(person_id=one.pk, purpose=Purpose.DECISION, subject="x", subject_id=one.pk, now=NOON)
    deliver()
    facts = facts_of([one.pk for one in people], NOON).values()
    with django_assert_num_queries(3):
        assert len(stuck_ways(facts, NOON)) == 7
