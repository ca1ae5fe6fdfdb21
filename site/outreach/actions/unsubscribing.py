"""Takes a way out of a parent's wish by the link in a mail. Nobody signed in for it, so it can do nothing else."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from outreach import unsubscribing
from outreach import wish as wishes
from outreach.vocabulary import Channel
from people.actor import Actor
from people.models import ContactNeeds, Person
from people.queries import account_of
from people.vocabulary import Role

from .needs import set_needs


def stop_by_link(*, token: str, now: datetime | None = None) -> bool:
    """False for what is no link of ours, for one that came to an address she has no more, and when it was done before;
    whoever asks is told the same in any case.
    """
    found = unsubscribing.read(token)
    account = account_of(found.person_id) if found else None
    if not found or not account or not found.came_to(account.email or ""):
        return False
    return stop_channel(person_id=found.person_id, channel=found.channel, now=now)


def stop_channel(*, person_id: str, channel: Channel, now: datetime | None = None) -> bool:
    """This way no more, for no kind of message. It counts as the parent's own wish, and holds at once."""
    now = now or timezone.now()
    with transaction.atomic():
        person = Person.objects.select_for_update().filter(pk=person_id).first()
        needs = ContactNeeds.objects.filter(person_id=person_id).first()
        if person is None or needs is None:
            return False
        by_kind = wishes.by_kind_from(needs.channels_by_kind)
        changed = set_needs(
            person_id=person_id,
            by=Actor(person_id=person_id, roles=frozenset({Role.PARENT}), language=person.language),
            channels=_without(channel, wishes.channels_from(needs.channels)),
            channels_by_kind={kind: _without(channel, ways) for kind, ways in by_kind.items()},
            now=now,
        )
        if changed:
            record(
                "outreach.channel.stopped",
                by_id=person_id,
                subject="people.person",
                subject_id=person_id,
                now=now,
                channel=channel.value,
            )
    return changed


def _without(channel: Channel, ways: tuple[Channel, ...]) -> tuple[Channel, ...]:
    return tuple(one for one in ways if one != channel)
