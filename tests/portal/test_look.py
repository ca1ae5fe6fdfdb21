"""How it looks: a wish in two cookies, kept by a plain form, signed in or not."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def page():
    return reverse("look")


def test_a_visitor_chooses_and_the_page_looks_so(client):
    assert client.get(page()).status_code == 200
    answer = client.post(page(), {"theme": "dark", "contrast": "more"})
    assert answer.status_code == 302
    for name, wish in (("kring-theme", "dark"), ("kring-contrast", "more")):
        cookie = answer.cookies[name]
        assert cookie.value == wish
        assert cookie["samesite"] == "Lax"
        assert cookie["max-age"] == 365 * 24 * 3600
        assert not cookie["httponly"]
    shown = client.get(answer.url).content.decode()
    assert 'data-theme="dark"' in shown
    assert 'data-contrast="more"' in shown


def test_the_wish_of_the_device_leaves_the_page_without_a_theme(client):
    client.post(page(), {"theme": "device", "contrast": "normal"})
    assert "data-theme" not in client.get(page()).content.decode()


def test_anything_else_is_refused_and_counts_as_no_wish(client):
    answer = client.post(page(), {"theme": "<b>", "contrast": "more"})
    assert answer.status_code == 422
    assert not answer.cookies.keys() & {"kring-theme", "kring-contrast"}
    client.cookies["kring-theme"] = "<b>"
    assert "<b>" not in client.get(page()).content.decode().partition("<body")[0]


def test_the_page_asks_nothing_about_who_reads_and_keeps_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get(page())
    assert not answer.cookies.keys() - {"__Host-kring-form", "kring-form"}
