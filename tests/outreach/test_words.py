"""A word of the team to one parent: what is foreseen is what happens, and a stranger's word is not even written."""

import pytest

from outreach import queries, worker
from outreach.actions.words import answer_word, open_word, write_word
from outreach.foreseeing import When
from outreach.models import Around, Delivery, Notice, Place, StaffWord
from outreach.models.staff_word import Answer
from outreach.vocabulary import Channel, Purpose, State, Withheld
from outreach.word_policies import look_back, read_word
from people import relations
from people.actor import Actor
from people.models import Person
from people.policy import Refused
from people.vocabulary import Reason, Rhythm, Role, WhoMay

from .conftest import BEFORE, NOON, QUIET_NIGHT, make_parent, wants

pytestmark = pytest.mark.django_db
NIGHT = NOON.replace(hour=22)


@pytest.fixture
def parent(db) -> Person:
    person = make_parent(1)
    wants(person, **QUIET_NIGHT)
    return person


@pytest.fixture
def sofie(parent, monkeypatch) -> Actor:
    """She accompanies the parent."""
    staff = Person.objects.create(name="Sofie", is_staff=True, created_at=BEFORE)
    monkeypatch.setattr(
        relations, "_RELATIONS", {"accompanies": [lambda who: {parent.pk} if who == staff.pk else set()]}
    )
    return Actor(person_id=staff.pk, roles=frozenset({Role.FACILITATOR}))


def write(parent, by, key="k" * 12, text="Ik denk aan je.", now=NOON):
    return write_word(person_id=parent.pk, text=text, key=key, by=by, now=now)


def foreseen(parent, by, now=NOON):
    return queries.preview([parent.pk], Purpose.STAFF_WORD, by.person_id, now)[0]


def me(parent) -> Actor:
    return Actor(person_id=parent.pk, roles=frozenset({Role.PARENT}))


WISHES = [
    (Rhythm.OFTEN, {}, NOON, When.NOW),
    (Rhythm.OFTEN, QUIET_NIGHT, NIGHT, When.LATER),
    (Rhythm.MATTERS, {}, NOON, When.IN_APP),
    (Rhythm.MINE, {}, NOON, When.IN_APP),
    (Rhythm.QUIET, {}, NOON, When.IN_APP),
    (Rhythm.OFTEN, {"who_may": WhoMay.CONTACT_PERSON}, NOON, When.NOT),
]


@pytest.mark.parametrize(("rhythm", "more", "now", "when"), WISHES)
def test_what_is_foreseen_is_what_is_done(parent, sofie, outbox, rhythm, more, now, when):
    wants(parent, rhythm, **more)
    before = foreseen(parent, sofie, now)
    assert before.when == when
    assert bool(before.because) == (when != When.NOW)
    word, _ = write(parent, sofie, now=now)
    worker.run_once(now)
    assert len(outbox) == (when == When.NOW)
    assert StaffWord.objects.count() == Notice.objects.filter(person=parent).count() == (when != When.NOT)
    delivery = Delivery.objects.get()
    if when == When.LATER:
        assert (delivery.state, delivery.due_at, delivery.channel) == (State.WAITING, before.at, before.channel)
    if when in (When.IN_APP, When.NOT):
        assert delivery.state == State.WITHHELD
        assert Withheld(delivery.reason).beforehand == before.because
        assert "sent" not in before.because
    assert (word is None) == (when == When.NOT)


def test_a_word_of_a_stranger_leaves_no_word_behind(parent, sofie):
    wants(parent, who_may=WhoMay.CONTACT_PERSON)
    word, plan = write(parent, sofie, text="Niemand leest dit.")
    assert (word, plan.in_app.reason) == (None, Withheld.ONLY_CONTACT_PERSON)
    assert (StaffWord.objects.count(), Notice.objects.count()) == (0, 0)


def test_who_stands_around_her_with_her_yes_may_write_and_look_back(parent, sofie, monkeypatch):
    hanne = Person.objects.create(name="Hanne", is_staff=True, created_at=BEFORE)
    place = Place.objects.create(family_id=parent.pk, staff=hanne, number=1, ceiling=3)
    around = Around.objects.create(
        person=parent, staff=hanne, place=place, asked_at=BEFORE, asked_by_id=sofie.person_id
    )
    monkeypatch.setitem(relations._RELATIONS, "stands around", [queries.people_stood_around_by])
    me = Actor(person_id=hanne.pk, roles=frozenset({Role.FACILITATOR}))
    with pytest.raises(Refused):
        write(parent, me)
    Around.objects.filter(pk=around.pk).update(agreed_at=BEFORE)
    word, _ = write(parent, me)
    look_back.require(me, word)


def test_sent_twice_is_one_word(parent, sofie):
    first, _ = write(parent, sofie)
    again, plan = write(parent, sofie)
    assert (again.pk, plan) == (first.pk, None)
    assert (StaffWord.objects.count(), Delivery.objects.count()) == (1, 1)
    with pytest.raises(Refused) as refused:
        write(parent, sofie, text="Iets anders")
    assert refused.value.reason == Reason.KEY_REUSED


def test_only_who_accompanies_writes_and_only_she_and_the_writer_read(parent, sofie):
    stranger = Actor(person_id="x" * 22, roles=frozenset({Role.FACILITATOR}))
    for someone in (stranger, me(parent), Actor(person_id=sofie.person_id, roles=frozenset({Role.COORDINATOR}))):
        with pytest.raises(Refused):
            write(parent, someone)
    word, _ = write(parent, sofie)
    assert read_word.allows(me(parent), word)
    assert look_back.allows(sofie, word)
    for someone in (stranger, me(make_parent(2)), sofie):
        assert not read_word.allows(someone, word)
    assert not look_back.allows(stranger, word)


def test_once_read_nothing_rings_about_it(parent, sofie, outbox):
    word, _ = write(parent, sofie, now=NIGHT)  # waits until the morning
    open_word(word=word, by=me(parent), now=NIGHT)
    worker.run_once(NIGHT.replace(day=4))
    assert outbox == []
    assert StaffWord.objects.get().read_at == NIGHT


def test_she_answers_with_one_tap_once_or_not_at_all(parent, sofie):
    word, _ = write(parent, sofie)
    assert answer_word(word=word, answer=Answer.CONTACT, by=me(parent), now=NOON)
    assert not answer_word(word=word, answer=Answer.THANKS, by=me(parent), now=NOON)
    assert StaffWord.objects.get().answer == Answer.CONTACT
    told = Notice.objects.get(person_id=sofie.person_id)
    assert (told.purpose, told.subject_id) == (Purpose.TEAM_TASK, word.pk)
    with pytest.raises(Refused):
        answer_word(word=word, answer=Answer.THANKS, by=sofie, now=NOON)


def test_the_mail_says_nothing_of_it(parent, sofie, outbox):
    write(parent, sofie)
    worker.run_once(NOON)
    assert "denk aan" not in str(outbox)
    assert Delivery.objects.get().channel == Channel.EMAIL


@pytest.mark.parametrize("text", ["", "   ", "a" * 2001])
def test_nothing_and_too_much_are_refused(parent, sofie, text):
    with pytest.raises(Refused):
        write(parent, sofie, text=text)
    assert Delivery.objects.count() == 0
