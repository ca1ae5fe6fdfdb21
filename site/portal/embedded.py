"""What the one-process server needs: it shares data and port with no other, and keeps its memory small."""

import asyncio
import ctypes
import fcntl
import socket
from pathlib import Path

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.db import connections

M_ARENA_MAX, ARENAS = -8, 2  # as in malloc.h of the GNU C library
AT_ONCE = 30  # of the hundred connections that PostgreSQL has by default; sockets and the worker need some as well


class AlreadyRunning(RuntimeError):
    """Another process holds this data or this port; the sentence says what to do."""


def hold(lock: Path, sentence: str):
    """Takes the lock for the life of the process, or raises `AlreadyRunning` with the sentence."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    handle = lock.open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        raise AlreadyRunning(sentence) from error
    return handle


def refuse_taken_port(host: str, port: int) -> None:
    """Asks before the set-up, which takes a minute, and not after it."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: a port just left is free
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AlreadyRunning(
                f"Port {port} of {host} cannot be used: {error.strerror}. Choose another: make run PORT={port + 1}"
            ) from error


def share_memory_among_threads() -> None:
    """Two heaps for all threads instead of one for each, which keep what a busy minute needed."""
    try:
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)
    except (OSError, AttributeError):  # another C library counts its heaps in its own way
        return


class Turn:
    """The time in which a request may hold connections: from when it is there whole until its answer begins.

    Who sends slowly has no turn yet, and who reads slowly has none any more: neither keeps others waiting.
    """

    def __init__(self, turns: asyncio.Semaphore):
        self.turns = turns
        self.has_begun = self.is_mine = False

    def once_whole(self, receive):
        async def received():
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body") and not self.has_begun:
                await self.turns.acquire()
                self.has_begun = self.is_mine = True
            return message

        return received

    def until_answered(self, send):
        async def sent(message):
            if message["type"] == "http.response.start":
                await self.end()
            await send(message)

        return sent

    async def end(self) -> None:
        """Closes what this thread opened; also after the answer began, as what is streamed may have opened more."""
        try:
            await sync_to_async(connections.close_all)()
        finally:
            if self.is_mine:
                self.is_mine = False
                self.turns.release()


def letting_go(pages):
    """The same pages, for so many requests at once; however one ends, its thread closes the connections it opened.

    Each request runs in a thread of its own, which no other uses. A connection kept there for later stays open with
    nobody to use it, and PostgreSQL has only so many: eight visitors at once left none for others, and so did one who
    asked for two hundred pages at one moment. Who comes when all turns are taken waits for the next.
    """
    turns = asyncio.Semaphore(AT_ONCE)

    async def let_go(scope, receive, send):
        turn = Turn(turns)
        async with ThreadSensitiveContext():
            try:
                await pages(scope, turn.once_whole(receive), turn.until_answered(send))
            finally:
                await turn.end()

    return let_go
