"""Everything that matters in one encrypted file, and back again: every table and every uploaded file.

Works on both databases, because rows travel as typed JSON lines and not as a dump of one engine. A restore goes only
into an empty database: live data is never touched, whatever the file holds. Whoever was erased since, by the journals
that are found, is erased again before the restore is real; whoever was signed in then is not any more.
"""

import base64
import hashlib
import json
import tarfile
import tempfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from people import erasure_journal
from people.actions import own_data, sessions
from people.actor import PORTAL
from vault import sealed_file
from vault.purpose import reread, verify_keys

FORMAT = 1
WRITE = {
    datetime: "at",
    date: "on",
    time: "clock",
    Decimal: "number",
    UUID: "uuid",
    bytes: "bytes",
    memoryview: "bytes",
}
READ = {
    "at": datetime.fromisoformat,
    "on": date.fromisoformat,
    "clock": time.fromisoformat,
    "number": Decimal,
    "uuid": UUID,
    "bytes": base64.b64decode,
}


class CannotRestore(Exception):
    """The restore would touch live data or would not be whole. The sentence says why."""


def _models():
    """Every table that holds data of its own, parents of foreign keys first or not: keys are checked at the end."""
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.managed and not model._meta.proxy]


def _plain(value):
    kind = WRITE.get(type(value))
    if kind is None:
        return value
    text = base64.b64encode(bytes(value)).decode() if kind == "bytes" else getattr(value, "isoformat", value.__str__)()
    return {"~": kind, "v": text}


def _typed(value):
    return READ[value["~"]](value["v"]) if isinstance(value, dict) and "~" in value else value


def _write_table(model, file: Path) -> dict:
    """The rows of one table as JSON lines; returns its name, columns, count and hash."""
    quoted = connection.ops.quote_name
    columns = [field.column for field in model._meta.local_concrete_fields]
    digest, count = hashlib.sha256(), 0
    with connection.cursor() as cursor, file.open("wb") as out:
        cursor.execute(f"SELECT {', '.join(map(quoted, columns))} FROM {quoted(model._meta.db_table)}")  # noqa: S608
        while rows := cursor.fetchmany(1000):
            for row in rows:
                line = json.dumps([_plain(value) for value in row], default=str).encode() + b"\n"
                digest.update(line)
                out.write(line)
                count += 1
    return {"columns": columns, "rows": count, "sha256": digest.hexdigest()}


def _migrations() -> list[list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [list(row) for row in cursor.fetchall()]


def _media_files() -> list[Path]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(file for file in root.rglob("*") if file.is_file()) if root.exists() else []


def _hash(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def back_up(target: Path) -> dict:
    """Writes the sealed file, and the journal of erasures beside it; returns the manifest. Keys are not in it."""
    verify_keys()
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        work = Path(folder)
        tables = {}
        with transaction.atomic():
            if connection.vendor == "postgresql":
                connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            for model in _models():
                tables[model._meta.db_table] = _write_table(model, work / model._meta.db_table)
            migrations = _migrations()
        media = {str(file.relative_to(settings.MEDIA_ROOT)): _hash(file) for file in _media_files()}
        manifest = {"format": FORMAT, "migrations": migrations, "tables": tables, "media": media}
        (work / "manifest.json").write_text(json.dumps(manifest))
        plain = work / "all.tar"
        with tarfile.open(plain, "w") as tar:
            for name in ("manifest.json", *tables):
                tar.add(work / name, arcname=name)
            for name in media:
                tar.add(Path(settings.MEDIA_ROOT) / name, arcname=f"media/{name}")
        sealed_file.seal(plain, target)
    own_data.keep_journal(timezone.now(), target.with_name(erasure_journal.NAME))
    return manifest


def _unpack(file: Path, work: Path) -> dict:
    """Opens the file and checks every hash and count before anything is restored."""
    sealed_file.open_sealed(file, work / "all.tar")
    with tarfile.open(work / "all.tar") as tar:
        tar.extractall(work / "in", filter="data")
    manifest = json.loads((work / "in" / "manifest.json").read_text())
    if manifest["format"] != FORMAT:
        raise CannotRestore("This backup was made by another version of Kring.")
    for name, table in manifest["tables"].items():
        if _hash(work / "in" / name) != table["sha256"]:
            raise CannotRestore(f"The rows of {name} are not what the backup says they are.")
    for name, digest in manifest["media"].items():
        if _hash(work / "in" / "media" / name) != digest:
            raise CannotRestore("An uploaded file is not what the backup says it is.")
    return manifest


def _refuse_live_data() -> None:
    people, history = apps.get_model("people.Person"), apps.get_model("audit.AuditEntry")
    if people.objects.exists() or history.objects.exists():
        raise CannotRestore("There is data here already. A restore goes into an empty database only.")


def _fill(work: Path, manifest: dict, journals: list[Path]) -> int:
    """Everything in one transaction, the erasures of the journals included; returns how many were erased again."""
    quoted = connection.ops.quote_name
    models = {model._meta.db_table: model for model in _models()}
    if set(models) != set(manifest["tables"]) or manifest["migrations"] != _migrations():
        raise CannotRestore("The tables here are not those of the backup: install the version that made it first.")
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys=ON")
        for name in reversed(models):
            if name not in ("audit_auditentry", "audit_seal"):
                cursor.execute(f"DELETE FROM {quoted(name)}")  # noqa: S608
        for name, table in manifest["tables"].items():
            columns = ", ".join(map(quoted, table["columns"]))
            marks = ", ".join(["%s"] * len(table["columns"]))
            statement = f"INSERT INTO {quoted(name)} ({columns}) VALUES ({marks})"  # noqa: S608
            with (work / "in" / name).open() as lines:
                rows = [_adapted(models[name], json.loads(line)) for line in lines]
            if rows:
                cursor.executemany(statement, rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
            cursor.execute(statement)
        _verify_counts(cursor, manifest)
        erased = _erase_again(journals)
        # A sign-in that was ended after the backup, on a phone that was lost, must not live again.
        sessions.end_everyones(by=PORTAL, because="restored")
        return erased


def _erase_again(journals: list[Path]) -> int:
    """Whoever stands in a journal and came back. Its lines are judged with the secret that came back too."""
    reread()
    try:
        erased = sorted({one for journal in journals for one in erasure_journal.read(journal)})
        return sum(own_data.erase_again(erased=one, by=PORTAL) for one in erased)
    except erasure_journal.NotOurJournal as error:
        raise CannotRestore(str(error)) from error
    finally:
        reread()


def _adapted(model, row: list) -> list:
    """Values as this engine stores them: JSON columns are text on one and objects on the other, times too."""
    values = []
    for field, value in zip(model._meta.local_concrete_fields, map(_typed, row), strict=True):
        if field.get_internal_type() == "JSONField" and value is not None and connection.vendor == "postgresql":
            value = value if isinstance(value, str) else json.dumps(value)
        elif isinstance(value, time):
            value = connection.ops.adapt_timefield_value(value)
        values.append(value)
    return values


def _verify_counts(cursor, manifest: dict) -> None:
    for name, table in manifest["tables"].items():
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
        if cursor.fetchone()[0] != table["rows"]:
            raise CannotRestore(f"{name} did not come back whole; nothing was kept.")


def journals_for(file: Path, given: Path | None = None) -> list[Path]:
    """The journals of erasures that count for this backup: the one named, the one beside it, and our own."""
    named = [given] if given else []
    places = [*named, file.with_name(erasure_journal.NAME), erasure_journal.own_file()]
    return [place for place in dict.fromkeys(places) if place.is_file()]


def restore(file: Path, *, journals: list[Path]) -> tuple[dict, int]:
    """Fills an empty database and the media folder from a sealed file, and erases again whom the journals name.

    Returns the manifest and how many were erased again. Raises `NotOurFile` or `CannotRestore` with a sentence, and
    then leaves everything as it was.
    """
    with tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
        work = Path(folder)
        manifest = _unpack(file, work)
        _refuse_live_data()
        erased = _fill(work, manifest, journals)
        for name in manifest["media"]:
            target = Path(settings.MEDIA_ROOT) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (work / "in" / "media" / name).replace(target)
    call_command("update_index", verbosity=0)
    return manifest, erased
