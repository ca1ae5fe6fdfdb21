"""P5 and P13: a message stored and answered, against the least that is storing at all, and against the bare action."""

import itertools
import statistics
import time
from secrets import token_hex
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler

from groups.actions.messages import post_message
from groups.models import Conversation
from people.models import Account
from people.queries import actor_of
from tests.faults import seeding
from tests.faults.client import FORM_TOKEN, Client
from tests.faults.place import Place

from .floor import handler
from .measure import Asker, in_turns, statements
from .report import tell

TURNS = 60
ROUNDS, IN_A_ROUND = 4, 40
MEMBERS = 40


def run(place: Place, figures: set[str]) -> None:
    if "P5" in figures:
        for mode in ("first_read", "after_posting"):
            _stored_and_answered(mode)
    if "P13" in figures:
        _through_the_server(place)


def _stored_and_answered(mode: str) -> None:
    """Everything on: limiter, history, notices, drafts. As a group of twelve has it."""
    circle = seeding.circle(count=12, mode=mode, key=f"p5-{mode}-{token_hex(3)}")
    portal, plain = WSGIHandler(), handler()
    writers = itertools.cycle([Asker(portal, member["session"]) for member in circle["members"]])
    floor = Asker(plain, circle["members"][0]["session"])
    path, waits = f"/nl/g/c/{circle['conversation']}/send/", []

    def post() -> None:
        began = time.perf_counter()
        form = {"csrfmiddlewaretoken": FORM_TOKEN, "text": "Dank je, dit hielp ons.", "key": f"p5-{token_hex(8)}"}
        got = next(writers).ask(path, method="POST", body=urlencode(form).encode())
        if got.status != 200:
            raise RuntimeError(f"A post that is measured answered {got.status}.")
        waits.append((time.perf_counter() - began) * 1000)

    def store() -> None:
        began = time.perf_counter()
        floor.ask("/floor/store")
        rows.append((time.perf_counter() - began) * 1000)

    rows: list[float] = []
    cost = in_turns({"post": post, "store": store}, TURNS)
    against = f"one row changed and committed for a signed-in user: {cost['store']:.1f} ms CPU"
    tell(f"P5 message stored and answered, {mode}", cost["post"] / cost["store"], "x", against)
    ratio = statistics.median(waits) / statistics.median(rows)
    tell(f"P5 the same by the clock, p50, {mode}", ratio, "x", "the same row")
    with statements() as seen:
        post()
    tell(f"P5 statements of it, {mode}", len(seen), "statements", f"goal 16: {', '.join(seen)}")


def _through_the_server(place: Place) -> None:
    """The action in a plain loop here, and the same over HTTP to the server beside us, on the same database."""
    circle = seeding.circle(count=MEMBERS, key=f"p13-{token_hex(3)}")
    conversation = Conversation.objects.select_related("group").get(pk=circle["conversation"])
    half = MEMBERS // 2
    authors = [
        Account.objects.select_related("person").get(person_id=member["person"]) for member in circle["members"][:half]
    ]
    clients = [Client(place.base, member["session"]) for member in circle["members"][half:]]
    loop, served = [], []
    for number in range(ROUNDS):
        loop.append(_rate(lambda at, number=number: _in_a_loop(conversation, authors[at % half], f"{number}-{at}")))
        served.append(
            _rate(lambda at, number=number: _over_http(conversation.pk, clients[at % half], f"{number}-{at}"))
        )
    ratio = statistics.median(one / other for one, other in zip(served, loop, strict=True))
    against = f"post_message in a plain loop, {statistics.median(loop):.0f} a second; goal 0.5"
    tell("P13 posts over HTTP, one after another", ratio, "x", against)


def _rate(act) -> float:
    began = time.perf_counter()
    for at in range(IN_A_ROUND):
        act(at)
    return IN_A_ROUND / (time.perf_counter() - began)


def _in_a_loop(conversation: Conversation, author: Account, key: str) -> None:
    by = actor_of(author, second_factor=True)
    post_message(conversation=conversation, text="Een bericht in een lus.", key=f"loop-{key}", by=by)


def _over_http(conversation_id: str, client: Client, key: str) -> None:
    if client.send(conversation_id, "Een bericht over HTTP.", f"http-{key}").status != 200:
        raise RuntimeError("A post that is measured was not accepted.")
