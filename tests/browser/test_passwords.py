"""Passwords are pasted as often as typed: each field takes what the clipboard holds, whole, and says what it is for."""

import pytest

from portal.demo import cast

from .places import PHONE, Faults, known_parent
from .walks import walk

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same pages whatever the database

FIELDS = "main input[type=password], main input[name=password]"
LONG = "lamp brug rivier قمر بحر şeker " * 4 + "42"
# What a password manager fills in, and what it offers to make. Signing in offers nothing: the phone may be shared.
MEANT = {"new": "new-password", "asked again": "current-password", "signing in": "off"}


def copy(page, text: str) -> None:
    """Onto the clipboard as a person brings it there: written somewhere, marked and copied."""
    page.goto("/nl/search/")
    page.fill("main input[name=q]", text)
    page.locator("main input[name=q]").press("Control+a")
    page.locator("main input[name=q]").press("Control+c")


def pasted_everywhere(page, kind: str, meant: str, faults: Faults) -> int:
    """Pastes into every password of a page; how many there were."""
    fields = page.locator(FIELDS)
    for at in range(fields.count()):
        field = fields.nth(at)
        if field.get_attribute("inputmode") == "numeric" or not field.is_visible():
            continue
        name = field.get_attribute("name")
        field.focus()
        field.press("Control+v")
        faults.must(field.input_value() == LONG, f"{kind} {name} holds {field.input_value()!r}")
        wanted = "current-password" if name == "current" else meant
        said = field.get_attribute("autocomplete")
        faults.must(said == wanted, f"{kind} {name} says {said}, not {wanted}")
        field.fill("")
    return fields.count()


def test_every_password_can_be_pasted(portal, visitor, colleague):  # G19
    faults, seen = Faults(), 0
    amina = known_parent(visitor, portal, "amina")
    copy(amina, LONG)
    for address, meant in (("password/", "new"), ("data/", "asked again"), ("data/delete/", "asked again")):
        amina.goto(f"/nl/account/{address}")
        seen += pasted_everywhere(amina, address, MEANT[meant], faults)
    stranger = visitor(PHONE)
    stranger.goto("/nl/account/login/")
    seen += pasted_everywhere(stranger, "login", MEANT["signing in"], faults)
    for who in ("newcomer", "who_forgot", "new_colleague"):
        for kind, page in walk(who, portal, visitor, colleague, "nl"):
            seen += pasted_everywhere(page, kind, MEANT["new"], faults)
    faults.told()
    assert seen >= 9


def test_one_comes_in_with_a_pasted_password(visitor):  # G19
    page = visitor(PHONE)
    copy(page, cast.PASSWORD)
    page.goto("/nl/account/login/")
    page.fill("input[name=login]", "els@demo.invalid")
    page.locator("input[name=password]").press("Control+v")
    page.click("main form button")
    page.wait_for_url(lambda url: "/account/login" not in url)
