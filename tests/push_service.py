"""The other side of web push, for tests: a browser with its keys, and a push service on this computer.

    with PushService() as service:
        browser = service.browser()          # browser.endpoint, .p256dh, .auth
        ...
    service.received                         # [(browser, headers, what the browser reads)]

`service.answer = 410` makes it answer so from then on.
"""

import os
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from outreach.channels import web_push


@dataclass(eq=False)
class Browser:
    """Decrypts as RFC 8291 tells the receiving side to, with code of its own."""

    endpoint: str = "https://updates.push.services.mozilla.com/wpush/v2/abc"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def p256dh(self) -> str:
        return web_push.encode(web_push.point(self.key.public_key()))

    @property
    def auth(self) -> str:
        return web_push.encode(self.secret)

    def decrypt(self, body: bytes) -> bytes:
        salt, length = body[:16], body[20]
        theirs, record = body[21 : 21 + length], body[21 + length :]
        sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        info = b"WebPush: info\0" + web_push.point(self.key.public_key()) + theirs
        keying = self._derive(self.key.exchange(ec.ECDH(), sender), self.secret, info, 32)
        key = self._derive(keying, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = self._derive(keying, salt, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\0")
        assert padded.endswith(b"\x02"), "not the last record"
        return padded[:-1]

    @staticmethod
    def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.server.asked.append(self.path)
        browser = self.server.browsers.get(self.path)
        status = self.server.answers.get(self.path, self.server.answer)
        if status < 300 and browser:
            self.server.received.append((browser, dict(self.headers), body))
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "/elsewhere")
        if self.server.retry_after:
            self.send_header("Retry-After", self.server.retry_after)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *_):
        """Says nothing."""


class PushService(ThreadingHTTPServer):
    """On a free port of this computer, for the time of a `with`."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.browsers: dict[str, Browser] = {}
        self.received: list[tuple[Browser, dict[str, str], bytes]] = []
        self.asked: list[str] = []
        self.answer, self.retry_after = 201, ""
        self.answers: dict[str, int] = {}

    def browser(self) -> Browser:
        path = f"/send/{len(self.browsers)}"
        self.browsers[path] = Browser(f"http://127.0.0.1:{self.server_port}{path}")
        return self.browsers[path]

    def __enter__(self) -> "PushService":
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.shutdown()
        self.server_close()
