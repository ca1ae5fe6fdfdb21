"""Who is behind a socket or a heartbeat: the actor of a stored session, or nobody.

Asks everything afresh: the session, the account, the device, the lock, the idle end and the second factor. Touches
nothing, so that an open socket never keeps a session alive.
"""

from dataclasses import dataclass

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.models import Device

from . import idle
from .actor import Actor
from .models import Account
from .queries import actor_of, sign_in_of


@dataclass(frozen=True)
class Identity:
    actor: Actor
    sign_in_id: str


def _account(session) -> Account | None:
    account = (
        Account.objects.select_related("person")
        .filter(pk=session.get(SESSION_KEY), is_active=True, frozen_at__isnull=True)
        .first()
    )
    if account is None or BACKEND_SESSION_KEY not in session:
        return None
    fits = constant_time_compare(session.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash())
    return account if fits else None


def _has_second_factor(session, account: Account) -> bool:
    device = Device.from_persistent_id(session.get(DEVICE_ID_SESSION_KEY) or "")
    return device is not None and device.user_id == account.pk and device.confirmed


def identity_of(session_key: str | None, now=None) -> Identity | None:
    """The identity behind a session key, or nothing: unknown, ended, locked, idle too long, second factor missing."""
    if not session_key:
        return None
    now = now or timezone.now()
    session = SessionStore(session_key).load()
    account = _account(session) if session else None
    if account is None:
        return None
    sign_in = sign_in_of(session_key)
    if idle.state_of(sign_in, is_staff=account.person.is_staff, now=now) is not idle.State.OPEN:
        return None
    if account.person.is_staff and not _has_second_factor(session, account):
        return None
    return Identity(actor_of(account, second_factor=True), sign_in.pk)
