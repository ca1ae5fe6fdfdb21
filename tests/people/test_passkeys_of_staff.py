"""The passkey of staff: the second factor after the password, beside the code, and never anything more."""

import pytest
from django.urls import reverse
from django_otp_webauthn.models import WebAuthnCredential

from people.actions import accounts, staff
from people.actor import PORTAL
from people.vocabulary import Role
from tests.people.conftest import as_actor, code_now, session_key, sign_in
from tests.people.passkey_steps import ADD, add, phone_of_a_parent, phone_of_staff, refused, show
from tests.people.phone import Phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(parent):
    return phone_of_a_parent()


@pytest.fixture
def staff_phone(facilitator):
    return phone_of_staff(facilitator)


def test_staff_show_it_after_the_password_in_place_of_the_code(client, facilitator, staff_phone):  # G15 G20
    assert sign_in(client, facilitator.email).url == reverse("second_factor")
    assert 'data-behaviour="passkey"' in client.get(reverse("second_factor")).content.decode()
    before = session_key(client)
    assert show(client, staff_phone, "passkey_second_factor").status_code == 302
    assert session_key(client) != before
    assert client.get(reverse("work:today")).status_code == 200
    assert WebAuthnCredential.objects.get().last_used_at


def test_a_passkey_of_staff_never_stands_in_for_the_password(client, staff_phone):  # G15
    assert refused(show(client, staff_phone), client)
    assert client.get(reverse("work:today")).status_code == 302


def test_a_parents_passkey_is_no_second_factor_of_staff(client, facilitator, staff_phone, phone):  # G15
    sign_in(client, facilitator.email)
    assert refused(show(client, phone, "passkey_second_factor"), client)
    assert refused(show(client, Phone(), "passkey_second_factor"), client)


def test_a_passkey_of_a_colleague_is_no_second_factor(client, facilitator, staff_phone, invite):  # G15
    other = invite(Role.FACILITATOR, "youssef@demo.invalid")
    sign_in(client, other.email)
    assert client.post(reverse("passkey_second_factor_question")).status_code == 404
    client.post(reverse("second_factor"), {"code": code_now()})
    add(client)
    client.post(reverse("account_logout"))
    sign_in(client, other.email)
    assert refused(show(client, staff_phone, "passkey_second_factor"), client)


def test_without_the_password_there_is_nothing_to_show_it_to(client, facilitator, staff_phone):  # G15
    assert client.post(reverse("passkey_second_factor_question")).status_code == 404
    assert client.post(reverse("passkey_second_factor"), {"passkey": "{}"}).status_code == 404


def test_a_session_made_past_the_sign_in_still_meets_the_gate_and_can_show_it(client, facilitator, staff_phone):  # G15
    client.force_login(facilitator)
    assert client.get(reverse("my:passkeys")).url == reverse("second_factor")
    assert client.post(reverse("my:passkey_add_question"), ADD).url == reverse("second_factor")
    assert show(client, staff_phone, "passkey_second_factor").status_code == 302
    assert client.get(reverse("my:passkeys")).status_code == 200


def test_staff_without_the_code_set_up_cannot_begin_with_a_passkey(client, invite):  # G15
    invite(device=False)
    sign_in(client, "sofie@demo.invalid")
    assert client.post(reverse("my:passkey_add_question"), ADD).url == reverse("second_factor")


def test_taking_it_away_ends_what_was_opened_with_it(client, facilitator, staff_phone):  # G23
    sign_in(client, facilitator.email)
    show(client, staff_phone, "passkey_second_factor")
    WebAuthnCredential.objects.all().delete()
    assert client.get(reverse("work:today")).url == reverse("second_factor")


def test_a_lost_phone_loses_its_passkeys_with_the_code(facilitator, staff_phone, invite):  # G15
    manager = as_actor(invite(Role.COORDINATOR, "marc@demo.invalid"))
    staff.reset_second_factor(account=facilitator, by=manager, because="De telefoon is weg.")
    assert not WebAuthnCredential.objects.exists()


def test_a_new_password_by_mail_takes_no_second_factor_of_staff_away(facilitator, staff_phone):  # G15
    accounts.change_password(account=facilitator, password="another-good-phrase", by=PORTAL)
    assert WebAuthnCredential.objects.exists()
