"""Hears the hints of the other processes through Redis, and keeps trying when Redis is away."""

import asyncio
import json
from dataclasses import dataclass

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
log = structlog.get_logger("kring.live")


@dataclass(frozen=True)
class Listener:
    task: asyncio.Task
    tried: asyncio.Event


_listeners: dict[asyncio.AbstractEventLoop, Listener] = {}


async def listen(url: str, tried: asyncio.Event) -> None:
    """Runs until cancelled. After an absence every followed topic is brought up to date.

    `tried` is set when it hears, or could not the first time.
    """
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
                tried.set()
                for topic in list(hub.followers):
                    hub.hear({"topic": topic, "sequence": 0, "item": None})
                pause = 0.5
                while not asked_to_stop():
                    hint = await hints.get_message(ignore_subscribe_messages=True, timeout=LOOKS_UP_EVERY)
                    if hint:
                        hub.hear(json.loads(hint["data"]))
        except (RedisError, OSError) as error:
            log.warning("redis_away", error=type(error).__name__)
            tried.set()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


async def listening() -> None:
    """Starts the one subscriber of this process with its first socket; without Redis there is none.

    Returns when it hears: what is told before that would be missed by whoever asks a session before that. Where Redis
    is away, the next heartbeat tells.
    """
    if not settings.REDIS_URL:
        return
    loop = asyncio.get_running_loop()
    if loop not in _listeners or _listeners[loop].task.done():
        tried = asyncio.Event()
        task = asyncio.ensure_future(listen(settings.REDIS_URL, tried))
        task.add_done_callback(lambda _: tried.set())
        _listeners[loop] = Listener(task, tried)
    await _listeners[loop].tried.wait()
