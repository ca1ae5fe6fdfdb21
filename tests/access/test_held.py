"""While the hold of a new way in lasts, whoever holds the paper may not be the parent it was for: only the group of who
gave it is open, and what tells nothing of her. A relative would read her word of safety, and what the team wrote down.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from outreach.models import Notice, SafeContact
from outreach.vocabulary import Purpose
from people.models import Account, NewWayIn
from people.policy import REGISTRY
from people.vocabulary import Role
from tests.worlds import Town, client_of

from .addresses import every_address, examples
from .test_matrix import address_of

pytestmark = [pytest.mark.django_db, pytest.mark.db_free]  # the same pages whatever the database

# Closed to nobody who is in: what one keeps for oneself is how to get in and out. The rules of groups ask which group.
OPEN = {
    "outreach:contact:ask",
    "outreach:notice:list",
    "outreach:notice:open",
    "outreach:push:end",
    "people:account:password",
    "people:account:see",
    "people:own_data:see",
    "people:passkey:keep",
    "people:pin:set",
    "people:session:end",
    "people:session:end_one",
    "people:session:own_phone",
    "people:session:see",
}
SHUT = {
    "account_email",
    "my:around",
    "my:around_choose",
    "my:card",
    "my:contact",
    "my:looked",
    "my:moments",
    "my:push",
    "my:sent",
    "my:urgent",
    "my:word",
}


def test_what_is_open_during_the_hold_is_on_a_list():
    held = {act for act, rule in REGISTRY.items() if rule.held}
    assert {act for act in held if not act.startswith("groups:")} == OPEN
    assert all(Role.PARENT in REGISTRY[act].roles for act in held)


def hold(account: Account, group_id: str) -> None:
    now = timezone.now()
    NewWayIn.objects.create(
        account=account,
        token="0" * 64,
        open_group_id=group_id,
        issued_at=now,
        issued_by_id="x" * 22,
        expires_at=now + timedelta(days=3),
        used_at=now,
        hold_until=now + timedelta(hours=24),
    )


def test_no_page_tells_who_holds_the_paper_anything_of_the_parent(town: Town):
    account = town.accounts[Role.PARENT]
    values = examples(town)
    with transaction.atomic():
        hold(account, town.world.groups["moeders"].pk)
        Account.objects.filter(pk=account.pk).update(email="zandkorrel@demo.invalid")
        SafeContact.objects.update_or_create(
            person_id=account.person_id,
            defaults={"code_word": "zandkorrel", "phone": "0470123456", "changed_at": timezone.now()},
        )
        client, shut = client_of(account), set()
        for address in every_address():
            own = address.audience == "members" or address.name in ("account_email", "own_data")
            if not own or (address.name.startswith("groups:") and address.name != "groups:group"):
                continue
            answer = client.get(address_of(address, town, values))
            page = answer.content.decode()
            assert "zandkorrel" not in page
            assert "0470123456" not in page
            if answer.status_code == 403:
                shut.add(address.name)
        transaction.set_rollback(True)
    assert shut >= SHUT


def test_who_holds_the_paper_neither_reads_nor_takes_back_what_the_parent_asked(town: Town):
    account = town.accounts[Role.PARENT]
    asked = {"person_id": account.person_id, "purpose": Purpose.CONTACT_ASKED}
    with transaction.atomic():
        SafeContact.objects.update_or_create(
            person_id=account.person_id, defaults={"phone": "0470123456", "changed_at": timezone.now()}
        )
        client = client_of(account)
        client.post("/nl/my/contact/ask/", {"way": "call"})
        assert "contact/ask/off/" in client.get("/nl/my/contact/ask/").content.decode()
        hold(account, town.world.groups["moeders"].pk)
        assert "notice--lamp" not in client.get("/nl/my/contact/ask/").content.decode()
        assert client.post("/nl/my/contact/ask/off/").status_code == 403
        assert Notice.objects.filter(**asked).count() == 1
        told = client.post("/nl/my/contact/ask/", {"way": "call"}, follow=True).content.decode()
        assert "notice--lamp" in told
        assert "contact/ask/off/" not in told
        transaction.set_rollback(True)
