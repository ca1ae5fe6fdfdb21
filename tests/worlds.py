"""Worlds to test in, built by living through them: the demo town, and one person for each of the fourteen roles."""

from dataclasses import dataclass

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from groups.actions import facilitation, invitations, membership
from groups.models import Membership
from people.actions import keep_apart, second_factor, sessions, staff
from people.actor import PORTAL, Actor
from people.models import Account, Authenticator
from people.queries import actor_of
from people.vocabulary import Role
from portal.demo import cast
from portal.demo.world import World, build

BACKEND = "people.backends.AccountBackend"


def session_of(account: Account, *, second_factor: bool = True, own_phone: bool = False) -> str:
    """The key of a session as signing in leaves it behind. The sign-in itself has its own tests."""
    store = SessionStore()
    store[SESSION_KEY] = account.pk
    store[BACKEND_SESSION_KEY] = BACKEND
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    device = Authenticator.objects.filter(user=account, confirmed=True).first()
    if second_factor and device:
        store[DEVICE_ID_SESSION_KEY] = device.persistent_id
    store.create()
    sessions.start(account=account, session_key=store.session_key, own_phone=own_phone)
    return store.session_key


def client_of(account: Account | None, *, second_factor: bool = True, **options) -> Client:
    """A browser in which this account is signed in; without an account, a stranger's."""
    from django.conf import settings

    client = Client(**options)
    if account is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = session_of(account, second_factor=second_factor)
    return client


@dataclass
class Town:
    """The demo town, and who stands in it for each role, seen from the group `ouders`."""

    world: World
    accounts: dict[Role, Account]

    def client(self, role: Role) -> Client:
        if role == Role.ANONYMOUS:
            return client_of(None)
        return client_of(self.accounts[role], second_factor=role != Role.STAFF_WITHOUT_SECOND_FACTOR)

    def actor(self, role: Role) -> Actor:
        if role == Role.ANONYMOUS:
            return Actor()
        account = Account.objects.select_related("person").get(pk=self.accounts[role].pk)
        return actor_of(account, second_factor=role != Role.STAFF_WITHOUT_SECOND_FACTOR)


def town(*, with_guidance: bool = False) -> Town:
    world = build(with_guidance=with_guidance)
    people = {
        Role.INVITED: _newcomer(world, "ouders", admitted=False),
        Role.PARENT: world.accounts["amina"],
        Role.PARENT_OF_ANOTHER_GROUP: world.accounts["fatma"],
        Role.KEPT_APART_PARENT: _newcomer(world, "vaders"),
        Role.FORMER_MEMBER: _former_member(world),
        Role.FACILITATOR: world.accounts["sofie"],
        Role.FACILITATOR_OF_ANOTHER_GROUP: _colleague(world, "hanne", Role.FACILITATOR),
        Role.MODERATOR: _colleague(world, "bram", Role.MODERATOR),
        Role.EDITOR: world.accounts["lien"],
        Role.PARTNER: world.accounts["nora"],
        Role.COORDINATOR: world.accounts["marc"],
        Role.TECHNICAL_ADMINISTRATOR: world.accounts["tess"],
        Role.STAFF_WITHOUT_SECOND_FACTOR: world.accounts["sofie"],
    }
    keep_apart.mark(
        one=people[Role.KEPT_APART_PARENT].person_id,
        other=people[Role.PARENT].person_id,
        because="Een oude ruzie.",
        by=world.actor("sofie"),
    )
    facilitation.appoint_facilitator(
        group=world.groups["vaders"],
        person=people[Role.FACILITATOR_OF_ANOTHER_GROUP].person,
        by=world.actor("marc"),
    )
    return Town(world, people)


def _newcomer(world: World, group_key: str, *, admitted: bool = True) -> Account:
    circle = next(one for one in cast.CIRCLES if one.key == group_key)
    facilitator = world.actor(circle.facilitators[0])
    issued = invitations.issue_invitation(group=world.groups[group_key], by=facilitator)
    account = invitations.enter_with_invitation(
        invitation_id=issued.invitation.pk,
        language="nl",
        password=cast.PASSWORD,
        pseudonym=f"Nieuw {issued.invitation.pk[:4]}",
        key=issued.invitation.pk,
    )
    if admitted:
        row = Membership.objects.get(group=world.groups[group_key], person_id=account.person_id)
        membership.admit(membership=row, by=facilitator)
    return account


def _former_member(world: World) -> Account:
    account = _newcomer(world, "ouders")
    me = actor_of(Account.objects.select_related("person").get(pk=account.pk), second_factor=True)
    membership.leave_group(group=world.groups["ouders"], by=me)
    return account


def _colleague(world: World, key: str, role: Role) -> Account:
    link = staff.invite_staff(
        role=role, email=f"{key}@demo.invalid", name=key.capitalize(), organisation="CAW", by=PORTAL
    )
    account = staff.accept_staff_invitation(
        token=link.rstrip("/").rpartition("/")[2], password=cast.PASSWORD, by=PORTAL
    )
    second_factor.put_known_authenticator(account=account, key=cast.AUTHENTICATOR_KEY, by=PORTAL)
    return account
