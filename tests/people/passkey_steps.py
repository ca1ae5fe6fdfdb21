"""What people do with a passkey on the pages: add one, show it, be refused."""

from django.test import Client
from django.urls import reverse

from tests.people.conftest import PASSWORD, sign_in, sign_in_staff
from tests.people.phone import Phone

ADD = {"password": PASSWORD, "kept_in": "phone", "understood": "on"}


def ask(client, name, **fields):
    answer = client.post(reverse(f"{name}_question"), fields)
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def add(client, phone=None, **how):
    """A passkey on a phone, made by someone who is signed in."""
    phone = phone or Phone()
    answer = client.post(
        reverse("my:passkey_add"), {**ADD, "passkey": phone.make(ask(client, "my:passkey_add", **ADD), **how)}
    )
    return phone, answer


def show(client, phone, name="passkey_sign_in", *, shared=True, **how):
    fields = {"shared": "on"} if shared else {}
    return client.post(reverse(name), {"passkey": phone.show(ask(client, name), **how), **fields})


def refused(answer, client) -> bool:
    said = "past niet" in answer.content.decode()
    return answer.status_code == 422 and said and "_auth_user_id" not in client.session


def phone_of_a_parent() -> Phone:
    """The phone of a parent with a passkey on it; she is signed out again."""
    client = Client()
    sign_in(client)
    phone, answer = add(client)
    assert answer.url == reverse("my:passkeys")
    client.post(reverse("account_logout"))
    return phone


def phone_of_staff(account) -> Phone:
    client = Client()
    sign_in_staff(client, account)
    return add(client)[0]
