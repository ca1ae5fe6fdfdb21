"""Logs tell what happened and where, and never whose words, which token or which address it happened to."""

import io
import json
import logging

import pytest
import structlog
from django.core.handlers.exception import response_for_exception
from django.test import RequestFactory
from django.urls import reverse

from groups.models import Conversation, Message
from people.vocabulary import Role
from portal import logs
from portal.demo import cast
from vault.ids import new_id

CANARY = "zeldzaamwoord-7Qx"
SECRETS = (CANARY, "kanarie@oud.invalid", "0470 00 00 00", cast.PASSWORD)


@pytest.fixture
def written():
    """What the portal's own configuration writes, at every level of ours."""
    before = logging.root.handlers[:], logging.root.level
    logs.configure({})
    lines = io.StringIO()
    for name in ("", "django", "django.request"):
        for handler in logging.getLogger(name).handlers:
            if type(handler) is logging.StreamHandler:
                handler.setStream(lines)
    yield lines
    logging.root.handlers, logging.root.level = before


def read(lines: io.StringIO) -> list[dict]:
    """Every line is one event."""
    return [json.loads(line) for line in lines.getvalue().splitlines()]


@pytest.mark.db_free
def test_only_listed_facts_pass(written):  # G37
    log = structlog.get_logger("kring.trial")
    log.warning("something", count=2, text=CANARY, email=SECRETS[1], person="Amina", token=CANARY)
    (event,) = read(written)
    assert (event["event"], event["count"]) == ("something", 2)
    assert set(event) <= logs.ALLOWED


@pytest.mark.db_free
def test_an_error_tells_its_kind_and_place_and_not_its_words(written):  # G37
    try:
        raise ValueError(f"could not read {CANARY} of {SECRETS[1]}")
    except ValueError:
        structlog.get_logger("kring.trial").exception("failed")
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
        logging.getLogger("some.library").error("no %s for %s", CANARY, SECRETS[1], stack_info=True)
    ours, servers, library = read(written)
    assert [ours["error"], servers["error"]] == ["ValueError", "ValueError"]
    assert "test_logs.py" in ours["where"][-1]
    assert library["event"] == "no %s for %s"
    assert not any(secret in written.getvalue() for secret in SECRETS)


@pytest.mark.db_free
@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\x1b[2J", '"}\n{"event": "forged"', "\u2028"])
def test_a_line_cannot_be_forged(written, breaks):  # G37
    logging.getLogger("some.library").error("one" + breaks + "two")
    structlog.get_logger("kring.trial").warning("three" + breaks + "four")
    assert len(written.getvalue().splitlines()) == len(read(written)) == 2
    assert "\x1b" not in written.getvalue()


@pytest.mark.django_db
def test_nothing_a_parent_does_is_quoted(town, written):  # G37
    """She writes, mistypes, loses her way and meets a fault of ours: none of her words is in a line."""
    client = town.client(Role.PARENT)
    place = Conversation.objects.filter(group=town.world.groups["ouders"], kind="conversation").first()
    body = {"text": f"{CANARY} {SECRETS[1]} {SECRETS[2]}", "key": new_id()}
    client.post(reverse("groups:draft", args=[place.pk]), body)
    client.post(reverse("groups:send", args=[place.pk]), body)
    client.post(reverse("groups:send", args=[place.pk]), {**body, "text": CANARY * 999})
    client.post(reverse("account_login"), {"login": SECRETS[1], "password": SECRETS[3]})
    client.get(f"/nl/g/{CANARY}/?q={CANARY}", headers={"referer": f"http://testserver/{CANARY}"})
    client.get("/nl/search/", {"q": CANARY})
    _a_fault_of_ours(client)
    assert Message.objects.filter(client_key=body["key"]).exists()
    assert [event["error"] for event in read(written) if event.get("error")] == ["ZeroDivisionError"]
    assert not any(secret in written.getvalue() for secret in SECRETS)


def _a_fault_of_ours(client):
    """A page that breaks on what was typed, reported as Django reports it."""
    request = RequestFactory().post("/nl/my/", {"text": CANARY})
    try:
        len(request.POST["text"]) / 0
    except ZeroDivisionError as error:
        response = response_for_exception(request, error)
    assert response.status_code == 500
