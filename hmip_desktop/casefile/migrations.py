"""The schema of case files, one function for each change, from the first version on.

A migration never imports the program's classes: it must do the same in ten years.
"""

import re
import sqlite3
from contextlib import closing
from functools import cache
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher
from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("hmip")
_LAYOUT = re.compile(r"[\s\"`\[\]]+")


@MIGRATIONS()
def m0001_journal(db: Any) -> None:
    """The document's own facts, forms, sessions, entries and what they supersede."""
    db["document"].create({"key": str, "value": str}, pk="key", not_null={"value"})
    db["form"].create(
        {
            "sha256": str,
            "form_id": str,
            "version": str,
            "name": str,
            "xlsform": bytes,
            "compiled": str,
        },
        pk="sha256",
        not_null={"form_id", "version", "name", "xlsform", "compiled"},
    )
    db["session"].create(
        {
            "id": str,
            "owner": str,
            "computer": str,
            "program": str,
            "opened_at": str,
            "nonce": str,
        },
        pk="id",
        not_null={"owner", "computer", "program", "opened_at", "nonce"},
    )
    db["entry"].create(
        {
            "id": str,
            "session": str,
            "seq": int,
            "at": str,
            "author": str,
            "record": str,
            "field": str,
            "value": str,
        },
        pk="id",
        not_null={"session", "seq", "at", "author", "record", "field", "value"},
        foreign_keys=[("session", "session", "id")],
    )
    db["superseded"].create(
        {"entry": str, "older": str},
        pk=("entry", "older"),
        foreign_keys=[("entry", "entry", "id")],
    )
    for table in ("form", "session", "entry", "superseded"):
        for change in ("update", "delete"):
            db.execute(
                f"create trigger {table}_no_{change} before {change} on {table} "
                f"begin select raise(abort, 'the journal only grows'); end"
            )


def names() -> tuple[str, ...]:
    """The names of all migrations that this program knows, in order."""
    with closing(sqlite3.connect(":memory:")) as connection:
        empty = Database(connection, execute_plugins=False)
        return tuple(migration.name for migration in MIGRATIONS.pending(empty))


def schema_of(connection: Any) -> frozenset[tuple[str, str, str]]:
    """Every table, index, trigger and view of a database: type, name and SQL without layout."""
    rows = connection.execute("select type, name, coalesce(sql, '') from sqlite_master").fetchall()
    return frozenset((kind, name, _LAYOUT.sub("", sql).lower()) for kind, name, sql in rows)


@cache
def expected_schema(applied: int) -> frozenset[tuple[str, str, str]]:
    """The schema after the first `applied` migrations, made by running them."""
    connection = sqlcipher.connect(":memory:", isolation_level=None)
    database = Database(connection, execute_plugins=False)
    later = names()[applied : applied + 1]
    MIGRATIONS.apply(database, stop_before=later or None)
    schema = schema_of(connection)
    connection.close()
    return schema
