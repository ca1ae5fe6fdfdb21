"""The journal of erasures beside the database: who must stay gone when an older backup comes back.

One line each: when, the id of the person, and a keyed hash that only this installation can make. It holds no name.
A line that is not ours is refused: whoever could write one could have someone erased.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from pathlib import Path

from django.conf import settings

from vault.purpose import keyed_hash

NAME = "erasures.journal"
# Twice as long as any backup is kept.
KEPT = timedelta(days=60)


class NotOurJournal(Exception):
    """A line of the journal was not written by this installation, or was changed."""


@dataclass(frozen=True, order=True)
class Erased:
    at: datetime
    person_id: str

    @property
    def line(self) -> str:
        moment = self.at.isoformat()
        return f"{moment} {self.person_id} {keyed_hash('people.erasure', moment, self.person_id)}"


def own_file() -> Path:
    return Path(settings.DATA) / NAME


def read(file: Path) -> list[Erased]:
    """Every erasure in the file, the oldest first; a missing file holds none."""
    found = []
    for line in _lines(file):
        moment, _, rest = line.partition(" ")
        person_id, _, mark = rest.partition(" ")
        if not compare_digest(mark, keyed_hash("people.erasure", moment, person_id)):
            raise NotOurJournal(f"A line of {file.name} was not written by this installation.")
        found.append(Erased(datetime.fromisoformat(moment), person_id))
    return sorted(found)


def add(file: Path, erased: Iterable[Erased], *, now: datetime) -> None:
    """Adds what is missing and drops what is past its term. The file is replaced whole, never half."""
    lines = {line for line in _lines(file) if _moment(line) > now - KEPT}
    lines.update(one.line for one in erased if one.at > now - KEPT)
    growing = file.with_name(file.name + ".part")
    growing.touch(mode=0o600)
    growing.write_text("".join(f"{line}\n" for line in sorted(lines)))
    growing.replace(file)


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text().splitlines() if line.strip()] if file.exists() else []


def _moment(line: str) -> datetime:
    """When it was; a line that cannot be read stays, so that a restore can refuse it aloud."""
    try:
        return datetime.fromisoformat(line.partition(" ")[0])
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)
