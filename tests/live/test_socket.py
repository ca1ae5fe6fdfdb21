"""The socket at its door: the exact origin only, someone only, every frame on its own, and nobody after the end."""

import asyncio
import json

import pytest
from channels.testing import WebsocketCommunicator
from django.conf import settings

from live.consumers import MAX_SOCKETS
from live.hub import hub, in_thread
from live.routing import sockets
from people.actions import accounts, sessions
from people.actor import PORTAL
from people.models import Account
from people.socket_identity import identity_of
from tests.worlds import session_of

pytestmark = pytest.mark.django_db(transaction=True)
EXACT = "http://127.0.0.1:8000"
FOREIGN = (
    None, "null", "", "http://127.0.0.1", "http://127.0.0.1:80", "http://127.0.0.1:8001", "https://127.0.0.1:8000",
    "http://localhost:8000", "http://127.0.0.1.example.invalid:8000", "http://sub.127.0.0.1:8000",
    "http://127.0.0.1:8000.example.invalid", "http://127.0.0.1:8000@example.invalid", "http://user@127.0.0.1:8000",
    "http://example.invalid", "https://example.invalid:8000", "ws://127.0.0.1:8000", "file://", "data:text/html,x",
    "http://[::1]:8000", "http://0x7f.1:8000", "http://127.1:8000", "http://127.0.0.1:8000/path", "http://127.0.0.1.:8000",
    "http://１２７.0.0.1:8000", "http://127.0.0.1:08000x", "javascript:1", "http:/127.0.0.1:8000",
    "HTTP://127.0.0.1:8000", "http://127.0.0.1:8000/", "http://127.0.0.1:8000#", "http://127.0.0.1:8000?x",
    " http://127.0.0.1:8000", "http://127.0.0.1:8000 ", "http://127.0.0.1:08000",
)  # fmt: skip


def _open(key: str, origin: str | None = EXACT, address: str = "/ws/?language=nl") -> WebsocketCommunicator:
    headers = [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={key}".encode())]
    if origin is not None:
        headers.append((b"origin", origin.encode()))
    return WebsocketCommunicator(sockets(), address, headers=headers)


@pytest.fixture
def account():
    return accounts.open_account(language="nl", password="lamp-brug-rivier-42", by=PORTAL)


@pytest.fixture
def key(account):
    return session_of(account)


async def test_only_the_exact_origin_is_let_in(key):  # G5
    assert len(FOREIGN) >= 30
    for origin in FOREIGN:
        communicator = _open(key, origin)
        accepted, _ = await communicator.connect(timeout=5)
        assert not accepted, origin
    communicator = _open(key)
    assert (await communicator.connect(timeout=5))[0]
    await communicator.disconnect()


@pytest.mark.parametrize(
    ("base", "origin"),
    [
        ("https://kring.example.invalid", "https://kring.example.invalid"),
        ("https://Kring.example.invalid:443", "https://kring.example.invalid"),
        ("https://kring.example.invalid:8443", "https://kring.example.invalid:8443"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
async def test_the_origin_is_the_address_of_the_portal_as_browsers_say_it(key, settings, base, origin):  # G5
    settings.BASE_URL = base
    communicator = _open(key, origin)
    assert (await communicator.connect(timeout=5))[0]
    await communicator.disconnect()


async def test_nobody_without_a_live_sign_in_is_let_in(account, key):  # G5
    for other in ("", "x" * 32):
        assert not (await _open(other).connect(timeout=5))[0]
    fresh = await in_thread(Account.objects.select_related("person").get)(pk=account.pk)
    await in_thread(sessions.end_all)(account=fresh, by=PORTAL, because="asked")
    assert not (await _open(key).connect(timeout=5))[0]


@pytest.mark.parametrize("address", ["/", "/ws", "/ws/x/", "/ws//", "/nl/my/", "/nl/g/%00/", "/cms/"])
async def test_no_other_address_has_a_socket_and_asking_is_no_fault_of_ours(key, address):  # G48
    assert not (await _open(key, address=address).connect(timeout=5))[0]


async def test_a_topic_of_others_is_gone_as_one_that_never_was(key):  # G6
    communicator = _open(key)
    await communicator.connect(timeout=5)
    for topic in ("conversation:" + "N" * 22, "nothing:1", "reviews:all"):
        await communicator.send_to(text_data=json.dumps({"type": "follow", "topic": topic, "after": 0}))
        assert json.loads(await communicator.receive_from(timeout=5)) == {"type": "gone", "topic": topic}
    await communicator.disconnect()


async def test_a_frame_too_big_closes_and_too_many_close(key):  # G6
    communicator = _open(key)
    await communicator.connect(timeout=5)
    await communicator.send_to(text_data="x" * (16 * 1024 + 1))
    assert (await communicator.receive_output(timeout=5))["code"] == 1009
    communicator = _open(key)
    await communicator.connect(timeout=5)
    for _ in range(61):
        await communicator.send_to(text_data="{}")
    assert (await communicator.receive_output(timeout=5))["code"] == 1008


async def test_one_person_has_so_many_sockets_and_no_more(key):  # G6 G16
    """Three hundred of one member made all others wait ten seconds for what was new."""
    many = [_open(key) for _ in range(MAX_SOCKETS + 5)]
    answers = [accepted for accepted, _ in await asyncio.gather(*(one.connect(timeout=20) for one in many))]
    assert sum(answers) == MAX_SOCKETS
    for one in many:
        await one.disconnect()
    again = _open(key)
    assert (await again.connect(timeout=5))[0]
    await again.disconnect()


async def test_the_end_of_access_closes_the_socket(account, key):  # G7
    communicator = _open(key)
    await communicator.connect(timeout=5)
    fresh = await in_thread(Account.objects.select_related("person").get)(pk=account.pk)
    await in_thread(sessions.end_all)(account=fresh, by=PORTAL, because="asked")
    assert json.loads(await communicator.receive_from(timeout=5)) == {"type": "ended"}
    assert (await communicator.receive_output(timeout=2))["type"] == "websocket.close"
    assert account.person_id not in {one.actor.person_id for one in hub.sockets}


async def test_an_end_that_comes_while_a_socket_opens_closes_it_too(account, key, monkeypatch):  # G7
    """Told between the question who it is and the moment it is counted: a beat later would be 25 seconds late."""
    asked = []

    def ends_meanwhile(session_key):
        identity = identity_of(session_key)
        if not asked:
            fresh = Account.objects.select_related("person").get(pk=account.pk)
            sessions.end_all(account=fresh, by=PORTAL, because="asked")
        asked.append(identity)
        return identity

    monkeypatch.setattr("live.consumers.identity_of", ends_meanwhile)
    communicator = _open(key)
    accepted, _ = await communicator.connect(timeout=5)
    if accepted:
        assert json.loads(await communicator.receive_from(timeout=5)) == {"type": "ended"}
    assert asked[0] is not None
    assert account.person_id not in {one.actor.person_id for one in hub.sockets}
