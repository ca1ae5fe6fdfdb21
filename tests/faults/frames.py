"""G6: a thousand frames that no page of ours sends, on real sockets. The server answers on, its log stays empty."""

import asyncio
import json

from websockets.exceptions import ConnectionClosed

from tests.live.frames import frames

from .client import socket_to
from .figures import Figures
from .place import Place, Prepared

COUNT, A_SOCKET = 1000, 50  # more than sixty a minute close a socket
WRONG_BYTES = (b"\xff\xfe", b"\xed\xa0\x80", b'{"type":"follow","topic":"\xed\xa0\x80","after":0}', b"\xc0\xaf")
WORD = "Kanarieroep"


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    with town.place("frames") as place, place.helper() as helper:
        own, foreign = (helper.ask("circle", count=2, key=key) for key in ("own", "foreign"))
        for circle, text in ((foreign, f"{WORD} van elders"), (own, "Van ons")):
            helper.ask("said", conversation=circle["conversation"], person=circle["members"][1]["person"], text=text)
        place.start()
        said = list(frames(COUNT, [foreign["topic"], "reviews:queue"], seed="faults"))
        session = own["members"][0]["session"]
        before = len(_log(place))
        came = asyncio.run(_talk(place, session, own["topic"], said))
        trouble = _trouble(_log(place)[before:])
        closed = asyncio.run(_bytes(place, session))
        figures.told("frames sent", len(said))
        figures.exactly(
            "sockets on which one's own still came", sum("Van ons" in one for one in came), COUNT // A_SOCKET
        )
        text = "\n".join(came)
        figures.exactly("frames with a word of others", text.count(WORD), 0)
        figures.exactly("frames about others but 'gone'", _about(text, foreign["topic"]), 0)
        figures.exactly("sockets that took bytes that are no text", sum(code not in (1007, 1009) for code in closed), 0)
        figures.exactly("lines of trouble in the log", trouble, [])
        figures.exactly("words of a frame in the log", sum("topic" in line for line in _log(place)), 0)


async def _talk(place: Place, session: str, own: str, said: list[str]) -> list[str]:
    """Each part on a socket of its own, and at its end what is one's own; all that came, a text a socket."""
    found = []
    for start in range(0, len(said), A_SOCKET):
        async with socket_to(place.base, session) as socket:
            for text in said[start : start + A_SOCKET]:
                await socket.send(text)
            await socket.send(json.dumps({"type": "follow", "topic": own, "after": 0}))
            lines = []
            while not lines or json.loads(lines[-1])["type"] != "html":
                lines.append(await asyncio.wait_for(socket.recv(), 30))
            found.append("\n".join(lines))
    return found


async def _bytes(place: Place, session: str) -> list[int]:
    """What is no text at all, sent as text and as bytes: how each socket was closed."""
    codes = []
    for wrong in WRONG_BYTES:
        for as_text in (True, False):
            async with socket_to(place.base, session) as socket:
                try:
                    await socket.send(wrong, text=as_text)
                    await asyncio.wait_for(socket.recv(), 10)
                except (ConnectionClosed, TimeoutError):
                    pass
                codes.append(socket.close_code)
    return codes


def _about(text: str, topic: str) -> int:
    told = [json.loads(line) for line in text.splitlines()]
    return sum(one.get("topic") == topic and one["type"] != "gone" for one in told)


def _log(place: Place) -> list[str]:
    return (place.folder / "output.log").read_text(errors="replace").splitlines()


def _trouble(lines: list[str]) -> list[str]:
    marks = ("Traceback", "Error", "error", "exception", "Exception")
    return [line[:200] for line in lines if any(mark in line for mark in marks)][:5]
