"""Adds and removes passkeys, and signs in with them. The owner is told of each that comes or goes.

A passkey of a parent opens her account by itself; that of staff stands beside the password and never instead of it.
Every refusal is one and the same: whether a passkey is unknown, removed, of someone else or of a frozen account.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_otp_webauthn.models import WebAuthnCredential
from webauthn.helpers import parse_authentication_credential_json, parse_authenticator_data

from audit.record import record
from people import limiter, told
from people.actor import Actor
from people.models import Account, SignIn
from people.passkeys import NOT_READABLE, SECONDS, Ceremony, Shown, handle_of, refuse_beyond_counting
from people.policies import passkeys as policies
from people.policy import Refused
from people.queries import who_may_act
from people.vocabulary import KeptIn, Reason

from . import sessions

MOST = 8


class NotThisPasskey(Exception):
    """It does not fit, for whatever reason. Nobody is told which."""


def question_to_add(*, account: Account, by: Actor) -> tuple[dict, dict]:
    """What the phone is asked to make, and what must be kept until it answers."""
    policies.add_passkey.require(by, account)
    if WebAuthnCredential.objects.filter(user=account).count() >= MOST:
        raise Refused(Reason.FULL)
    return Ceremony(alone=not account.person.is_staff).register_begin(account)


def add(*, account: Account, shown: Shown | None, kept_in: KeptIn, by: Actor, now: datetime | None = None) -> None:
    """Takes a passkey into use. Its name is a word of ours: a free one would be one more text about a person."""
    policies.add_passkey.require(by, account)
    shown = _first_time(shown)
    try:
        with transaction.atomic():
            Account.objects.select_for_update().get(pk=account.pk)
            if WebAuthnCredential.objects.filter(user=account).count() >= MOST:
                raise Refused(Reason.FULL)
            ceremony = Ceremony(alone=not account.person.is_staff)
            passkey = ceremony.register_complete(account, shown.state, shown.answer)
            WebAuthnCredential.objects.filter(pk=passkey.pk).update(name=kept_in.value)
            record("people.passkey.added", **_about(account, by.person_id, now))
            _tell(account)
    except (*NOT_READABLE, IntegrityError) as error:
        raise NotThisPasskey from error


def remove(*, account: Account, passkey_id: int, by: Actor, keep: str, now: datetime | None = None) -> None:
    """It opens nothing any more, and every sign-in but the one with id `keep` ends: one of them may be the finder's."""
    passkey = own_passkey(account, passkey_id, by)
    with transaction.atomic():
        if WebAuthnCredential.objects.filter(pk=passkey.pk).delete()[0]:
            record("people.passkey.removed", **_about(account, by.person_id, now))
            _tell(account)
            sessions.end_all_unasked(account=account, by_id=by.person_id, because="passkey", now=now, but=keep)


def remove_all_unasked(*, account: Account, by_id: str, now: datetime | None = None) -> None:
    """For other actions of this package: what was lost or reset must not be opened by what was known before."""
    if WebAuthnCredential.objects.filter(user=account).delete()[0]:
        record("people.passkey.all_removed", **_about(account, by_id, now))


def own_passkey(account: Account, passkey_id: int, by: Actor) -> WebAuthnCredential:
    policies.keep_passkeys.require(by, account)
    found = WebAuthnCredential.objects.filter(user=account, pk=passkey_id).first()
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


def _tell(account: Account) -> None:
    """She is told, also of what was done in her own name: whoever holds her phone open does it in her name."""
    told.tell_always(person_id=account.person_id, what="passkey")


def _about(account: Account, by_id: str, now: datetime | None) -> dict:
    return {"by_id": by_id, "subject": "people.account", "subject_id": account.pk, "now": now}


# --- showing one ----------------------------------------------------------------------------------


def question_to_anyone() -> tuple[dict, dict]:
    """Before we know who it is: names no passkey, so it tells nothing of any account."""
    return Ceremony(alone=True).authenticate_begin()


def question_to(account: Account, *, alone: bool) -> tuple[dict, dict]:
    """To someone whose password we know already, or whose page is locked."""
    return Ceremony(alone=alone).authenticate_begin(user=account, require_user_verification=alone)


def whose(*, shown: Shown | None, now: datetime | None = None) -> Account:
    """The parent whose passkey this is. One of staff signs nobody in: it comes after the password."""
    with transaction.atomic():
        passkey = _judged(shown)
        account = who_may_act().filter(pk=passkey.user_id, person__is_staff=False).first()
        if account is None:
            raise NotThisPasskey
        record("people.passkey.shown", **_about(account, account.person_id, now), instead_of="password")
    return account


def second_factor(*, account: Account, shown: Shown | None, now: datetime | None = None) -> WebAuthnCredential:
    """The passkey of this very account, after its password."""
    with transaction.atomic():
        passkey = _judged(shown, account)
        record("people.passkey.shown", **_about(account, account.person_id, now), instead_of="code")
    return passkey


def unlock(*, sign_in: SignIn, shown: Shown | None, now: datetime | None = None) -> None:
    """Opens the lock of this sign-in, while the PIN still may."""
    now = now or timezone.now()
    with transaction.atomic():
        row = SignIn.objects.select_for_update().select_related("account").get(pk=sign_in.pk)
        if row.ended_at or row.pin_tries >= sessions.PIN_TRIES:
            raise NotThisPasskey
        _judged(shown, row.account)
        sessions.open_lock(row, now)


def _first_time(shown: Shown | None) -> Shown:
    """A question is answered once, also when two answers come at the same moment."""
    if shown is None:
        raise NotThisPasskey
    if not limiter.take("passkey.answer", shown.state["challenge"], limit=1, seconds=2 * SECONDS).granted:
        raise NotThisPasskey
    return shown


def _judged(shown: Shown | None, account: Account | None = None) -> WebAuthnCredential:
    """Runs in a transaction that is undone when anything after it refuses, with the row locked: its count of uses only
    goes up.
    """
    shown = _first_time(shown)
    try:
        answer = parse_authentication_credential_json(shown.answer)
        digest = WebAuthnCredential.get_credential_id_sha256(answer.raw_id)
        held = WebAuthnCredential.objects.select_for_update().filter(credential_id_sha256=digest).first()
        if held is None or not held.confirmed:
            raise NotThisPasskey
        if answer.response.user_handle not in (None, b"", handle_of(held.user_id)):
            raise NotThisPasskey
        refuse_beyond_counting(parse_authenticator_data(answer.response.authenticator_data).sign_count)
        alone = shown.state["require_user_verification"]
        return Ceremony(alone=alone).authenticate_complete(account, shown.state, shown.answer)
    except NOT_READABLE as error:
        raise NotThisPasskey from error
