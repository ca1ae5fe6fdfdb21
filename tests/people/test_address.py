"""An address opens an account once its mailbox was shown to be hers; nobody learns who else signs in with it (G18)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from outreach.actions import delivering, leasing
from outreach.channels import email
from outreach.models import Delivery
from people import proving
from people.actions import accounts
from people.actor import PORTAL
from people.models import Account
from tests.people.conftest import PASSWORD, as_actor, sign_in

pytestmark = pytest.mark.django_db
OTHERS, NOBODYS, OWN = "karim@demo.invalid", "niemand@demo.invalid", "els@demo.invalid"


@pytest.fixture
def karim(db):
    return accounts.open_account(
        language="fr", password=PASSWORD, by=PORTAL, sign_in_name="lune-pain-lac", email=OTHERS
    )


@pytest.fixture
def signed_in(client, parent, karim):
    sign_in(client)
    return client


@pytest.fixture
def mailed(monkeypatch):
    """What goes out, as (address, body), once the worker has done its round."""
    out = []
    monkeypatch.setattr(email, "send", lambda *, address, text, message_id, **_: out.append((address, text.body)))

    def by_the_worker():
        for row in Delivery.objects.filter(state="waiting"):
            delivering.deliver(leasing.lease([row.pk], row.due_at), now=row.due_at)
        return out

    return by_the_worker


def ask(browser, address):
    return browser.post(reverse("account_email"), {"email": address, "password": PASSWORD})


def type_in(browser, code):
    return browser.post(reverse("account_email_code"), {"code": code})


def code_in(mailed) -> str:
    return re.search(r"\b\d{8}\b", mailed()[-1][1])[0]


def address_of(account) -> str | None:
    return Account.objects.get(pk=account.pk).email


def test_the_code_of_the_mail_makes_the_address_hers(signed_in, parent, mailed):
    assert ask(signed_in, "Els@Demo.invalid").url == reverse("account_email_code")
    assert address_of(parent) is None
    assert type_in(signed_in, "00000000").status_code == 422
    assert type_in(signed_in, code_in(mailed)).url == reverse("my:devices")
    assert [address for address, _ in mailed()] == [OWN]
    assert address_of(parent) == OWN
    assert type_in(signed_in, "00000000").url == reverse("account_email")  # done, and nothing waits any more
    assert ask(signed_in, OWN).url == reverse("my:devices")  # hers already
    assert ask(signed_in, "").url == reverse("my:devices")
    assert address_of(parent) is None


def test_what_someone_else_signs_in_with_is_answered_as_what_nobody_does(signed_in, parent, mailed):
    seen = []
    for address in (OTHERS, NOBODYS):
        with CaptureQueriesContext(connection) as asked:
            answer = ask(signed_in, address)
        shown = signed_in.get(reverse("account_email")).content.decode()
        wrong = type_in(signed_in, "12345678")
        pages = [re.sub(r'(value|data-token)="[^"]{64}"', "", page) for page in (shown, wrong.content.decode())]
        mails = [body.replace(code_in(mailed), "") for to, body in mailed() if to == address]
        seen.append((answer.status_code, answer.url, len(asked), wrong.status_code, pages, mails))
    assert seen[0] == seen[1]
    assert address_of(parent) is None


def test_whoever_reads_that_mailbox_too_learns_no_more_from_the_code(signed_in, parent, karim, mailed):
    """Two of one house may share a box."""
    ask(signed_in, OTHERS)
    right, wrong = type_in(signed_in, code_in(mailed)), type_in(signed_in, "12345678")
    assert (right.status_code, wrong.status_code) == (422, 422)
    assert right.context["form"].errors == wrong.context["form"].errors
    assert (address_of(parent), address_of(karim)) == (None, OTHERS)


def test_a_code_is_of_one_address_and_one_account_for_a_quarter_of_an_hour(signed_in, parent, mailed, monkeypatch):
    ask(signed_in, OWN)
    first = code_in(mailed)
    ask(signed_in, NOBODYS)
    assert type_in(signed_in, first).status_code == 422
    code = code_in(mailed)
    assert code not in str(dict(signed_in.session))
    assert NOBODYS not in str(dict(signed_in.session))
    assert not proving.address_shown(signed_in.session, account_id="A" * 22, code=code)
    later = proving.time.time() + 16 * 60
    monkeypatch.setattr(proving.time, "time", lambda: later)
    assert type_in(signed_in, code).url == reverse("account_email")


def test_guesses_run_out_and_no_box_is_flooded(signed_in, parent, mailed):
    ask(signed_in, OWN)
    code = code_in(mailed)
    guesses = [type_in(signed_in, f"{n:08d}").status_code for n in range(10)]
    assert set(guesses) == {422}
    assert type_in(signed_in, code).status_code == 422
    assert address_of(parent) is None
    assert [ask(signed_in, OWN).status_code for _ in range(3)] == [302, 302, 429]
    assert [ask(signed_in, f"een{n}@demo.invalid").status_code for n in range(4)] == [302, 302, 302, 429]


def test_the_password_and_a_free_account_come_first(signed_in, parent, mailed):
    answer = signed_in.post(reverse("account_email"), {"email": OWN, "password": "niet-mijn-wachtwoord"})
    assert answer.status_code == 422
    assert mailed() == []
    with pytest.raises(Exception, match="not_yours"):
        accounts.send_code_to(account=parent, email=OWN, by=as_actor(Account.objects.get(email=OTHERS)))


def test_the_browser_of_a_shared_phone_is_not_asked_to_remember_the_address(signed_in):
    """It would offer it to whoever fills in any form on that phone."""
    page = signed_in.get(reverse("account_email")).content.decode()
    assert 'autocomplete="off"' in re.search(r'<input[^>]*name="email"[^>]*>', page)[0]
