"""What staff learn of what a parent was told: of the groups that they accompany, and of no other."""

import pytest

from groups.actions import invitations, membership
from groups.actions.messages import post_message
from outreach.models import Delivery
from outreach.sendings import sendings_in_sight, sendings_to
from vault.ids import new_id

from .conftest import NOON, World, actor

pytestmark = pytest.mark.django_db


def also_joins(world: World, person, group, by) -> None:
    """Somebody of one group is let into another one."""
    issued = world.invite(group, by)
    waiting = invitations.apply_with_invitation(
        invitation_id=issued.invitation.pk, pseudonym="Elders", by=actor(person), now=NOON
    )
    membership.admit(membership=waiting, by=actor(by), now=NOON)


def test_news_of_a_group_that_one_does_not_accompany_is_not_shown(world: World):
    karim = world.joins("Karim")
    also_joins(world, karim, world.vaders, world.youssef)
    for group, by in ((world.ouders, world.sofie), (world.vaders, world.youssef)):
        conversation = world.conversation("Thuis", group)
        post_message(conversation=conversation, text="Welkom", key=new_id(), by=actor(by), now=NOON)
    here = {world.ouders.pk, *world.ouders.conversations.values_list("pk", flat=True)}
    there = {world.vaders.pk, *world.vaders.conversations.values_list("pk", flat=True)}
    told = set(Delivery.objects.filter(person=karim).values_list("subject_id", flat=True))
    assert told & here
    assert told & there
    of_ours = Delivery.objects.filter(person=karim, subject_id__in=here).count()
    of_theirs = Delivery.objects.filter(person=karim, subject_id__in=there).count()
    assert len(sendings_to(karim.pk)) == of_ours + of_theirs
    assert len(sendings_in_sight(actor(world.sofie), karim.pk)) == of_ours
    assert len(sendings_in_sight(actor(world.youssef), karim.pk)) == of_theirs
    assert sendings_in_sight(actor(world.marc), karim.pk) == []
