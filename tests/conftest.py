"""What every test stands on: keys, a patched clock, a database that says which one it is, and a browser."""

import gc
import os
from pathlib import Path

import pytest

from . import chromium

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's own loop runs in the main thread


@pytest.fixture(scope="session", autouse=True)
def _the_database_is_the_one_asked_for(request):
    """`DATABASE_URL=postgres://… make test` must really test PostgreSQL, and REDIS_URL really Redis."""
    from django.conf import settings
    from django.db import connection

    asked = os.environ.get("DATABASE_URL", "sqlite:")
    wanted = "postgresql" if asked.startswith("postgres") else "sqlite"
    assert connection.vendor == wanted
    if settings.REDIS_URL:
        import redis

        assert redis.Redis.from_url(settings.REDIS_URL).ping()


@pytest.fixture(autouse=True)
def _the_language_of_the_last_page_stays_behind():
    """Django's test client leaves the language of the last page in the thread; the next test begins in the portal's."""
    from django.utils import translation

    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """A thread that ended leaves its connection to the collector of garbage, and no database goes while one is open."""
    yield
    gc.collect()


@pytest.fixture(scope="session", autouse=True)
def _history_may_be_emptied_between_tests():
    """Lifts the append-only triggers while the test runner empties the tables; nothing else ever does."""
    from importlib import import_module

    from django.db.backends.base.operations import BaseDatabaseOperations

    law = import_module("audit.migrations.0002_append_only")
    flush = BaseDatabaseOperations.execute_sql_flush

    def lifted(operations, statements):
        connection = operations.connection
        if connection.vendor != "sqlite":
            return flush(operations, statements)
        with connection.schema_editor(atomic=False) as editor:
            law.drop(None, editor)
        flush(operations, statements)
        with connection.schema_editor(atomic=False) as editor:
            law.add(None, editor)
        return None

    BaseDatabaseOperations.execute_sql_flush = lifted
    yield
    BaseDatabaseOperations.execute_sql_flush = flush


@pytest.fixture(scope="session", autouse=True)
def _static_files(django_db_blocker):
    """Pages name hashed static files, so these are collected once."""
    from django.conf import settings

    from portal import catalogues, preparation

    catalogues.compile_all()
    if not (Path(settings.STATIC_ROOT) / preparation.STATIC_STAMP).exists():
        preparation._collect_static()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **chromium.launch_options()}


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """The demo town with one person for each role, lived through once a module and put back after each test."""
    from django.db import transaction

    from tests.worlds import town

    with django_db_blocker.unblock(), transaction.atomic():
        yield town()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def town_with_guidance(django_db_setup, django_db_blocker):
    """The same with the guidance in five languages."""
    from django.db import transaction

    from tests.worlds import town

    with django_db_blocker.unblock(), transaction.atomic():
        yield town(with_guidance=True)
        transaction.set_rollback(True)
