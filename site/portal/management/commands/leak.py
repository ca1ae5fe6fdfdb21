import os
import time
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from audit.record import record
from groups.models import Group
from people.models import Account, Person
from portal.leaks.hit import KINDS, Leak, hit_by
from portal.leaks.papers import papers


class Command(BaseCommand):
    help = (
        "After a leak: writes the list of whom it hit and a draft of the notice to the authority into "
        "$DATA/leaks. `everything`, or the account of one of the `staff` or of a `parent` (sign-in name or id), or "
        "a `group` (id). Sends nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=sorted(KINDS))
        parser.add_argument("whose", nargs="?", default="")
        parser.add_argument("--since", required=True, type=_moment, help="2026-11-03T08:00, on the portal’s clock")
        parser.add_argument("--until", type=_moment, help="empty: now")
        parser.add_argument("--noticed", type=_moment, help="empty: now; from then the 72 hours count")
        parser.add_argument("--language", choices=[code for code, _ in settings.LANGUAGES], default="nl")

    def handle(self, kind, whose, since, until, noticed, language, **options):
        began, now = time.monotonic(), timezone.now()
        leak = Leak(kind, since, until or now, _id_of(kind, whose))
        if leak.since > leak.until:
            raise CommandError("--since lies after --until.")
        with transaction.atomic():  # one moment of the data, and the record of who was listed
            hit = hit_by(leak)
            written = papers(leak, hit, noticed_at=noticed or now, language=language)
            record("portal.leak.listed", subject="portal.leak", subject_id=kind, people=len(hit), now=now)
        folder = settings.DATA / "leaks" / f"{now:%Y-%m-%d-%H%M%S}"
        folder.mkdir(parents=True, mode=0o700)
        _write(folder / "people.csv", written.people)
        _write(folder / "notice.md", written.notice)
        self.stdout.write(
            f"{written.parents} parents, {written.staff} of the staff; {time.monotonic() - began:.1f} s: {folder}\n"
            "The list tells who is here. Give it to nobody but who tells these people, and delete it afterwards."
        )


def _moment(value: str) -> datetime:
    found = parse_datetime(value)
    if found is None:
        raise CommandError(f"Not a moment: {value}. Write it like 2026-11-03T08:00.")
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _id_of(kind: str, whose: str) -> str:
    if kind == "everything":
        return ""
    if kind == "group":
        found = Group.objects.filter(pk=whose).values_list("pk", flat=True).first()
    else:
        account = Account.objects.filter(sign_in_name=whose).values_list("person_id", flat=True).first()
        found = account or Person.objects.filter(pk=whose).values_list("pk", flat=True).first()
    if not found:
        raise CommandError(f"Nobody and nothing here is {whose!r}." if whose else f"{kind}: say whose.")
    return found


def _write(file: Path, text: str) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as paper:
        paper.write(text)
