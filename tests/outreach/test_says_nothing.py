"""Every way but mail (which has a file of its own): what is shown, carried and linked to tells nothing (G34)."""

import inspect
import json
import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from outreach import unsubscribing
from outreach.actions import pushing
from outreach.channels import letter, push, text_message
from outreach.vocabulary import Channel, Purpose, Withheld
from vault.ids import new_id

from .denied import DENIED

LANGUAGES = [code for code, _ in settings.LANGUAGES]
INNER_WORDS = [word.value for vocabulary in (Purpose, Withheld) for word in vocabulary if "_" in word.value]


def nothing_is_told(shown: str) -> None:
    assert DENIED.search(shown) is None, DENIED.search(shown)
    assert [word for word in INNER_WORDS if word in shown] == []


def words_of_the_worker() -> dict[str, str]:
    """What the script that shows notices has in it, by language."""
    script = Client().get("/sw.js").content.decode()
    pairs = re.search(r"const SAYS = new Map\((\[.*?\])\);", script).group(1)
    return dict(json.loads(pairs))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_on_a_phone(language):
    script, words = Client().get("/sw.js").content.decode(), words_of_the_worker()
    assert set(words) == set(LANGUAGES)
    assert words[language] == text_message.compose(language)
    nothing_is_told(words[language])
    shows = script.split("showNotification", 1)[1].split("});", 1)[0]
    nothing_is_told(shows)
    assert set(re.findall(r"^\s+(\w+):", shows, re.M)) == {"body", "icon", "badge", "lang", "dir", "tag"}
    # What was pushed is never read, so it cannot be shown.
    assert "event.data" not in script
    assert re.findall(r"openWindow\((.*?)\)", script) == ['"/"']


def test_what_a_push_carries():
    assert json.loads(push.PAYLOAD) == {"t": "new"}
    nothing_is_told(f"{push.PAYLOAD.decode()} {push.TOPIC}")
    # No way to say anything else: neither takes a text, a cause or a name.
    assert set(inspect.signature(push.send).parameters) == {"endpoint", "p256dh", "auth", "lives"}
    assert set(inspect.signature(pushing.send).parameters) == {"person_id", "message_id", "lives"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_message_and_a_letter(language):
    text = text_message.compose(language)
    nothing_is_told(text)
    assert set(inspect.signature(text_message.compose).parameters) == {"language", "kind"}
    written = letter.compose(language=language)
    nothing_is_told("\n".join((written.greeting, *written.lines, written.closing)))
    assert written.lines[0] == text
    assert set(inspect.signature(letter.compose).parameters) == {"language", "sender", "number"}


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_that_stops_e_mail(language):
    person_id = new_id()
    address = unsubscribing.link_for(person_id, Channel.EMAIL, language, address="els@example.org")
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}" == settings.BASE_URL
    assert not parts.query + parts.fragment
    assert person_id not in address
    assert re.fullmatch(rf"/{language}/account/stop/[A-Za-z0-9_-]{{54}}/", parts.path)
    nothing_is_told(parts.path.rsplit("/", 2)[0])


def test_the_sentences_are_of_each_language():
    words = words_of_the_worker()
    assert len(set(words.values())) == len(LANGUAGES)
    assert re.fullmatch(r"[\u0600-\u06ff .،]+", words["ar"])
