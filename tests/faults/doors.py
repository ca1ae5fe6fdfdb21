"""G13: one invitation, fifty hands on the door, one account. The same form pressed fifty times is that one account."""

import re

from .client import Answer, Client
from .double import at_once
from .figures import Figures
from .place import Place, Prepared

HANDS = 50
PRESSES = 10
NAME = "/nl/account/invitation/name/"
HIDDEN = re.compile(r'name="(key|carry)"[^>]*value="([^"]*)"')


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    with town.place("doors") as place, place.helper() as helper:
        link = helper.ask("invitation", group="moeders")
        place.start()
        before = helper.ask("accounts")
        forms = [_at_the_door(place, link) for _ in range(HANDS)]
        answers = at_once(lambda at: _press(*forms[at], at), HANDS)
        figures.exactly(f"accounts after {HANDS} redemptions of one invitation", helper.ask("accounts") - before, 1)
        figures.exactly("hands that got in", sum(_is_in(answer) for answer in answers), 1)
        figures.exactly("answers of our fault", sum(answer.status >= 500 for answer in answers), 0)
        refusals = {answer.status for answer in answers if not _is_in(answer)}
        figures.exactly("kinds of refusal", len(refusals), 1)
        client, fields = _at_the_door(place, helper.ask("invitation", group="moeders"))
        copies = [_copy(client) for _ in range(PRESSES)]
        pressed = at_once(lambda at: _press(copies[at], fields, 0), PRESSES)
        figures.exactly(f"accounts after {PRESSES} presses of one form", helper.ask("accounts") - before, 2)
        figures.exactly("presses answered alike", sum(_is_in(answer) for answer in pressed), PRESSES)


def _at_the_door(place: Place, link: str) -> tuple[Client, dict[str, str]]:
    """Someone who pressed the button of the link, told whose phone it is, and has the last form on the screen."""
    client = Client(place.base)
    client.post(f"/nl/account/invitation/{link}/", {})
    client.post("/nl/account/invitation/phone/", {"phone": "own"})
    page = client.get(NAME)
    client.close()
    return client, dict(HIDDEN.findall(page.body))


def _copy(client: Client) -> Client:
    """The same browser over a connection of its own: a button pressed again and again."""
    copy = Client(client.base)
    copy.cookies = dict(client.cookies)
    return copy


def _press(client: Client, fields: dict[str, str], at: int) -> Answer:
    return client.post(NAME, {**fields, "pseudonym": f"Merel {at}", "password": f"roos-tafel-venster-boom-{at}"})


def _is_in(answer: Answer) -> bool:
    return answer.status == 302 and answer.headers.get("location", "").endswith("/invitation/card/")
