"""One POST to a service outside, for the ways that speak HTTP.

No redirect is ever followed, no proxy of the environment is asked, and it ends in time whatever the other side does:
the time is for the whole conversation, so that one who answers a letter a second holds nothing up.
"""

import http.client
import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from django.utils import timezone

SECONDS = 10
MOST = 64 * 1024


class NoAnswer(Exception):
    """Nobody there, too slow, too long, or no answer in the language of HTTP."""


@dataclass(frozen=True)
class Answer:
    """What came back. `wait` is how long the other side asks us to wait; nothing where it does not say so."""

    status: int
    wait: timedelta = timedelta(0)


def post(url: str, *, body: bytes, headers: dict[str, str], seconds: float = SECONDS) -> Answer:
    """Sends once and gives the status; raises `NoAnswer` when there was none that can be believed."""
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = _connection(parts, seconds)
    try:
        connection.connect()
        with _ended_after(seconds, connection.sock) as is_over:
            connection.request("POST", path, body=body, headers=headers)
            answer = connection.getresponse()
            too_long = len(answer.read(MOST + 1)) > MOST
            if too_long or is_over() or not _is_whole(answer):
                raise NoAnswer
            return Answer(answer.status, _wait(answer.headers.get("Retry-After", "")))
    except (OSError, http.client.HTTPException, ValueError, AttributeError):
        # A socket that was shut from beside fails in whatever way it is used next.
        raise NoAnswer from None
    finally:
        connection.close()


def _is_whole(answer: http.client.HTTPResponse) -> bool:
    """Whether it ended where it said it would. The library takes a line that was cut for the end of the headers."""
    if answer.chunked or answer.length == 0:
        return True
    says_until_closed = answer.version == 10 or answer.headers.get("Connection", "").lower() == "close"
    return answer.length is None and says_until_closed


def _connection(parts, seconds: float) -> http.client.HTTPConnection:
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(parts.hostname, parts.port, timeout=seconds, context=context)
    return http.client.HTTPConnection(parts.hostname, parts.port, timeout=seconds)


@contextmanager
def _ended_after(seconds: float, sock: socket.socket):
    """Shuts the socket when the time is over, whoever is waiting on it. Gives a question: is it over?"""
    over = threading.Event()

    def shut() -> None:
        over.set()
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield over.is_set
    finally:
        timer.cancel()


def _wait(text: str) -> timedelta:
    """What `Retry-After` says, in seconds or as a date. What cannot be read, or is over, asks for nothing."""
    if text.isascii() and text.isdigit() and len(text) < 7:
        return timedelta(seconds=int(text))
    try:
        when = parsedate_to_datetime(text)
        return max(timedelta(0), (when if when.tzinfo else when.replace(tzinfo=UTC)) - timezone.now())
    except (ValueError, TypeError, OverflowError, IndexError):
        return timedelta(0)
