"""By what name a member of staff knows a parent: no page of hers tells one that her own circles did not."""

from outreach.names import names_for
from outreach.round_queries import names_of
from people.models import Person
from vault.ids import new_id

from .conftest import actor


def test_who_accompanies_reads_the_name_of_the_team_and_for_want_of_it_the_chosen_one(world):
    amina = world.joins("Ster")
    assert names_for(actor(world.sofie), [amina.pk]) == {amina.pk: "Ster"}
    Person.objects.filter(pk=amina.pk).update(name="Amina B.")
    assert names_for(actor(world.sofie), [amina.pk]) == {amina.pk: "Amina B."}


def test_of_two_chosen_names_it_is_the_one_of_the_first_group(world):
    amina = world.joins("Ster")
    later = world.of(amina)
    later.pk, later.group, later.pseudonym = new_id(), world.vaders, "Boom"
    later.applied_at = world.of(amina).applied_at.replace(year=2027)
    later.save(force_insert=True)
    assert names_for(actor(world.youssef), [amina.pk]) == {amina.pk: "Ster"}  # on duty he reads along in both


def test_who_does_not_accompany_her_learns_no_name(world):
    amina = world.joins("Ster")
    Person.objects.filter(pk=amina.pk).update(name="Amina B.")
    assert names_for(actor(world.marc), [amina.pk]) == {amina.pk: ""}
    assert names_of(actor(world.marc), [amina.pk])[amina.pk] not in ("", "Amina B.", "Ster")
    # The moderator on duty reads along and knows the chosen name, as on the pages of the group, and no other.
    assert names_for(actor(world.youssef), [amina.pk]) == {amina.pk: "Ster"}
