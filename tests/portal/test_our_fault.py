"""When the database is away the page says so in the reader's language and when to come back; a mistake is a mistake."""

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.test import Client

from portal import views

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("database or disk is full"), 503, "We werken aan de site. P"),
        (ValueError("een geheim woord"), 500, "Er ging iets mis bij ons"),
    ],
)
def test_the_status_and_the_sentence_fit_what_went_wrong(monkeypatch, error, status, words):  # G48
    def breaks(request):
        raise error

    monkeypatch.setattr("people.views.sign_in.SignInForm", breaks)
    answer = Client(raise_request_exception=False).get("/nl/account/login/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert answer.headers.get("Retry-After") == (views.RETRY_SECONDS if status == 503 else None)
    assert str(error) not in page
    assert "Traceback" not in page
    assert words in page


def test_whether_the_process_lives_is_told_without_the_database_to_whoever_asks(django_assert_num_queries):  # G48
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    with django_assert_num_queries(0):
        assert client.get("/healthz").json() == {"alive": True}


@pytest.mark.parametrize("referer", ["http://[/", "http://[::1", "//[x"])
def test_an_address_that_is_none_leads_back_nowhere(rf, referer):  # G48
    request = rf.get("/nl/my/", HTTP_REFERER=referer)
    request.user, request.session, request.LANGUAGE_CODE = AnonymousUser(), {}, "nl"
    assert views.refused(request, "Nee.", 403).status_code == 403


@pytest.mark.parametrize("address", ["/nl/account/not-there/", "/nl/account/extra-code/passkey/"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded; charset=utf-16", "text=a".encode("utf-16")),
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=", b"--\r\n"),
        (
            "multipart/form-data; boundary=x; charset=no-such",
            b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\xff\r\n",
        ),
    ],
)
def test_a_form_that_cannot_be_read_is_no_fault_of_ours_where_nothing_is_either(client, address, kind, body):  # G48
    assert client.generic("POST", address, body, content_type=kind).status_code in (400, 404)
