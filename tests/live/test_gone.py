"""Who goes away between two frames, or takes none any more, keeps nothing from all others and is counted no longer."""

import asyncio

import pytest
from channels.exceptions import StopConsumer

from live import consumers, heartbeat, topics
from live.consumers import PageSocket
from live.hub import Hub
from people.actor import Actor
from people.vocabulary import Role

from .test_hub import FakeSocket, Place, _seat

pytestmark = pytest.mark.db_free


class HungUp(OSError):
    """As the server says it."""


async def raising(error) -> None:
    raise error


@pytest.fixture
def hub(monkeypatch):
    here = Hub()
    monkeypatch.setattr(consumers, "hub", here)
    monkeypatch.setattr(consumers, "PATIENCE", 0.05)
    return here


def page_socket(hub, base_send) -> PageSocket:
    socket = PageSocket()
    socket.actor = Actor(person_id="gone", roles=frozenset({Role.PARENT}))
    socket.followed, socket.language, socket.session_key, socket.sign_in_id = {}, "nl", "k", ""
    socket.is_open, socket.base_send = True, base_send
    return socket


BROKEN = {
    "hung up": lambda message: raising(HungUp()),
    "closed by us": lambda message: raising(RuntimeError("after sending 'websocket.close'")),
    "takes nothing": lambda message: asyncio.Event().wait(),
}


@pytest.mark.parametrize("how", BROKEN)
async def test_who_is_gone_keeps_nothing_from_the_others(hub, how):
    place, near, gone = Place(), FakeSocket("near"), page_socket(hub, BROKEN[how])
    topics.register(place.kind())
    place.readers, place.rows = {"near", "gone"}, [(1, "els een"), (2, "els twee")]
    _seat(hub, gone, near)
    hub.hear({"topic": "place:a", "sequence": 2, "item": None})
    for _ in range(100):
        await asyncio.sleep(0.01)
        if near.html and hub.sockets == {near}:
            break
    assert near.html == ["nl:els een", "nl:els twee"]
    assert hub.sockets == {near}
    await gone.end()


@pytest.mark.parametrize("how", BROKEN)
async def test_the_end_of_access_is_told_to_all_that_can_hear_it(hub, how):
    gone, other = page_socket(hub, BROKEN[how]), page_socket(hub, BROKEN[how])
    for socket in (gone, other):
        hub.join(socket)
    await hub._end("gone", "everything", None)
    assert hub.sockets == set()


async def test_however_a_socket_ends_it_is_counted_no_longer(hub, monkeypatch):
    async def breaks(self):
        hub.join(self)
        raise HungUp

    monkeypatch.setattr(PageSocket, "connect", breaks)

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        """Takes it."""

    with pytest.raises((HungUp, StopConsumer)):
        await PageSocket()({"type": "websocket"}, receive, send)
    assert hub.sockets == set()


async def test_the_heart_beats_on_whatever_one_beat_met(monkeypatch):
    beats = []

    async def beat(hub):
        beats.append("beat")
        raise HungUp

    monkeypatch.setattr(heartbeat, "SECONDS", 0.01)
    monkeypatch.setattr(heartbeat, "beat", beat)
    heart = asyncio.ensure_future(heartbeat._beat_on())
    await asyncio.sleep(0.2)
    assert not heart.done()
    assert len(beats) > 1
    heart.cancel()
