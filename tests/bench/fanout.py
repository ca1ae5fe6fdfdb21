"""P9 and P10: one message to a thousand open pages of distinct members in five languages, a tenth of whom lose access
on the way, against a bare ASGI application that sends the same bytes to as many sockets in the same run.

Real server, real sockets, real members. Counted is what the server spends a delivery, and how fast the deliveries
come once they begin; storing the message and telling a thousand members is another figure (P5).
"""

import asyncio
import json
import os
import resource
import statistics
import time
from dataclasses import dataclass, field
from secrets import token_hex

from websockets.asyncio.client import connect

from tests.faults.client import Client, socket_to
from tests.faults.helper import Helper
from tests.faults.place import Place, cpu_of, free_port

from .report import tell

ROUNDS = 4
QUIET_SECONDS = 0.5
OPENING_SECONDS = 60
PATIENCE_SECONDS = 20
FRAME_MARK = '"type": "html"'


@dataclass
class Crowd:
    """All open sockets of one kind, and when each round's frame came to each."""

    came: dict[int, list[float]] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    sample: str = ""
    listeners: list[asyncio.Task] = field(default_factory=list)

    def count(self) -> int:
        return sum(len(times) for times in self.came.values())


@dataclass
class Round:
    delivered: int
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        return self.delivered / self.seconds

    @property
    def cost(self) -> float:
        """Microseconds of the server's processor for each delivery."""
        return self.cpu * 1e6 / self.delivered


def run(place: Place, name: str) -> None:
    """`place` serves already. The name says whether hints travel through Redis (P9) or stay in the process (P10)."""
    count = int(os.environ.get("BENCH_SOCKETS", "1000"))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, count * 3 + 500)), hard))
    port = free_port()
    bare = place.spawn(
        *("-m", "uvicorn", "tests.bench.raw:application", "--port", str(port), "--ws", "websockets-sansio"),
        *("--log-level", "critical", "--no-access-log", "--lifespan", "off"),
    )
    place.wait_for(bare, port)
    with place.helper() as helper:
        circle = helper.ask("circle", count=count + 2, key=f"crowd-{token_hex(3)}")
        ours, floor, crowd = asyncio.run(_alternate(place, helper, circle, bare, port))
    _told(name, count, ours, floor, crowd)
    tell("P16 memory of the server after it", place.memory("VmHWM"), "MB", f"{count} sockets; goal 300 at rest")


async def _alternate(place: Place, helper: Helper, circle: dict, bare, port: int):
    seats, authors = circle["members"][:-2], circle["members"][-2:]
    crowd, plain = Crowd(), Crowd()
    base = f"http://127.0.0.1:{port}"
    await _fill(crowd, [_seat(place.base, member, circle["topic"], crowd, at) for at, member in enumerate(seats)])
    await _fill(plain, [_bare_seat(base, plain, at) for at in range(len(seats))])
    each = max(1, len(seats) // 10 // ROUNDS)
    ours, floor, ended = [], [], 0

    def author() -> Client:
        """Anew each round: the server closes a connection that was silent for five seconds."""
        return Client(place.base, authors[0]["session"])

    for number in range(ROUNDS + 1):
        if number:
            leaving = seats[ended : ended + each]
            await asyncio.to_thread(helper.ask, "end_quietly", memberships=[one["membership"] for one in leaving])
            ended += each
        text = f"Dank je, dit hielp ons veel. {'Nog een regel. ' * 20}"
        ours.append(
            await _round(
                crowd,
                lambda number=number, text=text: author().send(circle["conversation"], text, f"of-round-{number}"),
                len(seats) - ended,
                place.cpu,
            )
        )
        floor.append(
            await _round(
                plain, lambda: Client(base).post("/", {"frame": crowd.sample}), len(seats), lambda: cpu_of(bare)
            )
        )
    for listener in crowd.listeners + plain.listeners:
        listener.cancel()
    await asyncio.gather(*crowd.listeners, *plain.listeners, return_exceptions=True)
    crowd.gone = {at for at in crowd.gone if at < ended}
    return ours[1:], floor[1:], (crowd, ended)


async def _fill(crowd: Crowd, seats: list) -> None:
    """Opens the sockets, fifty at a time as visitors of a busy evening would."""
    for start in range(0, len(seats), 50):
        opened = [asyncio.Event() for _ in seats[start : start + 50]]
        for seat, event in zip(seats[start : start + 50], opened, strict=True):
            crowd.listeners.append(asyncio.create_task(seat(event)))
        await asyncio.wait_for(asyncio.gather(*(event.wait() for event in opened)), OPENING_SECONDS)


def _seat(base: str, member: dict, topic: str, crowd: Crowd, at: int):
    async def listen(opened: asyncio.Event) -> None:
        async with socket_to(base, member["session"], member["language"]) as socket:
            await socket.send(json.dumps({"type": "follow", "topic": topic, "after": 0}))
            opened.set()
            async for frame in socket:
                _take(crowd, at, frame)

    return listen


def _bare_seat(base: str, crowd: Crowd, at: int):
    async def listen(opened: asyncio.Event) -> None:
        async with connect(base.replace("http", "ws"), proxy=None, open_timeout=60, ping_interval=None) as socket:
            opened.set()
            async for _ in socket:
                crowd.came.setdefault(at, []).append(time.monotonic())

    return listen


def _take(crowd: Crowd, at: int, frame: str) -> None:
    if FRAME_MARK in frame[:40]:
        crowd.came.setdefault(at, []).append(time.monotonic())
        crowd.sample = crowd.sample or frame
    elif '"gone"' in frame:
        crowd.gone.add(at)


async def _round(crowd: Crowd, send, wanted: int, cpu) -> Round:
    """One message; ends when all have it, or nothing has come for a while."""
    await asyncio.sleep(QUIET_SECONDS)
    already, spent = crowd.count(), cpu()
    answer = await asyncio.to_thread(send)
    if answer.status != 200:
        raise RuntimeError(f"The message of a round was answered {answer.status}.")
    until = time.monotonic() + PATIENCE_SECONDS
    while crowd.count() - already < wanted and time.monotonic() < until:
        await asyncio.sleep(0.01)
    await asyncio.sleep(QUIET_SECONDS)
    spent = cpu() - spent
    times = sorted(at for times in crowd.came.values() for at in times)[already:]
    # The first of them only says when the message was ready.
    return Round(len(times), max(times[-1] - times[0], 1e-6), spent)


def _told(name: str, count: int, ours: list[Round], floor: list[Round], seen: tuple[Crowd, int]) -> None:
    crowd, ended = seen
    speed = statistics.median(one.rate / other.rate for one, other in zip(ours, floor, strict=True))
    # With few sockets the floor spends less than one tick of the processor's clock: then there is no ratio to tell.
    costs = [one.cost / other.cost for one, other in zip(ours, floor, strict=True) if other.cost]
    goal = "goal 0.5" if name == "P9" else "goal 6 x channels InMemory, which is about 0.1"
    way = "hints through Redis" if name == "P9" else "one process"
    against = f"raw ASGI, {statistics.median(one.rate for one in floor):.0f} deliveries a second; {goal}"
    tell(f"{name} fan-out to {count} sockets, {way}", speed, "x", against)
    against = f"raw ASGI, {statistics.median(one.cost for one in floor):.0f} us; storing and telling included"
    if costs:
        tell(f"{name} CPU of the server a delivery", statistics.median(costs), "x", against)
    each, rounds = ended // ROUNDS, ROUNDS + 1
    wanted = (count - ended) * rounds
    lost = sum(rounds - len(crowd.came.get(at, [])) for at in range(ended, count))
    tell(f"{name} deliveries lost", lost, "frames", f"{wanted} wanted by those who stayed")
    # Each batch of leavers had every round before it left, the warming one included.
    late = sum(max(0, len(crowd.came.get(at, [])) - at // each - 1) for at in range(ended))
    tell(f"{name} deliveries to those who lost access", late, "frames", f"{ended} members, {len(crowd.gone)} were told")
