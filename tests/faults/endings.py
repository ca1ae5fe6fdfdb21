"""G20 and G23: what ended stays ended, whatever was saved at that moment; and it ends everywhere within seconds."""

import asyncio
import time
from collections.abc import Callable

from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from .access import SIGNED_OUT
from .client import Client, socket_to
from .double import at_once
from .figures import Figures
from .guessing import PASSWORD
from .helper import Helper
from .place import Place, Prepared

SECONDS = 5.0
PRIVATE = "/nl/my/devices/"


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    races, times = (4, 1) if fast else (200, 10)
    with town.place("endings") as place, place.helper("tests.faults.sign_in_steps") as helper:
        circle = helper.ask("members", count=races + 2 * times)
        staff, coordinator = helper.ask("session", key="sofie"), helper.ask("session", key="marc")
        place.start()
        _races(place, figures, circle["members"][:races])
        for member in circle["members"][races : races + times]:
            _measure(place, figures, "a new password", member, lambda one: _new_password(place, one))
        for member in circle["members"][races + times :]:
            shut = f"/nl/work/members/{member['membership']}/shut/"
            _measure(place, figures, "a freeze", member, lambda _, path=shut: Client(place.base, staff).post(path, {}))
        _roles(place, helper, figures, coordinator, times)


def _races(place: Place, figures: Figures, members: list[dict]) -> None:
    """A page that saves its session and the end of that session, at the same moment."""
    alive, faults = 0, 0
    for member in members:
        saving, ending = Client(place.base, member["session"]), Client(place.base, member["other"])
        acts: list[Callable] = [
            lambda one=saving: one.post("/nl/account/phone/", {"phone": "shared"}),
            lambda one=ending: one.post("/nl/my/devices/lock/", {}),
        ]
        answers = at_once(lambda at, acts=acts: acts[at](), 2)
        faults += sum(answer.status >= 500 for answer in answers)
        for key in {member["session"], member["other"], *saving.cookies.values(), *ending.cookies.values()}:
            alive += Client(place.base, key).get(PRIVATE).status == 200
    figures.exactly(f"sessions alive after {len(members)} races of saving and ending", alive, 0)
    figures.exactly("answers of our fault", faults, 0)


def _new_password(place: Place, member: dict):
    fields = {"current": PASSWORD, "password": "wolk-steen-roos-tafel-88"}
    return Client(place.base, member["other"]).post("/nl/account/password/", fields)


def _measure(place: Place, figures: Figures, what: str, member: dict, act: Callable) -> None:
    """Her page listens while her sessions are ended elsewhere: how long until it is told, and what it gets then."""
    status, seconds, code = asyncio.run(_while_listening(place, member, act))
    figures.exactly(f"{what}: accepted", status in (302, 303), True)
    figures.exactly(f"{what}: how the open page was closed", code, SIGNED_OUT)
    figures.at_most(f"{what}: until the open page was told", seconds, SECONDS, " s")
    after = Client(place.base, member["session"]).get(PRIVATE)
    figures.exactly(f"{what}: the next request", after.status, 302)


async def _while_listening(place: Place, member: dict, act: Callable) -> tuple[int, float, int | None]:
    async with socket_to(place.base, member["session"]) as socket:
        await asyncio.sleep(0.3)
        if socket.state is not State.OPEN:
            return 0, 0.0, socket.close_code
        answer = await asyncio.to_thread(act, member)
        answered = time.monotonic()
        try:
            async with asyncio.timeout(4 * SECONDS):
                async for _frame in socket:
                    pass
        except (ConnectionClosed, TimeoutError):
            pass
        return answer.status, time.monotonic() - answered, socket.close_code


def _roles(place: Place, helper: Helper, figures: Figures, coordinator: str, times: int) -> None:
    """A role given and taken: every session of that colleague is over, pages and sockets."""
    person = helper.ask("person_of", key="youssef")
    boss = Client(place.base, coordinator)
    for at in range(times):
        member = {"session": helper.ask("session", key="youssef")}
        path = f"/nl/work/staff/{person}/{'withdraw' if at % 2 else 'grant'}/"
        _measure(place, figures, "another role", member, lambda _, to=path: boss.post(to, {"role": "editor"}))
