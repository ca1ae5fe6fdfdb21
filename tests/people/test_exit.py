"""The quick exit ends the caller's own session and nobody else's."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from people.actions import sessions
from people.models import SignIn
from tests.people.conftest import is_signed_in, sign_in

pytestmark = pytest.mark.django_db


def test_leaving_ends_the_session_and_takes_our_cookies_but_the_device(client, parent):  # G31
    sign_in(client)
    old = client.cookies["kring"].value
    answer = client.get("/weg/", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 302
    assert not answer.url.startswith("/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "no-store" in answer["Cache-Control"]
    gone = {name for name, morsel in answer.cookies.items() if morsel["max-age"] == 0}
    assert {"kring", "kring-form"} <= gone
    assert "kring-device" not in answer.cookies
    client.cookies["kring"] = old
    assert not is_signed_in(client)
    assert SignIn.objects.get().ended_because == "left"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_end_a_session(client, parent, site):  # G8
    sign_in(client)
    answer = client.get("/weg/", headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert not answer.cookies
    assert is_signed_in(client)


def test_only_a_link_leaves(client, parent):
    sign_in(client)
    assert client.post("/weg/").status_code == 405
    assert is_signed_in(client)


def test_the_way_out_works_with_the_database_gone(client, parent, monkeypatch, django_assert_num_queries):  # G31
    sign_in(client)

    def gone(**_):
        raise DatabaseError

    monkeypatch.setattr(sessions, "end_session", gone)
    with django_assert_num_queries(0):
        answer = client.get("/weg/")
    assert answer.status_code == 302
    assert answer.cookies["kring"]["max-age"] == 0


def test_a_visitor_without_session_leaves_too(client, db):
    assert client.get("/weg/").status_code == 302
    assert client.get(reverse("account_login")).status_code == 200
