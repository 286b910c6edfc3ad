"""The database's own index of tokens: full text of PostgreSQL, FTS5 of SQLite; fed and asked in one way.

PostgreSQL: a generated column holds the tokens of both fields as they are, with a GIN index. SQLite: an FTS5
table without content of its own, kept current by triggers, which are in the writer's transaction too. Neither
takes a token apart: that has been done (`analysis.py`).
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from .expressions import AllOf, Expression, Term
from .models import IndexedText

PENDING_KILOBYTES = 256
"""Of new rows that every question reads through before they are put in their places; 4,096 by default."""
WHOLE_ROW = 8160
"""Bytes up to which a row stays in one place; 2,032 by default. Scores are read off the rows' tokens."""
FTS5_OPTIONS = "detail=none, columnsize=0, tokenize=\"ascii tokenchars '=+~^@-'':'\""


def holds(model: type[IndexedText], expression: Expression, using: str = "default") -> Q | RawSQL:
    """A condition on rows of the model's table: their tokens fit the expression."""
    table = model._meta.db_table
    if connections[using].vendor == "postgresql":
        vector = f'"{table}"."vector"'
        return RawSQL(f"{vector} @@ %s::tsquery", [tsquery(expression)], output_field=BooleanField())
    found = RawSQL(f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH %s", [fts5(expression)])
    return Q(pk__in=found)


def tsquery(expression: Expression) -> str:
    """The expression as PostgreSQL reads it: every token between quotes, so that none is syntax."""
    if isinstance(expression, Term):
        quoted = expression.token.replace("\\", "\\\\").replace("'", "''")
        return f"'{quoted}'{':*' if expression.is_beginning else ''}"
    joiner = " & " if isinstance(expression, AllOf) else " | "
    return f"({joiner.join(map(tsquery, expression.items))})"


def fts5(expression: Expression) -> str:
    """The expression as FTS5 reads it: every token a string."""
    if isinstance(expression, Term):
        quoted = expression.token.replace('"', '""')
        return f'"{quoted}"{" *" if expression.is_beginning else ""}'
    joiner = " AND " if isinstance(expression, AllOf) else " OR "
    return f"({joiner.join(map(fts5, expression.items))})"


def ensure(model: Any, connection: BaseDatabaseWrapper) -> None:
    """Makes what is missing of a table's index.

    Called after every migration: on SQLite a changed table is a new table, and triggers go with the old one.
    """
    table = model._meta.db_table
    statements = _postgresql(table) if connection.vendor == "postgresql" else _sqlite(table)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _postgresql(table: str) -> list[str]:
    tokens = "array_remove(string_to_array(exact || ' ' || base, ' '), '')"
    vector = f"vector tsvector GENERATED ALWAYS AS (array_to_tsvector({tokens})) STORED"
    gin = f"gin (vector) WITH (gin_pending_list_limit = {PENDING_KILOBYTES})"
    return [
        f"ALTER TABLE {table} SET (toast_tuple_target = {WHOLE_ROW})",
        f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {vector}",
        f"CREATE INDEX IF NOT EXISTS {table}_vector ON {table} USING {gin}",
    ]


def _sqlite(table: str) -> list[str]:
    fts = f"{table}_fts"
    content = f"exact, base, content='{table}', content_rowid='id'"
    remove = f"INSERT INTO {fts}({fts}, rowid, exact, base) VALUES ('delete', old.id, old.exact, old.base);"
    add = f"INSERT INTO {fts}(rowid, exact, base) VALUES (new.id, new.exact, new.base);"
    change = f"AFTER UPDATE OF exact, base ON {table} BEGIN {remove} {add} END"
    return [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {fts} USING fts5({content}, {FTS5_OPTIONS})",
        f"CREATE TRIGGER IF NOT EXISTS {fts}_added AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER IF NOT EXISTS {fts}_removed AFTER DELETE ON {table} BEGIN {remove} END",
        f"CREATE TRIGGER IF NOT EXISTS {fts}_changed {change}",
    ]


def ensure_all(using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    for model in IndexedText.__subclasses__():
        if model._meta.db_table in present:
            ensure(model, connection)
