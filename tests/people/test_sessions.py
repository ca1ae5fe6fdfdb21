"""Locks, idle ends, and sessions that die at once."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from people import relations
from people.actions import accounts, sessions
from people.actor import PORTAL
from people.models import SignIn
from people.policy import Refused
from people.signals import access_ended
from people.socket_identity import identity_of
from people.vocabulary import Reason
from tests.people.conftest import as_actor, is_signed_in, session_key, sign_in, sign_in_staff

pytestmark = pytest.mark.django_db


def leave_alone(minutes):
    """As if nobody had touched the phone for so long."""
    row = SignIn.objects.get(ended_at__isnull=True)
    SignIn.objects.filter(pk=row.pk).update(last_active_at=row.last_active_at - timedelta(minutes=minutes))


def test_a_shared_phone_ends_after_five_idle_minutes(client, parent):  # G22
    sign_in(client)
    leave_alone(4.9)
    assert is_signed_in(client)
    leave_alone(5)
    answer = client.get(reverse("my:devices"))
    assert (answer.status_code, answer.url) == (302, reverse("account_login"))
    assert SignIn.objects.get().ended_because == "idle"
    assert not Session.objects.filter(expire_date__gt=timezone.now(), pk=session_key(client)).exists()


def test_a_shared_phone_forgets_when_the_browser_closes_and_an_own_phone_in_thirty_days(client, parent):  # G22
    sign_in(client)
    assert client.cookies["kring"]["max-age"] == ""
    client.post(reverse("account_logout"))
    sign_in(client, shared=False)
    assert client.cookies["kring"]["max-age"] == 30 * 24 * 3600


def test_an_own_phone_locks_and_the_pin_opens_it(client, parent):  # G22
    sessions.set_pin(account=parent, pin="482913", by=as_actor(parent))
    sign_in(client, shared=False)
    leave_alone(16)
    assert client.get(reverse("my:devices"), follow=True).redirect_chain[-1][0] == reverse("unlock")
    assert client.get(reverse("offline")).status_code == 200
    assert client.post(reverse("unlock"), {"pin": "482914"}).status_code == 422
    assert client.get(reverse("my:devices")).status_code == 302
    assert client.post(reverse("unlock"), {"pin": "٤٨٢٩١٣"}).status_code == 302
    assert is_signed_in(client)


def test_opening_a_public_page_does_not_open_the_lock(client, parent):  # G22 G24
    sign_in(client, shared=False)
    leave_alone(16)
    client.get(reverse("offline"))
    client.get(reverse("offline"))
    assert client.get(reverse("my:devices")).status_code == 302


def test_after_five_wrong_pins_only_the_password_opens(client, parent):  # G22
    sessions.set_pin(account=parent, pin="482913", by=as_actor(parent))
    sign_in(client, shared=False)
    leave_alone(16)
    client.get(reverse("offline"))
    for _ in range(5):
        page = client.post(reverse("unlock"), {"pin": "111222"})
    assert page.context["by_password"]
    assert client.post(reverse("unlock"), {"pin": "482913"}).status_code == 422
    assert client.post(reverse("unlock"), {"password": "lamp-brug-rivier-42"}).status_code == 302
    assert is_signed_in(client)


def test_a_lock_shuts_one_phone_and_no_other(client, parent, facilitator):  # G22
    sign_in(client, shared=False)
    hers = SignIn.objects.get(ended_at=None)
    others = [sessions.start(account=account, session_key=f"other{account.pk}") for account in (parent, facilitator)]
    sessions.lock(sign_in=hers)
    locked = SignIn.objects.filter(locked_at__isnull=False)
    assert list(locked) == [hers]
    assert SignIn.objects.filter(ended_at=None).count() == 1 + len(others)


def test_after_five_wrong_pins_the_right_one_is_not_even_looked_at(client, parent):  # G22
    """Whichever page asks: the count holds by itself."""
    sessions.set_pin(account=parent, pin="482913", by=as_actor(parent))
    sign_in(client, shared=False)
    row = SignIn.objects.get(account=parent, ended_at=None)
    sessions.lock(sign_in=row)
    assert [sessions.unlock_with_pin(sign_in=row, pin="111222") for _ in range(5)] == [False] * 5
    with pytest.raises(Refused) as refusal:
        sessions.unlock_with_pin(sign_in=row, pin="482913")
    assert refusal.value.reason == Reason.TOO_MANY
    row.refresh_from_db()
    assert row.locked_at


def test_wrong_pins_add_up_over_many_closings_until_a_right_one(client, parent):  # G22
    """Three now, the owner puts the phone away, two more later: only the password opens."""
    sessions.set_pin(account=parent, pin="482913", by=as_actor(parent))
    sign_in(client, shared=False)
    row = SignIn.objects.get(ended_at__isnull=True)
    for tries in (3, 2):
        sessions.lock(sign_in=row)
        for _ in range(tries):
            assert not sessions.unlock_with_pin(sign_in=row, pin="111222")
        SignIn.objects.filter(pk=row.pk).update(locked_at=None)
    sessions.lock(sign_in=row)
    with pytest.raises(Refused):
        sessions.unlock_with_pin(sign_in=row, pin="482913")
    assert sessions.unlock_with_password(sign_in=row, password="lamp-brug-rivier-42")
    sessions.lock(sign_in=row)
    assert sessions.unlock_with_pin(sign_in=row, pin="482913")


def test_fifty_pages_that_saw_no_wrong_pin_yet_are_five_tries(client, parent):  # G22
    sessions.set_pin(account=parent, pin="482913", by=as_actor(parent))
    sign_in(client, shared=False)
    row = SignIn.objects.get(ended_at__isnull=True)
    sessions.lock(sign_in=row)
    stale = [SignIn.objects.get(pk=row.pk) for _ in range(50)]  # fifty pages that all saw no wrong try yet
    refused = 0
    for one in stale:
        try:
            sessions.unlock_with_pin(sign_in=one, pin="111222")
        except Refused:
            refused += 1
    assert refused == 45


CHANGED_COOKIES = {
    "another last sign": lambda key, _: key[:-1] + ("a" if key[-1] != "a" else "b"),
    "cut": lambda key, _: key[:-1],
    "longer": lambda key, _: key + "a",
    "capitals": lambda key, _: key.upper(),
    "two of them": lambda key, other: key[:16] + other[16:],
    "empty": lambda key, _: "",
    "very long": lambda key, _: key * 100,
    "quoted": lambda key, _: f'"{key} "',
}


@pytest.mark.parametrize("change", CHANGED_COOKIES.values(), ids=CHANGED_COOKIES)
def test_a_changed_cookie_is_nobodys(client, parent, change):  # G20
    from django.conf import settings
    from django.test import Client

    accounts.open_account(language="nl", password="lamp-brug-rivier-42", by=PORTAL, sign_in_name="maan-bos-peer")
    other, visitor = Client(), Client()
    sign_in(client)
    sign_in(other, "maan-bos-peer")
    visitor.cookies[settings.SESSION_COOKIE_NAME] = change(session_key(client), session_key(other))
    assert not is_signed_in(visitor)
    assert is_signed_in(client)


@pytest.mark.parametrize("path", ["/nl/my/", "/nl/account/login/", "/weg/", "/cms/", "/readyz"])
@pytest.mark.parametrize(
    "given", ['"abcdefgh\\000ijklmnopqrstuvwxyz012345"', '"\\200\\201abcdefgh"', "A" * 32, "a" * 4000, "é"]
)
def test_a_cookie_that_can_be_no_session_is_not_looked_up(client, given, path, django_assert_max_num_queries):
    """PostgreSQL takes no NUL, and a quoted cookie can hold one."""
    from django.conf import settings

    with django_assert_max_num_queries(30) as asked:
        answer = client.get(path, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={given}"})
    assert answer.status_code in (200, 302, 403, 503)
    assert [one["sql"] for one in asked.captured_queries if 'FROM "django_session"' in one["sql"]] == []
    assert identity_of(given) is None


def test_a_changed_cookie_of_the_device_is_an_unknown_device(client, parent):  # G17
    from people import devices

    sign_in(client)
    name = devices.cookie_name()
    signed = client.cookies[name].value
    for changed in (signed[:-1] + ("a" if signed[-1] != "a" else "b"), "x" + signed, signed.partition(":")[0], ""):
        client.cookies[name] = changed
        request = client.get("/nl/").wsgi_request
        assert devices.id_in(request) == ""


def test_staff_tell_whose_phone_it_is_too_and_stay_within_their_terms(client, facilitator):  # G22
    sign_in_staff(client, facilitator)
    assert client.post(reverse("phone"), {"phone": "own", "password": "lamp-brug-rivier-42"}).url == reverse("pin")
    row = SignIn.objects.get(ended_at__isnull=True)
    assert row.own_phone
    assert client.cookies["kring"]["max-age"] == ""
    leave_alone(16)
    assert client.get(reverse("my:devices"), follow=True).redirect_chain[-1][0] == reverse("unlock")
    SignIn.objects.filter(pk=row.pk).update(locked_at=None, last_active_at=timezone.now())
    assert client.post(reverse("phone"), {"phone": "shared"}).status_code == 302
    assert not SignIn.objects.get(pk=row.pk).own_phone


def test_staff_end_after_thirty_idle_minutes_and_after_twelve_hours(client, facilitator):  # G22
    sign_in_staff(client, facilitator)
    leave_alone(29)
    assert client.get(reverse("my:devices")).status_code == 200
    leave_alone(31)
    assert client.get(reverse("my:devices")).url == reverse("account_login")
    sign_in_staff(client, facilitator, step=1)
    SignIn.objects.filter(ended_at=None).update(started_at=timezone.now() - timedelta(hours=12))
    assert client.get(reverse("my:devices")).url == reverse("account_login")


def test_a_poll_keeps_nothing_alive_and_typing_does(client, parent):  # G22
    sign_in(client)
    leave_alone(4)
    client.get(reverse("my:devices"), headers={"X-Kring-Passive": "1"})
    assert timezone.now() - SignIn.objects.get().last_active_at > timedelta(minutes=3)
    assert client.post(reverse("activity"), {"state": "here"}).status_code == 204
    assert timezone.now() - SignIn.objects.get().last_active_at < timedelta(seconds=30)


def test_a_phone_put_away_locks_or_ends_now(client, parent):  # G22
    sign_in(client, shared=False)
    assert client.post(reverse("activity"), {"state": "gone"}).status_code == 401
    assert SignIn.objects.get().locked_at
    client.post(reverse("account_logout"))
    sign_in(client)
    assert client.post(reverse("activity"), {"state": "gone"}).status_code == 401
    assert not is_signed_in(client)


def test_activity_is_written_at_most_every_half_minute(client, parent, django_assert_num_queries):  # G22
    sign_in(client)
    client.get(reverse("offline"))
    first = SignIn.objects.get().last_active_at
    client.get(reverse("offline"))
    assert SignIn.objects.get().last_active_at == first


def test_a_visitor_costs_nothing_and_a_parent_three_statements(client, parent, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse("offline"))
    sign_in(client)
    with django_assert_num_queries(3):
        client.get(reverse("offline"))


def test_a_parent_ends_one_device_or_all(client, parent):  # G23
    from django.test import Client

    other = Client()
    sign_in(other)
    sign_in(client)
    page = client.get(reverse("my:devices"))
    assert len(page.context["sign_ins"]) == 2
    row = SignIn.objects.exclude(session_key=session_key(client)).get()
    client.post(reverse("my:end_device", args=[row.pk]))
    assert not is_signed_in(other)
    assert is_signed_in(client)
    sign_in(other)
    client.post(reverse("my:lock_everything"))
    assert not is_signed_in(other)
    assert not is_signed_in(client)


def test_a_parent_cannot_end_the_device_of_another(client, parent):  # G2 G23
    from tests.people.conftest import PASSWORD

    other = accounts.open_account(language="nl", password=PASSWORD, by=PORTAL, sign_in_name="maan-bos-peer")
    theirs = sessions.start(account=other, session_key="k" * 32)
    sign_in(client)
    assert client.post(reverse("my:end_device", args=[theirs.pk])).status_code == 404
    assert SignIn.objects.get(pk=theirs.pk).ended_at is None


def test_a_facilitator_ends_sessions_of_parents_she_accompanies_only(client, parent, facilitator, monkeypatch):  # G23
    sign_in(client)
    with pytest.raises(Refused):
        sessions.end_all(account=parent, by=as_actor(facilitator), because="asked")
    monkeypatch.setitem(relations._RELATIONS, "accompanies", [lambda person: {parent.person_id}])
    assert sessions.end_all(account=parent, by=as_actor(facilitator), because="asked") == 1
    assert not is_signed_in(client)


def test_every_way_of_shutting_ends_sessions_at_once_and_tells_the_sockets(
    client, parent, django_capture_on_commit_callbacks
):  # G7 G23
    heard = []
    access_ended.connect(listener := lambda **facts: heard.append(facts["person_id"]))
    try:
        for act in (
            lambda: accounts.change_password(account=parent, password="maan-bos-peer-roos", by=PORTAL),
            lambda: accounts.freeze(account=parent, by=PORTAL),
        ):
            client.cookies.clear()
            sign_in(client, password="maan-bos-peer-roos" if heard else "lamp-brug-rivier-42")
            assert is_signed_in(client)
            with django_capture_on_commit_callbacks(execute=True):
                act()
            assert not is_signed_in(client)
    finally:
        access_ended.disconnect(listener)
    assert heard == [parent.person_id] * 2


def test_changing_ones_password_keeps_this_phone_and_ends_the_others(client, parent):  # G20 G23
    from django.test import Client

    other = Client()
    sign_in(other)
    sign_in(client)
    before = session_key(client)
    told = {"current": "lamp-brug-rivier-42", "password": "maan-bos-peer-roos"}
    assert client.post(reverse("account_change_password"), told).status_code == 302
    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert session_key(client) != before


def test_a_session_without_a_sign_in_is_nobodys(client, parent):  # G20
    sign_in(client)
    SignIn.objects.all().delete()
    assert not is_signed_in(client)


def test_a_save_that_races_a_revocation_leads_to_the_sign_in_page_and_revives_nothing(client, parent, rf):  # G20
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpResponse

    from people.middleware import KeptSessionMiddleware

    sign_in(client)
    key = session_key(client)

    def slow_view(request):
        request.session["draft"] = "x"
        sessions.end_session(session_key=key, because="asked")
        return HttpResponse("private")

    request = rf.get("/nl/my/")
    request.COOKIES["kring"] = key
    answer = KeptSessionMiddleware(slow_view)(request)
    assert (answer.status_code, answer.url) == (302, reverse("account_login"))
    assert not SessionStore().exists(key)
    assert not is_signed_in(client)


def test_on_an_own_phone_the_pin_is_offered_once_signed_in(client, parent):
    assert sign_in(client, shared=False).url == reverse("pin")
    assert client.post(reverse("pin"), {"pin": "123456"}).status_code == 422
    assert client.post(reverse("pin"), {"pin": "482913"}).status_code == 302
    client.post(reverse("account_logout"))
    assert sign_in(client, shared=False).url == "/nl/"


def test_telling_that_the_phone_is_mine_or_shared(client, parent):
    sign_in(client)
    assert client.post(reverse("phone"), {"phone": "own", "password": "lamp-brug-rivier-42"}).url == reverse("pin")
    assert SignIn.objects.get().own_phone
    client.post(reverse("phone"), {"phone": "shared"})
    assert not SignIn.objects.get().own_phone
    assert client.cookies["kring"]["max-age"] == ""


def test_whoever_picks_up_a_shared_phone_keeps_nothing_of_it(client, parent):  # G22
    """Also a moment after she signed in: thirty days, and a PIN that would open her own phone too, ask the password."""
    sign_in(client)
    assert 'name="password"' in client.get(reverse("phone")).content.decode()
    assert client.post(reverse("phone"), {"phone": "own"}).status_code == 422
    assert client.post(reverse("phone"), {"phone": "own", "password": "not this one"}).status_code == 422
    assert client.post(reverse("pin"), {"pin": "482913"}).status_code == 422
    parent.refresh_from_db()
    assert parent.pin == ""
    assert not SignIn.objects.get().own_phone
    assert client.cookies["kring"]["max-age"] == ""


def test_long_after_signing_in_a_pin_and_an_own_phone_ask_the_password_too(client, parent):
    sign_in(client)
    started = timezone.now() - timedelta(minutes=30)
    SignIn.objects.update(started_at=started)
    assert client.post(reverse("phone"), {"phone": "own"}).status_code == 422
    assert client.post(reverse("pin"), {"pin": "482913"}).status_code == 422
    told = {"password": "lamp-brug-rivier-42"}
    assert client.post(reverse("pin"), {"pin": "482913", **told}).status_code == 302
    assert client.post(reverse("pin"), {"pin": "571846", "password": "not this one"}).status_code == 422
    assert client.post(reverse("phone"), {"phone": "own", **told}).status_code == 302
    assert client.post(reverse("pin"), {"remove": "1", **told}).status_code == 302
    parent.refresh_from_db()
    assert parent.pin == ""


def test_the_lock_shuts_the_editor_too(client, invite):  # G22
    from people.vocabulary import Role

    sign_in_staff(client, invite(Role.EDITOR, "lien@demo.invalid"))
    SignIn.objects.update(own_phone=True, locked_at=timezone.now())
    assert client.get("/cms/").url == reverse("unlock")
