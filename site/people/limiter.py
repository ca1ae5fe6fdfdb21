"""The one limiter of the portal: a row per key, moved by one atomic statement, so that parallel tries never overrun.

Each key may be used `limit` times in `seconds`, spread or at once (a leaky bucket in one number: the moment at which
the allowance is whole again). Keys are keyed hashes: no name and no address is stored.

That moment never lies further ahead than `seconds`. When it does, the clock was set back: it says nothing any more, or
everyone would have to wait as long as the clock had been wrong.
"""

import time
from dataclasses import dataclass

from django.db import connection, models

from vault.purpose import keyed_hash

from .models import Limit


@dataclass(frozen=True)
class Allowance:
    """Whether this try may go on, and if not, after how many seconds the next one may."""

    granted: bool
    wait_seconds: float = 0.0


_STATEMENT = """
INSERT INTO {table} AS row (key, ready_at) VALUES (%s, %s)
ON CONFLICT (key) DO UPDATE SET ready_at =
    CASE WHEN row.ready_at > %s AND row.ready_at <= %s THEN row.ready_at ELSE %s END + %s
WHERE row.ready_at + %s <= %s OR row.ready_at > %s
RETURNING ready_at
"""


def take(purpose: str, *parts: str, limit: int, seconds: float, now: float | None = None) -> Allowance:
    """Takes one use of the key. Refuses without counting when the allowance is used up."""
    now = time.time() if now is None else now
    step = seconds / limit
    key, latest = keyed_hash("limit." + purpose, *parts), _latest(now, seconds)
    # After this use the allowance is whole again at max(ready_at, now) + step; that may lie at most `seconds` ahead.
    with connection.cursor() as cursor:
        cursor.execute(
            _STATEMENT.format(table=Limit._meta.db_table),
            [key, now + step, now, latest, now, step, step, now + seconds + step / 1000, latest],
        )
        if cursor.fetchone():
            return Allowance(True)
    ready_at = Limit.objects.filter(pk=key).values_list("ready_at", flat=True).first() or now
    return Allowance(False, max(0.0, ready_at + step - now - seconds))


def _latest(now: float, seconds: float) -> float:
    """A moment beyond which no clock that runs on can have put an allowance, with room for servers that differ."""
    return now + 2 * seconds + 60


def forget_old(now: float | None = None) -> int:
    """Removes rows whose allowance is whole again; they say nothing any more."""
    return Limit.objects.filter(ready_at__lt=time.time() if now is None else now).delete()[0]


def give_back(purpose: str, *parts: str, limit: int, seconds: float) -> None:
    """Returns one use: the try turned out well, and only failures count. Taken first, so no parallel try overruns."""
    Limit.objects.filter(pk=keyed_hash("limit." + purpose, *parts)).update(
        ready_at=models.F("ready_at") - seconds / limit
    )
