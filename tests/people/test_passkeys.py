"""Passkeys: a parent's way in beside her password, the second factor of staff beside the code. And every wrong one."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp_webauthn.models import WebAuthnAttestation, WebAuthnCredential

from audit.models import AuditEntry
from people import limiter, relations, told
from people.actions import accounts, recovery, sessions
from people.actor import ANONYMOUS, PORTAL
from people.models import SignIn
from tests.people.conftest import PASSWORD, as_actor, is_signed_in, session_key, sign_in
from tests.people.passkey_steps import ADD, add, ask, phone_of_a_parent, refused, show
from tests.people.phone import PRESENT, Phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(parent):
    return phone_of_a_parent()


# --- a parent's way in --------------------------------------------------------------------------


def test_a_parent_signs_in_with_her_passkey_through_the_same_gates(client, parent, phone):  # G20 G22 G24
    asked = ask(client, "passkey_sign_in")
    before = session_key(client)
    answer = client.post(reverse("passkey_sign_in"), {"passkey": phone.show(asked), "shared": "on"})
    assert (answer.status_code, answer.url) == (302, "/nl/")
    assert session_key(client) != before
    row = SignIn.objects.get(ended_at=None)
    assert (row.account_id, row.own_phone) == (parent.pk, False)
    assert is_signed_in(client)
    assert client.get("/nl/my/").status_code == 200


def test_whose_phone_it_is_counts_as_with_a_password_and_the_pin_is_offered(client, phone):  # G22
    assert show(client, phone, shared=False).url == reverse("pin")
    assert SignIn.objects.get(ended_at=None).own_phone
    assert client.cookies["kring"]["max-age"] == 30 * 24 * 3600


def test_the_question_names_no_passkey_and_is_the_same_for_everyone(client, phone):  # G18
    asked = ask(client, "passkey_sign_in")
    assert (asked["allowCredentials"], asked["userVerification"]) == ([], "required")


def test_what_the_phone_shows_is_the_sign_in_name_and_never_the_persons(client, parent):
    sign_in(client)
    asked = ask(client, "my:passkey_add", **ADD)
    assert asked["user"]["name"] == asked["user"]["displayName"] == parent.sign_in_name
    assert (asked["attestation"], asked["authenticatorSelection"]["residentKey"]) == ("none", "required")
    assert parent.pk not in json.dumps(asked)


def test_nothing_is_kept_of_what_make_of_phone_it_is(phone):
    held = WebAuthnCredential.objects.get()
    assert (held.aaguid, held.discoverable) == ("", None)
    assert not WebAuthnAttestation.objects.exists()


# --- wrong ones ------------------------------------------------------------------------------------


WRONG = {
    "another origin": {"origin": "https://evil.example"},
    "our host by a number": {"origin": "http://127.0.0.1:8000"},
    "a port of ours": {"origin": "https://testserver:8443"},
    "another host": {"host": "evil.example"},
    "a part of our host": {"host": "server"},
    "nobody touched it": {"flags": 0},
    "nobody proved to hold it": {"flags": PRESENT},
}


@pytest.mark.parametrize("how", WRONG.values(), ids=WRONG)
def test_an_answer_for_elsewhere_or_of_nobody_opens_nothing(client, phone, how):
    assert refused(show(client, phone, **how), client)
    assert show(client, phone).status_code == 302  # the same phone, as it should be


@pytest.mark.parametrize("how", WRONG.values(), ids=WRONG)
def test_a_passkey_made_for_elsewhere_or_by_nobody_is_not_taken(client, parent, how):
    sign_in(client)
    assert add(client, **how)[1].status_code == 422
    assert not WebAuthnCredential.objects.exists()


def test_a_passkey_that_we_do_not_know_opens_nothing(client, phone):
    stranger = Phone(handle=phone.handle)
    assert refused(show(client, stranger), client)


def test_the_id_of_a_known_one_with_another_key_opens_nothing(client, phone):
    assert refused(show(client, Phone(id=phone.id, handle=phone.handle, uses=phone.uses)), client)


def test_the_handle_of_someone_else_opens_nothing(client, phone):
    handle, phone.handle = phone.handle, b"x" * 32
    assert refused(show(client, phone), client)
    phone.handle = handle


def test_an_answer_counts_once(client, phone):
    asked = ask(client, "passkey_sign_in")
    answer = {"passkey": phone.show(asked), "shared": "on"}
    question = client.session["passkey"]
    assert client.post(reverse("passkey_sign_in"), answer).status_code == 302
    client.post(reverse("account_logout"))
    assert refused(client.post(reverse("passkey_sign_in"), answer), client)
    # Also where the question lies in the session again, as when two answers race, and the phone counts no uses.
    ask(client, "passkey_sign_in")
    session = client.session
    session["passkey"] = question
    session.save()
    WebAuthnCredential.objects.update(sign_count=0)
    assert refused(client.post(reverse("passkey_sign_in"), answer), client)


def test_an_answer_to_the_question_of_another_browser_opens_nothing(client, phone):
    other = Client()
    asked = ask(other, "passkey_sign_in")
    ask(client, "passkey_sign_in")
    assert refused(client.post(reverse("passkey_sign_in"), {"passkey": phone.show(asked)}), client)
    assert refused(Client().post(reverse("passkey_sign_in"), {"passkey": phone.show(asked)}), client)


def test_a_question_is_for_one_purpose_and_five_minutes(client, phone, monkeypatch):
    asked = ask(client, "passkey_sign_in")
    moment = timezone.now().timestamp()
    with monkeypatch.context() as later:
        later.setattr("people.passkeys.time.time", lambda: moment + 301)
        assert refused(client.post(reverse("passkey_sign_in"), {"passkey": phone.show(asked)}), client)
    sign_in(client)
    mine = ask(client, "my:passkey_add", **ADD)
    client.post(reverse("account_logout"))
    assert refused(client.post(reverse("passkey_sign_in"), {"passkey": phone.show(mine)}), client)


def test_a_count_that_goes_back_is_a_copy_and_opens_nothing(client, phone):
    show(client, phone)
    client.post(reverse("account_logout"))
    phone.uses -= 1
    assert refused(show(client, phone), client)
    phone.uses = 0
    assert refused(show(client, phone), client)


def test_a_count_beyond_what_is_counted_is_refused_and_no_fault_of_ours(client, phone):  # G48
    """On PostgreSQL it was one, at the sign-in and where a passkey is added."""
    phone.uses = 2**31 - 1
    assert refused(show(client, phone), client)
    phone.uses = 2**32 - 2
    assert refused(show(client, phone), client)
    sign_in(client)
    _, answer = add(client, Phone(uses=2**31 - 1))
    assert answer.status_code == 422
    assert WebAuthnCredential.objects.count() == 1


def test_one_that_counts_nothing_works_again_and_again(client, parent):
    sign_in(client)
    phone, _ = add(client, Phone(counts=False))
    for _ in range(3):
        client.post(reverse("account_logout"))
        assert show(client, phone).status_code == 302


def test_a_frozen_account_is_answered_as_an_unknown_passkey(client, parent, phone):  # G24
    accounts.freeze(account=parent, by=PORTAL)
    frozen = show(client, phone)
    assert refused(frozen, client)
    unknown = show(client, Phone())
    strip = lambda page: page.content.decode().split("csrfmiddlewaretoken")[0] + page.content.decode()[-400:]  # noqa: E731
    assert strip(frozen) == strip(unknown)
    assert frozen.headers.keys() == unknown.headers.keys()
    assert not AuditEntry.objects.filter(kind="people.passkey.shown").exists()
    accounts.unfreeze(account=parent, by=PORTAL)
    assert show(client, phone).status_code == 302


def test_an_account_that_is_closed_has_no_passkey_either(client, parent, phone):
    type(parent).objects.update(is_active=False)
    assert refused(show(client, phone), client)


def test_one_that_was_taken_away_opens_nothing(client, parent, phone):
    sign_in(client)
    assert client.post(reverse("my:passkey_remove"), {"which": held_id(), "password": PASSWORD}).status_code == 302
    client.post(reverse("account_logout"))
    assert refused(show(client, phone), client)


def held_id() -> int:
    return WebAuthnCredential.objects.get().pk


@pytest.mark.parametrize(
    "text", ["", "x", "[]", "{}", '{"id":1}', "[" * 5000, '{"id":"a","rawId":"a","type":"public-key","response":{}}']
)
def test_an_answer_that_is_none_opens_nothing(client, phone, text):  # G48
    ask(client, "passkey_sign_in")
    assert refused(client.post(reverse("passkey_sign_in"), {"passkey": text}), client)


def test_tries_are_counted_and_a_device_that_was_here_before_keeps_its_own(client, phone, monkeypatch):  # G17
    there = {"REMOTE_ADDR": "192.0.2.1"}
    stranger = Client(**there)
    while limiter.take("passkey.network", "192.0.2.1", limit=150, seconds=3600).granted:
        pass
    assert show(stranger, Phone()).status_code == 429
    known = Client(**there)
    sign_in(known)
    known.get("/weg/")
    assert show(known, phone).status_code == 302


def test_the_questions_of_a_visitor_are_counted_too(client):  # G17
    while limiter.take("passkey.question.network", "127.0.0.1", limit=300, seconds=3600).granted:
        pass
    assert client.post(reverse("passkey_sign_in_question")).status_code == 429


def test_where_the_host_is_not_ours_nothing_is_offered(client, phone, settings):
    settings.ALLOWED_HOSTS = ["*"]
    there = Client(HTTP_HOST="127.0.0.1:8000")
    assert 'data-behaviour="passkey"' not in there.get(reverse("account_login")).content.decode()
    assert there.post(reverse("passkey_sign_in_question")).status_code == 404
    assert 'data-behaviour="passkey"' in client.get(reverse("account_login")).content.decode()


# --- one's own -------------------------------------------------------------------------------------


def test_adding_asks_the_password_each_time_and_on_a_shared_phone_whether_she_knows(client, parent):
    sign_in(client)
    page = client.get(reverse("my:passkeys")).content.decode()
    assert "Wie jouw gsm open krijgt" in page
    for missing in ("password", "understood"):
        answer = client.post(reverse("my:passkey_add_question"), {**ADD, missing: ""})
        assert (answer.status_code, bool(answer.json()["said"])) == (422, True)
    wrong = client.post(reverse("my:passkey_add_question"), {**ADD, "password": "not this one"})
    assert (wrong.status_code, bool(wrong.json()["said"])) == (422, True)
    assert (
        client.post(reverse("my:passkey_add"), {**ADD, "passkey": Phone().show({"challenge": "x"})}).status_code == 422
    )
    assert not WebAuthnCredential.objects.exists()
    SignIn.objects.update(own_phone=True)
    assert ask(client, "my:passkey_add", **{**ADD, "understood": ""})["challenge"]


def test_guessing_the_password_there_is_counted(client, parent):  # G17
    sign_in(client)
    for _ in range(10):
        client.post(reverse("my:passkey_add_question"), {**ADD, "password": "not this one"})
    said = client.post(reverse("my:passkey_add_question"), ADD)
    assert (said.status_code, "Te veel" in said.json()["said"]) == (422, True)


def test_she_is_told_of_each_that_comes_or_goes_though_it_was_done_in_her_name(client, parent, monkeypatch):
    heard = []
    monkeypatch.setattr(told, "_TELLERS", [lambda person_id, what, by_id: heard.append((person_id, what))])
    sign_in(client)
    add(client)
    client.post(reverse("my:passkey_remove"), {"which": held_id(), "password": PASSWORD})
    assert heard == [(parent.person_id, "passkey")] * 2
    kinds = AuditEntry.objects.filter(kind__startswith="people.passkey").values_list("kind", flat=True)
    assert sorted(kinds) == ["people.passkey.added", "people.passkey.removed"]


def test_taking_one_away_asks_the_password_and_ends_every_other_sign_in(client, parent, phone):  # G23
    other = Client()
    show(other, phone)
    sign_in(client)
    assert client.post(reverse("my:passkey_remove"), {"which": held_id(), "password": "no"}).status_code == 422
    assert is_signed_in(other)
    assert client.post(reverse("my:passkey_remove"), {"which": held_id(), "password": PASSWORD}).status_code == 302
    assert not is_signed_in(other)
    assert is_signed_in(client)


def test_nobody_takes_away_the_passkey_of_another(client, parent, phone):  # G2
    accounts.open_account(language="nl", password=PASSWORD, by=PORTAL, sign_in_name="maan-bos-peer")
    sign_in(client, "maan-bos-peer")
    assert client.post(reverse("my:passkey_remove"), {"which": held_id(), "password": PASSWORD}).status_code == 422
    assert WebAuthnCredential.objects.count() == 1


def test_a_passkey_belongs_to_one_account_and_there_are_not_too_many(client, parent, phone):
    accounts.open_account(language="nl", password=PASSWORD, by=PORTAL, sign_in_name="maan-bos-peer")
    sign_in(client, "maan-bos-peer")
    assert add(client, phone)[1].status_code == 422
    for _ in range(8):
        assert add(client)[1].status_code == 302
    assert client.post(reverse("my:passkey_add_question"), ADD).status_code in (403, 409)
    assert WebAuthnCredential.objects.count() == 9


def test_the_page_shows_where_it_is_and_when_it_was_used(client, parent, phone):
    sign_in(client)
    assert "Nog niet gebruikt" in client.get(reverse("my:passkeys")).content.decode()
    show(Client(), phone)
    page = client.get(reverse("my:passkeys")).content.decode()
    assert "Op mijn gsm" in page
    assert "Nog niet gebruikt" not in page


def test_a_new_way_in_takes_them_away_and_while_its_hold_lasts_none_comes(
    client, parent, phone, facilitator, monkeypatch
):
    monkeypatch.setitem(relations._RELATIONS, "accompanies", [lambda person: {parent.person_id}])
    code = recovery.issue_new_way_in(account=parent, by=as_actor(facilitator), group_id="g" * 22)
    recovery.use_new_way_in(code=code, password="maan-bos-peer-roos", by=ANONYMOUS)
    assert not WebAuthnCredential.objects.exists()
    assert refused(show(client, phone), client)
    sign_in(client, password="maan-bos-peer-roos")
    assert client.post(reverse("my:passkey_add_question"), {**ADD, "password": "maan-bos-peer-roos"}).status_code == 403


def test_a_forgotten_password_takes_them_away_and_a_chosen_one_does_not(parent, phone):
    accounts.change_password(account=parent, password="maan-bos-peer-roos", by=as_actor(parent), keep="x" * 22)
    assert WebAuthnCredential.objects.exists()
    accounts.change_password(account=parent, password=PASSWORD, by=PORTAL, how="code by mail")
    assert not WebAuthnCredential.objects.exists()


# --- the lock --------------------------------------------------------------------------------------


def locked(client):
    SignIn.objects.filter(ended_at=None).update(locked_at=timezone.now(), own_phone=True)
    assert client.get(reverse("my:devices")).status_code == 302


def test_a_passkey_opens_the_lock_of_its_own_account_only(client, parent, phone):  # G22
    sign_in(client, shared=False)
    locked(client)
    assert show(client, Phone(), "passkey_unlock").status_code == 422
    assert show(client, phone, "passkey_unlock", flags=PRESENT).status_code == 422
    assert not is_signed_in(client)
    assert show(client, phone, "passkey_unlock").url == reverse("my:home")
    assert is_signed_in(client)


def test_after_five_wrong_pins_no_passkey_opens_the_lock(client, parent, phone):  # G22
    sessions.set_pin(account=parent, pin="482913", by=as_actor(parent))
    sign_in(client, shared=False)
    locked(client)
    for _ in range(5):
        client.post(reverse("unlock"), {"pin": "111222"})
    assert 'data-behaviour="passkey"' not in client.get(reverse("unlock")).content.decode()
    assert show(client, phone, "passkey_unlock").status_code == 422
    assert not is_signed_in(client)


def test_where_nothing_is_locked_there_is_nothing_to_open(client, parent, phone):
    assert client.post(reverse("passkey_unlock_question")).status_code == 404
    sign_in(client)
    assert client.post(reverse("passkey_unlock_question")).status_code == 404
    assert client.post(reverse("passkey_unlock"), {"passkey": "{}"}).status_code == 404


def test_an_ended_sign_in_is_not_opened_again(client, parent, phone):  # G22
    sign_in(client, shared=False)
    locked(client)
    asked = ask(client, "passkey_unlock")
    SignIn.objects.update(started_at=timezone.now() - timedelta(days=31))
    assert client.post(reverse("passkey_unlock"), {"passkey": phone.show(asked)}).status_code == 404
    assert not is_signed_in(client)
