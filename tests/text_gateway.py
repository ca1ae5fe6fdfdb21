"""A gateway for text messages on this computer, for tests: keeps what it gets, and can fail in the ways real ones do.

    with TextGateway() as gateway:
        settings.TEXT_GATEWAY_URL = gateway.url
    gateway.texts                          # {id: (number, text)}: the same id twice is one text
    gateway.asked                          # every request, as (headers, letter)

`gateway.answer = "429"` makes it answer so from then on; or "slow", "drips", "drips on", "garbage", "hangs up", "half",
"cut", "cut in a chunk", "huge", "endless", "redirect".
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        letter = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        self.server.asked.append((dict(self.headers), letter))
        way = getattr(self, f"_{self.server.answer.replace(' ', '_')}", None)
        if way:
            way()
        else:
            self._plain(int(self.server.answer), letter)

    def _plain(self, status: int, letter: dict) -> None:
        if status < 300:
            self.server.texts[letter["id"]] = (letter["to"], letter["text"])
        self.send_response(status)
        self.send_header("Content-Length", "2")
        if status == 429:
            self.send_header("Retry-After", self.server.retry_after)
        self.end_headers()
        self.wfile.write(b"{}")

    def _slow(self) -> None:
        self.server.over.wait(20)

    def _drips(self) -> None:
        """A letter now and then: never silent for long, and never done."""
        self._drip(b"HTTP/1.1 200 OK\r\nX: ")

    def _drips_on(self) -> None:
        """The same after the headers, where nothing says how much is to come."""
        self._drip(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")

    def _drip(self, start: bytes) -> None:
        self.wfile.write(start)
        while not self.server.over.wait(0.05):
            self.wfile.write(b"x")

    def _garbage(self) -> None:
        self.wfile.write(b"\x00\xffhello, I am no server\r\n\r\n")

    def _hangs_up(self) -> None:
        self.close_connection = True

    def _half(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten letter")

    def _cut(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: applica")

    def _cut_in_a_chunk(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100\r\nx")

    def _huge(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1_000_000)

    def _endless(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not self.server.over.is_set():
            self.wfile.write(b"1000\r\n" + b"x" * 4096 + b"\r\n")

    def _redirect(self) -> None:
        self.wfile.write(f"HTTP/1.1 302 Found\r\nLocation: {self.server.url}\r\nContent-Length: 0\r\n\r\n".encode())

    def log_message(self, *_):
        """Says nothing."""


class TextGateway(ThreadingHTTPServer):
    """On a free port of this computer, for the time of a `with`."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.texts: dict[str, tuple[str, str]] = {}
        self.asked: list[tuple[dict[str, str], dict]] = []
        self.answer, self.retry_after = "200", "120"
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/texts?from=kring"

    def handle_error(self, request, client_address):
        """Who stops listening to it is right."""

    def __enter__(self) -> "TextGateway":
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.over.set()
        self.shutdown()
        self.server_close()
