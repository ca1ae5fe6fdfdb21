"""Who is behind open sockets: the actors of stored sessions, asked for many at once.

Asks everything afresh: session, account, device, lock, idle end and second factor, in a handful of statements for any
number of sockets. Touches nothing, so that an open socket never keeps a session alive.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.models import Device

from . import idle, session_ids
from .actor import Actor
from .models import Account, SignIn
from .queries import actor_of, who_may_act


@dataclass(frozen=True)
class Identity:
    actor: Actor
    sign_in_id: str


def _sessions(keys: Iterable[str], now: datetime) -> dict[str, dict]:
    rows = Session.objects.filter(session_key__in=list(keys), expire_date__gt=now)
    return {row.session_key: SessionStore().decode(row.session_data) for row in rows}


def _fits(session: dict, account: Account) -> bool:
    """The session was made with the password as it is now, by a way of signing in that we have."""
    known = constant_time_compare(session.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash())
    return known and BACKEND_SESSION_KEY in session


def _has_second_factor(session: dict, account: Account) -> bool:
    device = Device.from_persistent_id(session.get(DEVICE_ID_SESSION_KEY) or "")
    return device is not None and device.user_id == account.pk and device.confirmed


def identities_of(keys: Iterable[str], now: datetime | None = None) -> dict[str, Identity]:
    """The identities behind session keys. Missing: unknown, ended, locked, idle too long, second factor not shown."""
    now = now or timezone.now()
    sessions = _sessions(keys, now)
    accounts = {row.pk: row for row in who_may_act().filter(pk__in={one.get(SESSION_KEY) for one in sessions.values()})}
    sign_ins = {row.session_key: row for row in SignIn.objects.filter(session_key__in=list(sessions))}
    found = {}
    for key, session in sessions.items():
        account, sign_in = accounts.get(session.get(SESSION_KEY)), sign_ins.get(key)
        if account is None or not _fits(session, account):
            continue
        is_staff = account.person.is_staff
        if idle.state_of(sign_in, is_staff=is_staff, now=now) is not idle.State.OPEN:
            continue
        if is_staff and not _has_second_factor(session, account):
            continue
        found[key] = Identity(actor_of(account, second_factor=True), sign_in.pk)
    return found


def identity_of(session_key: str | None, now: datetime | None = None) -> Identity | None:
    """The identity behind one session key, or nothing; what cannot be a key is not looked up."""
    return identities_of([session_key], now).get(session_key) if session_ids.is_one(session_key) else None
