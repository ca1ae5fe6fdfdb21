"""The one socket of a page: follows topics, answers heartbeats, and closes when access ends.

Every frame is checked on its own. Frames over 16 KB close with 1009, more than 60 a minute with 1008, and more sockets
than somebody has pages open are not let in: those pages ask by themselves now and then.
"""

import asyncio
import json
import time
from collections import deque
from collections.abc import Awaitable

from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.utils.translation import get_language_from_path

from people.socket_identity import identity_of

from .heartbeat import ensure_beating
from .hub import hub, in_thread
from .subscriber import listening

MAX_FRAME = 16 * 1024
MAX_FRAMES_A_MINUTE = 60
MAX_TOPICS = 8
MAX_SOCKETS = 20
TOO_BIG, NOT_ALLOWED, ENDED = 1009, 1008, 4001
PATIENCE = 2  # seconds in which a line takes a frame; a phone that fell asleep must not hold up all others


class PageSocket(AsyncWebsocketConsumer):
    async def __call__(self, scope, receive, send):
        self.followed: dict[str, int] = {}
        try:
            await super().__call__(scope, receive, send)
        finally:
            hub.leave(self)  # however it ends: who is counted for ever is let in nowhere after twenty pages

    async def connect(self):
        self.moments: deque[float] = deque(maxlen=MAX_FRAMES_A_MINUTE)
        self.is_open = False
        self.session_key = self.scope.get("cookies", {}).get(settings.SESSION_COOKIE_NAME)
        await listening()
        ends = None
        while ends != hub.ends:  # an ending that is told between asking and joining finds no socket to close
            ends = hub.ends
            identity = await in_thread(identity_of)(self.session_key)
        if identity is None:
            await self.close(NOT_ALLOWED)
            return
        self.actor, self.sign_in_id = identity.actor, identity.sign_in_id
        self.language = self._language()
        if hub.count_of(self.actor.person_id) >= MAX_SOCKETS:
            await self.close(NOT_ALLOWED)
            return
        hub.join(self)  # before anything is waited for, so that many at one moment are counted, too
        await self.accept()
        self.is_open = True
        ensure_beating()

    def _language(self) -> str:
        """The language of the page, named in the query; else the person's own."""
        query = self.scope.get("query_string", b"").decode("ascii", "ignore")
        return get_language_from_path(f"/{query.removeprefix('language=')}/") or self.actor.language

    async def disconnect(self, code):
        self.is_open = False
        hub.leave(self)
        raise StopConsumer

    async def receive(self, text_data=None, bytes_data=None):
        if bytes_data is not None or len((text_data or "").encode()) > MAX_FRAME:
            await self.close(TOO_BIG)
            return
        now = time.monotonic()
        if len(self.moments) == MAX_FRAMES_A_MINUTE and now - self.moments[0] < 60:
            await self.close(NOT_ALLOWED)
            return
        self.moments.append(now)
        try:
            frame = json.loads(text_data)
        except (ValueError, RecursionError):
            return
        if isinstance(frame, dict):
            await self._answer(frame)

    async def _answer(self, frame: dict) -> None:
        topic, after = frame.get("topic"), frame.get("after", frame.get("seq"))
        if not isinstance(topic, str) or not isinstance(after, int) or isinstance(after, bool):
            return
        after = max(0, min(after, 2**53))
        if frame.get("type") == "follow":
            await self._follow(topic, after)
        elif frame.get("type") == "at" and topic in self.followed and after < self.followed[topic]:
            self.followed[topic] = after
            await hub.catch_up(topic, [self])

    async def _follow(self, topic: str, after: int) -> None:
        if topic not in self.followed and len(self.followed) >= MAX_TOPICS:
            return
        if not await hub.may_follow(self.actor, topic):
            await self.push(json.dumps({"type": "gone", "topic": topic[:80]}))
            return
        self.followed[topic] = after
        hub.follow(self, topic)
        await hub.catch_up(topic, [self])

    # -- what the hub asks -----------------------------------------------------------------------

    async def push(self, frame: str) -> None:
        """Never raises and never waits for long: who is gone between two frames keeps nothing from all others."""
        if self.is_open and not await _in_time(self.base_send({"type": "websocket.send", "text": frame})):
            self.is_open = False
            hub.leave(self)

    async def end(self) -> None:
        if self.is_open:
            await self.push(json.dumps({"type": "ended"}))
            self.is_open = False
            hub.leave(self)
            await _in_time(self.close(ENDED))


async def _in_time(said: Awaitable[None]) -> bool:
    """Whether the line took it: it may be closed by the other side or by us, or be too slow."""
    try:
        async with asyncio.timeout(PATIENCE):
            await said
    except (OSError, RuntimeError):
        return False
    return True
