"""Taking one's data along, and being erased. Erasing is for good: rows, then bytes, then every backup that comes back.

What stays is the record of who did what, with ids that lead to nobody any more, until its own term is over.
"""

from datetime import datetime
from functools import partial
from pathlib import Path

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from audit.record import record
from people import erasure_journal, own_data
from people.actor import Actor
from people.erasure_journal import Erased
from people.keep_apart import pair_key
from people.models import Account, Erasure, Household, KeepApart, Person
from people.policies import own_data as policies
from vault.scrub import scrub

from .sessions import end_all_unasked

# Whose tables hold what people wrote or who they are. History is not among them: it is only ever added to.
SCRUBBED_AREAS = ("groups", "moderation", "outreach", "people", "sessions", "account", "django_otp_webauthn")


def take_along(*, account: Account, by: Actor, now: datetime | None = None) -> list[own_data.Part]:
    """All that is this person's own, in the order in which a person would tell it."""
    policies.take_own_data.require(by, account)
    parts = [part for keeper in reversed(own_data.KEEPERS.values()) for part in keeper.tell(account.person_id)]
    record(
        "people.own_data.taken",
        by_id=by.person_id,
        subject="people.account",
        subject_id=account.pk,
        now=now,
    )
    return [part for part in parts if part.items]


@transaction.atomic
def erase(*, account: Account, by: Actor, now: datetime | None = None) -> None:
    """The account, everything this person wrote and everything known of her. Others' conversations keep their shape."""
    policies.erase_account.require(by, account)
    _erase(account.person, by_id=by.person_id, at=now or timezone.now())


@transaction.atomic
def erase_again(*, erased: Erased, by: Actor) -> bool:
    """After a backup came back: whoever was erased since is erased again. False when there was nobody to erase."""
    policies.erase_again.require(by)
    person = Person.objects.filter(pk=erased.person_id).first()
    if person is not None:
        _erase(person, by_id=by.person_id, at=erased.at)
    return person is not None


def _erase(person: Person, *, by_id: str, at: datetime) -> None:
    person_id = person.pk
    for keeper in own_data.KEEPERS.values():
        keeper.forget(person_id, at)
    person.delete()
    Erasure.objects.update_or_create(person_id=person_id, defaults={"erased_at": at, "scrubbed_at": None})
    record("people.person.erased", by_id=by_id, subject="people.person", subject_id=person_id, now=at)
    transaction.on_commit(partial(keep_journal, at))


def forget_account(person_id: str, now: datetime) -> None:
    """What this package holds beside the person's own row: open sessions, the marks, a household left empty."""
    account = Account.objects.filter(person_id=person_id).first()
    if account:
        end_all_unasked(account=account, by_id=person_id, because="erased", now=now)
    everybody = Person.objects.values_list("pk", flat=True)  # with herself: nobody is kept apart from herself
    pairs = [pair_key(person_id, other) for other in everybody.iterator()]
    for at in range(0, len(pairs), 500):
        KeepApart.objects.filter(pair__in=pairs[at : at + 500]).delete()
    for household in Household.objects.filter(members__person_id=person_id):
        if not household.members.exclude(person_id=person_id).exists():
            household.delete()


def keep_journal(now: datetime, file: Path | None = None) -> None:
    """Writes every erasure to the journal beside the database, or to `file` beside a backup."""
    rows = Erasure.objects.values_list("erased_at", "person_id")
    erasure_journal.add(file or erasure_journal.own_file(), [Erased(*row) for row in rows], now=now)


def scrub_erased(now: datetime) -> int:
    """The due job: takes the bytes of the erased out of the files. Tried again until no reader is in the way."""
    waiting = Erasure.objects.filter(scrubbed_at__isnull=True, erased_at__lte=now)
    ids = list(waiting.values_list("pk", flat=True))
    if not ids or not scrub(_tables()):
        return 0
    keep_journal(now)
    return Erasure.objects.filter(pk__in=ids).update(scrubbed_at=now)


def _tables() -> list[str]:
    configs = [apps.get_app_config(label) for label in SCRUBBED_AREAS]
    return [model._meta.db_table for config in configs for model in config.get_models(include_auto_created=True)]


def forget_old(now: datetime) -> int:
    """Erasures of which no backup can be left."""
    return Erasure.objects.filter(erased_at__lt=now - erasure_journal.KEPT, scrubbed_at__isnull=False).delete()[0]
