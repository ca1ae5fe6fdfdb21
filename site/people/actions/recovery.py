"""A new way in for a parent without e-mail: a one-time code on paper, from a facilitator who knows her.

Handing it out ends every sign-in, and using it once more; that also holds all groups but the facilitator's own for a
day, unless a second member of staff confirms. The parent reads at her next sign-in who gave it, and when.
"""

from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from audit.record import record
from people import codes, told
from people.actor import Actor
from people.models import Account, NewWayIn
from people.policies import accounts as policies
from people.policy import Refused
from people.vocabulary import Reason

from .passkeys import remove_all_unasked
from .sessions import end_all_unasked

DAYS = 3
HOLD_HOURS = 24


def issue_new_way_in(*, account: Account, by: Actor, group_id: str, now: datetime | None = None) -> str:
    """The code to hand over. An earlier one that was not used stops working."""
    policies.issue_new_way_in.require(by, account)
    now = now or timezone.now()
    code = codes.new_code()
    with transaction.atomic():
        end_paper_unasked(account=account, now=now)
        # Whoever needs a paper is not on that phone any more, or somebody else is.
        end_all_unasked(account=account, by_id=by.person_id, because="new_way_in", now=now)
        way = NewWayIn.objects.create(
            account=account,
            token=_digest(code),
            open_group_id=group_id,
            issued_at=now,
            issued_by_id=by.person_id,
            expires_at=now + timedelta(days=DAYS),
        )
        record(
            "people.new_way_in.issued",
            by_id=by.person_id,
            subject="people.account",
            subject_id=account.pk,
            now=now,
            way_id=way.pk,
            group_id=group_id,
        )
    return code


def end_paper_unasked(*, account: Account, now: datetime) -> None:
    """For other actions of this package: a code that waits is worth nothing from now on."""
    NewWayIn.objects.filter(account=account, used_at__isnull=True, expires_at__gt=now).update(expires_at=now)


def _digest(code: str) -> str:
    return codes.digest("new_way_in", codes.as_meant(code))


def open_way(*, code: str, now: datetime | None = None) -> NewWayIn:
    """What a code opens, while it does. Looking does not use it up; a frozen account has no way in."""
    way = (
        NewWayIn.objects.select_related("account__person")
        .filter(token=_digest(code), used_at__isnull=True, expires_at__gt=now or timezone.now())
        .first()
    )
    if way is None or way.account.frozen_at or not way.account.is_active:
        raise Refused(Reason.LINK_USED)
    return way


def use_new_way_in(*, code: str, password: str, by: Actor, now: datetime | None = None) -> Account:
    """Uses the code up, sets the password, ends every sign-in and begins the hold. Only whoever holds the paper can."""
    way = open_way(code=code, now=now)
    validate_password(password, way.account)
    with transaction.atomic():
        account, now = as_it_is_now(way.account), now or timezone.now()
        used = NewWayIn.objects.filter(pk=way.pk, used_at__isnull=True, expires_at__gt=now).update(
            used_at=now, hold_until=now + timedelta(hours=HOLD_HOURS), confirmed_at=None, confirmed_by_id=""
        )
        if not used:
            raise Refused(Reason.LINK_USED)
        account.set_password(password)
        account.password_changed_at = now
        account.save(update_fields=["password", "password_changed_at"])
        # A PIN or a passkey from before must not open what a new password closed.
        Account.objects.filter(pk=account.pk).update(pin="")
        remove_all_unasked(account=account, by_id=account.person_id, now=now)
        record(
            "people.new_way_in.used",
            by_id=account.person_id,
            subject="people.account",
            subject_id=account.pk,
            now=now,
            way_id=way.pk,
        )
        end_all_unasked(account=account, by_id=account.person_id, because="new_way_in", now=now)
        told.tell(person_id=account.person_id, what="password", by_id=way.issued_by_id)
    return account


def as_it_is_now(account: Account) -> Account:
    """The account behind a paper or a link, held. Whoever shuts it, or finds her way in with another password, ends the
    paper in the same moment: what was looked up before waits for that, and opens nothing.
    """
    rows = Account.objects.select_for_update(of=("self",)).select_related("person")
    held = rows.filter(pk=account.pk, is_active=True, frozen_at__isnull=True).first()
    if held is None:
        raise Refused(Reason.LINK_USED)
    return held


def confirm_new_way_in(*, way: NewWayIn, by: Actor, now: datetime | None = None) -> None:
    """A second member of staff says it is in order: the hold ends at once.

    Only after it was used: a word given beforehand says nothing of whoever then holds the paper.
    """
    policies.confirm_new_way_in.require(by, way)
    if way.used_at is None:
        raise Refused(Reason.CHANGED_MEANWHILE)
    now = now or timezone.now()
    with transaction.atomic():
        changed = NewWayIn.objects.filter(pk=way.pk, confirmed_at__isnull=True).update(
            confirmed_at=now, confirmed_by_id=by.person_id
        )
        if changed:
            record(
                "people.new_way_in.confirmed",
                by_id=by.person_id,
                subject="people.account",
                subject_id=way.account_id,
                now=now,
                way_id=way.pk,
            )


def mark_shown(*, account: Account, by: Actor, now: datetime | None = None) -> None:
    """The parent read who gave the new way in, and when."""
    policies.change_password.require(by, account)
    NewWayIn.objects.filter(account=account, used_at__isnull=False, shown_at__isnull=True).update(
        shown_at=now or timezone.now()
    )


def forget_old(*, now: datetime | None = None, days: int = 30) -> int:
    """Ways in that ran out or were used longer ago than `days`, read by their parent or not."""
    before = (now or timezone.now()) - timedelta(days=days)
    return (
        NewWayIn.objects.filter(expires_at__lt=before, used_at__isnull=True).delete()[0]
        + NewWayIn.objects.filter(used_at__lt=before).delete()[0]
    )
