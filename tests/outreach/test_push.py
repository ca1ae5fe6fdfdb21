"""Notices on a phone: only on one's own, only to push services, always the same, and over with the sign-in."""

import re
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.utils import timezone

from outreach.actions import push_subscriptions, pushing
from outreach.channels import Permanent, Temporary, push, web_push
from outreach.models import PushSubscription
from people.actions.accounts import change_password
from people.models import Account
from people.policy import Refused
from tests.push_service import Browser

from . import phones
from .conftest import NOON, actor, make_parent
from .phones import ENDS, KNOWN, signed_in, switched_on

pytestmark = pytest.mark.django_db


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
    assert [headers["TTL"] for _, headers, _ in service.received] == ["300", "0"]


def test_no_push_service_reads_from_a_notice_when_quiet_hours_begin(service):
    """It was told to the second how long a notice may live; half a day of different wishes are eight answers now."""
    person, told = make_parent(), {}
    switched_on(person, service.browser())
    for minutes in range(1, 720, 19):
        pushing.send(person_id=person.pk, message_id="m", lives=timedelta(minutes=minutes, seconds=41))
        told[minutes] = int(service.received[-1][1]["TTL"])
    assert set(told.values()) <= {60 * step for step in (0, 5, 15, 30, 60, 120, 180, 240)}
    assert all(seconds <= minutes * 60 for minutes, seconds in told.items())


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


@pytest.mark.parametrize("end", ENDS)
def test_it_is_over_with_the_sign_in_whatever_ends_it(service, end, django_capture_on_commit_callbacks):
    person, of_another = make_parent(1), switched_on(make_parent(2), service.browser())
    sign_in = signed_in(person)
    switched_on(person, service.browser(), sign_in)
    with django_capture_on_commit_callbacks(execute=True):
        end(person, sign_in)
    assert list(PushSubscription.objects.all()) == [of_another]
    with pytest.raises(Permanent, match="no_subscription"):
        pushing.send(person_id=person.pk, message_id="m")
    assert service.asked == []


@pytest.mark.parametrize("end", [phones.sign_out, phones.password, phones.frozen])
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
