"""However a request ends, its thread leaves no connection behind: the next one runs in another thread."""

import asyncio
import threading

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from portal.embedded import AT_ONCE, letting_go
from tests.architecture.sources import ROOT

pytestmark = pytest.mark.db_free


@pytest.fixture
def closed(monkeypatch):
    """In which threads all connections were closed."""
    threads = []
    monkeypatch.setattr(connections, "close_all", lambda: threads.append(threading.get_ident()))
    return threads


def asking(asked: list, *, then=None):
    async def pages(scope, receive, send):
        asked.append(await sync_to_async(threading.get_ident)())
        if then:
            await then()

    return letting_go(pages)


class Broken(Exception):
    """A fault in the middle of a request."""


async def broken():
    raise Broken


def test_an_answer_and_a_fault_close_what_they_opened_where_they_opened_it(closed):
    asked = []
    asyncio.run(asking(asked)({}, None, None))
    with pytest.raises(Broken):
        asyncio.run(asking(asked, then=broken)({}, None, None))
    assert closed == asked


def test_so_does_who_hangs_up(closed):
    asked = []

    async def hang_up():
        waiting = asyncio.ensure_future(asking(asked, then=asyncio.Event().wait)({}, None, None))
        while not asked:
            await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

    asyncio.run(hang_up())
    assert closed == asked


class Visitor:
    """One who asks, and what the pages then do with it; `is_whole` is when all of the request is there."""

    def __init__(self):
        self.is_whole, self.may_go_on, self.reads = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.is_looked_at = False

    async def receive(self):
        await self.is_whole.wait()
        return {"type": "http.request", "body": b""}

    async def send(self, message):
        if message["type"] == "http.response.body":
            await self.reads.wait()


async def one_page(scope, receive, send):
    visitor = scope["visitor"]
    await receive()
    visitor.is_looked_at = True
    await visitor.may_go_on.wait()
    await send({"type": "http.response.start"})
    await send({"type": "http.response.body"})


def test_so_many_are_looked_at_at_once_and_the_next_when_one_of_them_is_answered(closed):
    """One visitor asked for two hundred pages at one moment, and nobody else had a connection to the database."""

    async def many():
        visitors, pages = [Visitor() for _ in range(2 * AT_ONCE)], letting_go(one_page)
        slow, rest = visitors[0], visitors[1:]  # sends slowly: has no turn, and takes none from others
        asking = [asyncio.ensure_future(pages({"visitor": one}, one.receive, one.send)) for one in visitors]
        for one in rest:
            one.is_whole.set()
        await asyncio.sleep(0.2)
        assert [one.is_looked_at for one in rest] == [True] * AT_ONCE + [False] * (AT_ONCE - 1)
        for one in rest[:AT_ONCE]:
            one.may_go_on.set()  # the answer begins; all of them read slowly, and nobody waits for that
        await asyncio.sleep(0.5)
        assert all(one.is_looked_at for one in rest)
        assert not slow.is_looked_at
        for one in asking:
            one.cancel()
        await asyncio.gather(*asking, return_exceptions=True)

    asyncio.run(many())


def test_the_pages_of_the_server_do():
    """Read, not run: the module takes the lock of the data that it finds."""
    assert '"http": letting_go(BodyLimit(pages))' in (ROOT / "site" / "portal" / "asgi.py").read_text()
