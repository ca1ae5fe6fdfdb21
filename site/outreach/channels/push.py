"""A notice on a person's own phone. It says the same for everybody and about everything: that there is something new.

The push service gets one encrypted size, always; the words come from the phone itself. Topic and tag never differ, so
that a later notice, or the same one sent twice, takes the place of an earlier one and the phone shows one.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from outreach.faults import Fault

from . import Permanent, Temporary, web_push, wire

PAYLOAD = b'{"t":"new"}'
TOPIC = "new"
LIVES = timedelta(hours=4)
# How long a notice may live, in minutes: to the second it would tell a push service when somebody's quiet hours begin.
STEPS = (240, 180, 120, 60, 30, 15, 5)
NO_LONGER = frozenset({404, 410})
LOOPBACK = "127.0.0.1"


class Gone(Permanent):
    """This browser takes no notices from us any more: nobody needs to remember it."""

    def __init__(self):
        super().__init__("subscription_gone")


def is_possible() -> bool:
    """Whether this portal has a key to sign with."""
    return bool(settings.VAPID_KEY)


def application_key() -> str:
    """What a browser must know to take notices from this portal and no other."""
    return web_push.encode(web_push.point(web_push.private_key(settings.VAPID_KEY).public_key()))


def may_go_to(endpoint: str) -> bool:
    """Whether this is an address of a push service we know, and nothing else that a browser could make us ask."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = endpoint.isascii() and endpoint.isprintable() and not any(sign in endpoint for sign in " \\@#")
    if settings.PUSH_TO_THIS_COMPUTER and host == LOOPBACK:
        return plain and parts.scheme == "http"
    known = any(host.endswith(one) if one.startswith(".") else host == one for one in settings.PUSH_HOSTS)
    return plain and known and parts.scheme == "https" and port in (None, 443)


def send(*, endpoint: str, p256dh: str, auth: str, lives: timedelta = LIVES) -> None:
    """Tells one browser, or raises: `Gone` when it takes no notices any more, `Temporary`, or `Permanent`.

    `lives` is how long a phone that is off may still be told later; a little less is said, the same for many people.
    """
    if not is_possible():
        raise Temporary(Fault.NO_KEY_SET)
    if not may_go_to(endpoint):
        raise Gone
    try:
        body = web_push.encrypt(PAYLOAD, receiver=web_push.public_key(p256dh), auth=web_push.secret(auth))
    except web_push.UnusableKey:
        raise Gone from None
    key, contact = web_push.private_key(settings.VAPID_KEY), f"mailto:{settings.DEFAULT_FROM_EMAIL}"
    headers = {
        "Authorization": web_push.proof(endpoint, key=key, contact=contact, now=timezone.now()),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(_in_steps(lives)),
        "Topic": TOPIC,
        "Urgency": "normal",
    }
    try:
        answer = wire.post(endpoint, body=body, headers=headers)
    except wire.NoAnswer:
        raise Temporary(Fault.PUSH_SERVICE_AWAY) from None
    _judge(answer)


def _in_steps(lives: timedelta) -> int:
    """In seconds: the longest step that is no longer."""
    minutes = lives.total_seconds() / 60
    return 60 * next((step for step in STEPS if step <= minutes), 0)


def _judge(answer: wire.Answer) -> None:
    status = answer.status
    if 200 <= status < 300:
        return
    if status in NO_LONGER:
        raise Gone
    if status == 429 or status >= 500:
        raise Temporary(Fault.PUSH_SERVICE_AWAY, wait=answer.wait)
    raise Permanent(Fault.PUSH_REFUSED)
