"""How many families somebody can carry at most: obeyed by every proposal and choice, and no news to a parent."""

import pytest

from outreach.actions import around as acts
from outreach.candidates import candidate_ids
from outreach.models import Around
from people.policy import Refused
from people.vocabulary import Reason

from .company import colleague, facilitator, household, named, says, stands_around
from .conftest import NOON, actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_no_groups")]


@pytest.fixture
def amina(db):
    return named("Amina", 1)


def test_a_limit_is_obeyed_by_proposals_choices_and_colleagues(amina):
    sofie, hanne = colleague("Sofie"), says(colleague("Hanne"), most_families=2)
    stands_around(sofie, amina)
    for number in (2, 3):
        assert hanne.pk in candidate_ids(amina.pk)
        acts.choose_contact_person(staff_id=hanne.pk, by=actor(named("X", number)), now=NOON)
    assert hanne.pk not in candidate_ids(amina.pk)
    for act in (
        lambda: acts.choose_contact_person(staff_id=hanne.pk, by=actor(amina), now=NOON),
        lambda: acts.propose(person=amina, staff_id=hanne.pk, by=facilitator(sofie), now=NOON),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.reason == Reason.NOT_OPEN_NOW
    assert Around.objects.filter(staff=hanne, ended_at__isnull=True).count() == 2


def test_a_race_for_the_last_place_is_lost_with_the_one_sentence(amina, monkeypatch):
    """Both parents were proposed the same colleague; the second comes after the place was taken."""
    hanne = says(colleague("Hanne"), most_families=1)
    acts.choose_contact_person(staff_id=hanne.pk, by=actor(named("Els", 2)), now=NOON)
    monkeypatch.setattr(acts, "candidate_ids", lambda person_id: {hanne.pk})
    with pytest.raises(Refused) as refusal:
        acts.choose_contact_person(staff_id=hanne.pk, by=actor(amina), now=NOON)
    assert refusal.value.reason == Reason.NOT_OPEN_NOW
    assert not Around.objects.filter(person=amina).exists()


def test_a_family_she_stands_around_already_is_not_one_more(amina):
    hanne = says(colleague("Hanne"), most_families=1)
    karim = named("Karim", 2)
    household(amina, karim)
    acts.choose_contact_person(staff_id=hanne.pk, by=actor(karim), now=NOON)
    acts.choose_contact_person(staff_id=hanne.pk, by=actor(amina), now=NOON)
    assert Around.objects.filter(staff=hanne, is_contact_person=True).count() == 2


def test_a_place_that_comes_free_opens_her_again_and_without_a_limit_there_is_none(amina):
    hanne, els = says(colleague("Hanne"), most_families=1), named("Els", 2)
    around = acts.choose_contact_person(staff_id=hanne.pk, by=actor(els), now=NOON)
    assert hanne.pk not in candidate_ids(amina.pk)
    acts.let_go(around=around, by=actor(els), now=NOON)
    assert hanne.pk in candidate_ids(amina.pk)
    acts.choose_contact_person(staff_id=hanne.pk, by=actor(named("Fatma", 3)), now=NOON)
    says(hanne, most_families=None)
    assert hanne.pk in candidate_ids(amina.pk)


def test_who_takes_a_family_on_herself_may_go_beyond_her_limit(amina):
    hanne = says(colleague("Hanne"), most_families=1)
    stands_around(hanne, named("Els", 2))
    acts.stand_as_contact_person(amina, staff_id=hanne.pk, by_id=hanne.pk, now=NOON)
    assert Around.objects.filter(person=amina, staff=hanne).exists()
