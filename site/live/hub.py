"""One hub a process: which sockets follow which topic, and how a hint becomes frames."""

import asyncio
import json
import threading
from collections import defaultdict
from dataclasses import dataclass
from typing import Protocol

import structlog
from channels.db import database_sync_to_async
from django.utils import translation

from people.actor import Actor

from .topics import Item, Kind, kind_of

CHUNK = 50
log = structlog.get_logger("kring.live")


class Socket(Protocol):
    """What the hub needs of an open socket."""

    actor: Actor
    session_key: str
    language: str
    sign_in_id: str
    followed: dict[str, int]

    async def push(self, frame: str) -> None: ...

    async def end(self) -> None: ...


def in_thread(function):
    """Database work of the hub runs in a pool, never on the loop and never behind a page's thread."""
    return database_sync_to_async(function, thread_sensitive=False)


@dataclass(frozen=True)
class Change:
    """What is to be shown of an item that changed in place. `anew`: it looks another way to all. `apart`: it is kept
    from some from now on, who get a blank for it. `but`: these persons hear nothing of it.
    """

    anew: bool = False
    apart: bool = False
    but: frozenset[str] = frozenset()

    @classmethod
    def told_by(cls, hint: dict) -> "Change":
        apart = hint.get("apart", False)
        return cls(not apart, apart, frozenset(hint.get("but", ())))

    def and_then(self, other: "Change") -> "Change":
        return Change(self.anew or other.anew, self.apart or other.apart, self.but | other.but)


STANDS = Change()


class Hub:
    """Topics, their sockets, and the hints that wait. Everything but `hear` runs on the loop."""

    def __init__(self):
        self.followers: dict[str, set[Socket]] = defaultdict(set)
        self.sockets: set[Socket] = set()
        self._waiting: dict[str, tuple[int, dict[str, Change]]] = {}
        self._busy: set[str] = set()
        self._tasks: set[asyncio.Task] = set()
        self.ends = 0  # how many endings were told, so that whoever joins sees that one came meanwhile
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()

    # -- sockets ---------------------------------------------------------------------------------

    def join(self, socket: Socket) -> None:
        self._loop = asyncio.get_running_loop()
        self.sockets.add(socket)

    def count_of(self, person_id: str) -> int:
        """How many sockets of this person are open here."""
        return sum(one.actor.person_id == person_id for one in self.sockets)

    def leave(self, socket: Socket) -> None:
        self.sockets.discard(socket)
        for topic in list(socket.followed):
            self.unfollow(socket, topic)

    def follow(self, socket: Socket, topic: str) -> None:
        self.followers[topic].add(socket)

    def unfollow(self, socket: Socket, topic: str) -> None:
        socket.followed.pop(topic, None)
        self.followers[topic].discard(socket)
        if not self.followers[topic]:
            del self.followers[topic]

    async def let_go(self, socket: Socket, topic: str) -> None:
        """This socket may not follow the topic any more, and its page is told so."""
        self.unfollow(socket, topic)
        await socket.push(json.dumps({"type": "gone", "topic": topic}))

    # -- hints -----------------------------------------------------------------------------------

    def hear(self, hint: dict) -> None:
        """Takes a hint from any thread. Without a loop there are no sockets, and nothing to do."""
        with self._lock:
            loop = self._loop
            self.ends += "end" in hint
        if loop and not loop.is_closed():
            loop.call_soon_threadsafe(self._take, hint)

    def _take(self, hint: dict) -> None:
        if "end" in hint:
            self._start(self._end(hint["end"], hint["scope"], hint["sign_in"]))
            return
        topic = hint["topic"]
        if topic not in self.followers:
            return
        if "own" in hint:
            self._start(self._tell_own(topic, hint["own"]))
            return
        sequence, items = self._waiting.get(topic, (0, {}))
        if hint["item"]:
            items[hint["item"]] = items.get(hint["item"], STANDS).and_then(Change.told_by(hint))
        self._waiting[topic] = (max(sequence, hint["sequence"]), items)
        if topic not in self._busy:
            self._busy.add(topic)
            self._start(self._serve(topic))

    def _start(self, work) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _end(self, person_id: str, scope: str, sign_in_id: str | None) -> None:
        for socket in [one for one in self.sockets if one.actor.person_id == person_id]:
            if sign_in_id and socket.sign_in_id != sign_in_id:
                continue
            if scope == "everything":
                await socket.end()
                continue
            # A narrower scope: whoever may still read something keeps the socket; the check is asked afresh.
            for topic in list(socket.followed):
                if not await self.may_follow(socket.actor, topic):
                    await self.let_go(socket, topic)

    async def _tell_own(self, topic: str, person_id: str) -> None:
        """Only the pages of this one person hear that they must ask anew: what is mine is never rendered for many."""
        for socket in [one for one in self.followers.get(topic, ()) if one.actor.person_id == person_id]:
            await socket.push(json.dumps({"type": "own", "topic": topic}))

    async def _serve(self, topic: str) -> None:
        """Delivers until no hint waits for this topic; hints that come meanwhile are taken together."""
        try:
            while topic in self._waiting:
                _, items = self._waiting.pop(topic)
                sockets = list(self.followers.get(topic, ()))
                if not sockets:
                    continue
                await self.catch_up(topic, sockets)
                for item, change in items.items():
                    told = [one for one in sockets if one.actor.person_id not in change.but]
                    await self.catch_up(topic, told, item=item, change=change)
        except Exception as error:  # a hub that stops would silence every open page
            log.error("delivery_failed", error=type(error).__name__)
        finally:
            self._busy.discard(topic)

    # -- delivery --------------------------------------------------------------------------------

    async def may_follow(self, actor: Actor, topic: str) -> bool:
        found = kind_of(topic)
        if not found:
            return False
        kind, subject_id = found
        return actor.person_id in await in_thread(kind.allowed)(subject_id, [actor])

    async def catch_up(
        self, topic: str, sockets: list[Socket], *, item: str | None = None, change: Change = STANDS
    ) -> None:
        """Brings these sockets up to date, or shows them one item that changed in place.

        Whatever happens to an item after it was kept from some is none of theirs: a frame about it would tell them that
        it is there. Nor do all others hear that it is kept from some: both would find their own words among them.
        """
        if item is not None:
            await self._hand_out(topic, sockets, 0, item=item, change=change)
            return
        while sockets:
            # Those who stand at one place together. What is read at once is bounded: with one who is far behind, or
            # says so again and again, it would hold nothing new for all the others.
            standing: dict[int, list[Socket]] = defaultdict(list)
            for one in sockets:
                standing[one.followed.get(topic, 0)].append(one)
            sockets = []
            for after in sorted(standing, reverse=True):
                if await self._hand_out(topic, standing[after], after):
                    sockets += [one for one in standing[after] if one.followed.get(topic, 0) > after]

    async def _hand_out(
        self, topic: str, sockets: list[Socket], after: int, *, item: str | None = None, change: Change = STANDS
    ) -> bool:
        """Whether there may be more: as many came as come at once."""
        found = kind_of(topic)
        if not found:
            return False
        kind, subject_id = found
        items = await in_thread(kind.since)(subject_id, after, item)
        if not items:
            return False
        frames = await self._frames(kind, topic, items, sockets, changed=item is not None)
        for start in range(0, len(sockets), CHUNK):
            chunk = [one for one in sockets[start : start + CHUNK] if topic in one.followed]
            # Asked again for every chunk, so that nobody is served after access ended.
            actors = {one.actor.person_id: one.actor for one in chunk}
            allowed, hidden = await in_thread(_ask)(kind, subject_id, list(actors.values()), items)
            for socket in chunk:
                if socket.actor.person_id not in allowed:
                    await self.let_go(socket, topic)
                    continue
                await self._send(socket, topic, kind, items, frames, hidden, changed=item is not None, change=change)
            await asyncio.sleep(0)
        return len(items) == kind.at_once

    async def _frames(self, kind: Kind, topic: str, items: list[Item], sockets, *, changed: bool) -> dict:
        """The frames, once per language and audience among these sockets."""
        wanted = {(one.language, kind.audience(one.actor)) for one in sockets}
        return {key: await in_thread(_render)(kind, topic, items, *key, changed) for key in wanted}

    async def _send(self, socket, topic, kind, items, frames, hidden, *, changed: bool, change: Change) -> None:
        shut = hidden.get(socket.actor.person_id, ())
        key = (socket.language, kind.audience(socket.actor))
        for item, frame in zip(items, frames[key], strict=True):
            if not changed and item.sequence <= socket.followed.get(topic, 0):
                continue
            if kind.author and kind.author(item.thing) in shut:
                if not change.apart or not kind.blank:
                    continue
                frame = _frame(topic, item, kind.blank(item), changed)
            elif changed and not change.anew:
                continue
            await socket.push(frame)
        if not changed:
            socket.followed[topic] = max(socket.followed.get(topic, 0), items[-1].sequence)


def _ask(kind: Kind, subject_id: str, actors: list[Actor], items: list[Item]) -> tuple[set[str], dict[str, set[str]]]:
    """Who may read, and whose words are kept from whom: both in one thread, over one connection."""
    return kind.allowed(subject_id, actors), kind.hides(subject_id, actors, items) if kind.hides else {}


def _render(kind: Kind, topic: str, items: list[Item], language: str, audience: str, changed: bool) -> list[str]:
    with translation.override(language):
        html = kind.render(items, language, audience)
    return [_frame(topic, item, text, changed) for item, text in zip(items, html, strict=True)]


def _frame(topic: str, item: Item, html: str, changed: bool) -> str:
    said = {"type": "html", "topic": topic, "seq": item.sequence, "id": item.id, "html": html, "changed": changed}
    return json.dumps(said, ensure_ascii=False)


hub = Hub()
