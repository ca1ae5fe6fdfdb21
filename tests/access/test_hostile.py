"""Whatever is sent to whichever address: never a fault of ours (G48).

The suite takes a few cases for each address, the same ones every time. The long run, on the database that is named:
`FUZZ_CASES=200 make test PYTEST_ARGS="tests/access/test_hostile.py -o faulthandler_timeout=7200"`.
"""

import os
import sys
from http.cookies import SimpleCookie

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.urls import NoReverseMatch
from hypothesis import HealthCheck, given, settings

from people.vocabulary import Role

from .addresses import every_address, examples
from .hostile import Watched, cases, encoded, filled_in, form_classes
from .test_matrix import MATRIX, PRIVATE, address_of

pytestmark = pytest.mark.django_db

CASES = int(os.environ.get("FUZZ_CASES", "10"))


def who_may(address) -> Role:
    """The first for whom an address opens; a public one is asked by a parent, who has the most to lose there."""
    if address.audience in PRIVATE:
        return Role(MATRIX[address.name][0]) if MATRIX[address.name] else Role.PARENT
    return Role.ANONYMOUS if address.audience == "account" else Role.PARENT


def fault_of(client, url: str, case) -> str:
    """Sends one case and puts everything back; the error it caused, if any."""
    method, query, kind, body, headers = case
    environment = {"QUERY_STRING": query.decode(), "wsgi.url_scheme": "http"}
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        environment[key if key == "CONTENT_LENGTH" else f"HTTP_{key}"] = value
    seen: list[str] = []

    def heard(**_):
        error = sys.exc_info()[1]
        seen.append(f"{type(error).__name__}: {str(error)[:200]}")

    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    got_request_exception.connect(heard)
    try:
        with transaction.atomic():
            answer = client.generic(method.upper(), url, body, content_type=kind, **environment)
            transaction.set_rollback(True)
    finally:
        got_request_exception.disconnect(heard)
        client.cookies = SimpleCookie(cookies)
    return " ".join(seen) or str(answer.status_code) if answer.status_code >= 500 else ""


def fields_read(client, url: str, right: dict[str, str], monkeypatch) -> set[str]:
    """What the page behind this address asks for when it is opened and when a form is sent."""
    with monkeypatch.context() as patched:
        patched.setattr("django.http.request.QueryDict", Watched)
        patched.setattr("django.core.handlers.wsgi.QueryDict", Watched)
        Watched.asked = set()
        given = encoded([(name, value.encode()) for name, value in right.items() if value])
        fault_of(client, url, ("get", b"", "", b"", {}))
        fault_of(client, url, ("post", b"", "application/x-www-form-urlencoded", given, {}))
    return Watched.asked - {"csrfmiddlewaretoken"}


def tried(client, url: str, read: set[str], right: dict[str, str]) -> int:
    """Sends the cases to one address and says how many; raises with the smallest one that broke something."""
    sent = []

    @settings(
        max_examples=CASES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(cases(read, right))
    def nothing_breaks(case):
        sent.append(case[0])
        fault = fault_of(client, url, case)
        assert not fault, f"{fault} after {case[0]} {case[1]!r:.300} {case[2]!r:.80} {case[4]!r:.200} {case[3]!r:.300}"

    nothing_breaks()
    return len(sent)


def test_nothing_that_is_sent_is_a_fault_of_ours(town_with_guidance, monkeypatch):  # G48
    town, right = town_with_guidance, filled_in()
    values, clients, faults, asked, missed, fields = examples(town), {}, [], 0, [], set()
    for address in every_address():
        if address.name == "readyz":  # says 503 without a worker, and is meant to
            continue
        try:
            url = address_of(address, town, values)
        except (NoReverseMatch, KeyError):
            missed.append(address.name)
            continue
        role = who_may(address)
        client = clients.setdefault(role, town.client(role))
        client.raise_request_exception = False

        try:
            read = fields_read(client, url, right, monkeypatch)
            fields |= {(address.name, name) for name in read}
            asked += tried(client, url, read, right)
        except Exception as error:  # one address that breaks must not hide the next
            faults.append(f"{address.name} as {role.value}: {str(error)[:1500]}")
    assert faults == [], "\n\n".join(faults)
    assert set(missed) <= {"wagtail_serve", "wagtaildocs_serve", "invitation_link"}
    assert asked > 60 * CASES
    assert len(fields) > 100, sorted(fields)


def test_every_form_is_known_to_the_fuzz():
    """A form in a place that is not searched would never be tried."""
    from django.forms import Form

    def below(kind):
        for one in kind.__subclasses__():
            yield one
            yield from below(one)

    ours = ("groups.", "moderation.", "resources.", "outreach.", "people.", "portal.")
    editors = "resources.editing"  # forms of Wagtail's own screens, under /cms/
    unknown = {one for one in below(Form) if one.__module__.startswith(ours)} - set(form_classes())
    assert {one for one in unknown if one.__module__ != editors} == set()
