"""Who may open which address: every pattern, every role, every method, against one data file (G1, G4, G8, G15).

`matrix.toml` names, for each private address, the roles for whom it opens. Everyone else is refused for the right
reason: strangers are sent to sign in, staff without the second factor to the extra code, all others learn nothing.
A pattern without a row fails, and so does a row without a pattern.
"""

import tomllib
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from people.vocabulary import Role

from .addresses import every_address, example_for, examples

pytestmark = pytest.mark.django_db

MATRIX = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text())
PRIVATE = ("members", "staff")
OTHER_METHODS = ("put", "patch", "delete", "options")
# What these may do is decided before any database is asked otherwise than by GET and POST: one database is enough.
DECIDED_BEFORE = ("head", *OTHER_METHODS)


def address_of(address, town, values: dict[str, str]) -> str:
    with translation.override("nl"):
        return reverse(address.name, kwargs=example_for(address, values, town))


def private_addresses():
    return [address for address in every_address() if address.audience in PRIVATE]


def ask(client, url: str, method: str = "get"):
    """The answer of one request, after which everything is as it was: a POST that opens may change something."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        response = getattr(client, method)(url)
        if method == "get" and response.status_code == 405:
            response = client.post(url)
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(cookies)
    return response


def outcome(response) -> str:
    """What an answer means for the one who asked."""
    to = response.headers.get("Location", "")
    if response.status_code == 302 and "/account/login/" in to:
        return "sign in"
    if response.status_code == 302 and "/account/extra-code/" in to:
        return "extra code"
    if response.status_code == 404:
        return "hidden"
    # 403 and 409 with a sentence: open to this person, but not in this state or without more words.
    if response.status_code in (200, 204, 302, 303, 400, 403, 409, 422):
        return "opens"
    return str(response.status_code)


def expected(row: list[str], role: Role) -> str:
    if role == Role.ANONYMOUS:
        return "sign in"
    if role == Role.STAFF_WITHOUT_SECOND_FACTOR:
        return "extra code"
    return "opens" if role.value in row else "hidden"


def test_every_private_pattern_has_a_row_and_every_row_a_pattern():
    names = {address.name for address in private_addresses()}
    assert len(names) > 30
    assert names - set(MATRIX) == set()
    assert set(MATRIX) - names == set()


def test_every_cell_of_the_matrix(town):
    """Every role at every address. Each refused cell has a sibling that opens: a refusal is no broken address."""
    values, wrong, opened = examples(town), [], set()
    clients = {role: town.client(role) for role in Role}
    for address in private_addresses():
        url = address_of(address, town, values)
        for role in Role:
            got, wanted = outcome(ask(clients[role], url)), expected(MATRIX[address.name], role)
            opened.update({address.name} if got == "opens" else ())
            if got != wanted:
                wrong.append(f"{address.name} as {role.value}: {got}, not {wanted}")
    assert wrong == []
    assert {name for name, row in MATRIX.items() if row} - opened == set()


@pytest.mark.db_free  # refused before anything is asked that the cells above do not ask
@pytest.mark.parametrize("method", ["post", *DECIDED_BEFORE])
def test_no_method_opens_what_get_refuses(town, method):  # G8
    values, wrong, asked = examples(town), [], 0
    clients = {role: town.client(role) for role in Role}
    for address in private_addresses():
        url = address_of(address, town, values)
        for role in Role:
            if expected(MATRIX[address.name], role) == "opens":
                continue
            asked += 1
            response = ask(clients[role], url, method)
            if outcome(response) == "opens":
                wrong.append(f"{method} {address.name} as {role.value}: {response.status_code}")
    assert asked > 300
    assert wrong == []
