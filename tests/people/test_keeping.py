"""What was typed when a session ended: beside the sign-in fields, and kept for the same account only."""

from datetime import timedelta

import pytest
from django.urls import reverse

from people import keeping
from people.actions import accounts, sessions
from people.actor import PORTAL
from people.models import SignIn
from tests.people.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
TEXT = "Ik heb lang nagedacht over wat ik wil schrijven."
SENT = {"keep_what": "conversation:abc", "text": TEXT, "keep_next": "/nl/g/aaaaaaaaaaaaaaaaaaaaaa/"}


@pytest.fixture
def saved(monkeypatch):
    rows = []
    monkeypatch.setattr(keeping, "_SAVERS", [lambda account, what, text: rows.append((account.pk, what, text)) or True])
    return rows


def idle_out():
    row = SignIn.objects.get(ended_at=None)
    SignIn.objects.filter(pk=row.pk).update(last_active_at=row.last_active_at - timedelta(minutes=16))


def hidden_fields(page):
    form = page.context["form"]
    return {name: form[name].value() for name in ("keep_what", "keep_for", "keep_next", "keep_text")}


def test_her_text_comes_back_with_the_sign_in_fields_and_is_kept_once_she_is_in(client, parent, saved):  # G48
    sign_in(client)
    idle_out()
    page = client.post("/nl/my/", SENT)
    assert page.status_code == 401
    assert TEXT in page.content.decode()
    assert saved == []
    answer = sign_in(client, **hidden_fields(page))
    assert answer.url == SENT["keep_next"]
    assert saved == [(parent.pk, "conversation:abc", TEXT)]


def test_another_account_gets_nothing_of_it(client, parent, saved):  # G2 G48
    other = accounts.open_account(language="nl", password=PASSWORD, by=PORTAL, sign_in_name="maan-bos-peer")
    sign_in(client)
    idle_out()
    page = client.post("/nl/my/", SENT)
    assert sign_in(client, other.sign_in_name, **hidden_fields(page)).url == "/nl/"
    assert saved == []


def test_with_the_mark_of_the_box_it_is_kept_even_when_the_session_was_ended_from_elsewhere(client, parent, saved):
    sign_in(client)
    mark = keeping.owner_mark(parent.pk)
    sessions.end_all(account=parent, by=PORTAL, because="asked")
    page = client.post("/nl/my/", {**SENT, "keep_for": mark})
    assert page.status_code == 401
    sign_in(client, **hidden_fields(page))
    assert saved == [(parent.pk, "conversation:abc", TEXT)]


def test_behind_the_lock_it_comes_back_with_the_pin(client, parent, saved):
    from tests.people.conftest import as_actor

    sessions.set_pin(account=parent, pin="482913", by=as_actor(parent))
    sign_in(client, shared=False)
    idle_out()
    page = client.post("/nl/my/", SENT)
    assert page.status_code == 401
    assert TEXT in page.content.decode()
    assert 'name="pin"' in page.content.decode()
    told = {"pin": "482913", **SENT, "keep_for": page.context["keep_for"]}
    assert client.post(reverse("unlock"), told).url == SENT["keep_next"]
    assert saved == [(parent.pk, "conversation:abc", TEXT)]


def test_the_session_row_never_holds_the_text_in_clear(client, parent, saved):
    client.post(reverse("account_login"), {"login": "x", "password": "y", **SENT})
    from people.keeping import Kept, stash

    session = client.session

    class Request:
        pass

    request = Request()
    request.session = session
    stash(request, Kept("conversation:abc", TEXT, parent.pk))
    assert TEXT not in str(dict(session))


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/nl/g/",
        "https://evil.example/",
        "/nl/account/logout/",
        "/weg/",
        "/nl/my/../account/",
        "/xx/my/",
        "\\/nl/my/",
        "/nl//my/",
        "",
    ],
)
def test_only_private_pages_of_ours_are_gone_on_to(path):  # G8
    assert keeping.local_private_path(path) == ""


def test_a_private_page_is():
    assert keeping.local_private_path("/ar/g/aaaaaaaaaaaaaaaaaaaaaa/") == "/ar/g/aaaaaaaaaaaaaaaaaaaaaa/"


def test_a_made_up_mark_is_nobodys():
    assert keeping.owner_of("x:y") == ""
    assert keeping.owner_of(keeping.owner_mark("a")) == "a"
