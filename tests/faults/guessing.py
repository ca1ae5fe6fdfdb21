"""G13 and G17: guesses at the door. They lead nowhere, and the one whose door it is comes in all the same."""

import itertools
import math
import threading
import time
from collections import Counter

from .client import Client
from .double import at_once
from .figures import Figures
from .helper import Helper
from .place import Place, Prepared

PASSWORD = "lamp-brug-rivier-42"  # of everyone in the demo town
LOGIN = "/nl/account/login/"
VICTIM = "amina@demo.invalid"
PARENTS = 30
WIFI = "203.0.113.7"
FORGER = "203.0.113.99"
MOST_EVALUATED = 100
ALL_TOGETHER = 3_000  # in an hour, for wrong codes of papers
HANDS = 6
COMES_BACK = 24.0  # seconds after which a network may try once more
LOOKS = 25
BOT = {"User-Agent": "WhatsApp/2.24 A", "X-Purpose": "preview"}


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    with town.place("guessing") as place, place.helper("tests.faults.sign_in_steps") as helper:
        place.env["TRUSTED_PROXY_COUNT"] = "1"  # as behind a proxy that writes where a request came from
        names = helper.ask("parents", count=8 if fast else PARENTS)
        place.start()
        _at_one_account(place, figures, guesses=100 if fast else 10_000, sign_ins=3 if fast else 100)
        _one_evening(place, figures, names)
        _forged(place, helper, figures, tries=15 if fast else 1_000)
        _previews(place, helper, figures)
        count = 1_000 if fast else 100_000
        began = time.monotonic()
        told = helper.ask("guess_paper", count=count, networks=1_000)
        earned = (time.monotonic() - began) * ALL_TOGETHER / 3600
        figures.exactly(f"hits in {count} guesses at paper codes", told["hits"], 0)
        figures.at_most("of them evaluated", told["evaluated"], math.ceil(ALL_TOGETHER + earned))
        figures.exactly("ways in that they used up", 1 - told["unused"], 0)


def sign_in(client: Client, name: str, password: str, *, address: str) -> int:
    fields = {"login": name, "password": password, "shared": "on"}
    return client.post(LOGIN, fields, **{"X-Forwarded-For": address}).status


def _at_one_account(place: Place, figures: Figures, *, guesses: int, sign_ins: int) -> None:
    """From a thousand addresses at one name, while she signs in and leaves by the quick exit, again and again."""
    her = Client(place.base)
    figures.exactly("her first sign-in", sign_in(her, VICTIM, PASSWORD, address="192.0.2.5"), 302)
    statuses, numbers, over = Counter(), itertools.count(), threading.Event()

    def guess(_hand: int) -> None:
        client = Client(place.base)
        while (at := next(numbers)) < guesses or not over.is_set():
            address = f"198.51.{at % 1_000 // 250}.{at % 250 + 1}"
            statuses[sign_in(client, VICTIM, f"guess-{at}-of-many", address=address)] += 1
            client.cookies.pop("kring", None)

    hands = [threading.Thread(target=guess, args=(hand,)) for hand in range(HANDS)]
    for hand in hands:
        hand.start()
    mine = Counter()
    for _ in range(sign_ins):
        her.get("/weg/")
        mine[sign_in(her, VICTIM, PASSWORD, address="192.0.2.5")] += 1
    over.set()
    for hand in hands:
        hand.join()
    figures.told("guesses at one account from 1,000 addresses", sum(statuses.values()))
    figures.at_most("guesses evaluated", statuses[422], MOST_EVALUATED)
    figures.exactly("guesses that got in", statuses[302], 0)
    figures.exactly("guesses refused otherwise", sum(statuses.values()) - statuses[422] - statuses[429], 0)
    figures.exactly("her sign-ins meanwhile, after a quick exit", dict(mine), {302: sign_ins})


def _one_evening(place: Place, figures: Figures, names: list[str]) -> None:
    """Thirty parents behind one address, each on a phone that was never here."""
    clients, began = [Client(place.base, timeout=90) for _ in names], time.monotonic()
    answers = at_once(lambda at: sign_in(clients[at], names[at], PASSWORD, address=WIFI), len(names))
    figures.exactly(f"of {len(names)} parents on one Wi-Fi refused", sum(answer != 302 for answer in answers), 0)
    figures.at_most("until all were in", time.monotonic() - began, 60.0, " s")


def _forged(place: Place, helper: Helper, figures: Figures, *, tries: int) -> None:
    """What a browser itself writes into the header stands before what our proxy adds, and changes nothing."""
    left = 5
    helper.ask("nearly_spent", network=FORGER, left=left)
    client, statuses, began = Client(place.base), Counter(), time.monotonic()
    for at in range(tries):
        forged = f"192.0.2.{at % 250}, 10.0.0.{at % 250}, {FORGER}"
        statuses[sign_in(client, f"niemand-{at}", "not-the-password", address=forged)] += 1
    figures.told("tries with forged addresses", tries)
    earned = (time.monotonic() - began) / COMES_BACK
    figures.at_most("of them evaluated beyond what was left or came back", max(0.0, statuses[422] - left - earned), 1.0)
    figures.exactly("forged ones answered otherwise", tries - statuses[422] - statuses[429], 0)


def _previews(place: Place, helper: Helper, figures: Figures) -> None:
    """Bots that look at links before people do: nothing is used up."""
    link, team = helper.ask("invitation", group="moeders"), helper.ask("staff_invitation")
    bot, answers = Client(place.base), Counter()
    for path in (f"/nl/account/invitation/{link}/", team):
        for _ in range(LOOKS):
            answers[bot.get(path, **BOT).status] += 1
    figures.exactly(f"answers to {2 * LOOKS} previews", dict(answers), {200: 2 * LOOKS})
    person = Client(place.base)
    figures.exactly("the invitation afterwards", person.post(f"/nl/account/invitation/{link}/", {}).status, 302)
    last = person.post(team, {"password": "wolk-steen-roos-tafel-88"})
    figures.exactly("the link for staff afterwards", last.status, 302)
