"""People who exist because they came in by the front door: actions and pages, never a status set by hand."""

import time
from base64 import b32decode

import pytest
from django.conf import settings
from django.urls import reverse
from django_otp.oath import TOTP

from people.actions import accounts, staff
from people.actor import PORTAL
from people.models import Account, Authenticator
from people.queries import actor_of
from people.vocabulary import Role

PASSWORD = "lamp-brug-rivier-42"
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _dutch():
    from django.utils import translation

    with translation.override("nl"):
        yield


@pytest.fixture
def parent(db):
    return accounts.open_account(language="nl", password=PASSWORD, by=PORTAL, sign_in_name="regen-appel-trein")


@pytest.fixture
def invite(db):
    """Makes staff as the command does, and takes the link up."""

    def made(role=Role.FACILITATOR, email="sofie@demo.invalid", device=True) -> Account:
        link = staff.invite_staff(role=role, email=email, name=email.split("@")[0], by=PORTAL)
        account = staff.accept_staff_invitation(token=link.rstrip("/").split("/")[-1], password=PASSWORD, by=PORTAL)
        if device:
            Authenticator.objects.create(user=account, name="app", key=KEY)
        return account

    return made


@pytest.fixture
def facilitator(invite):
    return invite()


def code_now(step: int = 0) -> str:
    totp = TOTP(b32decode(KEY))
    totp.time = time.time() + 30 * step
    return f"{totp.token():06d}"


def as_actor(account, second_factor=True):
    return actor_of(Account.objects.select_related("person").get(pk=account.pk), second_factor=second_factor)


def sign_in(client, name="regen-appel-trein", password=PASSWORD, shared=True, **more):
    told = {"login": name, "password": password, **({"shared": "on"} if shared else {}), **more}
    return client.post(reverse("account_login"), told)


def sign_in_staff(client, account, step=0):
    assert sign_in(client, account.email).url == reverse("second_factor")
    answer = client.post(reverse("second_factor"), {"code": code_now(step)})
    assert answer.status_code == 302, answer.content.decode()
    return answer


def session_key(client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def is_signed_in(client) -> bool:
    return client.get(reverse("my:devices")).status_code == 200
