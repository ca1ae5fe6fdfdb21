"""What a visit weighs on the wire (P6, P7): counted by the browser, and for one round trip byte by byte."""

import gzip
import re
import socket
from urllib.parse import urlsplit

import pytest

from tests.architecture.sources import ROOT

from .places import PHONE, Faults, conversation_of, known_parent, public_places

pytestmark = [pytest.mark.browser, pytest.mark.db_free]  # the same pages whatever the database

LANGUAGES = ("nl", "fr", "en", "ar", "tr")
ROUND_TRIP = 14_600  # ten packets of 1,460 bytes: what a server sends before it must wait


def wire(base: str, path: str) -> bytes:
    """The whole answer, headers and packed body, as a browser asks for it on its first visit."""
    place = urlsplit(base)
    asked = f"GET {path} HTTP/1.1\r\nHost: {place.netloc}\r\nAccept-Encoding: gzip, deflate, br\r\nConnection: close\r\n\r\n"
    parts = []
    with socket.create_connection((place.hostname, place.port), timeout=15) as connection:
        connection.sendall(asked.encode())
        while part := connection.recv(65_536):
            parts.append(part)
    return b"".join(parts)


def visit(page, address: str) -> tuple[int, list[str], list[str]]:
    """Bytes, addresses and kinds of all that a first visit to this page fetches."""
    ear = page.context.new_cdp_session(page)
    ear.send("Network.enable")
    ear.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes, urls, kinds = [], [], []

    def asks(said):
        if not said["request"]["url"].startswith("data:"):
            urls.append(urlsplit(said["request"]["url"]).path)
            kinds.append(said.get("type", ""))

    ear.on("Network.requestWillBeSent", asks)
    ear.on("Network.webSocketCreated", lambda said: urls.append(urlsplit(said["url"]).path))
    ear.on("Network.loadingFinished", lambda said: sizes.append(int(said["encodedDataLength"])))
    page.goto(address, wait_until="load")
    page.wait_for_timeout(300)
    ear.detach()
    return sum(sizes), urls, kinds


def with_furniture(page, portal, weight: int, urls: list[str]) -> tuple[int, list[str]]:
    """Adds what a phone fetches and a browser without a screen leaves out: icon and manifest."""
    links = page.locator("link[rel=icon], link[rel=manifest]")
    for path in (links.nth(place).get_attribute("href") for place in range(links.count())):
        if path not in urls:
            urls = [*urls, path]
            weight += len(wire(portal.base, path))
    return weight, urls


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_first_visit_to_a_text_page(visitor, portal, language):  # P6
    places, faults = public_places(visitor(PHONE), language), Faults()
    for kind in ("home", "guidance", "privacy", "sign in"):
        page = visitor(PHONE)
        weight, urls, kinds = visit(page, places[kind])
        weight, urls = with_furniture(page, portal, weight, urls)
        urls = [url for url in urls if not url.endswith(places[kind])] + [places[kind]]  # a short address leads on once
        print(f"{language} {kind}: {weight} bytes, {len(urls)} requests")
        faults.must(weight <= 30_000, f"{kind}: {weight} bytes")
        faults.must(len(urls) <= 6 + ("/page/" in places[kind]), f"{kind}: {urls}")
        faults.must("Font" not in kinds, f"{kind}: fonts")
        page.context.close()
    faults.told()


def test_a_first_visit_to_a_conversation(visitor, portal):  # P6
    page = known_parent(visitor, portal, "amina")
    address = conversation_of(page, portal, "nl")
    weight, urls, kinds = visit(page, address)
    weight, urls = with_furniture(page, portal, weight, urls)
    lines = page.locator("ol.talk li[data-seq]")
    of_one = max(len(lines.nth(place).evaluate("one => one.outerHTML").encode()) for place in range(lines.count()))
    print(f"conversation of {lines.count()}: {weight} bytes, {of_one} a message more, {len(urls)} requests")
    assert weight <= 40_000
    assert of_one <= 1_000
    assert len(urls) <= 8
    assert "Font" not in kinds


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_page_comes_in_one_round_trip(portal, visitor, language):  # P7
    places, faults = public_places(visitor(PHONE), language), Faults()
    for kind in ("home", "topic", "guidance", "help", "one service"):
        head, _, body = wire(portal.base, places[kind]).partition(b"\r\n\r\n")
        assert b"200 OK" in head
        assert b"content-encoding: gzip" in head.lower()
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', gzip.decompress(body).decode())
        total = len(head) + 4 + len(body) + sum(len(wire(portal.base, sheet)) for sheet in sheets)
        print(f"{language} {kind}: {total} bytes of HTML and CSS")
        faults.must(total <= ROUND_TRIP, f"{kind}: {total}")
        faults.must(len(sheets) == 1, f"{kind}: {sheets}")
    faults.told()


def test_scripts_are_small_and_no_fonts_are_sent(portal, visitor):  # P6
    page = known_parent(visitor, portal, "amina")
    for address in ("/nl/", "/nl/account/recovery/", "/nl/my/"):
        page.goto(address)
        scripts = page.locator("script[src]")
        paths = [scripts.nth(place).get_attribute("src") for place in range(scripts.count())]
        assert paths
        weight = sum(len(wire(portal.base, path)) for path in paths)
        print(f"{address}: {weight} bytes of JavaScript with headers")
        assert weight <= 10_000
        assert "@font-face" not in page.evaluate(
            "fetch(document.querySelector('link[rel=stylesheet]').href).then((answer) => answer.text())"
        )


def test_private_pages_are_never_packed(portal, visitor):
    """A packed page that holds a token beside words of others tells about both by its length (BREACH)."""
    page = known_parent(visitor, portal, "amina")
    for address in ("/nl/my/", conversation_of(page, portal, "nl"), "/nl/account/recovery/", "/nl/search/?q=kind"):
        answer = page.goto(address)
        assert "content-encoding" not in answer.headers, address


def test_frames_are_not_packed(portal, visitor):
    """Packed, their length tells about words of others to who listens on the line, as with private pages (BREACH)."""
    page = known_parent(visitor, portal, "amina")
    key = next(one["value"] for one in page.context.cookies() if one["name"] == "kring")
    place = urlsplit(portal.base)
    asked = {
        "Host": place.netloc,
        "Origin": portal.base,
        "Cookie": f"kring={key}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits",
    }
    with socket.create_connection((place.hostname, place.port), timeout=15) as connection:
        lines = [f"{name}: {told}" for name, told in asked.items()]
        connection.sendall("\r\n".join(["GET /ws/?language=nl HTTP/1.1", *lines, "", ""]).encode())
        answer = connection.recv(65_536)
    assert b" 101 " in answer
    assert b"deflate" not in answer
    install = (ROOT / "docs" / "operating" / "install.md").read_text()
    assert "uvicorn portal.asgi" in install
    assert "--ws-per-message-deflate false" in install
