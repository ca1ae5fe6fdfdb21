"""A parent in two groups: no page of a round tells the team of the one that she is in the other, nor with whom."""

from datetime import date

import pytest

from outreach import round_queries as queries
from outreach.actions import rounds
from outreach.models import RoundLine
from outreach.models.occasion import OccasionKind
from people.policy import Refused
from people.vocabulary import Reason
from vault.ids import new_id

from .conftest import NOON, actor


@pytest.fixture
def amina(world):
    """In the group of Sofie and, as none of Sofie's pages says, in that of Youssef."""
    amina = world.joins("Ster")
    other = world.of(amina)
    other.pk, other.group = new_id(), world.vaders
    other.save(force_insert=True)
    return amina


def _round(world):
    return rounds.start_round(
        kind=OccasionKind.TRIAL, day=date(2026, 11, 4), title="Zitting", by=actor(world.sofie), now=NOON
    )


def test_nobody_of_another_group_is_offered_as_lead_or_can_be_tried(world, amina):
    line = _round(world).lines.get()
    assert [name for _, name in queries.choice_for(actor(world.sofie), line).leads] == ["sofie"]
    with pytest.raises(Refused) as refused:
        rounds.change_line(line=line, lead_id=world.youssef.pk, way=None, by=actor(world.sofie), now=NOON)
    assert refused.value.reason == Reason.NOT_YOURS


def test_nothing_is_handed_over_to_who_is_near_by_another_group(world, amina):
    one = rounds.confirm_round(one=_round(world), by=actor(world.sofie), now=NOON)
    leads, colleagues = queries.parts_of(actor(world.sofie), one)
    assert [name for _, name in leads] == [name for _, name in colleagues] == ["sofie"]
    went = rounds.hand_over(one=one, from_id=world.sofie.pk, to_id=world.youssef.pk, by=actor(world.sofie), now=NOON)
    assert (went, RoundLine.objects.get().lead_id) == (0, world.sofie.pk)


def test_who_accompanies_her_elsewhere_sees_where_it_stands_and_no_name_of_a_colleague(world, amina):
    one = rounds.confirm_round(one=_round(world), by=actor(world.sofie), now=NOON)
    assert [line.lead for line in queries.progress(actor(world.sofie), one)] == ["sofie"]
    assert [(line.person_id, line.lead) for line in queries.progress(actor(world.youssef), one)] == [(amina.pk, "")]
