"""What must stand before the portal can serve: translations, tables, static files. Each step is skipped when done.

One process does all of it, because starting Python and Django costs more than the steps themselves.
"""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from people.actor import PORTAL
from resources.actions.starter import load_starter
from resources.models import HomePage

from . import catalogues

STATIC_STAMP = ".collected"


def _compile_translations() -> bool:
    return catalogues.compile_all() > 0


def _migrate() -> bool:
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", interactive=False, verbosity=0)
    return True


def _static_fingerprint() -> str:
    """Changes when any static file does; sizes and times are enough and quick."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}:{status.st_size}:{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _collect_static() -> bool:
    stamp = Path(settings.STATIC_ROOT) / STATIC_STAMP
    fingerprint = _static_fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=stamp.exists(), stdout=io.StringIO())
    stamp.write_text(fingerprint)
    return True


def _load_first_pages() -> bool:
    """Without any page, visitors would meet "not found": home and information pages, and guidance as drafts."""
    if settings.DEMO or HomePage.objects.exists():
        return False
    load_starter(by=PORTAL)
    return True


STEPS: tuple[tuple[str, Callable[[], bool]], ...] = (
    ("translations", _compile_translations),
    ("tables", _migrate),
    ("styles and pictures", _collect_static),
    ("first pages", _load_first_pages),
)


def prepare(tell: Callable[[str], None]) -> None:
    """Runs every step, telling each that had work to do."""
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    for number, (name, step) in enumerate(STEPS, start=1):
        tell(f"[{number}/{len(STEPS)}] {name} …")
        tell(f"[{number}/{len(STEPS)}] {name}: {'made' if step() else 'up to date'}")
