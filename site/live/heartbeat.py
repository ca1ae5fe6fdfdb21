"""Every 25 seconds, for all sockets of this process together: is this still someone, may they still read, is the page
up to date? One set of questions, however many sockets. It is what makes a lost hint harmless.
"""

import asyncio
import json

import structlog
from django.db import DatabaseError

from people.socket_identity import identities_of

from .hub import Hub, hub, in_thread
from .stopping import asked_to_stop
from .topics import kind_of

SECONDS = 25
CHUNK = 200
_hearts: dict[asyncio.AbstractEventLoop, asyncio.Task] = {}
log = structlog.get_logger("kring.live")


def ensure_beating() -> None:
    """Starts the one heart of this process with its first socket."""
    loop = asyncio.get_running_loop()
    if loop not in _hearts or _hearts[loop].done():
        _hearts[loop] = asyncio.ensure_future(_beat_on())


async def _beat_on() -> None:
    while not asked_to_stop():
        await asyncio.sleep(SECONDS)
        try:
            await beat(hub)
        except DatabaseError as error:  # away for a moment: nobody is served meanwhile, the next beat asks again
            log.warning("beat_missed", error=type(error).__name__)
        except Exception as error:  # a heart that stops would leave sockets to people whose access ended
            log.error("beat_failed", error=type(error).__name__)


async def beat(hub: Hub) -> None:
    """One round: ends sockets that are nobody's any more, lets go of topics, catches up, and says where the page is."""
    sockets = list(hub.sockets)
    for start in range(0, len(sockets), CHUNK):
        chunk = sockets[start : start + CHUNK]
        known = await in_thread(identities_of)([one.session_key for one in chunk])
        for socket in chunk:
            identity = known.get(socket.session_key)
            if identity is None or identity.actor.person_id != socket.actor.person_id:
                await socket.end()
            else:
                socket.actor = identity.actor
    for topic in list(hub.followers):
        await _look_at(hub, topic)


async def _look_at(hub: Hub, topic: str) -> None:
    found, sockets = kind_of(topic), list(hub.followers.get(topic, ()))
    if not found or not sockets:
        return
    kind, subject_id = found
    allowed = await in_thread(kind.allowed)(subject_id, [one.actor for one in sockets])
    staying = [one for one in sockets if one.actor.person_id in allowed]
    for socket in sockets:
        if socket.actor.person_id not in allowed:
            await hub.let_go(socket, topic)
    await hub.catch_up(topic, staying)
    for socket in staying:
        if topic in socket.followed:
            # Without the place: it may be that of something which is kept from this reader.
            await socket.push(json.dumps({"type": "ping", "topic": topic}))
