"""A small browser: one session, one connection kept alive, plain forms. Nothing of Django in it."""

import re
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlencode, urlsplit

from websockets.asyncio.client import connect

FORM_TOKEN = "kringbench" + "0" * 22
ITEM = re.compile(r'id="m-([A-Za-z0-9_-]{22})')
COOKIE = "kring"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: str

    @property
    def item_id(self) -> str:
        """The id of the first message on it."""
        found = ITEM.search(self.body)
        return found.group(1) if found else ""


class Client:
    """Speaks for one session. Raises OSError or HTTPException when the connection breaks; the next call begins anew."""

    def __init__(self, base: str, session: str = "", *, timeout: float = 30, port: int | None = None):
        """`port` leads over a proxy; what the request says of its origin stays as it is."""
        self.base, self.timeout, self.port = base, timeout, port
        self.cookies = {"kring-form": FORM_TOKEN}
        if session:
            self.cookies[COOKIE] = session
        self._connection: HTTPConnection | None = None

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        body = urlencode({"csrfmiddlewaretoken": FORM_TOKEN, **fields})
        form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.base, "Referer": self.base + path}
        return self._ask("POST", path, body, {**form, **headers})

    def send(self, conversation: str, text: str, key: str) -> Answer:
        """Posts a message as the script of the page does."""
        fields = {"text": text, "key": key}
        return self.post(f"/nl/g/c/{conversation}/send/", fields, **{"X-Requested-With": "fetch"})

    def close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        place = urlsplit(self.base)
        if self._connection is None:
            self._connection = HTTPConnection(place.hostname, self.port or place.port, timeout=self.timeout)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self._connection.request(method, path, body, {"Host": place.netloc, "Cookie": cookies, **headers})
            response = self._connection.getresponse()
            text = response.read().decode()
        except (OSError, HTTPException):
            self.close()
            raise
        self._keep_cookies(response)
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, text)

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            if name != "kring-form":
                self.cookies[name] = value.strip('"')


def socket_to(base: str, session: str, language: str = "nl"):
    """The socket of a page, as a browser opens it: with its cookie, its origin and compression on offer."""
    address = base.replace("http", "ws", 1) + f"/ws/?language={language}"
    cookie = {"Cookie": f"{COOKIE}={session}"}
    return connect(
        address, origin=base, additional_headers=cookie, proxy=None, open_timeout=60, ping_interval=None, max_queue=None
    )
