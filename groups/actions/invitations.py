"""Invitations issued, revoked and used. However one fails, the answer is one and the same."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from audit.record import record
from groups import notices, ways_in
from groups.models import Group, Invitation, Membership
from groups.policies import membership as rules
from groups.vocabulary import INVITATION_DAYS, INVITATION_DAYS_AT_MOST, PRESENT, MembershipStatus
from people import attempts
from people.actions.accounts import open_account
from people.actor import PORTAL, Actor
from people.models import Account
from people.policy import Refused
from people.vocabulary import Reason, Role
from vault.ids import new_id
from vault.purpose import keyed_hash

from .names import tidy_name


@dataclass(frozen=True)
class Issued:
    """The invitation, and its two secrets for the one who hands them over."""

    invitation: Invitation
    link: str
    code: str


@transaction.atomic
def issue_invitation(
    *,
    group: Group,
    by: Actor,
    language: str = "",
    days: int = INVITATION_DAYS,
    for_name: str = "",
    key: str = "",
    now: datetime | None = None,
) -> Issued:
    """For one person, one group, once. At most thirty days; a longer wish becomes thirty.

    `key` is of the form: sent twice, it is one invitation, as it was made the first time.
    """
    rules.issue_invitation.require(by, group)
    now = now or timezone.now()
    invitation_id = _id_of_form(key, group, by) if key else new_id()
    link, code = ways_in.link_of(invitation_id), ways_in.code_of(invitation_id)
    invitation, is_new = Invitation.objects.get_or_create(
        id=invitation_id,
        defaults={
            "group": group,
            "language": language or group.language,
            "link_key": ways_in.link_key(link),
            "code_key": ways_in.code_key(code),
            "for_name": for_name.strip(),
            "issued_at": now,
            "issued_by_id": by.person_id,
            "expires_at": now + timedelta(days=min(max(days, 1), INVITATION_DAYS_AT_MOST)),
        },
    )
    if not is_new:
        return Issued(invitation, link, code)
    record(
        "groups.invitation.issued",
        by_id=by.person_id,
        subject="groups.invitation",
        subject_id=invitation_id,
        now=now,
        group=group.pk,
    )
    return Issued(invitation, link, code)


def _id_of_form(key: str, group: Group, by: Actor) -> str:
    """The same for the same form of the same person, and nothing that anybody could choose or guess."""
    digest = keyed_hash("groups.invitation.form", key, group.pk, by.person_id)
    return urlsafe_b64encode(bytes.fromhex(digest)[:16]).decode().rstrip("=")


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Actor, now: datetime | None = None) -> None:
    """From this moment it opens nothing. Revoked already: nothing happens; used already: too late, and it says so."""
    now = now or timezone.now()
    row = Invitation.objects.select_for_update(of=("self",)).select_related("group").get(pk=invitation.pk)
    rules.revoke_invitation.require(by, row)
    if row.revoked_at is not None:
        return
    if row.used_at is not None:
        raise Refused(Reason.ALREADY_DONE)
    row.revoked_at, row.revoked_by_id = now, by.person_id
    row.save(update_fields=["revoked_at", "revoked_by_id"])
    record(
        "groups.invitation.revoked",
        by_id=by.person_id,
        subject="groups.invitation",
        subject_id=row.pk,
        now=now,
        group=row.group_id,
    )


def peek(invitation_id: str, *, now: datetime | None = None) -> Invitation | None:
    """The invitation that a first step found, while it is still open; nothing otherwise."""
    found = Invitation.objects.select_related("group").filter(pk=invitation_id).first()
    now = now or timezone.now()
    return found if found and found.is_open(now) and found.group.is_open else None


def open_by_code(*, code: str, network: str, now: datetime | None = None) -> Invitation:
    """The invitation behind the code of a card. Taken before it is looked up and given back when it was right: thirty
    parents on one line all get in, and who guesses is soon alone.
    """
    attempt = attempts.invitation_code(code=ways_in.folded(code), network=network).required()
    found = _still_open({"code_key": ways_in.code_key(code)}, now)
    attempt.was_right()
    return found


def open_by_link(*, link: str, now: datetime | None = None) -> Invitation:
    return _still_open({"link_key": ways_in.link_key(link)}, now)


def _still_open(wanted: dict[str, str], now: datetime | None) -> Invitation:
    """Left untouched. Guessed, used, old or revoked: the one refusal."""
    found = Invitation.objects.select_related("group").filter(**wanted).first()
    if found is None or not found.is_open(now or timezone.now()) or not found.group.is_open:
        raise Refused(Reason.LINK_USED)
    return found


def enter_with_invitation(
    *,
    invitation_id: str,
    language: str,
    password: str,
    pseudonym: str,
    key: str,
    now: datetime | None = None,
) -> Account:
    """Makes the account of a new parent, who then waits to be let in. One account, however often it is pressed.

    `key` is of the form that was filled in: the same form with the same password gets the same answer again.
    """
    now = now or timezone.now()
    form_key = keyed_hash("groups.invitation.entry", invitation_id, key)
    with transaction.atomic():
        invitation = _locked(invitation_id)
        if invitation is not None and invitation.used_at and invitation.entry_key == form_key:
            return _same_answer(invitation, password)
        if invitation is None or not invitation.is_open(now) or not invitation.group.is_open:
            raise Refused(Reason.LINK_USED)
        account = open_account(language=language, password=password, by=PORTAL, now=now)
        _use(invitation, person_id=account.person_id, pseudonym=pseudonym, entry_key=form_key, now=now)
    return account


@transaction.atomic
def apply_with_invitation(*, invitation_id: str, pseudonym: str, by: Actor, now: datetime | None = None) -> Membership:
    """A parent who has an account already asks to be let in to one more group."""
    now = now or timezone.now()
    if Role.PARENT not in by.roles:
        raise Refused(Reason.LINK_USED)
    invitation = _locked(invitation_id)
    if invitation is None or not invitation.is_open(now) or not invitation.group.is_open:
        raise Refused(Reason.LINK_USED)
    return _use(invitation, person_id=by.person_id, pseudonym=pseudonym, entry_key="", now=now)


def _locked(invitation_id: str) -> Invitation | None:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("group")
    return rows.filter(pk=invitation_id).first()


def _same_answer(invitation: Invitation, password: str) -> Account:
    account = Account.objects.filter(person_id=invitation.used_by_id).first()
    if account is None or not account.check_password(password):
        raise Refused(Reason.LINK_USED)
    return account


def _use(invitation: Invitation, *, person_id: str, pseudonym: str, entry_key: str, now: datetime) -> Membership:
    """Spends the invitation. Someone who is in the group already stays as they are; the invitation is spent.

    Who comes back waits under the name she had: it still stands beside her words, and another is compared inside.
    """
    invitation.used_at, invitation.used_by_id, invitation.entry_key = now, person_id, entry_key
    invitation.save(update_fields=["used_at", "used_by", "entry_key"])
    membership, made = Membership.objects.get_or_create(
        group_id=invitation.group_id,
        person_id=person_id,
        defaults={"pseudonym": tidy_name(pseudonym), "applied_at": now},
    )
    if not made and membership.status not in PRESENT:
        membership.status = MembershipStatus.APPLIED
        if membership.pseudonym_key is None:
            membership.pseudonym = tidy_name(pseudonym)
        membership.applied_at, membership.ended_at, membership.ended_by_id = now, None, ""
        membership.admitted_at, membership.admitted_by_id = None, ""
        membership.published_count, membership.rules_accepted_at = 0, None
        membership.save()
    record(
        "groups.invitation.used",
        by_id=person_id,
        subject="groups.invitation",
        subject_id=invitation.pk,
        now=now,
        group=invitation.group_id,
    )
    if membership.status == MembershipStatus.APPLIED:
        notices.team_task(invitation.group_id, now=now)
    return membership
