"""What the drill of backup, restore and erasure does inside a Kring of its own; `test_drill` asks, a process each."""

import hashlib
import time
from pathlib import Path

from cryptography.fernet import Fernet
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from audit.models import AuditEntry
from audit.sealer import seal_pending, verify
from groups.actions.messages import post_message
from groups.models import Conversation, Message
from people import own_data as register
from people.actions import own_data
from people.models import Account, Erasure, Person, SignIn
from people.queries import actor_of
from portal import backup
from portal.demo import world
from tests.faults import seeding
from vault.keyring import KeyDoesNotFit
from vault.scrub import scrub
from vault.sealed_file import NotOurFile

MARKED = 50
RESTORED = "people.sign_in.all_ended"


def tables() -> bool:
    """An empty machine."""
    call_command("migrate", verbosity=0, interactive=False)
    return True


def mark() -> dict:
    """The demo people, for rows of every kind, and fifty members with a marked word in a message and an address."""
    world.build(with_guidance=False)
    circle = seeding.circle(count=MARKED)
    place = Conversation.objects.select_related("group").get(pk=circle["conversation"])
    for at, member in enumerate(circle["members"]):
        account = Account.objects.select_related("person").get(person_id=member["person"])
        Account.objects.filter(pk=account.pk).update(email=f"{_word(at)}@demo.invalid")
        post_message(conversation=place, text=f"Hier staat {_word(at)}.", key=f"mark-{at}", by=_actor(account))
    return {"words": [_word(at) for at in range(MARKED)], "people": [one["person"] for one in circle["members"]]}


def _word(at: int) -> str:
    """A word that stands nowhere else, in letters only: a row of digits would be taken for a telephone."""
    digest = hashlib.sha256(str(at).encode()).hexdigest()[:12]
    return "merkwoord" + digest.translate(str.maketrans("0123456789", "ghijklmnop"))


def _actor(account):
    return actor_of(account, second_factor=True)


def signed_in() -> list[int]:
    """How many sign-ins live, and how many sessions there are."""
    return [SignIn.objects.filter(ended_at__isnull=True).count(), Session.objects.count()]


def fingerprint() -> dict[str, list]:
    """Rows and hash of every table but those of signing in, whatever the engine and the order of its rows.

    Without the line that a restore adds to the history.
    """
    found = {}
    for model in apps.get_models(include_auto_created=True):
        # The search index of public pages is built anew; who was signed in is asked apart.
        if not model._meta.managed or model._meta.proxy or model._meta.app_label == "wagtailsearch":
            continue
        if model in (Session, SignIn):
            continue
        columns = [field.attname for field in model._meta.local_concrete_fields]
        known = model._base_manager.exclude(kind=RESTORED) if model is AuditEntry else model._base_manager
        rows = sorted(repr(row) for row in known.values_list(*columns))
        found[model._meta.db_table] = [len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()]
    return found


def back_up(file: str) -> int:
    while seal_pending():
        pass
    return sum(table["rows"] for table in backup.back_up(Path(file))["tables"].values())


def restore(file: str, wrong_key: bool = False) -> str:
    """Empty when it went well, else the sentence."""
    keys = [Fernet.generate_key().decode()] if wrong_key else list(settings.FIELD_KEYS)
    try:
        with override_settings(FIELD_KEYS=keys):
            backup.restore(Path(file), journals=backup.journals_for(Path(file)))
    except (backup.CannotRestore, KeyDoesNotFit, NotOurFile) as error:
        return str(error)
    return ""


def history() -> list:
    while seal_pending():
        pass
    verdict = verify()
    return [verdict.holds, verdict.links]


def needles(person: str) -> list[str]:
    """What a thief would look for: the ciphertexts of this person's words, the address and the sign-in name."""
    account = Account.objects.get(person_id=person)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what the planner of PostgreSQL notes down of the columns is looked through as well
        cursor.execute("SELECT text FROM groups_message WHERE author_id = %s", [person])
        tokens = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT pseudonym FROM groups_membership WHERE person_id = %s", [person])
        tokens += [row[0] for row in cursor.fetchall()]
    return [*tokens, account.email, account.sign_in_name]


def in_bytes(words: list[str]) -> int:
    """How many of the words stand somewhere in the files of the database, its log and the data folder."""
    found = {word for content in _contents() for word in words if word.encode() in content}
    return len(found)


def _contents():
    for file in Path(settings.DATA).rglob("*"):
        if file.is_file():
            yield file.read_bytes()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
            cursor.execute(
                "SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class "
                "WHERE relkind IN ('r', 'i', 't', 'm') AND pg_relation_filepath(oid) IS NOT NULL"
            )
            yield from (bytes(row[0]) for row in cursor.fetchall())


def erase(person: str) -> dict:
    """As the page does, and then what the worker does a little later."""
    account = Account.objects.select_related("person").get(person_id=person)
    own_data.erase(account=account, by=_actor(account))
    done = _again_until(lambda: own_data.scrub_erased(timezone.now()))
    return {"keepers": sorted(register.KEEPERS), "scrubbed": done}


def left_in_bytes(words: list[str]) -> int:
    """How many words are left once no snapshot, such as that of the database's own housekeeping, was in the way."""

    def none_left() -> bool:
        if in_bytes(words) == 0:
            return True
        scrub(own_data._tables())
        return False

    _again_until(none_left)
    return in_bytes(words)


def _again_until(done, times: int = 60):
    """As the worker does: once more, a little later."""
    for _ in range(times):
        answer = done()
        if answer:
            return answer
        time.sleep(0.5)
    return answer


def shape(conversation_of: str) -> list:
    """The places of the conversation in which the marked words stand, each with whether words are left."""
    rows = Message.objects.filter(conversation__group__key=conversation_of, sequence__isnull=False)
    return [[row.sequence, bool(row.text)] for row in rows.order_by("sequence")]


def people() -> list[str]:
    return list(Person.objects.values_list("pk", flat=True))


def erased() -> int:
    return Erasure.objects.count()
