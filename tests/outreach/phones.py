"""Phones of parents for tests: signed in on, switched on, and over in every way a sign-in can be over."""

from outreach.actions import push_subscriptions
from outreach.models import PushSubscription
from people.actions import sessions
from people.actions.accounts import change_password, freeze
from people.actions.own_data import erase
from people.actor import PORTAL
from people.models import SignIn
from tests.push_service import Browser

from .conftest import actor

KNOWN = "https://updates.push.services.mozilla.com/wpush/v2/abc"


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


def sign_out(person, sign_in):
    sessions.end_session(session_key=sign_in.session_key, because="signed_out")


def left_alone(person, sign_in):
    sessions.end_session(session_key=sign_in.session_key, because="idle")


def everywhere(person, sign_in):
    sessions.end_all(account=person.account, by=actor(person), because="asked")


def password(person, sign_in):
    change_password(account=person.account, password="lamp-brug-rivier-43", by=actor(person))


def frozen(person, sign_in):
    freeze(account=person.account, by=PORTAL)


def shared(person, sign_in):
    sessions.set_own_phone(sign_in=sign_in, own=False, by=actor(person))


def erased(person, sign_in):
    erase(account=person.account, by=actor(person))


ENDS = [sign_out, left_alone, everywhere, password, frozen, shared, erased]
