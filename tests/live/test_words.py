"""The words of others, looked for in every frame that anybody receives while the town lives on (G3)."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.db import connections

from groups.live import topic_of
from groups.models import Conversation
from live.hub import hub, in_thread
from live.routing import sockets
from moderation.live import TOPIC
from outreach.live import TOPIC as DANGER
from people.models import Account
from people.vocabulary import Role
from tests.access.canaries import Canaries, strew
from tests.access.happenings import things_happen
from tests.access.test_canaries import KEEP_APART
from tests.worlds import session_of
from tests.worlds import town as live_through

TOPICS_A_SOCKET = 7


class Open:
    """The sockets of one identity, together following every topic there is."""

    def __init__(self, key: str, topics: list[str]):
        headers = [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={key}".encode()), (b"origin", b"http://127.0.0.1:8000")]
        self.parts = [topics[at : at + TOPICS_A_SOCKET] for at in range(0, len(topics), TOPICS_A_SOCKET)]
        self.pages = [WebsocketCommunicator(sockets(), "/ws/?language=nl", headers=headers) for _ in self.parts]
        self.frames: list[dict] = []

    async def begin(self) -> bool:
        for page, topics in zip(self.pages, self.parts, strict=True):
            if not (await page.connect(timeout=20))[0]:
                return False
            for topic in topics:
                await page.send_to(text_data=json.dumps({"type": "follow", "topic": topic, "after": 0}))
        return True

    async def finish(self) -> None:
        """Reads until the answer to a last question, which comes after everything else."""
        for page in self.pages:
            await page.send_to(text_data=json.dumps({"type": "follow", "topic": "last:x", "after": 0}))
            while not self.frames or self.frames[-1].get("topic") != "last:x":
                self.frames.append(json.loads(await page.receive_from(timeout=30)))
            self.frames.pop()

    async def close(self) -> None:
        for page in self.pages:
            await page.disconnect()

    @property
    def text(self) -> str:
        return "\n".join(json.dumps(frame, ensure_ascii=False) for frame in self.frames)


async def _quiet() -> None:
    """Until the hub has nothing more to hand out."""
    await asyncio.sleep(0)
    while hub._tasks:
        await asyncio.gather(*hub._tasks)


@pytest.fixture
def everyone(transactional_db) -> dict:
    """The town, every word marked, and the session of each identity that can have a socket."""
    town = live_through()
    canaries: Canaries = strew(KEEP_APART)
    people = {role.value: account for role, account in town.accounts.items()}
    people |= {key: account for key, account in town.world.accounts.items() if account not in town.accounts.values()}
    people.pop(Role.STAFF_WITHOUT_SECOND_FACTOR.value)
    fresh = {name: Account.objects.select_related("person").get(pk=account.pk) for name, account in people.items()}
    half = session_of(town.accounts[Role.STAFF_WITHOUT_SECOND_FACTOR], second_factor=False)
    return {
        "town": town,
        "canaries": canaries,
        "accounts": fresh,
        "sessions": {name: session_of(account) for name, account in fresh.items()}
        | {"unproven": half, "stranger": "x"},
        "topics": [topic_of(pk) for pk in Conversation.objects.values_list("pk", flat=True)] + [TOPIC, DANGER],
    }


async def test_no_frame_brings_a_word_that_is_not_for_this_person(everyone):  # G3
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    canaries, topics = everyone["canaries"], everyone["topics"]
    seats = {name: Open(key, topics) for name, key in everyone["sessions"].items()}
    shut = [name for name, seat in seats.items() if not await seat.begin()]
    assert sorted(shut) == ["stranger", "unproven"]
    open_ones = {name: seat for name, seat in seats.items() if name not in shut}
    new = await in_thread(things_happen)(everyone["town"])
    await _quiet()
    for seat in open_ones.values():
        await seat.finish()
        await seat.close()
    await in_thread(connections.close_all)()
    foreign, own = [], {}
    for name, seat in open_ones.items():
        person = everyone["accounts"][name].person_id
        met = canaries.met_in(seat.text)
        own[name] = {canaries.places[word] for word in met}
        foreign += [
            f"{name} met {canaries.places[word]}"
            for word in met
            if canaries.allowed[word] is not None and person not in canaries.allowed[word]
        ]
    assert foreign == []
    inside = {name for name, seat in open_ones.items() if new in seat.text}
    # amina wrote it; karim and els are of the group, sofie accompanies it: nobody else heard of it.
    assert inside == {"parent", "karim", "els", "facilitator"}
    held = [name for name, seat in open_ones.items() if "Kanarienieuw3" in seat.text or "Kanariereden" in seat.text]
    assert held == []
    assert own["parent"] >= {"groups.Message.text", "groups.Membership.pseudonym"}
    assert own["parent_of_another_group"] | own["kept_apart_parent"]
    assert all(not own[name] for name in ("editor", "partner", "technical_administrator", "former_member", "invited"))
