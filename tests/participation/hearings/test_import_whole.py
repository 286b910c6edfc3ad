"""The documented command on real comments, or on a made-up twin where REAL_DATA names no folder."""

import io
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from participation.hearings.models import Comment, Hearing
from participation.processes.models import Part
from tests.factories.pages import index

MADE_UP = 1_000


def made_up(folder: Path) -> Path:
    """Forty statements, a thousand comments; some quoted, as table programs write them."""
    statements = [f"{number}\tVäittämä numero {number} on oikea." for number in range(127, 167)]
    (folder / "yle2015-statements.tsv").write_text("\n".join(["q\tstatement_fi", *statements]), "utf-8")
    rows = ["statement\tlanguage\tauthor\ttext"]
    for number in range(MADE_UP):
        text = (
            f'"Sanon ""kyllä"", numero {number}."' if number % 9 == 0 else f"Jag säger nej, nummer {number}."
        )
        rows.append(f"{127 + number % 40}\t{'fi' if number % 9 == 0 else 'sv'}\t{number % 300}\t{text}")
    (folder / "yle2015-comments.tsv").write_text("\n".join(rows), "utf-8")
    return folder


@pytest.fixture
def folder(tmp_path):
    given = os.environ.get("REAL_DATA")
    return Path(given) / "comments" if given else made_up(tmp_path)


def run(folder):
    out, err = io.StringIO(), io.StringIO()
    call_command(
        "import_comments",
        "vaalikone",
        str(folder / "yle2015-comments.tsv"),
        "--map",
        "section=statement",
        "--sections",
        str(folder / "yle2015-statements.tsv"),
        verbosity=0,
        stdout=out,
        stderr=err,
    )
    return out.getvalue().strip(), err.getvalue()


@pytest.mark.real_data
@pytest.mark.django_db(transaction=True)
def test_a_whole_file_is_imported_into_a_section_for_each_statement(folder):
    # A new session: PostgreSQL plans its foreign key checks once, and would plan them for empty tables.
    connection.close()
    index("planning", "fi")
    whole = len((folder / "yle2015-comments.tsv").read_text("utf-8").strip().splitlines()) - 1
    sections = len((folder / "yle2015-statements.tsv").read_text("utf-8").strip().splitlines()) - 1
    assert run(folder) == (f"{whole} added, 0 there already, 0 left out", "")
    hearing = Hearing.objects.get()
    assert hearing.received_count == hearing.published_count == Comment.objects.count() == whole
    parts = Part.objects.filter(participation=hearing)
    assert parts.count() == sections
    assert sum(parts.values_list("published_count", flat=True)) == whole
    assert not Comment.objects.filter(original_text__startswith='"', original_text__contains='""').exists()
