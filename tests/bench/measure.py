"""Asks pages inside this process, in turns, and counts processor time, statements and bytes."""

import gzip
import io
import re
import statistics
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from tests.faults.client import FORM_TOKEN

WARM_UP, TURNS = 3, 25
TABLE = re.compile(r'(?:FROM|INTO|UPDATE)\s+"?(\w+)', re.IGNORECASE)


@dataclass
class Got:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def wire(self) -> int:
        """Bytes as a proxy that compresses would send them, headers included."""
        heading = sum(len(name) + len(value) + 4 for name, value in self.headers)
        return len(gzip.compress(self.body, 6)) + heading


class Asker:
    """One visitor who asks a WSGI handler directly: no socket, no server, only the portal's own work."""

    def __init__(self, handler: WSGIHandler, session: str = ""):
        self.handler = handler
        cookies = {settings.CSRF_COOKIE_NAME: FORM_TOKEN}
        if session:
            cookies[settings.SESSION_COOKIE_NAME] = session
        self.cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())

    def ask(self, path: str, *, method: str = "GET", body: bytes = b"") -> Got:
        place, _, query = path.partition("?")
        host = settings.BASE_URL.partition("//")[2]
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": place,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": host.partition(":")[2] or "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": host,
            "HTTP_COOKIE": self.cookie,
            "HTTP_ORIGIN": settings.BASE_URL,
            "HTTP_X_REQUESTED_WITH": "fetch" if method == "POST" else "",
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
        }
        if method == "GET":
            del environ["HTTP_X_REQUESTED_WITH"]
        got: dict = {}

        def start(status: str, headers: list[tuple[str, str]], _error=None) -> None:
            got["status"], got["headers"] = int(status.split()[0]), headers

        answer = self.handler(environ, start)
        content = b"".join(answer)
        answer.close()
        return Got(got["status"], got["headers"], content)


def in_turns(acts: dict[str, Callable[[], object]], turns: int = TURNS) -> dict[str, float]:
    """Milliseconds of processor for each act, the median of turns that alternate: noise meets all alike."""
    spent: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(WARM_UP + turns):
        for name, act in acts.items():
            began = time.process_time()
            act()
            if turn >= WARM_UP:
                spent[name].append((time.process_time() - began) * 1000)
    return {name: statistics.median(values) for name, values in spent.items()}


@contextmanager
def statements():
    """The statements inside, each as a verb and the table it begins with; begin and savepoints are not counted."""
    seen: list[str] = []

    def wrap(execute, sql, parameters, many, context):
        verb, table = sql.split(None, 1)[0].lower(), TABLE.search(sql)
        if verb != "begin" and "SAVEPOINT" not in sql:
            seen.append(f"{verb} {table.group(1) if table else ''}".strip())
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(wrap):
        yield seen
