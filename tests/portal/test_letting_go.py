"""However a request ends, its thread leaves no connection behind: the next one runs in another thread."""

import asyncio
import threading

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from portal.embedded import letting_go
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


def test_the_pages_of_the_server_do():
    """Read, not run: the module takes the lock of the data that it finds."""
    assert '"http": letting_go(BodyLimit(pages))' in (ROOT / "site" / "portal" / "asgi.py").read_text()
