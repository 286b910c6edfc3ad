"""The database's own index of tokens: full text of PostgreSQL, FTS5 of SQLite; fed and asked in one way.

PostgreSQL: a generated column holds the tokens of both fields as they are, with a GIN index. SQLite: an FTS5
table without content of its own, kept current by triggers, which are in the writer's transaction too. Neither
takes a token apart: that has been done (`analysis.py`).
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

from .analysis import LANGUAGE
from .expressions import AllOf, AnyOf, Expression, Term, in_language, terms
from .models import IndexedText

PENDING_KILOBYTES = 256
"""Of new rows that every question reads through before they are put in their places; 4,096 by default."""
FTS5_OPTIONS = "detail=none, columnsize=0, tokenize=\"ascii tokenchars '=+~^@-'':'\""


def matching(model: type[IndexedText], expression: Expression, using: str = "default") -> RawSQL:
    """A subquery of the keys of rows whose tokens fit the expression, for `pk__in`."""
    table = model._meta.db_table
    if connections[using].vendor == "postgresql":
        return _matching_by_language(table, expression)
    return RawSQL(f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH %s", [fts5(expression)])


def _matching_by_language(table: str, expression: Expression) -> RawSQL:
    """The language of a row is asked of its column: as a token it would be in half of the index.

    One scan of the index for each: what one finds needs no second look at the row's tokens.
    """
    languages = {one.token.removeprefix(LANGUAGE) for one in terms(expression) if _is_language(one)}
    scans, values = [], []
    if (anywhere := in_language(expression, "", LANGUAGE)) is not None:
        scans.append(f"SELECT id FROM {table} WHERE vector @@ %s::tsquery")
        values.append(tsquery(anywhere))
    for language in sorted(languages):
        there = in_language(_more_than_anywhere(expression), language, LANGUAGE)
        if there is not None:
            scans.append(f"SELECT id FROM {table} WHERE language = %s AND vector @@ %s::tsquery")
            values += [language, tsquery(there)]
    return RawSQL(" UNION ALL ".join(scans), values)


def _more_than_anywhere(expression: Expression) -> Expression:
    """Of several alternatives those that ask for a language: the others are looked for in any."""
    if not isinstance(expression, AnyOf):
        return expression
    return AnyOf(tuple(item for item in expression.items if any(map(_is_language, terms(item)))))


def _is_language(term: Term) -> bool:
    return term.token.startswith(LANGUAGE)


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
