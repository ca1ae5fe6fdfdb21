"""'Please contact me' on the pages of a parent: what she reads, whom it needs, and how it is taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outreach import worker
from outreach.actions.around import choose_contact_person
from outreach.facts import facts_of
from outreach.models import Leave, Notice, Task
from outreach.unanswered import is_waiting, unanswered
from outreach.vocabulary import Channel, Kind
from people import relations
from people.models import Account
from people.vocabulary import Rhythm, WhoMay
from portal.moments import date_in_words

from .company import colleague, stands_around
from .conftest import BEFORE, actor, make_parent, wants
from .pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db, monkeypatch):
    """A facilitator who accompanies everybody."""
    sofie = colleague("Sofie")
    monkeypatch.setitem(relations._RELATIONS, "accompanied by", [lambda who: {sofie.pk}])
    return sofie


@pytest.mark.usefixtures("team")
def test_asking_for_a_call_makes_a_task_also_in_silence_and_can_be_taken_back(visit):
    person = make_parent()
    wants(person, Rhythm.QUIET, by_email=False)
    assert "no number and no address" in text_of(visit(person, "my:ask"))
    visit(person, "my:card", {"phone": "0470 12 34 56", "if_someone_else": "ask"})
    for _ in range(2):
        assert visit(person, "my:ask", {"way": "call"}).status_code == 302
    assert "You asked us to contact you: phone call." in text_of(visit(person, "my:ask"))
    worker.run_once()
    task = Task.objects.get()
    assert (task.channel, task.purpose, task.withdrawn_at) == ("call", "contact_asked", None)
    visit(person, "my:ask_off", {})
    task.refresh_from_db()
    assert task.withdrawn_at is not None
    assert "You asked us" not in text_of(visit(person, "my:contact"))


@pytest.mark.usefixtures("team")
def test_what_was_asked_for_stands_on_her_pages_whatever_her_ways_until_she_takes_it_back(visit, outbox):
    """By e-mail, which somebody of the team writes, and in the app only, where nothing waits: nobody called her yet."""
    known, by_mail = "We know. Someone contacts you", "You asked us to contact you: e-mail."
    for number, (by_email, told) in enumerate([(True, {"my:ask": by_mail, "my:around": known}),
                                               (False, {"my:ask": known, "my:around": known})]):  # fmt: skip
        person = make_parent(number)
        wants(person, Rhythm.MATTERS, by_email=by_email)
        visit(person, "my:around_ask", {})
        worker.run_once()
        for page, said in told.items():
            assert said in text_of(visit(person, page))
        assert unanswered([person.pk]).exists()
        visit(person, "my:ask_off", {})
        assert not unanswered([person.pk]).exists()  # so that it is off the page of her team as well
        for page, said in told.items():
            assert said not in text_of(visit(person, page))


def test_who_asks_while_her_contact_person_is_away_reads_from_when_and_a_way_for_one_kind_that_is_missing(visit):
    person, staff = make_parent(), colleague("Sofie")
    wants(person, channels_by_kind={Kind.EVENTS: (Channel.VISIT,)}, who_may=WhoMay.CONTACT_PERSON)
    assert "Not possible yet: home visit." in text_of(visit(person, "my:contact"))
    visit(person, "my:card", {"phone": "0470 12 34 56", "if_someone_else": "ask"})
    stands_around(staff, person, contact_person=True)
    back = timezone.now() + timedelta(days=6)
    Leave.objects.create(staff=staff, starts_at=timezone.now() - timedelta(days=1), ends_at=back)
    visit(person, "my:ask", {"way": "call"})
    for page in ("my:ask", "my:contact"):
        assert f"That can be on {date_in_words(timezone.localdate(back), 'en')} at the earliest." in text_of(
            visit(person, page)
        )


def test_who_lets_in_only_a_contact_person_and_has_none_reads_that_nobody_may_and_what_she_can_do(visit):
    person = make_parent()
    wants(person, Rhythm.OFTEN, who_may=WhoMay.CONTACT_PERSON)
    visit(person, "my:card", {"phone": "0470 12 34 56", "if_someone_else": "ask"})
    answer = visit(person, "my:around_ask", {})
    assert answer["Location"].endswith("/my/contact/ask/")
    for answer in (visit(person, "my:ask"), visit(person, "my:ask", {"way": "call"})):
        page = text_of(answer)
        assert "You have none yet, so nobody does." in page
        assert "I would like a contact person" in page
        assert b'name="way"' not in answer.content
    assert "We know." not in text_of(visit(person, "my:around")) + text_of(visit(person, "my:ask"))
    assert "You have none yet, so nobody does." in text_of(visit(person, "my:around"))


def test_with_nobody_of_the_team_beside_her_she_reads_that_and_can_choose_someone_before_she_asks(visit):
    person, sofie = make_parent(), colleague("Sofie")
    visit(person, "my:card", {"phone": "0470 12 34 56", "if_someone_else": "ask"})
    assert visit(person, "my:around_ask", {})["Location"].endswith("/my/contact/ask/")
    for answer in (visit(person, "my:ask"), visit(person, "my:ask", {"way": "call"}), visit(person, "my:around")):
        assert "Nobody from the team is with you yet." in text_of(answer)
        assert "I would like a contact person" in text_of(answer)
    assert not Notice.objects.exists()
    choose_contact_person(staff_id=sofie.pk, by=actor(person))
    assert visit(person, "my:ask", {"way": "call"}).status_code == 302
    assert is_waiting(facts_of([person.pk], timezone.now())[person.pk], timezone.now())


def test_who_is_with_her_but_cannot_come_in_any_more_is_nobody(visit, team):
    person = make_parent()
    assert "Nobody from the team is with you yet." not in text_of(visit(person, "my:around"))
    Account.objects.filter(person=team).update(frozen_at=BEFORE, frozen_by_id="x" * 22)
    assert "Nobody from the team is with you yet." in text_of(visit(person, "my:around"))
