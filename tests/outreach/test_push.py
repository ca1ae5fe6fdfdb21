"""Notices on a phone: only on one's own, only to push services, always the same, and over with the sign-in."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.checks import run_checks
from django.urls import reverse
from django.utils import timezone

from outreach.actions import push_subscriptions, pushing
from outreach.channels import Permanent, Temporary, push, web_push
from outreach.facts import facts_of
from outreach.models import PushSubscription
from outreach.queries import push_to_renew
from outreach.vocabulary import Channel
from people.actions import sessions
from people.actions.accounts import change_password, freeze
from people.actions.own_data import erase
from people.actor import PORTAL
from people.models import Account, SignIn
from people.policy import Refused
from tests.push_service import Browser, PushService

from .conftest import NOON, actor, make_parent

pytestmark = pytest.mark.django_db
KNOWN = "https://updates.push.services.mozilla.com/wpush/v2/abc"


@pytest.fixture
def service():
    with PushService() as running:
        yield running


@pytest.fixture
def another():
    with PushService() as running:
        yield running


def signed_in(person, *, own_phone: bool = True, number: int = 1) -> SignIn:
    return sessions.start(account=person.account, session_key=f"{person.pk}{number}", own_phone=own_phone)


def switched_on(person, browser: Browser, sign_in: SignIn | None = None) -> PushSubscription:
    return push_subscriptions.switch_on(
        sign_in=sign_in or signed_in(person),
        endpoint=browser.endpoint,
        p256dh=browser.p256dh,
        auth=browser.auth,
        by=actor(person),
    )


def test_every_phone_of_the_person_is_told_the_same_and_nothing(service):
    person, other = make_parent(1), make_parent(2)
    for number in (1, 2):
        switched_on(person, service.browser(), signed_in(person, number=number))
    switched_on(other, service.browser())
    pushing.send(person_id=person.pk, message_id="m" * 22)
    assert len(service.received) == 2
    assert {browser.decrypt(body) for browser, _, body in service.received} == {b'{"t":"new"}'}
    assert {len(body) for _, _, body in service.received} == {16 + 4 + 1 + 65 + 128 + 16}
    for browser, headers, body in service.received:
        assert headers["Content-Encoding"] == "aes128gcm"
        assert (headers["Topic"], headers["Urgency"], headers["TTL"]) == ("new", "normal", str(4 * 3600))
        assert headers["Authorization"].startswith("vapid t=")
        assert set(headers) == {
            "Host", "Accept-Encoding", "Content-Length", "Authorization", "Content-Encoding", "Content-Type", "TTL",
            "Topic", "Urgency",
        }  # fmt: skip
        told = repr(headers) + browser.endpoint + repr(body)
        assert person.pk not in told
        assert "m" * 22 not in told
    assert PushSubscription.objects.filter(person=person, last_ok_at__isnull=False).count() == 2


def test_a_phone_that_is_off_is_not_told_into_the_quiet_hours(service):
    person = make_parent()
    switched_on(person, service.browser())
    pushing.send(person_id=person.pk, message_id="m", lives=timedelta(minutes=7))
    pushing.send(person_id=person.pk, message_id="m", lives=timedelta(minutes=-7))
    assert [headers["TTL"] for _, headers, _ in service.received] == ["420", "0"]


def test_a_browser_that_is_gone_is_forgotten_and_the_next_is_told(service):
    person = make_parent()
    for status in (404, 410, 201):
        browser = service.browser()
        service.answers[browser.endpoint.removeprefix(f"http://127.0.0.1:{service.server_port}")] = status
        switched_on(person, browser, signed_in(person, number=status))
    pushing.send(person_id=person.pk, message_id="m")
    assert PushSubscription.objects.living(timezone.now()).count() == 1
    assert len(service.received) == 1
    gone = PushSubscription.objects.filter(gone_at__isnull=False)
    assert set(gone.values_list("endpoint", "p256dh", "auth")) == {("", "", "")}
    pushing.send(person_id=person.pk, message_id="m")
    assert len(service.asked) == 4  # and who was gone is not asked again


@pytest.mark.parametrize(
    ("status", "failure", "kind", "left"),
    [
        (410, Permanent, "no_subscription", 0),
        (404, Permanent, "no_subscription", 0),
        (400, Permanent, "push_refused", 1),
        (403, Permanent, "push_refused", 1),
        (413, Permanent, "push_refused", 1),
        (302, Permanent, "push_refused", 1),
        (429, Temporary, "push_service_away", 1),
        (500, Temporary, "push_service_away", 1),
        (503, Temporary, "push_service_away", 1),
    ],
)
def test_each_answer_fails_in_its_manner(service, status, failure, kind, left):
    person = make_parent()
    switched_on(person, service.browser())
    service.answer = status
    with pytest.raises(failure, match=kind):
        pushing.send(person_id=person.pk, message_id="m")
    assert PushSubscription.objects.living(timezone.now()).count() == left
    assert service.asked == ["/send/0"]  # a redirect was not followed


def test_of_two_services_that_ask_to_wait_the_longest_is_heard(service, another):
    person, services = make_parent(), (service, another)
    for number, (status, wait) in enumerate(((429, "30"), (503, "600"))):
        switched_on(person, services[number].browser(), signed_in(person, number=number))
        services[number].answer, services[number].retry_after = status, wait
    with pytest.raises(Temporary) as failure:
        pushing.send(person_id=person.pk, message_id="m")
    assert failure.value.wait == timedelta(seconds=600)


def test_nobody_there_is_temporary_and_no_phone_is_permanent():
    person = make_parent()
    with pytest.raises(Permanent, match="no_subscription"):
        pushing.send(person_id=person.pk, message_id="m")
    switched_on(person, Browser("http://127.0.0.1:1/send"))
    with pytest.raises(Temporary, match="push_service_away"):
        pushing.send(person_id=person.pk, message_id="m")


def test_no_proxy_of_the_environment_is_asked(service, monkeypatch):
    person = make_parent()
    switched_on(person, service.browser())
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    pushing.send(person_id=person.pk, message_id="m")
    assert len(service.received) == 1


def test_a_portal_without_a_key_sends_nothing(service, settings):
    person = make_parent()
    switched_on(person, service.browser())
    settings.VAPID_KEY = ""
    with pytest.raises(Temporary, match="no_key_set"):
        pushing.send(person_id=person.pk, message_id="m")
    assert service.asked == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://updates.push.services.mozilla.com/a",
        "https://127.0.0.1/a",
        "https://localhost/a",
        "https://[::1]/a",
        "https://169.254.169.254/latest",
        "https://evil.example/a",
        "https://evilfcm.googleapis.com/a",
        "https://fcm.googleapis.com.evil.example/a",
        "https://fcm.googleapis.com:8443/a",
        "https://fcm.googleapis.com:99999/a",
        "https://push.services.mozilla.com/a",
        "https://user@fcm.googleapis.com/a",
        "https://fcm.googleapis.com@evil.example/a",
        "https://evil.example\\@fcm.googleapis.com/a",
        "https://fcm.googleapis.com/a b",
        "https://fcm.googleapis.com/a\r\nX: y",
        "https://fcm.googleapis.com/é",
        "file:///etc/passwd",
        "//fcm.googleapis.com/a",
        "https://[",
        "",
    ],
)
def test_an_address_that_is_no_push_service_is_never_asked(settings, endpoint):
    settings.PUSH_TO_THIS_COMPUTER = False
    assert not push.may_go_to(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def-1",
        KNOWN,
        "https://web.push.apple.com/QGuQ",
        "https://wns2-am3p.notify.windows.com/w/?token=BQ%3d",
    ],
)
def test_the_push_services_of_the_large_browsers_are_known(settings, endpoint):
    settings.PUSH_TO_THIS_COMPUTER = False
    assert push.may_go_to(endpoint)


def test_outside_the_suite_this_computer_is_never_asked(service, settings):
    """A row that was made under other settings is forgotten instead."""
    person = make_parent()
    switched_on(person, service.browser())
    settings.PUSH_TO_THIS_COMPUTER = False
    with pytest.raises(Permanent, match="no_subscription"):
        pushing.send(person_id=person.pk, message_id="m")
    assert service.asked == []
    assert not PushSubscription.objects.living(timezone.now()).exists()


# --- whose phone ----------------------------------------------------------------------------------


def test_not_on_a_phone_that_others_use_nor_on_that_of_another(service):
    person, other = make_parent(1), make_parent(2)
    for sign_in in (signed_in(person, own_phone=False), signed_in(other)):
        with pytest.raises(Refused):
            switched_on(person, service.browser(), sign_in)
    assert not PushSubscription.objects.exists()


def test_who_signs_in_after_her_takes_the_phone_over(service):
    person, other, browser = make_parent(1), make_parent(2), service.browser()
    switched_on(person, browser)
    switched_on(other, browser)
    with pytest.raises(Permanent, match="no_subscription"):
        pushing.send(person_id=person.pk, message_id="m")
    pushing.send(person_id=other.pk, message_id="m")
    assert len(service.received) == 1


def test_switching_on_again_leaves_one(service):
    person, sign_in = make_parent(), None
    sign_in = signed_in(person)
    for _ in range(2):
        switched_on(person, service.browser(), sign_in)
    assert PushSubscription.objects.count() == 1
    assert push_subscriptions.switch_off(sign_in=sign_in, by=actor(person))
    assert not push_subscriptions.switch_off(sign_in=sign_in, by=actor(person))
    assert not PushSubscription.objects.exists()


def _sign_out(person, sign_in):
    sessions.end_session(session_key=sign_in.session_key, because="signed_out")


def _left_alone(person, sign_in):
    sessions.end_session(session_key=sign_in.session_key, because="idle")


def _everywhere(person, sign_in):
    sessions.end_all(account=person.account, by=actor(person), because="asked")


def _password(person, sign_in):
    change_password(account=person.account, password="lamp-brug-rivier-43", by=actor(person))


def _frozen(person, sign_in):
    freeze(account=person.account, by=PORTAL)


def _shared(person, sign_in):
    sessions.set_own_phone(sign_in=sign_in, own=False, by=actor(person))


def _erased(person, sign_in):
    erase(account=person.account, by=actor(person))


ENDS = [_sign_out, _left_alone, _everywhere, _password, _frozen, _shared, _erased]


@pytest.mark.parametrize("end", ENDS)
def test_it_is_over_with_the_sign_in_whatever_ends_it(service, end, django_capture_on_commit_callbacks):
    person = make_parent()
    sign_in = signed_in(person)
    switched_on(person, service.browser(), sign_in)
    with django_capture_on_commit_callbacks(execute=True):
        end(person, sign_in)
    assert not PushSubscription.objects.exists()
    with pytest.raises(Permanent, match="no_subscription"):
        pushing.send(person_id=person.pk, message_id="m")
    assert service.asked == []


@pytest.mark.parametrize("end", [_sign_out, _password, _frozen])
def test_it_is_over_even_where_its_row_was_left(service, end):
    """The moment between the end and the taking away, or a database that was away just then."""
    person = make_parent()
    sign_in = signed_in(person)
    switched_on(person, service.browser(), sign_in)
    end(person, sign_in)
    assert PushSubscription.objects.count() == 1
    with pytest.raises(Permanent, match="no_subscription"):
        pushing.send(person_id=person.pk, message_id="m")
    assert service.asked == []
    push_subscriptions.forget_dead(NOON)
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("shut", [{"frozen_at": NOON, "frozen_by_id": "a" * 22}, {"is_active": False}])
def test_an_account_that_is_shut_is_not_told_even_with_a_sign_in_left(service, shut):
    person = make_parent()
    switched_on(person, service.browser())
    Account.objects.filter(person=person).update(**shut)
    with pytest.raises(Permanent, match="no_subscription"):
        pushing.send(person_id=person.pk, message_id="m")
    assert service.asked == []


def test_after_thirty_days_the_sign_in_is_over_and_so_are_its_notices(service):
    person = make_parent()
    sign_in = signed_in(person)
    switched_on(person, service.browser(), sign_in)
    assert PushSubscription.objects.living(sign_in.started_at + timedelta(days=29)).exists()
    assert not PushSubscription.objects.living(sign_in.started_at + timedelta(days=30)).exists()


def test_the_phone_on_which_the_password_was_changed_stays(service, django_capture_on_commit_callbacks):
    person = make_parent()
    here, there = signed_in(person, number=1), signed_in(person, number=2)
    for sign_in in (here, there):
        switched_on(person, service.browser(), sign_in)
    with django_capture_on_commit_callbacks(execute=True):
        change_password(account=person.account, password="lamp-brug-rivier-43", by=actor(person), keep=here.pk)
    assert PushSubscription.objects.get().sign_in_id == here.pk


# --- pages ----------------------------------------------------------------------------------------


@pytest.fixture
def phone(client):
    """A browser of a parent on her own phone."""
    person = make_parent()
    reverse("my:push")  # the addresses are read, and with them who listens to a sign-in
    client.force_login(person.account)
    SignIn.objects.update(own_phone=True)
    return client


def told_by(browser: Browser) -> dict[str, str]:
    return {"endpoint": browser.endpoint, "p256dh": browser.p256dh, "auth": browser.auth}


def test_on_and_off_by_the_page(phone):
    page = reverse("my:push")
    assert 'data-behaviour="push"' in phone.get(page).content.decode()
    assert phone.post(page, told_by(Browser())).status_code == 302
    kept = PushSubscription.objects.get()
    assert kept.endpoint == KNOWN
    assert reverse("my:push_off") in phone.get(page).content.decode()
    phone.post(reverse("my:push_off"))
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://evil.example/a"},
        {"endpoint": ""},
        {"endpoint": "https://fcm.googleapis.com/" + "a" * 1000},
        {"p256dh": "no key"},
        {"auth": "AAAA"},
    ],
)
def test_what_no_browser_says_is_refused(phone, wrong):
    answer = phone.post(reverse("my:push"), told_by(Browser()) | wrong)
    assert answer.status_code == 422
    assert not PushSubscription.objects.exists()


def test_a_shared_phone_is_not_offered_it(phone):
    SignIn.objects.update(own_phone=False)
    assert 'data-behaviour="push"' not in phone.get(reverse("my:push")).content.decode()
    assert phone.post(reverse("my:push"), told_by(Browser())).status_code == 404
    assert not PushSubscription.objects.exists()


def test_stopping_is_never_refused(phone):
    """Also where there was nothing to stop, and on a phone that others use by now."""
    SignIn.objects.update(own_phone=False)
    assert phone.post(reverse("my:push_off")).status_code == 302


def test_a_portal_without_a_key_does_not_offer_it(phone, settings):
    settings.VAPID_KEY = ""
    assert 'data-behaviour="push"' not in phone.get(reverse("my:push")).content.decode()


def test_what_the_database_keeps_tells_nobody_where_the_phone_is(service):
    from django.db import connection

    browser = service.browser()
    switched_on(make_parent(), browser)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM outreach_pushsubscription")
        row = repr(cursor.fetchall())
    assert not any(secret in row for secret in (browser.endpoint, browser.p256dh, browser.auth))


# --- another address of the same browser ------------------------------------------------------------


def form_on(phone) -> str:
    return phone.get(reverse("my:home")).content.decode().partition('data-behaviour="push"')[2].partition("</form>")[0]


def test_the_first_page_asks_the_browser_of_who_switched_it_on_and_knows_no_address(phone):
    assert form_on(phone) == ""
    browser = Browser()
    phone.post(reverse("my:push"), told_by(browser))
    form = form_on(phone)
    assert f'data-mark="{sha256(browser.endpoint.encode()).hexdigest()}"' in form
    assert browser.endpoint not in form
    assert browser.auth not in form
    phone.post(reverse("my:push_off"))
    assert form_on(phone) == ""


def test_what_is_gone_is_asked_for_again_in_that_sign_in_and_told_there_from_then_on(phone, service):
    person = Account.objects.get().person
    phone.post(reverse("my:push"), told_by(service.browser()))
    service.answer = 410
    with pytest.raises(Permanent, match="no_subscription"):
        pushing.send(person_id=person.pk, message_id="m")
    assert Channel.PUSH not in facts_of([person.pk], timezone.now())[person.pk].needs.reachable
    assert 'data-mark=""' in form_on(phone)
    service.answer = 201
    assert phone.post(reverse("my:push"), told_by(service.browser())).status_code == 302
    pushing.send(person_id=person.pk, message_id="m")
    assert len(service.received) == 1
    assert PushSubscription.objects.count() == 1


@pytest.mark.parametrize("end", ENDS)
def test_what_is_gone_is_not_asked_for_after_the_sign_in_nor_in_another(end, django_capture_on_commit_callbacks):
    person = make_parent()
    sign_in = signed_in(person)
    row = switched_on(person, Browser(), sign_in)
    pushing.forget_address(row.pk, NOON)
    assert push_to_renew(sign_in, timezone.now()).mark == ""
    assert push_to_renew(signed_in(person, number=2), timezone.now()) is None
    with django_capture_on_commit_callbacks(execute=True):
        end(person, sign_in)
    assert push_to_renew(sign_in, timezone.now()) is None
    assert not PushSubscription.objects.exists()


def test_what_is_gone_stays_as_long_as_the_sign_in_and_no_longer():
    person = make_parent()
    sign_in = signed_in(person)
    pushing.forget_address(switched_on(person, Browser(), sign_in).pk, NOON)
    push_subscriptions.forget_dead(sign_in.started_at + timedelta(days=29))
    assert PushSubscription.objects.count() == 1
    push_subscriptions.forget_dead(sign_in.started_at + timedelta(days=30))
    assert not PushSubscription.objects.exists()


def test_only_a_form_with_its_token_renews_it(phone):
    """No address takes a new place for notices from who cannot show a page of hers."""
    phone.post(reverse("my:push"), told_by(Browser()))
    strict = type(phone)(enforce_csrf_checks=True)
    strict.cookies = phone.cookies
    answer = strict.post(reverse("my:push"), told_by(Browser("https://updates.push.services.mozilla.com/wpush/v2/x")))
    assert answer.status_code == 403
    assert PushSubscription.objects.get().endpoint == KNOWN
    assert type(phone)().post(reverse("my:push"), told_by(Browser())).status_code in (302, 401)
    assert PushSubscription.objects.get().endpoint == KNOWN


# --- keys -----------------------------------------------------------------------------------------


def test_a_key_that_is_none_stops_the_start(settings):
    def faults() -> list:
        return [one.id for one in run_checks() if one.id == "outreach.E001"]

    assert faults() == []
    settings.VAPID_KEY = "no-key"
    assert faults() == ["outreach.E001"]


def test_the_keys_of_a_new_installation_hold_one_for_phones():
    from vault import keyfile

    fresh = keyfile.missing({})["VAPID_KEY"]
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", fresh)
    assert web_push.private_key(fresh).curve.name == "secp256r1"
    assert "VAPID_KEY" not in keyfile.missing({"VAPID_KEY": fresh})
