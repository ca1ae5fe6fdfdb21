"""Signing in with three words or an address, and what anyone may learn from trying."""

import pytest
from django.urls import reverse

from people.actions import accounts, sessions
from people.actor import PORTAL
from people.models import KnownDevice, Limit, SignIn
from tests.people.conftest import PASSWORD, is_signed_in, session_key, sign_in, sign_in_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed", ["regen-appel-trein", "Regen Appel Trein", " REGEN–appel_trein ", "rĕgen.appel.trein"]
)
def test_a_parent_signs_in_with_her_three_words_however_she_types_them(client, parent, typed):
    answer = sign_in(client, typed)
    assert (answer.status_code, answer.url) == (302, "/nl/")
    assert is_signed_in(client)
    assert SignIn.objects.get().own_phone is False


def test_the_first_page_after_signing_in_is_the_public_home(client, parent):  # G24
    assert sign_in(client).url == "/nl/"


def test_staff_begin_at_today(client, facilitator):
    assert sign_in_staff(client, facilitator).url == reverse("work:today")


def test_a_wrong_password_an_unknown_name_and_a_frozen_account_get_the_same_page(client, parent):  # G18 G24
    def page(name, password):
        client.cookies.clear()
        answer = sign_in(client, name, password)
        return answer.status_code, answer.content.replace(name.encode(), b"-").split(b"csrfmiddlewaretoken")[0]

    wrong = page("regen-appel-trein", "quite another passphrase")
    unknown = page("regen-appel-vlieg", PASSWORD)
    accounts.freeze(account=parent, by=PORTAL)
    frozen = page("regen-appel-trein", PASSWORD)
    assert wrong == unknown == frozen
    assert wrong[0] == 422


def test_an_unknown_name_costs_as_many_statements_as_a_wrong_password(  # G18
    client, parent, django_assert_num_queries, django_assert_max_num_queries
):
    client.get(reverse("account_login"))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for name in ("regen-appel-trein", "regen-appel-vlieg"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            sign_in(client, name, "quite another passphrase")
        counts.append(len(asked))
    assert counts[0] == counts[1] > 0


def test_the_session_id_changes_at_sign_in(client, parent):  # G20
    client.cookies["kring"] = "x" * 32
    sign_in(client)
    first = session_key(client)
    assert first != "x" * 32
    client.post(reverse("account_logout"))
    sign_in(client)
    assert session_key(client) != first


def test_signing_out_takes_a_button_and_ends_the_sign_in(client, parent):  # G8
    sign_in(client)
    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)
    assert SignIn.objects.get().ended_because == "signed_out"


def test_ten_wrong_guesses_from_elsewhere_shut_elsewhere_and_not_the_owner(client, parent):  # G17
    from django.test import Client

    sign_in(client)
    client.post(reverse("account_logout"))
    answers = []
    for number in range(14):
        stranger = Client(REMOTE_ADDR=f"10.0.{number}.1")
        answers.append(sign_in(stranger, password="quite another passphrase").status_code)
    assert answers == [422] * 10 + [429] * 4
    right_from_elsewhere = sign_in(Client(REMOTE_ADDR="10.9.9.9"))
    assert right_from_elsewhere.status_code == 429
    assert sign_in(client).status_code == 302


def test_the_known_device_stays_known_after_a_quick_exit(client, parent):  # G31 G17
    from django.test import Client

    sign_in(client)
    client.get("/weg/")
    for number in range(10):
        sign_in(Client(REMOTE_ADDR=f"10.0.{number}.1"), password="quite another passphrase")
    assert sign_in(client).status_code == 302
    assert KnownDevice.objects.count() == 1


def test_thirty_parents_behind_one_address_all_get_in(db):  # G17
    from django.test import Client

    names = [accounts.open_account(language="nl", password=PASSWORD, by=PORTAL).sign_in_name for _ in range(30)]
    for name in names:
        parent = Client(REMOTE_ADDR="10.1.1.1")
        sign_in(parent, name, "first a mistake, then right")
        assert sign_in(parent, name).status_code == 302


def test_a_made_up_forwarded_address_changes_nothing(client, parent, settings):  # G17
    from people.addresses import client_address

    request = client.get(reverse("account_login")).wsgi_request
    request.META |= {"HTTP_X_FORWARDED_FOR": "6.6.6.6", "REMOTE_ADDR": "10.0.0.1"}
    assert client_address(request) == "10.0.0.1"
    settings.TRUSTED_PROXY_COUNT = 1
    request.META["HTTP_X_FORWARDED_FOR"] = "6.6.6.6, 81.1.1.1"
    assert client_address(request) == "81.1.1.1"


def test_limits_hold_no_name_and_no_address(client, parent):
    sign_in(client, password="quite another passphrase")
    rows = "".join(Limit.objects.values_list("key", flat=True))
    assert rows
    assert "regen" not in rows
    assert "127.0.0.1" not in rows  # three digits stand in one hash of thirty


def test_an_address_that_was_typed_in_capitals_is_the_same(client, parent):
    accounts.set_email(account=parent, email="Els@Demo.invalid", by=PORTAL)
    assert sign_in(client, "ELS@demo.invalid").status_code == 302


def test_a_sign_in_that_ended_keeps_its_moment_and_its_reason(client, parent):  # G37
    """Else the list of one's sign-ins says of a lost phone that it was open until today."""
    sign_in(client)
    sessions.end_all(account=parent, by=PORTAL, because="asked")
    before = SignIn.objects.values_list("ended_at", "ended_because").get()
    sign_in(client)
    sessions.end_all(account=parent, by=PORTAL, because="password")
    ended = list(SignIn.objects.order_by("started_at").values_list("ended_at", "ended_because"))
    assert ended[0] == before
    assert ended[1][1] == "password"
