"""What is not yours is answered as what does not exist (G2): every address with an id, every role it is shut for.

Byte for byte, with the same headers. Who is not signed in is sent to sign in, whatever the id; there the address asked
for stands in the answer, so the two ids are made alike before the two answers are compared.
"""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from people.vocabulary import Role
from vault.ids import new_id

from .addresses import example_for, examples
from .test_matrix import MATRIX, address_of, ask, expected, private_addresses

pytestmark = pytest.mark.django_db

# What differs between two answers to the very same request.
ONCE = re.compile(rb"(?:nonce-|nonce=\")[A-Za-z0-9_+/=-]+|name=\"csrfmiddlewaretoken\" value=\"[^\"]+\"")
MOMENTS = ("Date", "Expires")
METHODS = ("get",)  # and a POST where looking is not possible, see `ask`


def with_an_id():
    return [one for one in private_addresses() if set(one.pattern.pattern.converters) - {"kind"}]


def answer(response, *ids: str) -> tuple:
    """All that leaves the server, with what is new in every answer and the ids asked for made alike."""

    def plain(text: bytes) -> bytes:
        for one in ids:
            text = text.replace(one.encode(), b"ID")
        return ONCE.sub(b"", text)

    headers = {name: name in MOMENTS or plain(value.encode()) for name, value in response.headers.items()}
    cookies = {name: (one["path"], one["max-age"]) for name, one in response.cookies.items()}
    return response.status_code, plain(response.content), headers, cookies


def difference(one: tuple, other: tuple) -> str:
    """Where two answers part, in a few words."""
    if one[1] != other[1]:
        at = next((at for at, pair in enumerate(zip(one[1], other[1], strict=False)) if len(set(pair)) > 1), 0)
        return f"{one[1][max(at - 40, 0) : at + 60]!r} and {other[1][max(at - 40, 0) : at + 60]!r}"
    return f"{one[0]} {sorted(one[2].items() ^ other[2].items())} and {other[0]} {one[3]} {other[3]}"


@pytest.mark.parametrize("method", METHODS)
def test_a_foreign_id_is_answered_as_one_that_was_never_given(town, method):
    values, wrong, compared = examples(town), [], 0
    clients = {role: town.client(role) for role in Role}
    for address in with_an_id():
        url, own = address_of(address, town, values), example_for(address, values, town)
        invented = {name: own[name] if name == "kind" else new_id() for name in own}
        with translation.override("nl"):
            nowhere = reverse(address.name, kwargs=invented)
        for role in Role:
            if expected(MATRIX[address.name], role) == "opens":
                continue
            foreign = answer(ask(clients[role], url, method), *(set(own.values()) - {own.get("kind")}))
            nobodys = answer(ask(clients[role], nowhere, method), *(set(invented.values()) - {own.get("kind")}))
            compared += 1
            if foreign != nobodys:
                wrong.append(f"{method} {address.name} as {role.value}: {difference(foreign, nobodys)}")
    assert wrong == []
    assert compared > 400


def test_every_kind_of_thing_with_an_id_of_its_own_in_an_address_has_an_example(town):
    """A new kind of id in an address must get a foreign example here, or nothing is proved about it."""
    values = examples(town)
    names = {name for address in with_an_id() for name in address.pattern.pattern.converters}
    assert names <= set(values)
    assert len(names - {"kind"}) >= 10
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", values[name]) for name in names - {"kind"})


def test_the_one_who_may_see_it_gets_another_answer(town):
    """The control: for the role an address opens for, the two ids are answered differently."""
    values, differ = examples(town), 0
    clients = {role: town.client(role) for role in Role}
    for address in with_an_id():
        own = example_for(address, values, town)
        role = next((role for role in Role if expected(MATRIX[address.name], role) == "opens"), None)
        if role is None:
            continue
        seen = ask(clients[role], address_of(address, town, values))
        with translation.override("nl"):
            nowhere = reverse(address.name, kwargs={name: own[name] if name == "kind" else new_id() for name in own})
        differ += seen.status_code != ask(clients[role], nowhere).status_code
    assert differ > 30
