"""G37: whatever page of staff shows something of a parent, the access log knows that this person looked."""

import re

import pytest
from django.db import transaction

from audit.models import AccessEntry
from groups.models import Membership, Message
from people.models import Person
from people.vocabulary import Role
from tests.worlds import Town, client_of

from .addresses import every_address, examples
from .test_matrix import MATRIX, address_of

pytestmark = [pytest.mark.django_db, pytest.mark.db_free]  # the same pages whatever the database

STAFF = (Role.FACILITATOR, Role.MODERATOR, Role.COORDINATOR, Role.PARTNER, Role.EDITOR, Role.TECHNICAL_ADMINISTRATOR)


def signs_of_parents() -> dict[str, set[str]]:
    """By person: the names under which staff can know her, and her own words."""
    signs: dict[str, set[str]] = {}
    for one in Person.objects.filter(is_staff=False).exclude(name=""):
        signs.setdefault(one.pk, set()).add(one.name)
    for one in Membership.objects.exclude(pseudonym=""):
        signs.setdefault(one.person_id, set()).add(one.pseudonym)
    for one in Message.objects.filter(author__is_staff=False).exclude(text=""):
        signs.setdefault(one.author_id, set()).add(one.text[:30])
    return signs


def shown_on(page: str, signs: dict[str, set[str]]) -> set[str]:
    text = " ".join(re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL).split())
    return {
        person
        for person, words in signs.items()
        if any(re.search(rf"(?<!\w){re.escape(' '.join(word.split()))}(?!\w)", text) for word in words)
    }


def read(town: Town, role: Role, url: str) -> tuple[str, set[str]]:
    """What a member of staff reads there, and at whom the log says that she looked; afterwards all is as it was."""
    account = town.accounts[role]
    with transaction.atomic():
        response = client_of(account).get(url)
        noted = set(AccessEntry.objects.filter(staff_id=account.person_id).values_list("person_id", flat=True))
        transaction.set_rollback(True)
    is_page = response.status_code == 200 and "html" in response.headers["Content-Type"]
    return (response.content.decode() if is_page else ""), noted


def test_every_page_of_staff_that_shows_a_parent_notes_the_look(town: Town):
    values, signs = examples(town), signs_of_parents()
    AccessEntry.objects.all().delete()
    unnoted, showing = [], 0
    for address in every_address():
        if address.audience != "staff":
            continue
        for role in STAFF:
            if role.value not in MATRIX[address.name]:
                continue
            page, noted = read(town, role, address_of(address, town, values))
            shown = shown_on(page, signs)
            showing += bool(shown)
            unnoted += [f"{address.name} as {role.value}: {sorted(signs[one])[0]}" for one in shown - noted]
    assert showing > 10
    assert not unnoted, "\n".join(unnoted)
