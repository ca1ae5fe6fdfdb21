"""Text messages over a real gateway that fails in all ways; one sentence, one text message in every language."""

import json
from datetime import timedelta

import pytest
from django.conf import settings as given
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from outreach.channels import Permanent, Temporary, text_message, wire
from outreach.phone_numbers import PhoneNumberField, normalised
from tests.text_gateway import TextGateway

from .conftest import NOON

NUMBER = "+32470123456"
LANGUAGES = [code for code, _ in given.LANGUAGES]
# The alphabet of GSM 03.38 without its extension: 160 letters of it are one text message, of any other 70.
GSM = set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà")  # fmt: skip


@pytest.fixture
def gateway(settings):
    with TextGateway() as running:
        settings.TEXT_GATEWAY_URL, settings.TEXT_GATEWAY_TOKEN = running.url, "a token"
        yield running


def send(message_id: str = "m" * 22, number: str = NUMBER) -> None:
    text_message.send(number=number, text=text_message.compose("nl"), message_id=message_id)


def test_one_request_with_the_sentence_and_nothing_else(gateway):
    send()
    headers, letter = gateway.asked[0]
    assert letter == {"to": NUMBER, "text": "Er is iets nieuws voor jou.", "id": "m" * 22}
    assert headers["Authorization"] == "Bearer a token"
    assert headers["Idempotency-Key"] == "m" * 22
    assert set(headers) == {
        "Host", "Accept-Encoding", "Content-Length", "Authorization", "Content-Type", "Idempotency-Key",
    }  # fmt: skip


def test_handed_over_twice_it_is_one_text(gateway):
    send()
    send()
    assert len(gateway.asked) == 2
    assert gateway.texts == {"m" * 22: (NUMBER, "Er is iets nieuws voor jou.")}


@pytest.mark.parametrize(
    ("answer", "failure", "kind"),
    [
        ("400", Permanent, "number_refused"),
        ("404", Permanent, "number_refused"),
        ("422", Permanent, "number_refused"),
        ("401", Temporary, "our_sign_in_refused"),
        ("403", Temporary, "our_sign_in_refused"),
        ("402", Temporary, "gateway_away"),
        ("429", Temporary, "gateway_busy"),
        ("500", Temporary, "gateway_away"),
        ("503", Temporary, "gateway_away"),
        ("redirect", Temporary, "gateway_away"),
        ("garbage", Temporary, "gateway_away"),
        ("hangs up", Temporary, "gateway_away"),
        ("half", Temporary, "gateway_away"),
        ("cut", Temporary, "gateway_away"),
        ("cut in a chunk", Temporary, "gateway_away"),
        ("huge", Temporary, "gateway_away"),
        ("endless", Temporary, "gateway_away"),
    ],
)
def test_each_way_of_failing_is_known(gateway, answer, failure, kind):
    gateway.answer = answer
    with pytest.raises(failure, match=kind):
        send()
    assert len(gateway.asked) == 1
    assert gateway.texts == {}


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("", 0),
        ("-5", 0),
        ("12.5", 0),
        ("9999999", 0),  # no number of seconds that anybody means
        ("\u0661\u0662", 0),
        ("soon", 0),
        ("Tue, 03 Nov 2026 11:10:00 GMT", 600),
        ("Tue, 03 Nov 2026 10:10:00 GMT", 0),
        ("Tue, 99 Nov 2026 10:10:00 GMT", 0),
    ],
)
def test_how_long_it_asks_us_to_wait_is_read(monkeypatch, said, seconds):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    assert wire._wait(said).total_seconds() == seconds


def test_a_gateway_that_is_busy_says_how_long(gateway):
    gateway.answer = "429"
    with pytest.raises(Temporary) as failure:
        send()
    assert failure.value.wait == timedelta(seconds=120)


@pytest.mark.parametrize("answer", ["slow", "drips", "drips on"])
def test_one_who_takes_too_long_is_left(gateway, monkeypatch, answer):
    """By silence, or by never being silent and never done."""
    monkeypatch.setattr(wire.post, "__kwdefaults__", {"seconds": 0.4})
    gateway.answer = answer
    with pytest.raises(Temporary, match="gateway_away"):
        send()


def test_nobody_there_is_temporary(settings):
    settings.TEXT_GATEWAY_URL = "http://127.0.0.1:1/"
    with pytest.raises(Temporary, match="gateway_away"):
        send()


def test_no_proxy_of_the_environment_is_asked(gateway, monkeypatch):
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    send()
    assert len(gateway.texts) == 1


def test_without_a_gateway_nothing_is_sent(settings):
    settings.TEXT_GATEWAY_URL = ""
    assert not text_message.is_possible()
    with pytest.raises(Temporary, match="no_gateway_set"):
        send()


@pytest.mark.parametrize("url", ["http://gateway.example/", "ftp://127.0.0.1/", "gateway.example", "file:///etc/x"])
def test_a_strange_gateway_stops_the_start(settings, url):
    settings.TEXT_GATEWAY_URL = url
    assert [one.id for one in run_checks() if one.id == "outreach.E002"] == ["outreach.E002"]
    with pytest.raises(ImproperlyConfigured, match="TEXT_GATEWAY_URL"):
        send()


def test_the_folder_is_only_for_a_portal_on_this_computer(settings, tmp_path):
    settings.DATA, settings.TEXT_GATEWAY_URL = tmp_path, "sink://"
    send()
    send()
    (kept,) = (tmp_path / "texts").iterdir()
    assert json.loads(kept.read_text())["to"] == NUMBER
    settings.BASE_URL = "https://kring.example.invalid"
    with pytest.raises(ImproperlyConfigured):
        send("n" * 22)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_text_message_in_every_language(language):
    text = text_message.compose(language)
    assert 10 < len(text) <= text_message.LONGEST
    assert "http" not in text
    assert "\n" not in text
    assert language == "en" or text != text_message.compose("en")
    assert set(text) <= GSM or len(text.encode("utf-16-be")) <= 140


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0470 12 34 56", NUMBER),
        ("0470/12.34.56", NUMBER),
        ("0470-12-34-56", NUMBER),
        ("+32 470 12 34 56", NUMBER),
        ("+32 (0)470 12 34 56", NUMBER),
        ("0032 470 12 34 56", NUMBER),
        ("00 32 (0) 470 123456", NUMBER),
        ("٠٤٧٠ ١٢ ٣٤ ٥٦", NUMBER),
        ("\u202a+32 470 12 34 56\u202c", NUMBER),
        ("0470\u00a012\u00a034\u00a056", NUMBER),
        ("02 123 45 67", "+3221234567"),
        ("015/12.34.56", "+3215123456"),
        ("04 220 12 34", "+3242201234"),
        ("+31 6 12345678", "+31612345678"),
        ("+90 532 123 45 67", "+905321234567"),
        ("00212 612-345678", "+212612345678"),
    ],
)
def test_a_number_is_read_in_all_the_ways_it_is_written(written, number):
    assert normalised(written) == number
    assert normalised(number) == number


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "+", "0", "112", "470123456", "0470 12 34 5", "0470 12 34 56 7", "+32 470 12 34 5"),
        *("+32 0470 12 34 56", "+0470123456", "0470 12 34 5a", "nul vier", "+1234567", "+1234567890123456"),
        *("0470²123456", "+32+470123456", "0470 12 34 56 / 0471 12 34 56", "0470123456\r\nX: y", "１" * 400),
        *("(0)", "0000000000", "04 220 12 3"),
    ],
)
def test_what_is_no_number_is_none(written):
    assert normalised(written) is None


def test_a_wrong_number_comes_back_with_a_sentence():
    from django import forms

    class Asked(forms.Form):
        number = PhoneNumberField(required=False)

    assert Asked({"number": ""}).is_valid()
    right, wrong = Asked({"number": "0470 12 34 56"}), Asked({"number": "0470 12"})
    assert right.is_valid()
    assert right.cleaned_data == {"number": NUMBER}
    assert not wrong.is_valid()
    assert "0470 12 34 56" in wrong.errors["number"][0]
    assert 'value="0470 12"' in str(wrong["number"])
    assert 'dir="ltr"' in str(wrong["number"])
