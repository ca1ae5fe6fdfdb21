"""The subscriber of hints ends when it is asked to, whatever the client of Redis does with the asking."""

import asyncio

import pytest

from live import subscriber

pytestmark = pytest.mark.db_free


class _Client:
    """A client that swallows the cancellation that reaches it, as the real one can while it connects."""

    def __init__(self):
        self.waits, self.swallowed = asyncio.Event(), 0

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        return None

    def pubsub(self):
        return self

    async def subscribe(self, channel):
        self.waits.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            self.swallowed += 1

    async def get_message(self, **_):
        await asyncio.sleep(0)


async def test_a_swallowed_cancellation_still_ends_the_subscriber(monkeypatch):
    client = _Client()
    monkeypatch.setattr(subscriber.redis.Redis, "from_url", lambda *_, **__: client)
    task = asyncio.ensure_future(subscriber.listen("redis://nowhere.invalid", asyncio.Event()))
    await client.waits.wait()
    task.cancel()
    await asyncio.wait_for(asyncio.shield(asyncio.wait([task])), timeout=5)
    assert client.swallowed == 1
    assert task.done()
