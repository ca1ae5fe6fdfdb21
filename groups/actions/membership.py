"""Coming in, being there, going: admission, the name in the group, the house rules, leaving and being let go."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from groups import notices
from groups.models import Draft, Facilitation, Group, Membership, Message
from groups.policies import membership as rules
from groups.vocabulary import NAME_SECONDS, NAMES, PRESENT, TAKEN_NAMES, MembershipStatus, MessageStatus
from moderation.actions import reviews
from people import keep_apart, limiter
from people.actions import recovery, sessions
from people.actor import Actor
from people.models import Account
from people.policy import Refused
from people.vocabulary import Reason

from .groups import end_access_on_commit, hold_conversations, locked, settle_reviews
from .names import is_free, name_key, tidy_name


@transaction.atomic
def admit(*, membership: Membership, by: Actor, now: datetime | None = None) -> Membership:
    """Lets someone in. Full, closed or kept apart: the same work, and the same one refusal.

    The lock on the group makes admissions one after another: of two who must be kept apart, the second one sees
    the first.
    """
    now = now or timezone.now()
    group = locked(membership.group_id)
    row = _locked(membership.pk)
    rules.admit.require(by, row)
    if row.status == MembershipStatus.ADMITTED:
        return row
    if row.status != MembershipStatus.APPLIED:
        raise Refused(Reason.CHANGED_MEANWHILE)
    if not _may_come_in(group, row):
        raise Refused(Reason.NOT_OPEN_NOW)
    row.status = MembershipStatus.ADMITTED
    row.admitted_at, row.admitted_by_id = now, by.person_id
    key = name_key(group.pk, row.pseudonym)
    # A name that is taken is asked again at the first visit, where the others' names may be known.
    row.pseudonym_key = key if is_free(group.pk, row.pseudonym, except_for=row.pk) else None
    row.save(update_fields=["status", "admitted_at", "admitted_by_id", "pseudonym_key"])
    _record("admitted", row, by, now)
    notices.admitted(row, by_id=by.person_id, now=now)
    return row


def _may_come_in(group: Group, row: Membership) -> bool:
    """All three questions are asked, whatever the first answers."""
    members = list(
        Membership.objects.filter(group=group, status=MembershipStatus.ADMITTED).values_list("person_id", flat=True)
    )
    staff = Facilitation.objects.filter(group=group, withdrawn_at__isnull=True).values_list("person_id", flat=True)
    apart = keep_apart.any_marked(row.person_id, [*members, *staff])
    has_room = len(members) < group.cap
    return has_room and group.is_open and not apart


@transaction.atomic
def not_admit(*, membership: Membership, by: Actor, now: datetime | None = None) -> None:
    """Not now. The person reads the one sentence, and nothing of why."""
    now = now or timezone.now()
    row = _locked(membership.pk)
    rules.admit.require(by, row)
    if row.status == MembershipStatus.ENDED:
        return
    if row.status != MembershipStatus.APPLIED:
        raise Refused(Reason.CHANGED_MEANWHILE)
    _go(row, MembershipStatus.ENDED, by, now)
    _record("not_admitted", row, by, now)


def choose_pseudonym(*, group: Group, name: str, by: Actor, now: datetime | None = None) -> Membership:
    """How this parent is called here. Refuses a name that looks like that of another member, now or once, or of the
    team; and after so many refusals all others, so that nobody finds out by trying who is here.
    """
    rules.choose_pseudonym.require(by, group)
    tries = {"limit": TAKEN_NAMES, "seconds": NAME_SECONDS}
    # Counted before it is looked up, and outside of what a refusal undoes.
    allowance = limiter.take("groups.name.taken", by.person_id, group.pk, **tries)
    if not allowance.granted:
        raise Refused(Reason.TOO_MANY, wait_seconds=allowance.wait_seconds)
    row = _call(group, name, by, now)
    limiter.give_back("groups.name.taken", by.person_id, group.pk, **tries)
    return row


@transaction.atomic
def _call(group: Group, name: str, by: Actor, now: datetime | None) -> Membership:
    locked(group.pk)
    row = _own(group, by)
    name = tidy_name(name)
    key = name_key(group.pk, name)
    if key == row.pseudonym_key and name == row.pseudonym:
        return row
    if not is_free(group.pk, name, except_for=row.pk):
        raise Refused(Reason.NAME_TAKEN)
    allowance = limiter.take("groups.name", row.pk, limit=NAMES, seconds=NAME_SECONDS)
    if not allowance.granted:
        raise Refused(Reason.TOO_MANY, wait_seconds=allowance.wait_seconds)
    row.pseudonym, row.pseudonym_key = name, key
    row.save(update_fields=["pseudonym", "pseudonym_key"])
    _record("name_chosen", row, by, now)
    return row


@transaction.atomic
def accept_house_rules(*, group: Group, by: Actor, now: datetime | None = None) -> Membership:
    rules.accept_house_rules.require(by, group)
    row = _own(group, by)
    if row.rules_accepted_at is None:
        row.rules_accepted_at = now or timezone.now()
        row.save(update_fields=["rules_accepted_at"])
        _record("rules_accepted", row, by, now)
    return row


@transaction.atomic
def leave_group(*, group: Group, by: Actor, now: datetime | None = None) -> None:
    """Goes, at once and without asking anyone. What waited to be read is taken back; drafts are gone."""
    now = now or timezone.now()
    rules.leave_group.require(by, group)
    _hold(group.pk, by.person_id, now)
    row = _own(group, by)
    if row.status not in PRESENT:
        return
    _go(row, MembershipStatus.LEFT, by, now)
    _record("left", row, by, now)


@transaction.atomic
def end_membership(*, membership: Membership, by: Actor, because: str = "", now: datetime | None = None) -> None:
    """The facilitator ends it, and writes down why."""
    now = now or timezone.now()
    _hold(membership.group_id, membership.person_id, now)
    row = _locked(membership.pk)
    rules.end_membership.require(by, row)
    if row.status not in PRESENT:
        return
    if not because.strip():
        raise Refused(Reason.NEEDS_REASON)
    _go(row, MembershipStatus.ENDED, by, now)
    _record("ended", row, by, now, because=because)
    notices.access_ended(row, by_id=by.person_id, now=now)


def end_member_sessions(*, membership: Membership, by: Actor, now: datetime | None = None) -> None:
    """Signs a member out everywhere; a facilitator can do so on the phone, without reading anything."""
    rules.help_sign_in.require(by, membership)
    with transaction.atomic():
        sessions.end_all(account=_account_of(membership), by=by, because="asked", now=now)
        _record("sessions_ended", membership, by, now)


def hand_out_new_way_in(*, membership: Membership, by: Actor, now: datetime | None = None) -> str:
    """A one-time secret for a member who cannot get in any more; only this group stays open for a day."""
    rules.help_sign_in.require(by, membership)
    with transaction.atomic():
        secret = recovery.issue_new_way_in(
            account=_account_of(membership), by=by, group_id=membership.group_id, now=now
        )
        _record("new_way_in", membership, by, now)
    return secret


def _hold(group_id: str, person_id: str, now: datetime) -> None:
    """Nothing of this person can begin to wait from here on, and what waits is not under review any more."""
    own = Message.objects.filter(conversation__group_id=group_id, author_id=person_id)
    settle_reviews(own, "withdrawn", now)
    hold_conversations(group_id)


def _account_of(membership: Membership) -> Account:
    account = Account.objects.filter(person_id=membership.person_id).first()
    if account is None:
        raise Refused(Reason.NOT_FOUND)
    return account


def _locked(membership_id: str) -> Membership:
    return Membership.objects.select_for_update(of=("self",)).select_related("group").get(pk=membership_id)


def _own(group: Group, by: Actor) -> Membership:
    return Membership.objects.select_for_update(of=("self",)).get(group=group, person_id=by.person_id)


def _go(row: Membership, status: MembershipStatus, by: Actor, now: datetime) -> None:
    row.status = status
    row.ended_at, row.ended_by_id = now, by.person_id
    row.save(update_fields=["status", "ended_at", "ended_by_id"])
    held = Message.objects.select_for_update(of=("self",)).filter(
        conversation__group_id=row.group_id,
        author_id=row.person_id,
        status__in=(MessageStatus.HELD, MessageStatus.RETURNED),
    )
    for message in held:
        message.move(MessageStatus.WITHDRAWN)
        message.text = ""
        message.decided_at, message.decided_by_id = now, by.person_id
        message.save(update_fields=["status", "text", "decided_at", "decided_by_id"])
        reviews.settle(kind="message", subject_id=message.pk, outcome="withdrawn", now=now)
    Draft.objects.filter(author_id=row.person_id, conversation__group_id=row.group_id).delete()
    end_access_on_commit(row.person_id, row.group_id)


def _record(what: str, row: Membership, by: Actor, now: datetime | None, because: str = "") -> None:
    record(
        f"groups.membership.{what}",
        by_id=by.person_id,
        subject="groups.membership",
        subject_id=row.pk,
        because=because,
        now=now,
        group=row.group_id,
        person=row.person_id,
    )
