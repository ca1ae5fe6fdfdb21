"""Takes what was deleted out of the bytes of the database too, where no search finds it but a thief could.

SQLite keeps deleted words in three places: freed cells (`secure_delete`, set for every connection), segments of its
full-text index, and the write-ahead log. PostgreSQL keeps dead rows until the table is written anew, and samples of
columns in the notes of its planner.
"""

from collections.abc import Iterable

from django.db import connection


def scrub(tables: Iterable[str]) -> bool:
    """Never inside a transaction. False when a reader was in the way, or when the portal's role on PostgreSQL does not
    own the tables: then once more, later, or by the command that the owner runs.
    """
    return _scrub_sqlite() if connection.vendor == "sqlite" else _scrub_postgresql(list(tables))


def _scrub_postgresql(tables: list[str]) -> bool:
    with connection.cursor() as cursor:
        # Without the right, VACUUM skips a table with no more than a warning.
        cursor.execute(
            "SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class WHERE relname = ANY(%s) AND relkind = 'r'",
            [tables],
        )
        if not cursor.fetchone()[0] or _someone_still_sees_it(cursor):
            return False
        for table in tables:
            # FULL: a plain VACUUM leaves the bytes in the hole of the page.
            cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(table)}")
        cursor.execute("VACUUM (FULL) pg_catalog.pg_statistic")
    return True


def _someone_still_sees_it(cursor) -> bool:
    """Whether a snapshot or a transaction from before this moment is open here, the planner's own included: what was
    deleted is still alive to it, and writing a table anew would carry it along.
    """
    cursor.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND coalesce(backend_xid, backend_xmin) IS NOT NULL"
    )
    return cursor.fetchone()[0] > 0


def _scrub_sqlite() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        if cursor.fetchone()[0] != 1:
            raise RuntimeError("secure_delete is off: deleted words would stay in the file.")
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%USING fts5%'")
        for (name,) in cursor.fetchall():
            table = connection.ops.quote_name(name)
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")  # noqa: S608  (its own name)
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    return not busy
