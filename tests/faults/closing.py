"""G9: a group is closed, an account is frozen, while pages are open and people write. Both take hold within 2 s."""

import asyncio
import threading
import time
from dataclasses import dataclass, field

from .access import CHUNK_MS, CLOSED_SECONDS, Seat, all_follow, listen, watch_the_clock
from .client import Client
from .figures import Figures
from .place import Place, Prepared

SEATS, READERS = 20, 3
ENDED = 4001
PAUSE = 0.05


@dataclass
class Page:
    """Someone who loads the page of the conversation again and again, or writes in it: when each began, and how."""

    answers: list[tuple[float, int]] = field(default_factory=list)

    def opened_after(self, moment: float) -> int:
        return sum(began > moment and status == 200 for began, status in self.answers)


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    rounds, frozen = (2, 5) if fast else (8, 20)
    with town.place("closing") as place, place.helper() as helper:
        circles = [helper.ask("circle", count=SEATS, key=f"closing{at}") for at in range(rounds)]
        staying = helper.ask("circle", count=frozen + SEATS, key="freezing")
        chief, staff = helper.ask("session", key="marc"), helper.ask("session", key="sofie")
        place.start()
        _judge(figures, "close", [asyncio.run(_close(place, circle, chief)) for circle in circles])
        _judge(figures, "freeze", [asyncio.run(_freeze(place, staying, staff, frozen))])


async def _close(place: Place, circle: dict, chief: str) -> dict:
    """The whole group goes, for everyone in it."""
    press = lambda: _press(place, chief, f"/nl/work/groups/{circle['group']}/close/")  # noqa: E731
    return await _meanwhile(place, circle, [(press, circle["members"])])


async def _freeze(place: Place, circle: dict, staff: str, count: int) -> dict:
    """One person after another; the others stay."""
    victims = circle["members"][:count]
    acts = [
        (lambda one=one: _press(place, staff, f"/nl/work/members/{one['membership']}/shut/"), [one]) for one in victims
    ]
    return await _meanwhile(place, circle, acts)


def _press(place: Place, session: str, path: str) -> tuple[int, float]:
    client = Client(place.base, session)
    status = client.post(path, {}).status
    client.close()
    return status, time.monotonic()


async def _meanwhile(place: Place, circle: dict, acts: list[tuple]) -> dict:
    """Runs the acts while everyone's page is open, a few load it again and again, and one writes."""
    seats = {one["person"]: Seat(one) for one in circle["members"]}
    listeners = [asyncio.create_task(listen(place, seat, circle["topic"])) for seat in seats.values()]
    touched = [one for _, people in acts for one in people]
    readers = {one["person"]: Page() for one in touched[:READERS]}
    writers = {one["person"]: Page() for one in touched[-1:]}
    stop, lags = threading.Event(), [0.0]
    hands = [
        threading.Thread(target=_load, args=(place, circle, seats[one].member, page, stop))
        for one, page in readers.items()
    ] + [
        threading.Thread(target=_write, args=(place, circle, seats[one].member, page, stop))
        for one, page in writers.items()
    ]
    for hand in hands:
        hand.start()
    watch = asyncio.create_task(watch_the_clock(lags))
    try:
        await asyncio.wait_for(all_follow(list(seats.values())), 90)
        ended, statuses = {}, []
        for press, people in acts:
            status, at = await asyncio.to_thread(press)
            statuses.append(status)
            ended |= {one["person"]: at for one in people}
            await asyncio.sleep(0.1)
        await asyncio.sleep(CLOSED_SECONDS + 1)
    finally:
        stop.set()
        for task in [*listeners, watch]:
            task.cancel()
        await asyncio.gather(*listeners, watch, return_exceptions=True)
        for hand in hands:
            await asyncio.to_thread(hand.join, 60)
    return {"seats": seats, "ended": ended, "pages": readers | writers, "statuses": statuses, "late": max(lags)}


def _load(place: Place, circle: dict, member: dict, page: Page, stop: threading.Event) -> None:
    client = Client(place.base, member["session"])
    while not stop.is_set():
        began = time.monotonic()
        page.answers.append((began, client.get(f"/nl/g/c/{circle['conversation']}/").status))
        stop.wait(PAUSE)
    client.close()


def _write(place: Place, circle: dict, member: dict, page: Page, stop: threading.Event) -> None:
    """Slowly enough for the limits of one person; the last one to be touched keeps on until the end."""
    client, number = Client(place.base, member["session"]), 0
    while not stop.is_set():
        began, number = time.monotonic(), number + 1
        answer = client.send(circle["conversation"], f"Bericht {number}", f"closing-{number}-{member['membership']}")
        page.answers.append((began, answer.status))
        stop.wait(0.5)
    client.close()


def _judge(figures: Figures, what: str, rounds: list[dict]) -> None:
    gone, last, after, loaded, back = [], [], 0, 0, 0
    for seen in rounds:
        for person, at in seen["ended"].items():
            seat = seen["seats"][person]
            gone.append(seat.gone_at - at if seat.gone_at else None)
            last.append(max(seat.came.values(), default=at) - at)
            back += what == "close" and seat.again != "gone"
            back += what == "freeze" and seat.code != ENDED
            if person in seen["pages"]:
                after += seen["pages"][person].opened_after(at)
                loaded += sum(status == 200 for _, status in seen["pages"][person].answers)
    told = [one for one in gone if one is not None]
    figures.told(f"{what}: our own clock was late by at most", f"{max(one['late'] for one in rounds) * 1000:.0f} ms")
    figures.exactly(
        f"{what}: buttons not accepted", sum(one not in (302, 303) for r in rounds for one in r["statuses"]), 0
    )
    figures.told(f"{what}: open pages that were touched", len(gone))
    figures.exactly(f"{what}: pages that were never told", len(gone) - len(told), 0)
    figures.at_most(f"{what}: slowest word of it", max(told, default=0.0), float(CLOSED_SECONDS), " s")
    figures.at_most(f"{what}: last frame after the answer", max(0.0, *last) * 1000, float(CHUNK_MS), " ms")
    figures.exactly(f"{what}: sockets that go on", back, 0)
    figures.at_least(f"{what}: loads and messages before", loaded, 5)
    figures.exactly(f"{what}: loads and messages after the answer", after, 0)
