"""When the database is away the page says so in the reader's language and when to come back; a mistake is a mistake."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from portal import views

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("database or disk is full"), 503, "Probeer het straks opnieuw"),
        (ValueError("een geheim woord"), 500, "Het ligt niet aan jou"),
    ],
)
def test_the_status_and_the_sentence_fit_what_went_wrong(monkeypatch, error, status, words):  # G48
    def breaks(request):
        raise error

    monkeypatch.setattr("people.views.sign_in.SignInForm", breaks)
    answer = Client(raise_request_exception=False).get(reverse("account_login").replace("/en/", "/nl/"))
    page = answer.content.decode()
    assert answer.status_code == status
    assert answer.headers.get("Retry-After") == (views.RETRY_SECONDS if status == 503 else None)
    assert str(error) not in page
    assert "Traceback" not in page
    assert words or page
