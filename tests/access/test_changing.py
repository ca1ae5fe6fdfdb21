"""Nothing changes without our own form (G8): every private address and every way in, asked as someone it opens for.

All rows of all tables are compared before and after. What a request may always do: note that this phone was active,
and write in the access log that staff looked.
"""

import hashlib

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.middleware.csrf import _get_new_csrf_string, _mask_cipher_secret
from django.test import Client

from people.vocabulary import Role

from .addresses import every_address, examples
from .test_matrix import MATRIX, address_of

pytestmark = pytest.mark.django_db

ALWAYS = {"people_signin": "last_active_at", "audit_accessentry": "*"}
ELSEWHERE = "https://elders.invalid"


def rows() -> dict[str, str]:
    """A hash of what stands in each table, without what every request may write."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if ALWAYS.get(table) == "*":
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            left_out = [at for at, column in enumerate(cursor.description) if column[0] == ALWAYS.get(table)]
            lines = [[value for at, value in enumerate(row) if at not in left_out] for row in cursor.fetchall()]
            found[table] = hashlib.sha256("\n".join(sorted(map(repr, lines))).encode()).hexdigest()
    return found


def changed(before: dict[str, str]) -> list[str]:
    after = rows()
    return sorted(table for table in before if before[table] != after[table])


class Forms:
    """A browser that is asked for our token, with one of its own and one of another session."""

    def __init__(self, signed_in: Client):
        self.client = Client(enforce_csrf_checks=True)
        self.client.cookies = signed_in.cookies
        self.secret = _get_new_csrf_string()
        self.client.cookies[settings.CSRF_COOKIE_NAME] = self.secret

    def token(self) -> str:
        return _mask_cipher_secret(self.secret)

    def broken(self):
        """Every way in which a form can fail to be ours: a name, the body, the headers."""
        foreign = _mask_cipher_secret(_get_new_csrf_string())
        yield "no token", {}, {}
        yield "empty token", {"csrfmiddlewaretoken": ""}, {}
        yield "malformed token", {"csrfmiddlewaretoken": "é<" * 20}, {}
        yield "token of another session", {"csrfmiddlewaretoken": foreign}, {}
        yield "foreign token in a header", {}, {"X-CSRFToken": foreign}
        yield "foreign origin", {"csrfmiddlewaretoken": self.token()}, {"Origin": ELSEWHERE}
        yield "no origin at all", {"csrfmiddlewaretoken": self.token()}, {"Origin": "null"}


def places(town):
    """Each address that can change something, with the role it opens for."""
    values = examples(town)
    for address in every_address():
        if address.name == "exit" or address.audience not in ("account", "members", "staff"):
            continue
        if address.name == "stop":  # mail programs post there without a form of ours; tests/outreach/test_stopping.py
            continue
        row = MATRIX.get(address.name, [Role.PARENT.value])
        if not row or "invitation_link" in address.name:
            continue
        yield address.name, Role(row[0]), address_of(address, town, values)


@pytest.fixture
def forms(town):
    return {role: Forms(town.client(role)) for role in Role}


def test_without_our_form_nothing_changes(town, forms):
    tried, let_in, before = 0, [], None
    wanted = list(places(town))
    before = rows()
    for name, role, url in wanted:
        for what, fields, headers in forms[role].broken():
            tried += 1
            response = forms[role].client.post(url, fields, headers=headers)
            if response.status_code != 403:
                let_in.append(f"{name} with {what}: {response.status_code}")
    assert let_in == []
    assert changed(before) == []
    assert tried > 400


@pytest.mark.parametrize("method", ["get", pytest.param("head", marks=pytest.mark.db_free)])
def test_looking_changes_nothing(town, forms, method):
    wanted = list(places(town))
    before, wrong = rows(), []
    for name, role, url in wanted:
        getattr(forms[role].client, method)(url)
        if tables := changed(before):
            wrong.append(f"{method} {name}: {tables}")
            before = rows()
    assert wrong == []
    assert len(wanted) > 60


def test_with_our_form_the_same_addresses_do_change_something(town, forms):
    """The control: what was tried above is what changes things, and comparing rows sees it."""
    wanted = list(places(town))
    before, changing = rows(), set()
    for name, role, url in wanted:
        cookies = forms[role].client.cookies.output()
        with transaction.atomic():
            forms[role].client.post(url, {"csrfmiddlewaretoken": forms[role].token()})
            if changed(before):
                changing.add(name)
            transaction.set_rollback(True)
        forms[role].client.cookies.load(cookies.replace("Set-Cookie: ", ""))
    assert len(changing) >= 15, sorted(changing)
