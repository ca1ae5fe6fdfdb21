"""Staff write down a wish with the parent on the phone, also of a parent without an account."""

import pytest

from audit.models import AuditEntry
from outreach import queries, worker
from outreach.actions import reach
from outreach.actions.needs import set_needs, set_place
from outreach.actions.newcomers import add_newcomer
from outreach.actions.safe_contact import keep_card
from outreach.forms import SafeContactForm
from outreach.models import Around, Notice, Task
from outreach.policies import open_person
from outreach.round_policies import accompanied_by
from outreach.vocabulary import Channel, Purpose
from people import relations
from people.actions.language import choose as choose_language
from people.actor import Actor
from people.models import Account, Person
from people.policy import Refused
from people.vocabulary import Reason, Rhythm, Role

from .conftest import BEFORE, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def sofie(db, monkeypatch) -> Actor:
    monkeypatch.setattr(relations, "_RELATIONS", {"stands around": [queries.people_stood_around_by]})
    staff = Person.objects.create(name="Sofie", is_staff=True, created_at=BEFORE)
    return Actor(person_id=staff.pk, roles=frozenset({Role.FACILITATOR}))


def test_a_parent_without_an_account_has_needs_and_is_called_only(sofie, outbox):
    parent = add_newcomer(name="Mevrouw op de hoek", language="ar", by=sofie, now=BEFORE)
    assert not Account.objects.filter(person=parent).exists()
    around = Around.objects.get()
    assert (around.staff_id, around.is_contact_person, around.agreed_at) == (sofie.person_id, True, BEFORE)
    keep_card(person_id=parent.pk, phone="+32470000000", by=sofie, now=BEFORE)
    set_needs(
        person_id=parent.pk,
        rhythm=Rhythm.OFTEN,
        channels=(Channel.EMAIL, Channel.CALL),
        by=sofie,
        now=BEFORE,
    )
    plan = reach(person_id=parent.pk, purpose=Purpose.CHECK_IN, by_id=sofie.person_id, now=NOON)
    assert plan.outward.channel == Channel.CALL  # there is no address for e-mail
    worker.run_once(NOON)
    assert (outbox, Task.objects.get().for_id) == ([], sofie.person_id)
    assert parent.pk in accompanied_by(sofie)


def test_the_language_and_the_clock_of_a_parent_without_an_account_are_written_down_too(sofie):
    """Nobody else knows her: refused, every letter and every call would come in the language of the first day."""
    parent = add_newcomer(name="Iemand", language="nl", by=sofie, now=BEFORE)
    assert set_place(person_id=parent.pk, language="ar", time_zone="Africa/Tunis", by=sofie, now=NOON)
    parent.refresh_from_db()
    assert (parent.language, parent.time_zone) == ("ar", "Africa/Tunis")
    stranger = Actor(
        person_id=Person.objects.create(name="Bram", is_staff=True, created_at=BEFORE).pk, roles=sofie.roles
    )
    with pytest.raises(Refused) as refusal:
        choose_language(person=parent, language="fr", time_zone="Africa/Tunis", by=stranger)
    assert refusal.value.reason == Reason.NOT_YOURS


def test_a_form_that_comes_twice_adds_one_parent(sofie):  # G21
    """A double of her would have no wish: quiet was written down for the one, and the other would be called."""
    more = {"language": "nl", "by": sofie, "now": BEFORE}
    first = add_newcomer(name="Mevrouw op de hoek", key="key-of-a-form", **more)
    assert add_newcomer(name="Mevrouw op de hoek", key="key-of-a-form", **more).pk == first.pk
    assert Around.objects.get().person_id == first.pk
    assert add_newcomer(name="Mevrouw op de hoek", key="key-of-another", **more).pk != first.pk
    # Back and sent again for the next parent: her wish is never written down for the first.
    assert add_newcomer(name="Haar zus", key="key-of-a-form", **more).pk != first.pk
    bram = Actor(person_id=Person.objects.create(name="Bram", is_staff=True, created_at=BEFORE).pk, roles=sofie.roles)
    assert add_newcomer(name="Iemand", key="key-of-a-form", language="nl", by=bram, now=BEFORE).pk != first.pk


def test_that_staff_wrote_it_is_recorded_and_stands_in_the_app(sofie):
    parent = add_newcomer(name="Iemand", language="nl", by=sofie, now=BEFORE)
    set_needs(person_id=parent.pk, rhythm=Rhythm.MINE, by=sofie, now=NOON)
    kinds = set(AuditEntry.objects.filter(subject_id=parent.pk, by_id=sofie.person_id).values_list("kind", flat=True))
    assert kinds == {"outreach.newcomer.added", "outreach.needs.changed"}
    assert Notice.objects.get(person=parent).purpose == Purpose.NEEDS_SET
    assert queries.wish_of(parent.pk).changed_by_id == sofie.person_id


def test_nobody_else_comes_near(sofie):
    parent = add_newcomer(name="Iemand", language="nl", by=sofie, now=BEFORE)
    stranger = Person.objects.create(name="Karel", is_staff=True, created_at=BEFORE)
    for role in set(Role) - {Role.ANONYMOUS}:
        other = Actor(person_id=stranger.pk, roles=frozenset({role}))
        assert not open_person.allows(other, parent)
        with pytest.raises(Refused):
            set_needs(person_id=parent.pk, rhythm=Rhythm.OFTEN, by=other, now=NOON)
        if role != Role.FACILITATOR:
            with pytest.raises(Refused):
                add_newcomer(name="Nog iemand", language="nl", by=other, now=NOON)
    assert Person.objects.filter(is_staff=False).count() == 1


def test_a_name_is_needed(sofie):
    with pytest.raises(Refused) as refused:
        add_newcomer(name="  ", language="nl", by=sofie)
    assert refused.value.reason == Reason.EMPTY


def test_what_is_left_empty_on_the_card_stays_as_it_was():
    only_hours = SafeContactForm({"if_someone_else": "say", "hours": "in the morning", "may_text": ""}, card=None)
    assert only_hours.is_valid()
    assert only_hours.filled() == {"hours": "in the morning"}
    nothing = SafeContactForm({"if_someone_else": "hang_up"}, card=None)
    assert nothing.is_valid()
    assert nothing.filled() == {}
    with_number = SafeContactForm({"if_someone_else": "say", "phone": "0470 12 34 56"}, card=None)
    assert with_number.is_valid()
    assert with_number.filled() == {
        "phone": "+32470123456",
        "may_text": False,
        "may_leave_message": False,
        "if_someone_else": "say",
    }
