"""What is too big is let fall as it comes in, with and without a length, and answered with a sentence."""

import pytest
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler

from portal.body_limit import BodyLimit

pytestmark = pytest.mark.django_db(transaction=True)
SENTENCE = "Dit bestand of deze tekst is te groot."
FORM = (b"content-type", b"multipart/form-data; boundary=x")
HEAD = b'--x\r\nContent-Disposition: form-data; name="a"; filename="a.txt"\r\n\r\n'
PIECE = b"a" * 2**18


class Handed(ASGIHandler):
    """The pages; counts the bytes that get as far."""

    def __init__(self):
        super().__init__()
        self.load_middleware(is_async=True)
        self.taken = 0

    async def read_body(self, receive):
        body = await super().read_body(receive)
        self.taken = body.seek(0, 2)
        body.seek(0)
        return body


async def _post(path: str, size: int, *, says: int | None):
    """The status, the page and how many bytes were handed on; `says` is the length in the head, if any."""
    pages = Handed()
    headers = [(b"host", b"127.0.0.1"), FORM, *([(b"content-length", str(says).encode())] if says is not None else [])]
    scope = {"type": "http", "method": "POST", "path": path, "headers": headers, "query_string": b""}
    browser = ApplicationCommunicator(BodyLimit(pages), scope)
    await browser.send_input({"type": "http.request", "body": HEAD, "more_body": True})
    for _ in range(size // len(PIECE)):
        await browser.send_input({"type": "http.request", "body": PIECE, "more_body": True})
    await browser.send_input({"type": "http.request", "body": b"\r\n--x--\r\n", "more_body": False})
    start = await browser.receive_output(5)
    page, is_whole = b"", False
    while not is_whole:
        part = await browser.receive_output(5)
        page, is_whole = page + part.get("body", b""), not part.get("more_body")
    return start["status"], page.decode(), pages.taken


@pytest.mark.parametrize("path", ["/nl/", "/nl/account/login/", "/nl/not-there/", "/cms/"])
@pytest.mark.parametrize("in_pieces", [True, False])
async def test_too_big_a_body_is_let_fall_and_answered_with_a_sentence(path, in_pieces):  # G48
    limit = settings.BODY_LIMIT_OF_EDITORS if path == "/cms/" else settings.BODY_LIMIT
    status, page, taken = await _post(path, limit + 2**20, says=None if in_pieces else limit + 2**20)
    assert (status, taken <= limit) == (413, True)
    assert SENTENCE in page or path == "/cms/"


async def test_what_fits_is_handed_on_whole():
    status, page, taken = await _post("/nl/account/login/", 2**21, says=None)
    assert (status, taken) == (403, 2**21 + len(HEAD) + len(b"\r\n--x--\r\n"))  # no token of a form
    assert SENTENCE not in page


@pytest.mark.parametrize("path", ["/nl/account/login/", "/cms/"])
def test_pages_without_the_sockets_refuse_by_the_length_that_is_said(client, path):
    """As gunicorn hands it on: nothing of the body is read."""
    for length in (str(settings.BODY_LIMIT_OF_EDITORS + 1), "9" * 5_000):
        assert client.post(path, headers={"content-length": length}).status_code == 413


def test_more_text_than_any_form_holds_gets_the_same_sentence(client):
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE < settings.BODY_LIMIT
    answer = client.post("/nl/account/login/", {"login": "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert (answer.status_code, SENTENCE in answer.content.decode()) == (413, True)
