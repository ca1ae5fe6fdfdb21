"""Browser stories run against Kring as a newcomer starts it: its own process, its own data, real sockets and worker.

With DATABASE_URL set, the process gets a database of its own on that server, and drops it afterwards.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import pytest
from django_otp.oath import totp

from portal.demo import cast
from tests.architecture.sources import ROOT

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _own_database() -> tuple[str, str] | None:
    """A database of our own next to the one in DATABASE_URL: its address, and the address to make it from."""
    asked = os.environ.get("DATABASE_URL", "")
    if not asked.startswith("postgres"):
        return None
    name = f"kring_browser_{os.getpid()}"
    return urlunsplit(urlsplit(asked)._replace(path=f"/{name}")), urlunsplit(urlsplit(asked)._replace(path="/postgres"))


def _statement(address: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)


@dataclass
class Portal:
    """A running Kring and what its start told: the address and the demo groups."""

    base: str
    groups: dict[str, str]
    data: Path
    told: str = ""
    neutral: str = ""
    cookies: dict[str, list] = field(default_factory=dict)
    left_behind: dict[str, str] = field(default_factory=dict)  # what one test made and others find again
    walked: dict[str, set[str]] = field(default_factory=dict)  # who was at which addresses, as in Dutch


class _Neutral(BaseHTTPRequestHandler):
    """What the way out leads to: a site of another host, of which nobody minds that it is seen."""

    def do_GET(self):
        body = b"<!doctype html><meta charset=utf-8><title>Weather</title><p>Sunny spells."
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing."""


@pytest.fixture(scope="session")
def neutral():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Neutral)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def portal(tmp_path_factory, neutral):
    port, data = _free_port(), tmp_path_factory.mktemp("kring")
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DJANGO_SETTINGS_MODULE", "SECRET_KEY", "FIELD_KEYS", "DATABASE_URL")
    }
    environment |= {"DATA": str(data), "BASE_URL": f"http://127.0.0.1:{port}", "PYTHONUNBUFFERED": "1"}
    environment["NEUTRAL_EXIT_URL"] = neutral
    own = _own_database()
    if own:
        _statement(own[1], f'CREATE DATABASE "{urlsplit(own[0]).path[1:]}"')
        environment["DATABASE_URL"] = own[0]
    command = [sys.executable, str(ROOT / "site" / "manage.py"), "serve", "--prepare", "--port", str(port)]
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            told = _wait_until_ready(process, output, f"http://127.0.0.1:{port}/healthz")
            groups = dict(re.findall(r"(\w+) +http://\S+(/nl/g/[\w-]{22}/)", told))
            yield Portal(f"http://127.0.0.1:{port}", groups, data, told, neutral)
        finally:
            process.terminate()
            process.wait(timeout=30)
            if own:
                _statement(own[1], f'DROP DATABASE "{urlsplit(own[0]).path[1:]}" WITH (FORCE)')


def _wait_until_ready(process, output, address: str) -> str:
    for _ in range(3000):
        output.seek(0)
        told = output.read()
        if process.poll() is not None:
            raise AssertionError(f"Kring ended while starting:\n{told[-4000:]}")
        if "Kring is ready" in told:
            try:
                urlopen(address, timeout=2).close()
                return told
            except OSError:
                pass
        time.sleep(0.1)
    raise AssertionError(f"Kring did not start in five minutes:\n{told[-4000:]}")


@pytest.fixture
def visitor(browser, portal):
    """`visitor(language, size, javascript=True)` gives a page of a fresh browser; faults on it fail the test."""
    contexts, faults = [], []

    def open_page(size=PHONE, *, javascript=True, signed_in_as=None, **options):
        context = browser.new_context(base_url=portal.base, viewport=size, java_script_enabled=javascript, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        if signed_in_as and signed_in_as in portal.cookies:
            context.add_cookies(portal.cookies[signed_in_as])
        page = context.new_page()
        watched(page, portal, faults)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def watched(page, portal: Portal, faults: list) -> None:
    """What no page may do, in any test: break its own script or its policy, find a fault of ours, ask another host."""
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda answer: faults.append(answer.url) if answer.status >= 500 else None)
    page.on("request", lambda asked: _must_be_ours(asked, portal, faults))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)


def _must_be_ours(asked, portal: Portal, faults: list) -> None:
    """No page ever asks another host for anything (G28); the way out is the one exception, and only by going there."""
    ours = (portal.base, portal.base.replace("http", "ws"), "data:", "blob:", "about:")
    leaves = asked.url == portal.neutral and asked.is_navigation_request()
    if not asked.url.startswith(ours) and not leaves and urlsplit(asked.url).path != "/favicon.ico":
        faults.append(f"asked another host: {urlsplit(asked.url).netloc}")


def sign_in(page, language: str, who: str, *, staff: bool = False) -> None:
    """By hand, as people do: name, password, and for staff the code of the authenticator."""
    page.goto(f"/{language}/account/login/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", cast.PASSWORD)
    page.click("main form button")
    if staff:
        page.wait_for_url("**/account/extra-code/**")
        page.fill("main input[type=text], main input[inputmode=numeric]", authenticator_code())
        page.click("main form button")
    page.wait_for_url(lambda url: "/account/login" not in url and "/extra-code" not in url)


def authenticator_code(key: str = cast.AUTHENTICATOR_KEY) -> str:
    import base64

    return f"{totp(base64.b32decode(key)):06d}"


@pytest.fixture
def colleague(visitor, portal):
    """A page of a staff member, signed in once a run: a code of the authenticator is taken only once."""

    def open_page(key: str, size=DESK, language="nl", **options):
        page = visitor(size, signed_in_as=key, **options)
        if key not in portal.cookies:
            sign_in(page, language, f"{key}@demo.invalid", staff=True)
            portal.cookies[key] = page.context.cookies()
        return page

    return open_page


@pytest.fixture
def parent(visitor):
    """A page of a parent who just signed in on a shared phone."""

    def open_page(who: str, language: str, size=PHONE, **options):
        page = visitor(size, **options)
        sign_in(page, language, who)
        return page

    return open_page
