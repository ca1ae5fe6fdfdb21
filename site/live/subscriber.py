"""Hears the hints of the other processes through Redis, and keeps trying when Redis is away."""

import asyncio
import json

import redis.asyncio as redis
import structlog
from django.conf import settings
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from .hints import CHANNEL
from .hub import hub
from .stopping import asked_to_stop

LONGEST_PAUSE = 2
LOOKS_UP_EVERY = 5  # seconds; see `asked_to_stop`
_listeners: dict[asyncio.AbstractEventLoop, asyncio.Task] = {}
log = structlog.get_logger("kring.live")


async def listen(url: str) -> None:
    """Runs until cancelled. After an absence every followed topic is brought up to date."""
    pause = 0.5
    while not asked_to_stop():
        try:
            # No retries inside the client: it would come back by itself, and nobody would catch up.
            once = Retry(NoBackoff(), 0)
            async with (
                redis.Redis.from_url(url, socket_connect_timeout=2, retry=once) as client,
                client.pubsub() as hints,
            ):
                await hints.subscribe(CHANNEL)
                for topic in list(hub.followers):
                    hub.hear({"topic": topic, "sequence": 0, "item": None})
                pause = 0.5
                while not asked_to_stop():
                    hint = await hints.get_message(ignore_subscribe_messages=True, timeout=LOOKS_UP_EVERY)
                    if hint:
                        hub.hear(json.loads(hint["data"]))
        except (RedisError, OSError) as error:
            log.warning("redis_away", error=type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


def ensure_listening() -> None:
    """Starts the one subscriber of this process with its first socket; without Redis there is none."""
    loop = asyncio.get_running_loop()
    if settings.REDIS_URL and (loop not in _listeners or _listeners[loop].done()):
        _listeners[loop] = asyncio.ensure_future(listen(settings.REDIS_URL))
