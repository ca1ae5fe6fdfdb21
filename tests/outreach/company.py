"""A team and its pages for tests: who accompanies whom, who stands around whom, what was tried, a page as text."""

import re

from django.urls import resolve, reverse
from django.utils import translation

from outreach import worker
from outreach.actions import reach
from outreach.actions.moments import write_down
from outreach.actions.profile import say_of_oneself
from outreach.models import Around, ContactMoment, Place, SafeContact
from outreach.models.contact_moment import How, MomentOutcome
from outreach.vocabulary import Channel, Kind, Purpose
from people.actor import Actor
from people.models import Account, Household, HouseholdMember, Person, RoleGrant
from people.vocabulary import Rhythm, Role

from .conftest import BEFORE, NOON, make_parent, wants


def make_facilitator(name: str = "Sofie") -> Person:
    person = Person.objects.create(name=name, language="nl", is_staff=True, created_at=BEFORE)
    Account.objects.create(person=person, sign_in_name=name.lower(), created_at=BEFORE)
    return person


def colleague(name: str, language: str = "nl"):
    person = make_facilitator(name)
    type(person).objects.filter(pk=person.pk).update(language=language)
    RoleGrant.objects.create(person=person, role=Role.FACILITATOR, granted_at=BEFORE, granted_by_id=person.pk)
    return person


def household(*people, cap: int = 3) -> Household:
    home = Household.objects.create(professional_cap=cap, created_at=BEFORE, created_by_id=people[0].pk)
    for one in people:
        HouseholdMember.objects.create(household=home, person=one)
    return home


def facilitator(person: Person, *roles: Role) -> Actor:
    roles = frozenset(roles or {Role.FACILITATOR})
    return Actor(person_id=person.pk, account_id=person.account.pk, roles=roles, language="nl")


def says(staff: Person, **said) -> Person:
    """What a colleague says of herself."""
    say_of_oneself(by=facilitator(staff), **said)
    return staff


def named(name: str, number: int, rhythm: Rhythm = Rhythm.OFTEN, **wish) -> Person:
    """A parent whom the team calls so, with a wish."""
    person = make_parent(number, name=name)
    wants(person, rhythm, **wish)
    return person


def stands_around(staff: Person, parent: Person, *, contact_person: bool = False, agreed=BEFORE) -> Around:
    place = Place.objects.create(family_id=parent.pk, staff=staff, number=1 + Place.objects.count() % 3, ceiling=3)
    return Around.objects.create(
        person=parent,
        staff=staff,
        place=place,
        is_contact_person=contact_person,
        asked_at=BEFORE,
        asked_by_id=staff.pk,
        agreed_at=agreed,
    )


def spoke(staff: Person, parent: Person, at, outcome=MomentOutcome.SPOKE) -> ContactMoment:
    return ContactMoment.objects.create(
        person=parent, by_id=staff.pk, at=at, how=How.CALL, outcome=outcome, written_at=at
    )


def written(staff: Person, parent: Person, outcome=MomentOutcome.SPOKE, *, how=How.CALL, key="k" * 22, **more):
    """A contact written down as the page does it."""
    return write_down(person=parent, how=how, outcome=outcome, key=key, by=facilitator(staff), now=NOON, **more)


def can_be_called(parent: Person, **card) -> SafeContact:
    """A number on the card, and a phone call as the way for a talk."""
    from outreach.actions.needs import set_needs

    from .conftest import actor

    set_needs(person_id=parent.pk, by=actor(parent), now=BEFORE, channels_by_kind={Kind.WORDS: (Channel.CALL,)})
    card = {"phone": "+32470000001", "changed_at": BEFORE, "changed_by_id": parent.pk} | card
    return SafeContact.objects.create(person=parent, **card)


def asked_for_contact(parent: Person, now=NOON) -> None:
    """She asked, and the worker made a task of it."""
    reach(person_id=parent.pk, purpose=Purpose.CONTACT_ASKED, now=now)
    worker.deliver_due(worker.Counts(), now)


def ask(rf, actor: Actor, name: str, data=None, *, language: str = "en", **ids):
    """Asks a page as this actor, past the middleware that finds out who that is."""
    with translation.override(language):
        address = reverse(name, kwargs=ids)
        request = rf.post(address, data) if data is not None else rf.get(address)
        request.actor, request.LANGUAGE_CODE, request.session = actor, language, {}
        request.user = Account.objects.get(pk=actor.account_id)
        found = resolve(address)
        return found.func(request, **found.kwargs)


def text_of(answer) -> str:
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))
