import io

import pytest
from django.core.management import CommandError, call_command

from participation.hearings.models import Comment, Hearing, HearingPage
from participation.processes.models import Part
from participation.processes.signals import contribution_changed
from portal.audit.models import Entry
from tests.factories.hearings import hearing_pair
from tests.factories.pages import index
from tests.factories.processes import MunicipalityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def write(folder, text, name="comments.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def run(hearing, path, *args):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_comments", str(hearing), str(path), *args, verbosity=0, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_only_text_is_needed(tmp_path):
    pair = hearing_pair()
    out, err = run(pair.fi.slug, write(tmp_path, "text\nHyvä ehdotus.\nHuono ehdotus.\n"))
    assert (out.strip(), err) == ("2 added, 0 there already, 0 left out", "")
    pair.hearing.refresh_from_db()
    assert (pair.hearing.received_count, pair.hearing.published_count) == (2, 2)
    assert {comment.channel for comment in Comment.objects.all()} == {"import"}


def test_every_column_is_taken(tmp_path):
    pair = hearing_pair()
    MunicipalityFactory(code="049", name_fi="Espoo", name_sv="Esbo")
    row = "text;language;author;created;section;municipality;channel;received\n"
    row += '"Rad ett\nrad två";sv;77;1.10.2026 klo 12.00;Avsnitt 2;Esbo;paper;2026-10-05\n'
    run(pair.hearing.public_id, write(tmp_path, row))
    comment = Comment.objects.get()
    assert comment.original_text == "Rad ett\nrad två"
    assert (comment.language, comment.municipality, comment.channel) == ("sv", "049", "paper")
    assert comment.part == pair.parts[1]
    assert comment.created_at.isoformat() == "2026-10-01T09:00:00+00:00"
    assert comment.received_at.isoformat() == "2026-10-04T21:00:00+00:00"
    pair.parts[1].refresh_from_db()
    assert pair.parts[1].published_count == 1


def test_the_same_file_again_adds_nothing_and_a_longer_one_only_what_is_new(tmp_path):
    pair = hearing_pair()
    rows = "author,text\n1,Kannatan.\n1,Kannatan.\n2,Kannatan.\n"
    run(pair.fi.slug, write(tmp_path, rows))
    assert Comment.objects.count() == 3
    out, _err = run(pair.sv.slug, write(tmp_path, rows))
    assert out.startswith("0 added, 3 there already")
    out, _err = run(pair.fi.slug, write(tmp_path, rows + "1,Kannatan.\n"))
    assert out.startswith("1 added, 3 there already")


def test_bad_rows_are_told_with_line_and_reason_and_good_ones_kept(tmp_path):
    pair = hearing_pair()
    rows = (
        "text,language,section,municipality,channel,received\n"
        "Hyvä.,fi,1,,,\n"
        ",fi,1,,,\n"
        "Kieli.,norja,1,,,\n"
        "Osio.,fi,99,,,\n"
        '"Kunta\nkahdella rivillä.",fi,1,Ankkalinna,,\n'
        "Kanava.,fi,1,,savumerkki,\n"
        "Aika.,fi,1,,,eilen\n"
        "Liikaa.,fi,1,,,,,\n"
        f"{'x' * 10_001},fi,1,,,\n"
        "Toinen hyvä.,fi,,,,\n"
    )
    out, err = run(pair.fi.slug, write(tmp_path, rows))
    assert out.startswith("2 added, 0 there already, 8 left out")
    lines = [line.partition(":")[0] for line in err.strip().splitlines()]
    assert lines == [f"line {number}" for number in (3, 4, 5, 7, 8, 9, 10, 11)]
    assert "'Ankkalinna'" in err
    assert "10001 characters" in err


def test_a_text_with_personal_data_waits_for_a_moderator(tmp_path):
    pair = hearing_pair()
    out, _err = run(pair.fi.slug, write(tmp_path, "text\nTunnukseni on 131052-308T.\n"))
    assert "1 of the added wait for a moderator" in out
    assert Comment.objects.get().held_for == ["identity_code"]
    pair.hearing.refresh_from_db()
    assert (pair.hearing.received_count, pair.hearing.published_count) == (1, 0)


def test_the_same_author_is_the_same_writer_and_is_not_named(tmp_path):
    pair = hearing_pair()
    run(pair.fi.slug, write(tmp_path, "author,text\nMaija,Yksi.\nMaija,Kaksi.\nKalle,Kolme.\n"))
    keys = list(Comment.objects.order_by("pk").values_list("device_key", flat=True))
    assert keys[0] == keys[1] != keys[2]
    assert not Comment.objects.exclude(display_name="").exists()


def test_every_row_is_told_and_the_import_is_logged(tmp_path):
    pair = hearing_pair()
    told = []

    def receive(contribution, change, **kwargs):
        told.append((contribution.original_text, change))

    contribution_changed.connect(receive)
    try:
        run(pair.fi.slug, write(tmp_path, "text\nYksi.\nKaksi.\n"))
    finally:
        contribution_changed.disconnect(receive)
    assert told == [("Yksi.", "created"), ("Kaksi.", "created")]
    assert Entry.objects.filter(verb="comment.imported", participation=pair.hearing.public_id).count() == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [("teksti\nJotain.\n", "no column statement, text"), ("text\nJotain.\n", "no column statement")],
)
def test_a_file_without_a_needed_column_is_refused(tmp_path, content, message):
    pair = hearing_pair()
    with pytest.raises(CommandError, match=message):
        run(pair.fi.slug, write(tmp_path, content), "--map", "section=statement")
    assert not Comment.objects.exists()


def test_a_file_that_is_not_utf8_and_an_unknown_hearing_are_refused(tmp_path):
    pair = hearing_pair()
    path = tmp_path / "latin.csv"
    path.write_bytes("text\nHyvä\n".encode("latin-1"))
    with pytest.raises(CommandError, match="not UTF-8"):
        run(pair.fi.slug, path)
    with pytest.raises(CommandError, match="ei-ole"):
        run("ei-ole", write(tmp_path, "text\nHyvä\n"))


def test_statements_become_sections_of_a_new_hearing(tmp_path):
    index("planning", "fi")
    statements = write(tmp_path, "q\tstatement_fi\n127\tOn liian helppoa.\n128\tAjat <vapaiksi>.\n", "s.tsv")
    comments = write(tmp_path, "statement\tlanguage\tauthor\ttext\n128\tsv\t5\tJag håller med.\n", "c.tsv")
    args = ("--map", "section=statement", "--sections", str(statements))
    out, err = run("vaittamat", comments, *args)
    assert out.startswith("1 added"), err
    hearing = Hearing.objects.get()
    assert hearing.state == "open"
    assert HearingPage.objects.live().count() == 2
    assert Comment.objects.get().part == Part.objects.get(participation=hearing, order=1)
    assert run("vaittamat", comments, *args)[0].startswith("0 added, 1 there already")
