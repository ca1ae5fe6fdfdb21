"""A text message, handed to a gateway over HTTP. One sentence, the same for everybody; of what kind it is
says only a text to who wanted that.

The gateway gets `{"to": …, "text": …, "id": …}` by POST, with our token, and the id as idempotency key: what is
handed over twice it sends once. Without a gateway nothing is sent. `sink://` keeps texts in a folder, on a portal that
only this computer can reach.
"""

import json
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from outreach import saying
from outreach.faults import Fault
from outreach.vocabulary import Kind

from . import Permanent, Temporary, wire

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
NUMBER_REFUSED = frozenset({400, 404, 422})
SIGN_IN_REFUSED = frozenset({401, 403})
# One text message in letters that are not Latin; more is cut in two and costs double.
LONGEST = 70


def is_possible() -> bool:
    """Whether this portal has a gateway at all."""
    return bool(settings.TEXT_GATEWAY_URL)


def compose(language: str, kind: Kind | None = None) -> str:
    """The sentence for a person who reads this language now. No address: a link in a text looks like a trick."""
    with translation.override(language):
        return saying.sentence(kind)


def send(*, number: str, text: str, message_id: str) -> None:
    """Hands one text to the gateway, or raises `Temporary` or `Permanent`. `number` is as phone_numbers gives it."""
    url = settings.TEXT_GATEWAY_URL
    if not url:
        raise Temporary(Fault.NO_GATEWAY_SET)
    fault = fault_of_settings()
    if fault:
        raise ImproperlyConfigured(fault)
    letter = json.dumps({"to": number, "text": text, "id": message_id}, ensure_ascii=False)
    if urlsplit(url).scheme == "sink":
        return _keep(letter, message_id)
    headers = {
        "Authorization": f"Bearer {settings.TEXT_GATEWAY_TOKEN}",
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": message_id,
    }
    try:
        answer = wire.post(url, body=letter.encode(), headers=headers)
    except wire.NoAnswer:
        raise Temporary(Fault.GATEWAY_AWAY) from None
    return _judge(answer)


def _judge(answer: wire.Answer) -> None:
    status = answer.status
    if 200 <= status < 300:
        return
    if status in NUMBER_REFUSED:
        raise Permanent(Fault.NUMBER_REFUSED)
    if status in SIGN_IN_REFUSED:
        raise Temporary(Fault.OUR_SIGN_IN_REFUSED, wait=answer.wait)
    # Too many at once, a fault of theirs, a redirect that we do not follow, or an answer that nobody foresaw.
    raise Temporary(Fault.GATEWAY_BUSY if status == 429 else Fault.GATEWAY_AWAY, wait=answer.wait)


def fault_of_settings() -> str:
    """What is wrong with TEXT_GATEWAY_URL, as a sentence; empty when nothing is."""
    parts = urlsplit(settings.TEXT_GATEWAY_URL)
    ours = urlsplit(settings.BASE_URL).hostname in LOOPBACK
    if not settings.TEXT_GATEWAY_URL or parts.scheme == "https":
        return ""
    if parts.scheme == "sink" and ours:
        return ""
    if parts.scheme == "http" and parts.hostname in LOOPBACK:
        return ""
    return (
        "TEXT_GATEWAY_URL must begin with https://, or with http:// for a gateway on this same computer; "
        "sink:// is only for a portal that nobody else can reach."
    )


def _keep(letter: str, message_id: str) -> None:
    """In place of sending; the same id twice is one file."""
    folder = settings.DATA / "texts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{message_id}.json").write_text(letter)
