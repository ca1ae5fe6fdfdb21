"""When a sign-in locks or ends by itself: one pure function, asked by pages, by sockets and by tests.

Activity is a page someone opened, a form someone sent, or the ping of someone who types. A socket or a poll is not.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings

from .models import SignIn


class State(StrEnum):
    OPEN = "open"
    LOCKED = "locked"
    ENDED = "ended"


@dataclass(frozen=True)
class Watch:
    """How long a page may be left alone, and what happens then: 'lock' or 'end'. For the script of the shells."""

    seconds: int
    action: str


def state_of(sign_in: SignIn | None, *, is_staff: bool, now: datetime) -> State:
    """What this sign-in is worth at this moment, whatever the database still says of it."""
    if sign_in is None or sign_in.ended_at:
        return State.ENDED
    idle, age = now - sign_in.last_active_at, now - sign_in.started_at
    if is_staff:
        if idle >= _minutes(settings.STAFF_IDLE_MINUTES) or age >= timedelta(hours=settings.STAFF_ABSOLUTE_HOURS):
            return State.ENDED
    elif not sign_in.own_phone and idle >= _minutes(settings.SHARED_PHONE_IDLE_MINUTES):
        return State.ENDED
    if age >= timedelta(days=settings.OWN_PHONE_DAYS):
        return State.ENDED
    if sign_in.locked_at or (sign_in.own_phone and idle >= _minutes(settings.OWN_PHONE_LOCK_MINUTES)):
        return State.LOCKED
    return State.OPEN


def watch_of(sign_in: SignIn, *, is_staff: bool) -> Watch:
    if sign_in.own_phone:
        return Watch(settings.OWN_PHONE_LOCK_MINUTES * 60, "lock")
    minutes = settings.STAFF_IDLE_MINUTES if is_staff else settings.SHARED_PHONE_IDLE_MINUTES
    return Watch(minutes * 60, "end")


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)
