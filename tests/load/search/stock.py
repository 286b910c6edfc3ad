"""Stock backends beside ours: the same comments as they were written, with no analysis of ours.

SQLite's FTS5 and PostgreSQL's full text as their manuals begin with them, on tables of their own.
"""

import sqlite3
from contextlib import closing

from django.db import connection

CONFIGURATIONS = {"fi": "finnish", "sv": "swedish"}


class Fts5:
    """`unicode61`, FTS5's own tokenizer, best match (bm25) first."""

    def __init__(self, texts, path=":memory:"):
        self._database = sqlite3.connect(path)
        self._database.execute("CREATE VIRTUAL TABLE stock USING fts5(body, tokenize = 'unicode61')")
        rows = ((text.id, text.text) for text in texts)
        self._database.executemany("INSERT INTO stock (rowid, body) VALUES (?, ?)", rows)
        self._database.commit()

    def found(self, query, language, limit):
        statement = "SELECT rowid FROM stock WHERE stock MATCH ? ORDER BY rank, rowid DESC LIMIT ?"
        quoted = " ".join('"{}"'.format(word.replace('"', '""')) for word in query.split())
        with closing(self._database.execute(statement, [quoted, limit])) as answer:
            return [number for (number,) in answer]

    def close(self):
        self._database.close()


class PostgresqlText:
    """`to_tsvector` with one configuration for everything (`simple`), or with each language's own stemmer."""

    def __init__(self, texts, *, stems):
        self._configurations = CONFIGURATIONS if stems else {}
        self._table = "stock_stems" if stems else "stock_simple"
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {self._table} (id integer PRIMARY KEY, body tsvector)")
            for language in ("fi", "sv", "other"):
                rows = [(text.id, text.text) for text in texts if self._group(text.language) == language]
                statement = f"INSERT INTO {self._table} VALUES (%s, to_tsvector('{self._of(language)}', %s))"
                cursor.executemany(statement, rows)
            cursor.execute(f"CREATE INDEX {self._table}_body ON {self._table} USING gin (body)")
            cursor.execute(f"ANALYZE {self._table}")

    def found(self, query, language, limit):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM {self._table}, plainto_tsquery('{self._of(language)}', %s) AS asked "
                "WHERE body @@ asked ORDER BY ts_rank(body, asked) DESC, id DESC LIMIT %s",
                [query, limit],
            )
            return [number for (number,) in cursor]

    def _of(self, language):
        return self._configurations.get(language, "simple")

    @staticmethod
    def _group(language):
        return language if language in CONFIGURATIONS else "other"
