"""The parent's own page 'who looked at what': their looks, in plain words, and nothing that tells of another."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import AccessEntry
from audit.record import looked
from audit.vocabulary import HIDDEN_LOOKS, Look
from people.vocabulary import Role

pytestmark = pytest.mark.django_db
PAGE = "/nl/my/looked/"


@pytest.fixture
def parent(town):
    AccessEntry.objects.all().delete()
    return town.accounts[Role.PARENT].person_id


@pytest.fixture
def staff(town):
    return town.accounts[Role.FACILITATOR].person_id


def page(town, role=Role.PARENT, url=PAGE) -> str:
    answer = town.client(role).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_parent_reads_who_looked_and_what_for(town, parent, staff):  # G37
    for purpose in (Look.REVIEW, Look.MEMBERS, Look.CONVERSATION):
        looked(staff_id=staff, person_ids=[parent], purpose=purpose)
    html = page(town)
    assert html.count("Sofie") == 3
    for sentence in ("om te zien of het in de groep kan staan", "Keek naar je naam", "Las mee waar jij schreef"):
        assert sentence in html


@pytest.mark.parametrize("language", ["nl", "fr", "en", "ar", "tr"])
def test_every_look_that_shows_has_a_sentence_in_each_language(town, parent, staff, language):
    for purpose in Look:
        looked(staff_id=staff, person_ids=[parent], purpose=purpose, shown=purpose not in HIDDEN_LOOKS)
    html = page(town, url=f"/{language}/my/looked/")
    assert html.count("Sofie") == len(set(Look) - set(HIDDEN_LOOKS))
    assert not [one for one in Look if f">{one.value}<" in html]


def test_looks_at_marks_and_households_show_nowhere(town, parent, staff):  # G11 G37
    """By their mark, and by their purpose when a mark was forgotten: neither a line nor another page than without."""
    before = page(town)
    for purpose in HIDDEN_LOOKS:
        looked(staff_id=staff, person_ids=[parent], purpose=purpose, shown=True)
    looked(staff_id=staff, person_ids=[parent], purpose=Look.MEMBERS, shown=False)
    assert "Sofie" not in before
    assert _without_tokens(page(town)) == _without_tokens(before)


def test_nobody_reads_the_looks_at_another(town, parent, staff):  # G2
    looked(staff_id=staff, person_ids=[parent], purpose=Look.REVIEW)
    assert "Sofie" in page(town)
    for role in (Role.INVITED, Role.PARENT_OF_ANOTHER_GROUP, Role.KEPT_APART_PARENT, Role.FORMER_MEMBER):
        other = town.accounts[role].person_id
        AccessEntry.objects.filter(person_id=other).delete()
        assert "Sofie" not in page(town, role)


def test_a_long_list_goes_on_and_costs_the_same(town, parent, staff):
    now = timezone.now()
    client = town.client(Role.PARENT)
    looked(staff_id=staff, person_ids=[parent], purpose=Look.REVIEW, now=now)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as short:
        client.get(PAGE)
    for quarter in range(1, 60):
        looked(staff_id=staff, person_ids=[parent], purpose=Look.REVIEW, now=now - timedelta(minutes=15 * quarter))
    with CaptureQueriesContext(connection) as long:
        first = client.get(PAGE).content.decode()
    assert first.count("Sofie") == 50
    assert "?after=50" in first
    assert client.get(f"{PAGE}?after=50").content.decode().count("Sofie") == 10
    assert len(long) == len(short)


@pytest.mark.parametrize("typed", ["x", "-1", "²", "9" * 40, ""])
def test_an_invented_place_in_the_list_is_no_fault(town, parent, typed):  # G48
    assert town.client(Role.PARENT).get(PAGE, {"after": typed}).status_code == 400


def test_my_space_leads_there(town):
    assert PAGE in page(town, url="/nl/my/")


def _without_tokens(html: str) -> str:
    return re.sub(r'(value|nonce|token)="[A-Za-z0-9_+/=-]{22,}"', "", html)
