"""A small world of two groups, lived through by actions: a coordinator, two facilitators, parents who came in."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from groups.actions import conversations, facilitation, invitations, membership
from groups.actions import groups as group_actions
from groups.models import Conversation, Group, Membership
from groups.vocabulary import Mode, Programme
from people.actor import PORTAL, Actor
from people.models import Account, Authenticator, Organisation, Person, RoleGrant
from people.vocabulary import Role
from tests.worlds import client_of

NOON = datetime(2026, 11, 3, 11, 0, tzinfo=UTC)
PASSWORD = "lamp-brug-rivier-42"


def staff(*roles: Role, name: str) -> Person:
    house, _ = Organisation.objects.get_or_create(name="CAW", defaults={"professional_secrecy": True})
    person = Person.objects.create(name=name, is_staff=True, organisation=house, created_at=NOON)
    Account.objects.create(person=person, sign_in_name=f"{name}@example.org", created_at=NOON)
    for role in roles:
        RoleGrant.objects.create(person=person, role=role, granted_at=NOON)
    return person


def actor(person: Person, **more) -> Actor:
    """A fresh actor: what is remembered lasts one request only."""
    roles = frozenset(
        Role(role) for role in person.grants.filter(withdrawn_at__isnull=True).values_list("role", flat=True)
    ) or frozenset({Role.PARENT})
    return Actor(person_id=person.pk, account_id=person.account.pk, roles=roles, language="nl", **more)


@dataclass
class World:
    marc: Person
    sofie: Person
    youssef: Person
    ouders: Group
    vaders: Group
    parents: dict[str, Person] = field(default_factory=dict)

    def invite(self, group: Group | None = None, by: Person | None = None):
        return invitations.issue_invitation(group=group or self.ouders, by=actor(by or self.sofie), now=NOON)

    def applies(self, name: str, group: Group | None = None) -> Membership:
        """A new parent uses an invitation and waits."""
        group = group or self.ouders
        by = self.sofie if group == self.ouders else self.youssef
        issued = self.invite(group, by)
        account = invitations.enter_with_invitation(
            invitation_id=issued.invitation.pk,
            language="nl",
            password=PASSWORD,
            pseudonym=name,
            key="form-of-" + name,
            now=NOON,
        )
        self.parents[name] = account.person
        return Membership.objects.get(group=group, person=account.person)

    def joins(self, name: str, group: Group | None = None, *, ready: bool = True) -> Person:
        """Comes in and, when ready, has accepted the house rules."""
        waiting = self.applies(name, group)
        by = self.sofie if waiting.group == self.ouders else self.youssef
        membership.admit(membership=waiting, by=actor(by), now=NOON)
        if ready:
            membership.accept_house_rules(group=waiting.group, by=actor(waiting.person), now=NOON)
        return waiting.person

    def conversation(self, subject: str = "Thuis", group: Group | None = None) -> Conversation:
        group = group or self.ouders
        by = self.sofie if group == self.ouders else self.youssef
        return conversations.start_conversation(group=group, subject=subject, by=actor(by), now=NOON)

    def of(self, person: Person, group: Group | None = None) -> Membership:
        return Membership.objects.select_related("group").get(group=group or self.ouders, person=person)


def build() -> World:
    marc = staff(Role.COORDINATOR, name="marc")
    sofie = staff(Role.FACILITATOR, name="sofie")
    youssef = staff(Role.FACILITATOR, Role.MODERATOR, name="youssef")
    groups = [
        group_actions.make_group(name=name, programme=Programme.DEPARTED, mode=mode, by=PORTAL, now=NOON)
        for name, mode in (("Ouders", Mode.FIRST_READ), ("Vaders", Mode.NEWCOMERS_FIRST))
    ]
    for group, person in zip(groups, (sofie, youssef), strict=True):
        facilitation.appoint_facilitator(group=group, person=person, by=actor(marc), now=NOON)
    return World(marc, sofie, youssef, *groups)


@pytest.fixture
def world(db) -> World:
    return build()


@pytest.fixture
def site(world):
    """Browsers in which someone is signed in, staff with the second factor shown."""

    def browser(person=None):
        if person is None:
            return client_of(None)
        if person.is_staff:
            Authenticator.objects.get_or_create(
                user=person.account, name="app", defaults={"key": "JBSWY3DPEHPK3PXP", "confirmed": True}
            )
        return client_of(person.account)

    return browser
