"""Invites staff, grants and withdraws roles. Roles are granted by these actions only.

An invitation is a link for one time and fifteen minutes. It sets a password; the gate then asks for the second
factor before anything else opens.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from audit.record import record
from people import codes, limiter, passphrases, roles_changed, told
from people.actor import Actor
from people.models import Account, Authenticator, Organisation, Person, RecoverySheet, RoleGrant, StaffInvitation
from people.policies import staff as policies
from people.policy import Refused
from people.vocabulary import GRANTED_ROLES, Reason, Role
from vault.ids import new_id

from .accounts import THE_PORTAL
from .passkeys import remove_all_unasked
from .recovery import as_it_is_now
from .sessions import end_all_unasked

LINK_MINUTES = 15
REFUSALS = 3
# Roles that open Wagtail's editor: the group of that name is kept in step, when it exists.
GROUP_OF_ROLE = {Role.EDITOR: "Editors"}


def invite_staff(
    *,
    role: Role | str,
    email: str,
    by: Actor,
    name: str = "",
    organisation: Organisation | str | None = None,
    language: str = settings.LANGUAGE_CODE,
    now: datetime | None = None,
) -> str:
    """Gives the link that lets this person in. Who came in before gets the role, and no link: "".

    The link sets a password: whoever makes one for a colleague could be her with it. Only who keeps the server gets
    one to an account that is in use, nobody one to an account with a role which others grant, and nobody to her own,
    which would be a way to give oneself a role.
    """
    role = Role(role)
    if role not in GRANTED_ROLES:
        raise Refused(Reason.NOT_YOURS)
    policies.invite_staff.require(by, role)
    now = now or timezone.now()
    with _few_refusals(by, now), transaction.atomic():
        account = _staff_account(email, name, organisation, language, now)
        policies.invite_staff.require(by, role, account.person)
        # Someone who never came in yet has nothing that changed: the link itself says it.
        if _grant(account.person, role, by=by, now=now) and account.password_changed_at:
            _afresh(account.person, by, now)
        if account.password_changed_at and not by.is_portal:
            return ""
        token = new_id()
        StaffInvitation.objects.filter(account=account, used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
        invitation = StaffInvitation.objects.create(
            token=codes.digest("staff_invitation", token),
            account=account,
            issued_at=now,
            issued_by_id=by.person_id,
            expires_at=now + timedelta(minutes=LINK_MINUTES),
        )
        record(
            "people.staff.invited",
            by_id=by.person_id,
            subject="people.account",
            subject_id=account.pk,
            now=now,
            role=role.value,
            invitation_id=invitation.pk,
        )
    with translation.override(language):
        return settings.BASE_URL + reverse("staff_invitation", args=[token])


@contextmanager
def _few_refusals(by: Actor, now: datetime) -> Iterator[None]:
    """An address that a parent signs in with cannot be taken, and saying so tells of her: rarely, and written down.

    Counted before it is looked up and given back when it went well, so that tries at one moment are no more than these.
    """
    rule = {"limit": REFUSALS, "seconds": 24 * 3600}
    if not limiter.take("staff.refused", by.person_id, **rule).granted and not by.is_portal:
        raise Refused(Reason.TOO_MANY)
    try:
        yield
    except Refused:
        record("people.staff.invitation_refused", by_id=by.person_id, now=now)
        raise
    limiter.give_back("staff.refused", by.person_id, **rule)


def _staff_account(email, name, organisation, language, now) -> Account:
    email = passphrases.normalised(email)
    account = Account.objects.select_related("person").filter(email=email).first()
    if account is not None:
        if not account.person.is_staff:
            raise Refused(Reason.ADDRESS_TAKEN)
        return account
    if isinstance(organisation, str):
        organisation = (
            Organisation.objects.get_or_create(name=organisation.strip())[0] if organisation.strip() else None
        )
    person = Person.objects.create(
        name=name, language=language, is_staff=True, organisation=organisation, created_at=now
    )
    try:
        with transaction.atomic():
            return Account.objects.create(
                person=person, sign_in_name=email, email=email, password=make_password(None), created_at=now
            )
    except IntegrityError as error:
        raise Refused(Reason.ADDRESS_TAKEN) from error


def open_invitation(*, token: str, now: datetime | None = None) -> StaffInvitation:
    """The invitation behind a link, while it can be used. Looking does not use it up."""
    found = (
        StaffInvitation.objects.select_related("account__person")
        .filter(
            token=codes.digest("staff_invitation", token), used_at__isnull=True, expires_at__gt=now or timezone.now()
        )
        .first()
    )
    if found is None or found.account.frozen_at or not found.account.is_active:
        raise Refused(Reason.LINK_USED)
    return found


def accept_staff_invitation(*, token: str, password: str, by: Actor, now: datetime | None = None) -> Account:
    """Uses the link up, sets the password, ends what was open. Whoever holds the link is the one invited."""
    invitation = open_invitation(token=token, now=now)
    validate_password(password, invitation.account)
    with transaction.atomic():
        account, now = as_it_is_now(invitation.account), now or timezone.now()
        came_in_before = account.password_changed_at is not None
        used = StaffInvitation.objects.filter(
            token=codes.digest("staff_invitation", token), used_at__isnull=True, expires_at__gt=now
        ).update(used_at=now)
        if not used:
            raise Refused(Reason.LINK_USED)
        account.set_password(password)
        account.password_changed_at = now
        account.save(update_fields=["password", "password_changed_at"])
        record(
            "people.staff.invitation_accepted",
            by_id=account.person_id,
            subject="people.account",
            subject_id=account.pk,
            now=now,
        )
        end_all_unasked(account=account, by_id=account.person_id, because="password", now=now)
        if came_in_before:  # whoever made the link could have taken it up in her place
            told.tell(person_id=account.person_id, what="password", by_id=invitation.issued_by_id)
    return account


def grant_role(*, person: Person, role: Role | str, by: Actor, now: datetime | None = None) -> None:
    """Idempotent. Parents never hold a role: staff are other accounts."""
    role = Role(role)
    policies.grant_role.require(by, person, role)
    if role not in GRANTED_ROLES or not person.is_staff:
        raise Refused(Reason.NOT_YOURS)
    now = now or timezone.now()
    with transaction.atomic():
        if _grant(person, role, by=by, now=now):
            _afresh(person, by, now)


def withdraw_role(*, person: Person, role: Role | str, by: Actor, now: datetime | None = None) -> None:
    role = Role(role)
    policies.withdraw_role.require(by, person, role)
    now = now or timezone.now()
    with transaction.atomic():
        gone = RoleGrant.objects.filter(person=person, role=role, withdrawn_at__isnull=True).update(
            withdrawn_at=now, withdrawn_by_id=by.person_id or THE_PORTAL
        )
        if gone:
            record(
                "people.role.withdrawn",
                by_id=by.person_id,
                subject="people.person",
                subject_id=person.pk,
                now=now,
                role=role.value,
            )
            _follow(person)
            _afresh(person, by, now)


def _grant(person: Person, role: Role, *, by: Actor, now: datetime) -> bool:
    _, fresh = RoleGrant.objects.get_or_create(
        person=person,
        role=role.value,
        withdrawn_at=None,
        defaults={"granted_at": now, "granted_by_id": by.person_id},
    )
    if fresh:
        record(
            "people.role.granted",
            by_id=by.person_id,
            subject="people.person",
            subject_id=person.pk,
            now=now,
            role=role.value,
        )
        _follow(person)
    return fresh


def _follow(person: Person) -> None:
    """What follows from the roles: membership of Wagtail's group, and whatever upper packages registered."""
    held = {Role(role) for role in person.grants.filter(withdrawn_at__isnull=True).values_list("role", flat=True)}
    account = Account.objects.filter(person=person).first()
    for role, group_name in GROUP_OF_ROLE.items():
        group = Group.objects.filter(name=group_name).first()
        if account and group:
            (account.groups.add if role in held else account.groups.remove)(group)
    roles_changed.tell(person_id=person.pk, roles=frozenset(held))


def _afresh(person: Person, by: Actor, now: datetime) -> None:
    """Other rights, other session: what was open under the old ones ends."""
    account = Account.objects.filter(person=person).first()
    if account:
        end_all_unasked(account=account, by_id=by.person_id, because="rights", now=now)
        told.tell(person_id=person.pk, what="role", by_id=by.person_id)


def reset_second_factor(*, account: Account, by: Actor, because: str, now: datetime | None = None) -> None:
    """Takes away a lost authenticator and its recovery codes; the next sign-in sets up new ones."""
    policies.reset_second_factor.require(by, account)
    if not because.strip():
        raise Refused(Reason.NEEDS_REASON)
    now = now or timezone.now()
    with transaction.atomic():
        Authenticator.objects.filter(user=account).delete()
        RecoverySheet.objects.filter(user=account).delete()
        remove_all_unasked(account=account, by_id=by.person_id, now=now)
        record(
            "people.second_factor.reset",
            by_id=by.person_id,
            subject="people.account",
            subject_id=account.pk,
            because=because,
            now=now,
        )
        end_all_unasked(account=account, by_id=by.person_id, because="second_factor", now=now)
        told.tell(person_id=account.person_id, what="second_factor", by_id=by.person_id)


def forget_old(*, now: datetime | None = None, days: int = 30) -> int:
    """Invitations that were used or ran out longer ago than `days`."""
    before = (now or timezone.now()) - timedelta(days=days)
    return StaffInvitation.objects.filter(expires_at__lt=before).delete()[0]
