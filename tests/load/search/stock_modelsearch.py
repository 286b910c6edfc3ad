"""modelsearch's database backend as Wagtail ships it, on a model of the measurement's own."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from modelsearch.abstract_models import TextIDGenericRelation
from wagtail.search import index
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

BATCH = 1_000


class StockText(index.Indexed, models.Model):
    """No app's model: it has no migration, and its table stands only while it is measured."""

    body = models.TextField()
    search_fields = [index.SearchField("body")]

    class Meta:
        app_label = "bench"

    def __str__(self):
        return str(self.pk)


TextIDGenericRelation(IndexEntry).contribute_to_class(StockText, "index_entries")


class Modelsearch:
    vendor = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}[connection.vendor]

    def __init__(self, texts):
        self._texts = texts

    def __enter__(self):
        # A test before this one may have made the row within a transaction that is gone.
        ContentType.objects.clear_cache()
        table = StockText._meta.db_table
        # Without the schema editor, which SQLite refuses within a transaction.
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {table} (id integer PRIMARY KEY, body text NOT NULL)")
        self._backend = get_search_backend("default")
        entries = self._backend.get_index_for_model(StockText)
        batch = []
        for text in self._texts:
            batch.append(StockText(id=text.id, body=text.text))
            if len(batch) == BATCH:
                self._add(entries, batch)
                batch = []
        self._add(entries, batch)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return self

    def __exit__(self, *error):
        IndexEntry.objects.filter(content_type=ContentType.objects.get_for_model(StockText)).delete()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {StockText._meta.db_table}")

    def found(self, query, language, limit):
        return [found.pk for found in self._backend.search(query, StockText)[:limit]]

    def page(self, query, limit):
        """What a page of results asks for: the first ones, and how many there are."""
        results = self._backend.search(query, StockText)
        return results.count(), [found.body for found in results[:limit]]

    @staticmethod
    def _add(entries, batch):
        if batch:
            StockText.objects.bulk_create(batch)
            entries.add_items(StockText, batch)
