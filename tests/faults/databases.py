"""A database of one's own on the PostgreSQL that the environment names; without one there is nothing to do."""

import os
from urllib.parse import quote, urlsplit

import psycopg
from psycopg import sql


def server_url() -> str:
    """The URL of the server we may make databases on: DATABASE_URL, or what PGHOST and its companions say."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return os.environ["DATABASE_URL"]
    host = os.environ.get("PGHOST", "")
    if not host or os.environ.get("DATABASE_URL"):
        return ""
    user, password = os.environ.get("PGUSER", "postgres"), os.environ.get("PGPASSWORD", "")
    who = quote(user) + (f":{quote(password)}" if password else "")
    return f"postgres://{who}@{quote(host, safe='')}:{os.environ.get('PGPORT', '5432')}/postgres"


def create(name: str, *, template: str = "template1") -> str:
    """Makes the database and gives its URL."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    _run(statement)
    return urlsplit(server_url())._replace(path=f"/{name}").geturl()


def drop(name: str) -> None:
    _run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _run(statement: sql.Composed) -> None:
    maintenance = urlsplit(server_url())._replace(path="/postgres", scheme="postgresql").geturl()
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(statement)
