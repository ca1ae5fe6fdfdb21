"""Word of a changed address goes to the address as it was, and says nothing but that there is something new."""

import pytest
from django.db import transaction

from outreach.actions import delivering, leasing, notices, reach
from outreach.channels import email
from outreach.models import Delivery, Notice
from outreach.vocabulary import Purpose, State
from people.actions import accounts
from people.actor import PORTAL
from people.models import Account
from tests.people.conftest import PASSWORD, as_actor

pytestmark = pytest.mark.django_db
OLD, NEW = "els@demo.invalid", "iemand-anders@demo.invalid"


@pytest.fixture
def sent(monkeypatch):
    """What goes out, as (address, text)."""
    out = []
    monkeypatch.setattr(email, "send", lambda *, address, text, message_id, **_: out.append((address, text)))
    return out


@pytest.fixture
def owner(parent):
    accounts.set_email(account=parent, email=OLD, by=as_actor(parent))
    assert not Delivery.objects.exists()  # there was no address before, so there is nobody to warn
    return Account.objects.select_related("person").get(pk=parent.pk)


def send_all():
    for row in Delivery.objects.filter(state=State.WAITING):
        delivering.deliver(leasing.lease([row.pk], row.due_at), now=row.due_at)


@pytest.mark.parametrize("now_is", [NEW, None], ids=["changed", "removed"])
def test_the_old_address_hears_that_there_is_something_and_the_new_one_nothing(owner, sent, now_is):
    accounts.set_email(account=owner, email=now_is, by=as_actor(owner))
    notices.mark_all_read(by=as_actor(owner))  # whoever did it reads the notice at once
    send_all()
    ((address, text),) = sent
    assert address == OLD
    assert text == email.compose(language="nl")
    for told in (OLD, NEW, owner.sign_in_name, "adres"):
        assert told not in text.subject + text.body
    assert Delivery.objects.get().payload == ""


def test_the_address_of_someone_else_stays_as_it_is_and_nobody_hears_anything(owner, sent):
    accounts.open_account(language="nl", password=PASSWORD, by=PORTAL, sign_in_name="maan-bos-peer", email=NEW)
    assert accounts.set_email(account=owner, email=NEW, by=as_actor(owner)) is False
    assert not Delivery.objects.exists()
    assert not Notice.objects.exists()


def test_the_same_address_again_is_no_change(owner):
    accounts.set_email(account=owner, email=OLD.upper(), by=as_actor(owner))
    assert not Delivery.objects.exists()


def test_a_change_that_is_undone_tells_nobody(owner):
    with transaction.atomic():
        accounts.set_email(account=owner, email=NEW, by=as_actor(owner))
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


def test_nothing_else_goes_to_another_address_than_that_of_the_account(owner):
    with pytest.raises(ValueError, match="Another address"):
        reach(person_id=owner.person_id, purpose=Purpose.ADMITTED, former_address=NEW)
