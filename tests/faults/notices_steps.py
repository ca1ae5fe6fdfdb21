"""The side of `notices` that runs where Django runs: parents who want e-mail, things to tell them, and what became of
it.
"""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from outreach.actions import reach_many
from outreach.models import Delivery
from outreach.vocabulary import Channel, Purpose, State
from people.models import Account, ContactNeeds, Person
from people.vocabulary import Rhythm

from .seeding import LANGUAGES


def parents(*, count: int) -> list[str]:
    """So many parents with an address who want to hear everything by e-mail."""
    now = timezone.now()
    people = [Person(language=LANGUAGES[at % 5], created_at=now) for at in range(count)]
    Person.objects.bulk_create(people, batch_size=500)
    accounts = [
        Account(person=one, sign_in_name=f"told-{one.pk}", email=f"{one.pk}@example.org".lower(), created_at=now)
        for one in people
    ]
    Account.objects.bulk_create(accounts, batch_size=500)
    needs = [
        ContactNeeds(person=one, rhythm=Rhythm.OFTEN, channels=[Channel.EMAIL], changed_at=now, changed_by_id=one.pk)
        for one in people
    ]
    ContactNeeds.objects.bulk_create(needs, batch_size=500)
    return [one.pk for one in people]


def tell(*, persons: list[str]) -> int:
    """Something happened for each of them, in one transaction."""
    reach_many(person_ids=persons, purpose=Purpose.DECISION, subject="faults.notices")
    return len(persons)


def let_leases_run_out() -> int:
    """As if the minutes that a dead worker's lease lasts had passed."""
    held = Delivery.objects.filter(state=State.LEASED)
    return held.update(lease_until=timezone.now() - timedelta(seconds=1))


def alive() -> int:
    return Delivery.objects.filter(state__in=[State.WAITING, State.LEASED]).count()


def became() -> dict:
    """How many ended how, and the address and Message-ID of each that was sent."""
    told = Delivery.objects.filter(subject="faults.notices")
    return {
        "states": Counter(told.values_list("state", flat=True)),
        "sent": list(told.filter(state=State.SENT).values_list("person__account__email", "message_id")),
    }
