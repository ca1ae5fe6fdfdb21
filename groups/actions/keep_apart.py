"""When two people are marked to be kept apart: reading and open pages hide them at once, the team gets a task."""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from groups import live, notices
from groups.models import Membership
from groups.vocabulary import PRESENT


@transaction.atomic
def tell_teams(*, person_ids) -> None:
    """A task for the team of every group that both are in. Nobody is put out by a machine."""
    now = timezone.now()
    groups: dict[str, set[str]] = defaultdict(set)
    rows = Membership.objects.filter(person_id__in=list(person_ids), status__in=PRESENT)
    for group_id, person_id in rows.values_list("group_id", "person_id"):
        groups[group_id].add(person_id)
    for group_id, people in groups.items():
        if len(people) > 1:
            notices.team_task(group_id, now=now)
            live.hint_apart(group_id, people)
