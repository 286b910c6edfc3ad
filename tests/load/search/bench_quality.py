"""What words find: recall@20, precision@10, nDCG@10 by language, beside stock backends without our analysis.

The gold set and its judges are told in gold.py. Bars are for the words drawn and those listed by hand.
"""

import pytest
from django.db import connection

from portal.search import finnish
from portal.search.services import filling, rebuilding, server

from .analysis_alone import AnalysisAlone
from .filled import Filled
from .judgement import BARS
from .measuring import qualities, voikko
from .stock import Fts5, PostgresqlText
from .stock_elasticsearch import StockElasticsearch
from .stock_modelsearch import Modelsearch

pytestmark = [pytest.mark.both, pytest.mark.real_data, pytest.mark.django_db, pytest.mark.timeout(1800)]
LANGUAGES = {"fi": "Finnish", "sv": "Swedish"}
OURS, STOCK = "ours: ", "stock: "


def measured(table, name, backend, texts, **options):
    rows = qualities(name, backend.found, texts, **options)
    table.extend(rows)
    return rows


def held_to_bars(figure, table, rows, *, with_voikko):
    for row in rows:
        if row.words == "frequent":
            continue
        bar = BARS[row.language, with_voikko]
        stock = [
            other.recall
            for other in table
            if other.backend.startswith(STOCK) and (other.language, other.words) == (row.language, row.words)
        ]
        figure(
            f"{LANGUAGES[row.language]} recall@20, {row.count} {row.words}: {row.backend.removeprefix(OURS)}",
            f"{row.recall:.3f} ± {(row.high - row.low) / 2:.3f}",
            f"≥ {bar}",
            row.recall >= bar,
            f"stock {min(stock):.3f}–{max(stock):.3f}" if stock else "–",
        )


def test_stock_fts5(texts, quality_table):
    backend = Fts5(texts)
    measured(quality_table, f"{STOCK}SQLite FTS5 unicode61", backend, texts)
    backend.close()


@pytest.mark.parametrize("stems", [False, True], ids=["simple", "stems"])
def test_stock_postgresql(on_postgresql, texts, quality_table, stems):
    configuration = "finnish / swedish" if stems else "simple"
    backend = PostgresqlText(texts, stems=stems)
    measured(quality_table, f"{STOCK}PostgreSQL {configuration}", backend, texts)


def test_stock_modelsearch(texts, quality_table):
    with Modelsearch(texts) as backend:
        measured(quality_table, f"{STOCK}modelsearch on {backend.vendor}", backend, texts)


def test_stock_elasticsearch(on_postgresql, elasticsearch_client, index_prefix, texts, quality_table):
    """Once is enough: it is the same beside either database."""
    backend = StockElasticsearch(texts, elasticsearch_client, f"{index_prefix}-stock")
    measured(quality_table, f"{STOCK}Elasticsearch standard", backend, texts)


@pytest.mark.parametrize("is_used", [True, False], ids=["voikko", "no voikko"])
def test_analysis_alone(texts, figure, quality_table, is_used):
    name = f"{OURS}analysis alone, {'Voikko' if is_used else 'no Voikko'}"
    languages = ("fi", "sv") if is_used else ("fi",)
    with voikko(is_used=is_used):
        rows = measured(quality_table, name, AnalysisAlone(texts), texts, languages=languages)
    held_to_bars(figure, quality_table, rows, with_voikko=is_used)


@pytest.mark.parametrize("is_used", [True, False], ids=["voikko", "no voikko"])
def test_the_database(texts, figure, quality_table, is_used):
    name = f"{OURS}{connection.vendor}, {'Voikko' if is_used else 'no Voikko'}"
    languages = ("fi", "sv") if is_used else ("fi",)
    with voikko(is_used=is_used):
        filled = Filled().add(texts)
        rebuilding.compare_entries(repair=True)
        rows = measured(quality_table, name, filled, texts, languages=languages)
    held_to_bars(figure, quality_table, rows, with_voikko=is_used)


def test_elasticsearch(on_postgresql, search_server, texts, figure, quality_table):
    with voikko(is_used=finnish.has_voikko()):
        filled = Filled().add(texts)
        rebuilding.compare_entries(repair=True)
        filling.fill()
        rows = measured(quality_table, f"{OURS}Elasticsearch", filled, texts)
    assert not server.known().failing_since, "the database answered in its place"
    held_to_bars(figure, quality_table, rows, with_voikko=finnish.has_voikko())
