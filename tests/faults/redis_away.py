"""G46: Redis is killed under load and comes back. Nobody gets an error, and every open page ends up complete, once
and in order. Without Redis a second process refuses to start.
"""

import asyncio
import json
import shutil
import subprocess
import threading
import time
from collections import defaultdict

import redis
from websockets.exceptions import ConnectionClosed

from .client import Client, socket_to
from .figures import Figures, share
from .place import Place, Prepared, end, free_port
from .writers import Writers, faults_5xx

SEATS = 20
CAUGHT_UP_SECONDS = 10
SLOWEST_SECONDS = 5


class Redis:
    """A Redis of our own on a port of its own, that keeps nothing."""

    def __init__(self):
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        quiet = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--loglevel", "warning"]
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), *quiet], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        client, until = redis.Redis.from_url(self.url, retry=None), time.monotonic() + 10
        while time.monotonic() < until:
            try:
                client.ping()
                return
            except redis.RedisError:
                time.sleep(0.05)
        raise RuntimeError("The Redis of this fault did not start.")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        end(self.process)


class Eavesdropper:
    """Hears everything that goes through Redis until it is killed: ids may, words may not."""

    def __init__(self, url: str):
        self.heard: list[str] = []
        self._listener = redis.Redis.from_url(url, retry=None).pubsub()
        self._listener.psubscribe("*")
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        try:
            for said in self._listener.listen():
                if said["type"] == "pmessage":
                    self.heard.append(said["data"].decode(errors="replace"))
        except (redis.RedisError, OSError, ValueError):
            return


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    with town.place("alone") as place:
        place.start()
        _second_processes(place, figures)
    if not shutil.which("redis-server"):
        figures.exactly("redis-server", "not installed", "installed")
        return
    away, hints = 5 if fast else 60, Redis()
    hints.start()
    try:
        with town.place("redis", redis_url=hints.url) as place, place.helper() as helper:
            circle = helper.ask("circle", count=40)
            place.start()
            pages_port = free_port()
            pages = place.spawn(
                *("-m", "gunicorn", "portal.wsgi:application", "-b", f"127.0.0.1:{pages_port}"),
                *("--threads", "4", "--log-level", "warning"),
            )
            place.wait_for(pages, pages_port)
            asyncio.run(_outage(place, f"http://127.0.0.1:{pages_port}", circle, hints, away, figures, helper))
    finally:
        hints.stop()


async def _outage(place: Place, pages: str, circle: dict, hints: Redis, away: int, figures: Figures, helper) -> None:
    """Pages are served by one process and sockets by another, so every hint has to travel."""
    frames: dict[int, list[dict]] = defaultdict(list)
    seats = [
        asyncio.create_task(_listen(place, member["session"], circle["topic"], frames[at]))
        for at, member in enumerate(circle["members"][:SEATS])
    ]
    await asyncio.sleep(2)
    ear = Eavesdropper(hints.url)
    with Writers(pages, circle["conversation"], circle["members"], hands=3, pause=0.2) as writers:
        await asyncio.sleep(2)
        travelled = len(frames[0])
        hints.kill()
        gone_at = time.monotonic()
        await asyncio.sleep(away)
        other = Client(pages, circle["members"][0]["session"])
        reads = [(await asyncio.to_thread(other.get, f"/nl/g/c/{circle['conversation']}/")).status for _ in range(5)]
        login = await asyncio.to_thread(Client(pages).get, "/nl/account/login/")
        hints.start()
        back_at = time.monotonic()
        await asyncio.sleep(1)
        await asyncio.to_thread(writers.finish)
    rows = [row for row in helper.ask("messages_in", conversation=circle["conversation"]) if row["sequence"]]
    wanted = [row["sequence"] for row in rows]
    caught_up = await _complete(frames, wanted, back_at)
    for seat in seats:
        seat.cancel()
    await asyncio.gather(*seats, return_exceptions=True)
    slow = [end - begin for begin, end in writers.times if gone_at <= begin < back_at]
    figures.at_least("frames before it went away", travelled, 1)
    figures.told("away", f"{back_at - gone_at:.0f} s, {len(slow)} posts answered meanwhile")
    figures.exactly("answers of our fault", faults_5xx(writers.statuses), 0)
    figures.exactly("pages and sign-in while away", sorted({*reads, login.status}), [200])
    figures.exactly("acknowledged and not stored", len(writers.journal) - len(rows), 0)
    figures.told("p95 of a post while away", f"{share(slow, 0.95) * 1000:.0f} ms")
    figures.at_most("slowest post while away", max(slow, default=0.0), float(SLOWEST_SECONDS), " s")
    figures.at_most("all pages complete after its return", caught_up, float(CAUGHT_UP_SECONDS), " s")
    came = [[frame["seq"] for frame in frames[at] if frame["type"] == "html"] for at in range(SEATS)]
    figures.exactly("pages with a message missing", sum(set(one) != set(wanted) for one in came), 0)
    figures.exactly("pages with a message twice", sum(len(one) != len(set(one)) for one in came), 0)
    figures.exactly("pages out of order", sum(one != sorted(one) for one in came), 0)
    figures.exactly("hints with words in them", sum("Bericht" in said for said in ear.heard), 0)


async def _listen(place: Place, session: str, topic: str, frames: list[dict]) -> None:
    async with socket_to(place.base, session) as socket:
        await socket.send(json.dumps({"type": "follow", "topic": topic, "after": 0}))
        try:
            async for frame in socket:
                frames.append(json.loads(frame))
        except ConnectionClosed:
            return


async def _complete(frames: dict[int, list[dict]], wanted: list[int], back_at: float) -> float:
    """Seconds after the return until every page has everything; gives up after three times the limit."""
    while time.monotonic() < back_at + 3 * CAUGHT_UP_SECONDS:
        html = [{frame["seq"] for frame in one if frame["type"] == "html"} for one in frames.values()]
        if all(set(wanted) <= one for one in html):
            break
        await asyncio.sleep(0.05)
    return time.monotonic() - back_at


def _second_processes(place: Place, figures: Figures) -> None:
    """Three ways to a second process without Redis; each must end with a sentence, not serve."""
    port = str(free_port())
    ways = {
        "a second serve": ("site/manage.py", "serve", "--port", port),
        "sockets beside it": ("-m", "uvicorn", "portal.asgi:application", "--port", port),
        "pages beside it": ("-m", "gunicorn", "portal.wsgi:application", "-b", f"127.0.0.1:{port}"),
    }
    for name, arguments in ways.items():
        process = place.spawn(*arguments)
        try:
            refused = process.wait(30) != 0
        except subprocess.TimeoutExpired:
            refused = False
        figures.exactly(f"{name} without Redis refuses", refused, True)
