"""Who may open which address: every pattern, every role, every method, against one data file (G1, G4, G8, G15).

`matrix.toml` names, for each private address, the roles for whom it opens. Everyone else is refused for the right
reason: strangers are sent to sign in, staff without the second factor to the extra code, all others learn nothing.
A pattern without a row fails, and so does a row without a pattern.
"""

import tomllib
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from people.vocabulary import Role

from .addresses import every_address, examples

pytestmark = pytest.mark.django_db

MATRIX = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text())
PRIVATE = ("members", "staff")
OTHER_METHODS = ("put", "patch", "delete", "options")


def address_of(address, values: dict[str, str]) -> str:
    wanted = {name: values[name] for name in address.pattern.pattern.converters}
    with translation.override("nl"):
        return reverse(address.name, kwargs=wanted)


def private_addresses():
    return [address for address in every_address() if address.audience in PRIVATE]


def outcome(response, role: Role) -> str:
    """What an answer means for the one who asked."""
    to = response.headers.get("Location", "")
    if response.status_code == 302 and "/account/login/" in to:
        return "sign in"
    if response.status_code == 302 and "/account/extra-code/" in to:
        return "extra code"
    if response.status_code == 404:
        return "hidden"
    if response.status_code in (200, 204, 302, 303, 400, 405, 409, 422):
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
    """GET with every role. Each refused cell has a sibling that opens, so a refusal is never a broken address."""
    values, wrong, opened = examples(town), [], set()
    for address in private_addresses():
        url = address_of(address, values)
        for role in Role:
            got = outcome(town.client(role).get(url), role)
            opened.update({address.name} if got == "opens" else ())
            if got != expected(MATRIX[address.name], role):
                wrong.append(f"{address.name} as {role.value}: {got}, not {expected(MATRIX[address.name], role)}")
    assert wrong == []
    assert {name for name, row in MATRIX.items() if row} - opened == set()


@pytest.mark.parametrize("method", ["head", "post", *OTHER_METHODS])
def test_no_method_opens_what_get_refuses(town, method):  # G8
    values, wrong, asked = examples(town), [], 0
    for address in private_addresses():
        url = address_of(address, values)
        for role in Role:
            if expected(MATRIX[address.name], role) == "opens":
                continue
            asked += 1
            response = getattr(town.client(role), method)(url)
            if outcome(response, role) == "opens" and response.status_code != 405:
                wrong.append(f"{method} {address.name} as {role.value}: {response.status_code}")
    assert asked > 300
    assert wrong == []


def test_what_is_not_yours_is_answered_as_what_does_not_exist(town):  # G2
    """Byte for byte, with the same headers, for a foreign id and for one that was never given."""
    values, compared = examples(town), 0
    client = town.client(Role.PARENT_OF_ANOTHER_GROUP)
    for address in private_addresses():
        names = [name for name in address.pattern.pattern.converters if name != "kind"]
        if not names or expected(MATRIX[address.name], Role.PARENT_OF_ANOTHER_GROUP) == "opens":
            continue
        foreign = client.get(address_of(address, values))
        nobodys = client.get(address_of(address, {**values, **dict.fromkeys(names, "N" * 22)}))
        assert (foreign.status_code, foreign.content) == (nobodys.status_code, nobodys.content), address.name
        assert sorted(foreign.headers) == sorted(nobodys.headers)
        compared += 1
    assert compared > 10


def test_public_addresses_open_for_everyone(town_with_guidance):
    values, seen = examples(town_with_guidance), 0
    for address in every_address():
        if address.audience != "public" or address.name in ("readyz", "wagtail_serve"):
            continue
        try:
            url = address_of(address, values)
        except NoReverseMatch:
            continue
        response = town_with_guidance.client(Role.ANONYMOUS).get(url)
        assert response.status_code in (200, 302), f"{address.name}: {response.status_code}"
        seen += 1
    assert seen > 8
