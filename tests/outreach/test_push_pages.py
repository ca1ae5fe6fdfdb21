"""Notices on a phone, by the page: switched on and off, refused, and asked for again at another address."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.urls import reverse
from django.utils import timezone

from outreach.actions import push_subscriptions, pushing
from outreach.channels import Permanent
from outreach.facts import facts_of
from outreach.models import PushSubscription
from outreach.queries import push_to_renew
from outreach.vocabulary import Channel
from people.models import Account, SignIn
from tests.push_service import Browser

from .conftest import NOON, make_parent
from .phones import ENDS, KNOWN, signed_in, switched_on

pytestmark = pytest.mark.django_db


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
