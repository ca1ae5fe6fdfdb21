"""Begins, touches, locks, opens and ends sign-ins. Ending one removes its session in the database at once.

A sign-in is the row a person sees in 'where am I signed in'. It outlives its session as a line in a list, and tells
nothing about the phone but whether it is her own.
"""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from audit.record import record
from people import shared_phones, signals
from people.actor import Actor
from people.models import Account, KnownDevice, NewWayIn, SignIn, StaffInvitation
from people.policies import sessions as policies
from people.policy import Refused
from people.vocabulary import Reason

PIN_TRIES = 5
TOUCH_SECONDS = 30


@transaction.atomic
def start(*, account: Account, session_key: str, own_phone: bool = False, now: datetime | None = None) -> SignIn:
    """The row of a session that just began. Called at every login, whatever way it came."""
    now = now or timezone.now()
    SignIn.objects.filter(session_key=session_key).update(session_key=None, ended_at=now, ended_because="replaced")
    sign_in = SignIn.objects.create(
        account=account, session_key=session_key, own_phone=own_phone, started_at=now, last_active_at=now
    )
    record(
        "people.sign_in.started",
        by_id=account.person_id,
        subject="people.sign_in",
        subject_id=sign_in.pk,
        now=now,
        own_phone=own_phone,
    )
    return sign_in


def carry_over(*, old_key: str, new_key: str) -> None:
    """The same session under a new key, after a change of rights within it."""
    SignIn.objects.filter(session_key=old_key).update(session_key=new_key)


def touch(*, sign_in: SignIn, now: datetime | None = None) -> None:
    """Someone is there. Written at most every half minute, and never for a locked or ended sign-in."""
    now = now or timezone.now()
    if (now - sign_in.last_active_at).total_seconds() >= TOUCH_SECONDS:
        SignIn.objects.filter(pk=sign_in.pk, ended_at__isnull=True, locked_at__isnull=True).update(last_active_at=now)


def set_own_phone(*, sign_in: SignIn, own: bool, by: Actor, now: datetime | None = None) -> None:
    policies.change_own_phone.require(by, sign_in)
    if sign_in.own_phone != own:
        with transaction.atomic():
            SignIn.objects.filter(pk=sign_in.pk).update(own_phone=own)
            if not own:
                shared_phones.tell(sign_in.pk)
            record(
                "people.sign_in.phone_told",
                by_id=by.person_id,
                subject="people.sign_in",
                subject_id=sign_in.pk,
                now=now,
                own_phone=own,
            )


# --- the lock -----------------------------------------------------------------------------------


def set_pin(*, account: Account, pin: str, by: Actor, now: datetime | None = None) -> None:
    """Six digits for the lock of an own phone; the empty string takes the PIN away."""
    policies.set_pin.require(by, account)
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(pin=make_password(pin) if pin else "")
        record(
            "people.pin.set" if pin else "people.pin.removed",
            by_id=by.person_id,
            subject="people.account",
            subject_id=account.pk,
            now=now,
        )


def lock(*, sign_in: SignIn, now: datetime | None = None) -> None:
    """Shuts the private pages of this sign-in until the PIN or the password opens them.

    Wrong PINs stay counted: only a right one, or the password, wipes the slate.
    """
    now = now or timezone.now()
    SignIn.objects.filter(pk=sign_in.pk, locked_at__isnull=True).update(locked_at=now)


def unlock_with_pin(*, sign_in: SignIn, pin: str, now: datetime | None = None) -> bool:
    """Opens the lock when the PIN is right. After five wrong ones only the password opens it."""
    now = now or timezone.now()
    with transaction.atomic():
        row = SignIn.objects.select_for_update().select_related("account").get(pk=sign_in.pk)
        if row.ended_at or not row.account.pin:
            return False
        if row.pin_tries >= PIN_TRIES:
            raise Refused(Reason.TOO_MANY)
        if not check_password(pin, row.account.pin):
            row.pin_tries += 1
            row.save(update_fields=["pin_tries"])
            return False
        open_lock(row, now)
    return True


def unlock_with_password(*, sign_in: SignIn, password: str, now: datetime | None = None) -> bool:
    now = now or timezone.now()
    with transaction.atomic():
        row = SignIn.objects.select_for_update().select_related("account").get(pk=sign_in.pk)
        if row.ended_at or not row.account.check_password(password):
            return False
        open_lock(row, now)
    return True


def open_lock(row: SignIn, now: datetime) -> None:
    """For whoever holds the row and has seen what opens it."""
    row.locked_at, row.pin_tries, row.last_active_at = None, 0, now
    row.save(update_fields=["locked_at", "pin_tries", "last_active_at"])


# --- the end ------------------------------------------------------------------------------------


def _end(rows: list[SignIn], *, by_id: str, reason: str, now: datetime) -> None:
    """Ends these rows: their sessions are gone when this commits, and open sockets hear of it."""
    Session.objects.filter(pk__in=[row.session_key for row in rows if row.session_key]).delete()
    for row in rows:
        SignIn.objects.filter(pk=row.pk).update(session_key=None, ended_at=now, ended_because=reason)
        record("people.sign_in.ended", by_id=by_id, subject="people.sign_in", subject_id=row.pk, now=now, why=reason)


def _tell(person_id: str, sign_in_id: str | None = None) -> None:
    transaction.on_commit(
        lambda: signals.access_ended.send(sender=SignIn, person_id=person_id, scope="everything", sign_in_id=sign_in_id)
    )


def end_all(*, account: Account, by: Actor, because: str, now: datetime | None = None, but: str = "") -> int:
    """Ends every sign-in of an account, except the one with id `but`. `because` is a word: 'asked', 'password'…"""
    policies.end_sessions.require(by, account)
    return end_all_unasked(account=account, by_id=by.person_id, because=because, now=now, but=but)


def end_all_unasked(*, account: Account, by_id: str, because: str, now: datetime | None = None, but: str = "") -> int:
    """The same for other actions of this package, which asked their own policy."""
    now = now or timezone.now()
    with transaction.atomic():
        rows = list(
            SignIn.objects.select_for_update().filter(account=account, ended_at__isnull=True).exclude(pk=but or "-")
        )
        _end(rows, by_id=by_id, reason=because, now=now)
        for row in rows if but else ():
            _tell(account.person_id, row.pk)
        if not but:
            _tell(account.person_id)
    return len(rows)


def end_one(*, sign_in: SignIn, by: Actor, because: str, now: datetime | None = None) -> bool:
    """Ends one sign-in; false when it had ended already."""
    policies.end_sign_in.require(by, sign_in)
    now = now or timezone.now()
    with transaction.atomic():
        row = SignIn.objects.select_for_update().select_related("account").get(pk=sign_in.pk)
        if row.ended_at:
            return False
        _end([row], by_id=by.person_id, reason=because, now=now)
        _tell(row.account.person_id, row.pk)
    return True


def end_session(*, session_key: str, because: str, now: datetime | None = None) -> bool:
    """Ends the sign-in of this one session: idle, signed out, or left by the quick exit."""
    if not session_key:
        return False
    now = now or timezone.now()
    with transaction.atomic():
        row = SignIn.objects.select_for_update().select_related("account").filter(session_key=session_key).first()
        if row is None:
            Session.objects.filter(pk=session_key).delete()
            return False
        _end([row], by_id=row.account.person_id, reason=because, now=now)
        _tell(row.account.person_id, row.pk)
    return True


def end_everyones(*, by: Actor, because: str, now: datetime | None = None) -> int:
    """Nobody is signed in any more; returns how many sign-ins ended. For a portal with closed doors.

    One row of history for all of them. Sessions without a sign-in, such as those half-way through signing in, go too,
    and so do the papers and links that would let somebody into an account that is there: they may have been used.
    """
    policies.end_everyones_sessions.require(by)
    now = now or timezone.now()
    with transaction.atomic():
        ended = SignIn.objects.filter(ended_at__isnull=True).update(
            session_key=None, ended_at=now, ended_because=because
        )
        Session.objects.all().delete()
        for doors in (NewWayIn, StaffInvitation):
            doors.objects.filter(used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
        record("people.sign_in.all_ended", by_id=by.person_id, now=now, why=because, sign_ins=ended)
    return ended


# --- devices that signed in before ---------------------------------------------------------------


def remember_device(*, account: Account, key: str, now: datetime | None = None) -> None:
    """`key` is the keyed hash of account and device cookie: guesses from elsewhere do not shut this device out."""
    now = now or timezone.now()
    KnownDevice.objects.update_or_create(key=key, defaults={"account": account, "last_used_at": now})


def forget_old(*, now: datetime | None = None, days: int = 90) -> int:
    """Sign-ins that ended, and devices unused, longer ago than `days`."""
    before = (now or timezone.now()) - timedelta(days=days)
    gone = SignIn.objects.filter(ended_at__lt=before).delete()[0]
    gone += SignIn.objects.filter(ended_at__isnull=True, last_active_at__lt=before).delete()[0]
    return gone + KnownDevice.objects.filter(last_used_at__lt=before).delete()[0]
