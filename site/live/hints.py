"""Tells every process that something changed. One process: straight to its hub. More: through Redis.

A hint is lost without harm: pages catch up at the next heartbeat, at reconnection, or by polling.
"""

import json
from collections.abc import Collection
from functools import lru_cache

import redis
import structlog
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from .hub import hub

CHANNEL = "kring:hints"
log = structlog.get_logger("kring.live")


@lru_cache(maxsize=2)
def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0))


def publish(
    topic: str, sequence: int = 0, *, item: str | None = None, apart: bool = False, but: Collection[str] = ()
) -> None:
    """Something new in this topic, up to `sequence`; or `item` changed in place. Call it on commit.

    `apart`: from now on `item` is kept from some who may have it on their page. `but`: these hear nothing of it.
    """
    more = ({"apart": True} if apart else {}) | ({"but": sorted(but)} if but else {})
    _send({"topic": topic, "sequence": sequence, "item": item} | more)


def own_changed(topic: str, person_id: str) -> None:
    """Something of this person's own, which nobody else sees, changed in this topic. Call it on commit."""
    _send({"topic": topic, "own": person_id})


def end_access(person_id: str, scope: str, sign_in_id: str | None) -> None:
    """Sockets of this person that fall in the scope must close now."""
    _send({"end": person_id, "scope": scope, "sign_in": sign_in_id})


def _send(hint: dict) -> None:
    if settings.REDIS_URL:
        try:
            _redis(settings.REDIS_URL).publish(CHANNEL, json.dumps(hint))
            return
        except redis.RedisError as error:
            # The page of this process still hears it at once; others at their next heartbeat.
            log.warning("hint_not_published", error=type(error).__name__)
    hub.hear(hint)
