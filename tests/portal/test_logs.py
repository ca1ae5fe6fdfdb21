"""Logs and reports of errors hold no word, name, token or address of anyone, whatever breaks (G37)."""

import io
import json
import logging

import pytest
from django.urls import reverse

from groups.actions import messages
from groups.models import Message
from people.vocabulary import Role
from portal.demo import cast
from vault.ids import new_id

CANARY = "KANARIEVOGEL"
ADDRESS = "kanarie@demo.invalid"


@pytest.fixture
def lines(monkeypatch):
    """What is written to the log from here on, as events; every line must be one."""
    written = io.StringIO()
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request")]
    handlers = {one for logger in loggers for one in logger.handlers if type(one) is logging.StreamHandler}
    assert handlers
    for handler in handlers:
        monkeypatch.setattr(handler, "stream", written)
    return lambda: [json.loads(line) for line in written.getvalue().splitlines()]


@pytest.mark.django_db
def test_a_fault_in_a_page_tells_its_place_and_nothing_of_anyone(town, lines, monkeypatch):
    def breaks(**given):
        raise ValueError(f"{given} {ADDRESS}")

    monkeypatch.setattr(messages, "post_message", breaks)
    client = town.client(Role.PARENT)
    client.raise_request_exception = False
    place = town.world.conversations["Moeilijke dagen"]
    cookie = client.cookies["kring"].value
    given = {"text": f"{CANARY} zingt", "key": "k" * 22, "password": CANARY}
    answer = client.post(f"/nl/g/c/{place.pk}/send/?token={CANARY}", given, headers={"User-Agent": CANARY})
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()
    told = lines()
    assert any(one.get("error") == "ValueError" and "test_logs.py" in str(one["where"]) for one in told)
    whole = json.dumps(told)
    for word in (CANARY, ADDRESS, "amina", "Amina", cookie, place.pk, "k" * 22):
        assert word not in whole


@pytest.mark.parametrize(
    ("said", "given"),
    [
        (f"Task exception was never retrieved: ValueError('{CANARY}')", ()),
        ("Invalid HTTP_HOST header: %r", (CANARY,)),
        ("%(who)s broke", ({"who": CANARY},)),
        (ValueError(CANARY), ()),
    ],
)
def test_what_a_library_says_keeps_its_place_and_loses_its_words(lines, said, given):
    logging.getLogger("some.library").error(said, *given)
    (one,) = lines()
    assert CANARY not in json.dumps(one)
    assert one["logger"] == "some.library"
    assert "test_logs.py" in str(one["where"])


def test_an_error_keeps_its_kind_and_loses_its_words(lines):
    try:
        raise KeyError(CANARY)
    except KeyError:
        logging.getLogger("some.library").exception("It broke for %s", CANARY, stack_info=True)
    (one,) = lines()
    assert (one["event"], one["error"]) == ("It broke for %s", "KeyError")
    assert CANARY not in json.dumps(one)


def test_an_event_is_one_line_and_only_what_is_on_the_list(lines):
    import structlog

    structlog.get_logger("kring.trial").warning("a\r\nb\x1b[31m", kind="x\ny", text=CANARY, email=ADDRESS)
    (one,) = lines()
    assert one["event"] == "a\r\nb\x1b[31m"
    assert set(one) <= {"event", "kind", "level", "timestamp"}


@pytest.mark.django_db
def test_nothing_a_parent_does_is_quoted(town, lines):  # G37
    """She writes, writes too much, mistypes her password, loses her way, searches: none of her words is in a line."""
    client, secrets = town.client(Role.PARENT), (CANARY, ADDRESS, cast.PASSWORD)
    place = town.world.conversations["Moeilijke dagen"]
    body = {"text": f"{CANARY} {ADDRESS}", "key": new_id()}
    client.post(reverse("groups:draft", args=[place.pk]), body)
    client.post(reverse("groups:send", args=[place.pk]), body)
    client.post(reverse("groups:send", args=[place.pk]), {**body, "text": CANARY * 999})
    client.post(reverse("account_login"), {"login": ADDRESS, "password": cast.PASSWORD})
    client.get(f"/nl/g/{CANARY}/?q={CANARY}", headers={"referer": f"http://testserver/{CANARY}"})
    client.get("/nl/search/", {"q": CANARY})
    assert Message.objects.filter(client_key=body["key"]).exists()
    whole = json.dumps(lines())
    assert not any(secret in whole for secret in secrets)
