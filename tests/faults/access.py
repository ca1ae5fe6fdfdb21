"""G7: access ends while messages are published. Nothing that was committed later arrives, and the page hears of it."""

import asyncio
import json
import random
import time
from dataclasses import dataclass, field

from websockets.exceptions import ConnectionClosed

from .client import Client, socket_to
from .figures import Figures
from .place import Place, Prepared
from .writers import Writers

BYSTANDERS = 60
CHUNK_MS = 100
CLOSED_SECONDS = 2
SIGNED_OUT = 4001


@dataclass
class Seat:
    """An open page: what came when, and when it was told to go."""

    member: dict
    came: dict[str, float] = field(default_factory=dict)
    gone_at: float | None = None
    code: int | None = None
    again: str = ""


@dataclass
class Race:
    seat: Seat
    kind: str
    answered_at: float
    status: int

    @property
    def subject(self) -> str:
        return self.seat.member["sign_in" if self.kind == "sign-out" else "membership"]


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    count = 20 if fast else 200
    with town.place("access") as place, place.helper() as helper:
        circle = helper.ask("circle", count=count + BYSTANDERS)
        staff = helper.ask("session", key="sofie")
        place.start()
        victims, rest = circle["members"][:count], circle["members"][count:]
        with Writers(place.base, circle["conversation"], rest, hands=2, pause=0.06) as writers:
            races, others, lag = asyncio.run(_race(place, circle, victims, rest, staff))
        ids = [one.item_id for one in writers.journal] + [race.subject for race in races]
        figures.told("our own clock was late by", f"{lag * 1000:.0f} ms at most")
        _judge(figures, races, helper.ask("commits", subjects=ids))
        figures.told("messages published meanwhile", len(writers.journal))
        late = {one.item_id for one in writers.journal[:-5]} - set.intersection(*(set(seat.came) for seat in others))
        figures.exactly("messages that a bystander missed", len(late - _before(others)), 0)


def _before(others: list[Seat]) -> set[str]:
    """Messages that some bystander met by catching up before all were seated."""
    first = max(min(seat.came.values(), default=0) for seat in others)
    return {item for seat in others for item, at in seat.came.items() if at <= first}


async def _race(place: Place, circle: dict, victims: list[dict], rest: list[dict], staff: str):
    seats, others = [Seat(one) for one in victims], [Seat(one) for one in rest]
    listeners = [asyncio.create_task(listen(place, seat, circle["topic"])) for seat in seats + others]
    await asyncio.wait_for(all_follow(seats + others), 90)
    races, lags = [], [0.0]
    watch = asyncio.create_task(watch_the_clock(lags))
    for number, seat in enumerate(seats):
        kind = ("ended by the team", "leaves", "sign-out")[number % 3]
        await asyncio.sleep(random.random() * 0.3)
        status, at = await asyncio.to_thread(_revoke, place, circle, seat.member, kind, staff)
        races.append(Race(seat, kind, at, status))
    await asyncio.sleep(CLOSED_SECONDS + 1)
    for task in [*listeners, watch]:
        task.cancel()
    await asyncio.gather(*listeners, watch, return_exceptions=True)
    return races, others, max(lags)


async def watch_the_clock(lags: list[float]) -> None:
    """How late this side notices things, on a machine that is busy."""
    while True:
        began = time.monotonic()
        await asyncio.sleep(0.01)
        lags.append(time.monotonic() - began - 0.01)


async def all_follow(seats: list[Seat]) -> None:
    """Everyone has met a message: nobody is still catching up when the first access ends."""
    while not all(seat.came for seat in seats):
        await asyncio.sleep(0.1)


async def listen(place: Place, seat: Seat, topic: str) -> None:
    async with socket_to(place.base, seat.member["session"]) as socket:
        await socket.send(json.dumps({"type": "follow", "topic": topic, "after": 0}))
        try:
            async for frame in socket:
                await _take(json.loads(frame), seat, socket, topic)
        except ConnectionClosed:
            pass
        seat.code = socket.close_code
        seat.gone_at = seat.gone_at or time.monotonic()


async def _take(frame: dict, seat: Seat, socket, topic: str) -> None:
    if frame["type"] == "html":
        seat.came.setdefault(frame["id"].removeprefix("m-"), time.monotonic())
    elif frame["type"] == "gone" and seat.gone_at is None:
        seat.gone_at = time.monotonic()
        await socket.send(json.dumps({"type": "follow", "topic": topic, "after": 0}))
    elif frame["type"] == "gone":
        seat.again = "gone"


def _revoke(place: Place, circle: dict, member: dict, kind: str, staff: str) -> tuple[int, float]:
    if kind == "leaves":
        client, path = Client(place.base, member["session"]), f"/nl/g/{circle['group']}/leave/"
    else:
        what = "sign-out" if kind == "sign-out" else "end"
        client, path = Client(place.base, staff), f"/nl/work/members/{member['membership']}/{what}/"
    status = client.post(path, {"because": "Een proef."}).status
    client.close()
    return status, time.monotonic()


def _judge(figures: Figures, races: list[Race], order: dict[str, int]) -> None:
    figures.told("races", len(races))
    figures.exactly("endings not accepted", sum(race.status not in (302, 303) for race in races), 0)
    afterwards = [
        item
        for race in races
        for item in race.seat.came
        if order.get(item, 0) > order[race.subject] and race.kind != "sign-out"
    ]
    figures.exactly("frames of messages committed after the end", len(afterwards), 0)
    last = max((max(race.seat.came.values(), default=0) - race.answered_at) * 1000 for race in races)
    figures.at_most("last frame after the answer to the end", max(0.0, last), float(CHUNK_MS), " ms")
    told = [race.seat.gone_at - race.answered_at for race in races if race.seat.gone_at]
    figures.exactly("pages that were never told", len(races) - len(told), 0)
    figures.at_most("slowest word of it", max(told, default=0.0), float(CLOSED_SECONDS), " s")
    out = [race for race in races if race.kind == "sign-out"]
    figures.exactly("signed-out sockets left open", sum(race.seat.code != SIGNED_OUT for race in out), 0)
    back = [race for race in races if race.kind != "sign-out" and race.seat.again != "gone"]
    figures.exactly("pages that may follow again", len(back), 0)
