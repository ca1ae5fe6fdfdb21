"""Staff without the second factor reach its pages, the sign-out and the way out, and nothing else."""

import pytest
from django.urls import reverse

from people.actions import accounts, second_factor
from people.actor import PORTAL
from people.models import Authenticator, RecoveryCode, SignIn
from people.policy import Refused
from people.vocabulary import Reason, Role
from tests.people.conftest import PASSWORD, code_now, session_key, sign_in, sign_in_staff

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "/nl/",
    "/nl/my/",
    "/nl/my/devices/",
    "/nl/work/",
    "/nl/work/staff/",
    "/cms/",
    "/cms/pages/",
    "/cms/login/",
]


def test_the_password_alone_makes_no_session(client, facilitator):  # G15
    assert sign_in(client, facilitator.email).url == reverse("second_factor")
    assert "_auth_user_id" not in client.session
    assert SignIn.objects.count() == 0


def test_a_sign_in_that_waits_for_the_code_ends_with_the_password_it_began_with(client, facilitator):  # G23
    """Who had the old password and came to the code in time got in after it was changed."""
    sign_in(client, facilitator.email)
    assert client.get(reverse("second_factor")).status_code == 200
    accounts.change_password(account=facilitator, password="kast-fiets-dertien-wolk", by=PORTAL)
    answer = client.post(reverse("second_factor"), {"code": code_now()})
    assert (answer.status_code, answer.url) == (302, reverse("account_login"))
    assert "_auth_user_id" not in client.session
    assert sign_in(client, facilitator.email, "kast-fiets-dertien-wolk").url == reverse("second_factor")
    assert client.post(reverse("second_factor"), {"code": code_now()}).status_code == 302
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("address", ADDRESSES)
def test_staff_without_a_device_are_sent_to_set_it_up_from_everywhere(client, invite, address):  # G15
    invite(Role.EDITOR, "lien@demo.invalid", device=False)
    sign_in(client, "lien@demo.invalid")
    answer = client.get(address)
    assert (answer.status_code, answer.url) == (302, reverse("second_factor"))
    assert client.post(address).url == reverse("second_factor")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_session_made_past_the_sign_in_meets_the_gate(client, facilitator, address):  # G15
    client.force_login(facilitator)
    assert client.get(address).url == reverse("second_factor")


def test_from_there_they_reach_the_setup_the_sign_out_and_the_way_out(client, invite):  # G15
    invite(Role.EDITOR, "lien@demo.invalid", device=False)
    sign_in(client, "lien@demo.invalid")
    assert client.get(reverse("second_factor"), follow=True).status_code == 200
    assert client.get(reverse("second_factor_picture"))["Content-Type"] == "image/svg+xml"
    assert client.get("/weg/").status_code == 302


def test_setting_up_gives_ten_codes_once_and_a_new_session_id(client, invite):  # G15 G20
    account = invite(Role.COORDINATOR, "marc@demo.invalid", device=False)
    sign_in(client, "marc@demo.invalid")
    before = session_key(client)
    page = client.get(reverse("second_factor_app"))
    key = page.context["key"]
    assert client.post(reverse("second_factor_app"), {"code": "000000"}).status_code == 422
    assert not Authenticator.objects.exists()
    answer = client.post(reverse("second_factor_app"), {"code": code_of(key)})
    assert answer.status_code == 200
    assert len(answer.context["codes"]) == 10
    assert session_key(client) != before
    assert client.get(reverse("my:devices")).status_code == 200
    assert client.get(reverse("second_factor_app")).status_code == 302
    stored = Authenticator.objects.raw("SELECT id, key AS plain FROM people_authenticator")[0]
    assert stored.user_id == account.pk
    assert stored.plain != key


def code_of(key):
    import time
    from base64 import b32decode

    from django_otp.oath import TOTP

    totp = TOTP(b32decode(key))
    totp.time = time.time()
    return f"{totp.token():06d}"


def test_keys_are_ciphertext_and_recovery_codes_hashes(facilitator):  # G15
    from django.db import connection

    fresh = second_factor.new_recovery_codes(account=facilitator)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM people_authenticator")
        (key,) = cursor.fetchone()
        cursor.execute("SELECT digest FROM people_recoverycode")
        digests = "".join(row[0] for row in cursor.fetchall())
    assert "JBSWY3DP" not in key
    assert not any(code.replace("-", "").lower() in digests for code in fresh)


def test_a_code_counts_once(client, facilitator):  # G15
    from django.test import Client

    code = code_now()
    for visitor, expected in ((client, 302), (Client(), 422)):
        sign_in(visitor, facilitator.email)
        assert visitor.post(reverse("second_factor"), {"code": code}).status_code == expected


def test_an_early_code_cannot_be_shown_again_in_its_own_half_minute(facilitator):  # G15
    device = Authenticator.objects.get()
    early = code_now(1)
    assert device.verify_token(early)
    assert not device.verify_token(early)


@pytest.mark.parametrize(("step", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_one_step_early_or_late_and_no_more(facilitator, step, accepted):  # G15
    # A step may pass while the test runs; two steps away never becomes one step away in the past.
    assert Authenticator.objects.get().verify_token(code_now(step)) is accepted


def test_a_recovery_code_works_once_with_or_without_dash(client, facilitator):  # G15
    from django.test import Client

    code = second_factor.new_recovery_codes(account=facilitator)[0]
    for visitor, typed, expected in ((client, code, 302), (Client(), code.replace("-", "").lower(), 422)):
        sign_in(visitor, facilitator.email)
        assert visitor.post(reverse("second_factor"), {"code": typed}).status_code == expected
    assert RecoveryCode.objects.count() == 9


def test_taking_the_device_away_ends_access_at_once(client, facilitator):  # G15
    sign_in_staff(client, facilitator)
    assert client.get(reverse("my:devices")).status_code == 200
    Authenticator.objects.all().delete()
    assert client.get(reverse("my:devices")).url == reverse("second_factor")


def test_a_second_device_is_never_added_without_the_first(client, facilitator):  # G15
    client.force_login(facilitator)
    assert client.get(reverse("second_factor_app")).url == reverse("second_factor")
    assert client.post(reverse("second_factor_app"), {"code": "123456"}).url == reverse("second_factor")


def test_of_two_set_ups_at_once_the_first_stands(invite):  # G15
    account = invite(Role.COORDINATOR, "marc@demo.invalid", device=False)
    first, second = ("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU")
    second_factor.confirm_authenticator(account=account, key=first, token=code_of(first))
    with pytest.raises(Refused) as refusal:
        second_factor.confirm_authenticator(account=account, key=second, token=code_of(second))
    assert refusal.value.reason == Reason.CHANGED_MEANWHILE
    assert [device.key for device in Authenticator.objects.all()] == [first]


def test_parents_are_never_asked(client, parent):
    assert sign_in(client).url == "/nl/"


def test_a_new_password_does_not_skip_the_code(client, facilitator):  # G15
    from people.actions import accounts
    from people.actor import PORTAL

    accounts.change_password(account=facilitator, password="another-good-phrase", by=PORTAL)
    assert sign_in(client, facilitator.email, PASSWORD).status_code == 422
    assert sign_in(client, facilitator.email, "another-good-phrase").url == reverse("second_factor")


def test_new_codes_on_paper_ask_the_password(client, facilitator):  # G15
    sign_in_staff(client, facilitator)
    assert client.post(reverse("second_factor_paper"), {"password": "not this one"}).status_code == 422
    assert RecoveryCode.objects.count() == 0
    page = client.post(reverse("second_factor_paper"), {"password": PASSWORD})
    assert len(page.context["codes"]) == RecoveryCode.objects.count() == 10
