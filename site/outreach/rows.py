"""Writes any number of rows in one statement.

Django's own bulk_create splits at 999 values on SQLite, an old limit; a notice to a large group must cost the same
as one to a small group. Only the actions of this package use it.
"""

from collections.abc import Sequence

from django.db import connection, models

# SQLite takes 32,766 values in a statement, PostgreSQL 65,535.
MOST_VALUES = 32_000


def insert_all(rows: Sequence[models.Model], *, conflict: str = "", returning: Sequence[str] = ()) -> list[tuple]:
    """Inserts rows of one model; `conflict` is the rest of the statement, `returning` names columns to hand back."""
    found: list[tuple] = []
    if not rows:
        return found
    fields = [field for field in rows[0]._meta.concrete_fields if not isinstance(field, models.AutoField)]
    step = MOST_VALUES // len(fields)
    for start in range(0, len(rows), step):
        found += _insert(rows[start : start + step], fields, conflict, returning)
    return found


def _insert(rows, fields, conflict, returning) -> list[tuple]:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    one = f"({', '.join(['%s'] * len(fields))})"
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows for field in fields]
    back = f" RETURNING {', '.join(quote(name) for name in returning)}" if returning else ""
    statement = (
        f"INSERT INTO {quote(rows[0]._meta.db_table)} AS held ({columns}) "  # noqa: S608  (names come from models)
        f"VALUES {', '.join([one] * len(rows))} {conflict}{back}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if returning else []
