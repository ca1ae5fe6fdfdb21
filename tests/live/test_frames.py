"""A thousand frames that no page of ours sends: none breaks anything, none brings a word of others (G6)."""

import asyncio
import json
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.db import connections
from structlog.testing import capture_logs

from groups.actions.messages import post_message
from groups.vocabulary import Mode
from live.hub import in_thread
from live.routing import sockets
from moderation.live import TOPIC
from people.models import Authenticator
from tests.groups.conftest import NOON, actor, build
from tests.live.frames import frames
from tests.worlds import session_of
from vault.ids import new_id

pytestmark = pytest.mark.django_db(transaction=True)
COUNT, BATCH = 1000, 50
ORIGIN = "http://127.0.0.1:8000"
THEIRS, OURS, WAITING = "Kanarievader", "Kanarieouder", "Kanariewacht"


@pytest.fixture
def lived(transactional_db) -> dict:
    """Two groups with words in them; sockets are tried for a mother and for the facilitator of the one group."""
    world = build()
    for group in (world.ouders, world.vaders):
        group.mode = Mode.AFTER_POSTING
        group.save()
    mother, father = world.joins("Amina"), world.joins("Karim", world.vaders)
    ours, theirs = world.conversation("Thuis"), world.conversation("Elders", world.vaders)
    for place, person, word in ((ours, mother, OURS), (theirs, father, THEIRS)):
        post_message(conversation=place, text=f"{word} zegt iets.", key=new_id(), by=actor(person), now=NOON)
    # What waits in the other group stands in a queue that both facilitators may follow.
    post_message(conversation=theirs, text=f"{WAITING}: bel mij op 0470 12 34 56.", key=new_id(), by=actor(father))
    Authenticator.objects.create(user=world.sofie.account, name="app", key="JBSWY3DPEHPK3PXP", confirmed=True)
    return {
        "mother": session_of(mother.account),
        "facilitator": session_of(world.sofie.account),
        "own": f"conversation:{ours.pk}",
        "foreign": [f"conversation:{theirs.pk}", TOPIC],
        "never": [theirs.pk, "Karim", THEIRS, WAITING, "Elders", world.vaders.name],
    }


async def _talk(key: str, said: list[str], own: str) -> list[str]:
    """Sends all of it, then asks for one's own; gives what came until that came."""
    headers = [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={key}".encode()), (b"origin", ORIGIN.encode())]
    page = WebsocketCommunicator(sockets(), "/ws/?language=nl", headers=headers)
    assert (await page.connect(timeout=5))[0]
    for text in said:
        await page.send_input({"type": "websocket.receive", "text": text})
    await page.send_to(text_data=json.dumps({"type": "follow", "topic": own, "after": 0}))
    came = []
    while not came or json.loads(came[-1])["type"] != "html":
        came.append(await page.receive_from(timeout=20))
    await page.disconnect()
    return came


def _one_thread() -> None:
    """All questions of the sockets go over one connection, which can be closed at the end."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))


@pytest.mark.parametrize("who", ["mother", "facilitator"])
async def test_a_thousand_frames_break_nothing_and_bring_nothing_of_others(lived, who, monkeypatch, caplog):  # G6
    monkeypatch.setattr("live.consumers.MAX_FRAMES_A_MINUTE", COUNT * 2)
    _one_thread()
    said = list(frames(COUNT, lived["foreign"], seed=who))
    assert len(said) == COUNT
    came = []
    with capture_logs() as told, caplog.at_level(logging.WARNING):
        for start in range(0, COUNT, BATCH):
            came += await _talk(lived[who], said[start : start + BATCH], lived["own"])
    await in_thread(connections.close_all)()
    assert [one for one in told if one["log_level"] in ("error", "critical")] == []
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []
    text = "\n".join(one for one in came if json.loads(one)["type"] != "gone")
    assert [word for word in lived["never"] if word in text] == []
    # The control: one's own came every time, and foreign topics were really asked for and refused.
    assert text.count(OURS) == COUNT / BATCH
    refused = [json.loads(one)["topic"] for one in came if json.loads(one)["type"] == "gone"]
    assert refused.count(lived["foreign"][0]) > 20
