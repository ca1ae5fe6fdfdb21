"""What may be read of people, and nothing more: the actor of an account, staff of a role."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import pgettext
from django_otp_webauthn.models import WebAuthnCredential

from audit.queries import looks_at
from audit.vocabulary import Look

from . import passphrases
from .actor import Actor, Hold
from .keep_apart import pair_key
from .models import Account, Household, HouseholdMember, KeepApart, NewWayIn, Organisation, Person, RoleGrant, SignIn
from .policy import Refused
from .vocabulary import KeptIn, Reason, Role


def granted_roles(person_id: str) -> frozenset[Role]:
    grants = RoleGrant.objects.filter(person_id=person_id, withdrawn_at__isnull=True)
    return frozenset(Role(role) for role in grants.values_list("role", flat=True))


def still_holds(person_id: str, role: Role) -> bool:
    """Whether this person holds the role, and goes on holding it until the caller's transaction is over: whoever takes
    it away meanwhile waits, and finds what was given because of it.
    """
    grants = RoleGrant.objects.select_for_update().filter(person_id=person_id, role=role, withdrawn_at__isnull=True)
    return bool(list(grants.values_list("pk", flat=True)))


def hold_person(person_id: str) -> Person:
    """This person, as nobody else changes her until the caller's transaction is over. Who was erased meanwhile, does
    not exist.
    """
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise Refused(Reason.NOT_FOUND)
    return person


def who_may_act():
    """Accounts with all that an actor is made of, in one statement: the person, and the hold that a handed-out way in
    left. A frozen or closed account is not among them.
    """
    holds = NewWayIn.objects.filter(
        account=OuterRef("pk"), confirmed_at__isnull=True, used_at__isnull=False, hold_until__isnull=False
    ).order_by("-hold_until")
    rows = Account.objects.select_related("person").filter(is_active=True, frozen_at__isnull=True)
    return rows.annotate(
        held_until=Subquery(holds.values("hold_until")[:1]), held_but=Subquery(holds.values("open_group_id")[:1])
    )


def hold_of(account: Account, now: datetime | None = None) -> Hold | None:
    """The hold of an account from `who_may_act`, while it lasts; any other account is asked for it first."""
    if not hasattr(account, "held_until"):
        account = who_may_act().filter(pk=account.pk).first()
    if account is None or account.held_until is None or account.held_until <= (now or timezone.now()):
        return None
    return Hold(account.held_but, account.held_until)


def actor_of(account: Account, *, second_factor: bool) -> Actor:
    """The actor behind an account. Staff who have not shown the second factor are nobody but that."""
    person: Person = account.person
    if person.is_staff:
        roles = granted_roles(person.pk) if second_factor else frozenset({Role.STAFF_WITHOUT_SECOND_FACTOR})
        hold = None
    else:
        roles, hold = frozenset({Role.PARENT}), hold_of(account)
    return Actor(
        person_id=person.pk,
        account_id=account.pk,
        roles=roles,
        language=person.language,
        time_zone=person.time_zone,
        hold=hold,
    )


def staff_with(role: Role):
    """The persons who hold this role now."""
    return Person.objects.filter(grants__role=role, grants__withdrawn_at__isnull=True).select_related("organisation")


def staff_at_work(role: Role):
    """Of these, who can come in now: the account is open and nobody locked it."""
    return staff_with(role).filter(account__is_active=True, account__frozen_at__isnull=True)


def locked_out(person_ids: Iterable[str]) -> set[str]:
    """Those of these of the team whose account somebody locked: whatever they hold, they cannot come in now."""
    rows = Account.objects.filter(person_id__in=list(person_ids), frozen_at__isnull=False)
    return set(rows.values_list("person_id", flat=True))


def is_locked_out(person: OuterRef) -> Exists:
    """The same inside another question, for the person that it names."""
    return Exists(Account.objects.filter(person_id=person, frozen_at__isnull=False))


def sign_in_of(session_key: str) -> SignIn | None:
    """The sign-in behind a session, while it lasts."""
    return SignIn.objects.filter(session_key=session_key).first() if session_key else None


@dataclass(frozen=True)
class HeldPasskey:
    """One passkey, as its owner reads it."""

    id: int
    where: str
    since: datetime
    last_used_at: datetime | None


def passkeys_of(account: Account) -> list[HeldPasskey]:
    """The passkeys of this account, the oldest first."""
    rows = WebAuthnCredential.objects.filter(user=account).order_by("created_at", "pk")
    return [HeldPasskey(row.pk, str(KeptIn(row.name).label), row.created_at, row.last_used_at) for row in rows]


def has_passkey(account: Account) -> bool:
    return WebAuthnCredential.objects.filter(user=account, confirmed=True).exists()


def open_sign_ins(account: Account):
    """Where this account is signed in, the latest first."""
    return SignIn.objects.filter(account=account, ended_at__isnull=True).order_by("-last_active_at")


def own_sign_in(account_id: str, sign_in_id: str) -> SignIn:
    """One of this account's own sign-ins; anybody else's does not exist."""
    found = SignIn.objects.select_related("account").filter(pk=sign_in_id, account_id=account_id).first()
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


def account_by_name(name: str) -> Account | None:
    """The account behind what someone typed: a sign-in name however it was spelled, or an address."""
    name = passphrases.normalised(name)
    field = "email" if "@" in name else "sign_in_name"
    return Account.objects.select_related("person").filter(**{field: name}).first() if name else None


def unread_new_way_in(account: Account) -> NewWayIn | None:
    """The latest way in that was used and of which the parent has not read yet who gave it."""
    return (
        NewWayIn.objects.filter(account=account, used_at__isnull=False, shown_at__isnull=True)
        .order_by("-used_at")
        .first()
    )


@dataclass(frozen=True)
class HandedOut:
    """A new way in that a second member of staff may confirm: by whom and when, and for upper packages whose."""

    id: str
    by: str
    at: datetime
    person_id: str


def new_ways_in_to_confirm(*, but_by: str, group_id: str = "", now: datetime | None = None) -> list[HandedOut]:
    """Those that were used and whose hold lasts, the oldest first; who used the paper can only be known afterwards.

    Those that `but_by` handed out are for someone else to confirm.
    """
    now = now or timezone.now()
    rows = NewWayIn.objects.filter(used_at__isnull=False, hold_until__gt=now, confirmed_at__isnull=True).exclude(
        issued_by_id=but_by
    )
    if group_id:
        rows = rows.filter(open_group_id=group_id)
    return [
        HandedOut(row.pk, name_of_staff(row.issued_by_id), row.issued_at, row.account.person_id)
        for row in rows.select_related("account").order_by("issued_at")
    ]


def all_new_ways_in_to_confirm(actor: Actor) -> list[HandedOut]:
    """For the coordinator: that one was handed out, by whom and when. Pages show nothing of whose it is."""
    return new_ways_in_to_confirm(but_by=actor.person_id) if Role.COORDINATOR in actor.roles else []


def new_way_in_for(actor: Actor, way_id: str) -> NewWayIn:
    found = NewWayIn.objects.select_related("account__person").filter(pk=way_id).first()
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


def has_account(person_id: str) -> bool:
    """Whether this person can sign in and read here, or is known to the team alone."""
    return Account.objects.filter(person_id=person_id).exists()


def parents_without_account():
    """Whom the team knows and who cannot sign in."""
    return Person.objects.filter(is_staff=False, account__isnull=True)


def languages_of(person_ids: Iterable[str]) -> dict[str, str]:
    return dict(Person.objects.filter(pk__in=list(person_ids)).values_list("pk", "language"))


def account_of(person_id: str) -> Account | None:
    return Account.objects.select_related("person").filter(person_id=person_id).first()


def household_of(person_id: str) -> Household | None:
    """The household this person is in, for the staff who accompany the family; its members never learn of it."""
    return Household.objects.filter(members__person_id=person_id).first()


def households_of(person_ids: Iterable[str]) -> dict[str, Household]:
    """The household of each of these people who is in one, its members with it. In the same number of statements."""
    wanted = set(person_ids)
    rows = Household.objects.filter(members__person_id__in=wanted).distinct().prefetch_related("members")
    return {one.person_id: home for home in rows for one in home.members.all() if one.person_id in wanted}


def people_of(household: Household) -> set[str]:
    return set(household.members.values_list("person_id", flat=True))


def household_ids(person_ids: Iterable[str]) -> dict[str, str]:
    """The household of each of these people who is in one."""
    rows = HouseholdMember.objects.filter(person_id__in=list(person_ids))
    return dict(rows.values_list("person_id", "household_id"))


@dataclass(frozen=True)
class Mark:
    """A mark to keep two people apart, for the staff who accompany both and may lift it."""

    other_id: str
    because: str
    at: datetime
    by: str


def marks_of(person_id: str, others: Iterable[str]) -> list[Mark]:
    """The marks between this person and these others, the oldest first. Says nothing of anybody else."""
    by_pair = {pair_key(person_id, other): other for other in others if other != person_id}
    rows = list(KeepApart.objects.filter(pair__in=by_pair).order_by("marked_at"))
    return [
        Mark(by_pair[row.pair], json.loads(row.details)["because"], row.marked_at, name_of_staff(row.marked_by_id))
        for row in rows
    ]


def name_of_staff(person_id: str) -> str:
    """How parents read this member of staff: the name, then the organisation."""
    person = Person.objects.select_related("organisation").filter(pk=person_id, is_staff=True).first()
    return _as_parents_read(person) if person else ""


def names_of_staff(person_ids: Iterable[str]) -> dict[str, str]:
    """The same for many, in one statement. Who is gone is not in it."""
    team = Person.objects.select_related("organisation").filter(pk__in=list(person_ids), is_staff=True)
    return {person.pk: _as_parents_read(person) for person in team}


def _as_parents_read(person: Person) -> str:
    return f"{person.name} ({person.organisation})" if person.organisation else person.name


@dataclass(frozen=True)
class LookedAt:
    """One line of 'who looked at what': who, what for in a whole sentence, and the quarter of an hour."""

    who: str
    what: str
    at: datetime


def looks_at_me(actor: Actor, *, skip: int, limit: int) -> list[LookedAt]:
    """What this parent may read of the access log, newest first, in a fixed number of statements."""
    rows = looks_at(actor.person_id, skip=skip, limit=limit)
    names = names_of_staff({row.staff_id for row in rows})
    gone = pgettext("looked.gone", "Someone who worked here")
    return [LookedAt(names.get(row.staff_id, gone), str(Look(row.purpose).label), row.window) for row in rows]


def staff():
    """Everyone who has or had a role, with roles, account and organisation, in a fixed number of statements."""
    return (
        Person.objects.filter(is_staff=True)
        .select_related("organisation", "account")
        .prefetch_related("grants")
        .order_by("created_at")
    )


def staff_member(person_id: str) -> Person:
    found = staff().filter(pk=person_id).first()
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


def organisations():
    return Organisation.objects.order_by("name")
