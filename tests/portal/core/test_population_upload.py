"""Population by municipality and language: checked to the last row, and nothing is imported if one is bad."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext, override
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.audit.models import Entry
from portal.core import page_cache
from portal.core.models import Municipality, MunicipalityPopulation
from portal.core.population import PopulationFileError, PopulationRow, read_population
from portal.core.services import import_population
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
URL = "/cms/population/"
HEADERS = {
    "en": "municipality;year;language;persons;source",
    "fi": "kunta;vuosi;kieli;henkilöitä;lähde",
    "sv": "kommun;år;språk;personer;källa",
}


@pytest.fixture(autouse=True)
def municipalities():
    for code, name_fi, name_sv in (("049", "Espoo", "Esbo"), ("091", "Helsinki", "Helsingfors")):
        Municipality.objects.get_or_create(code=code, defaults={"name_fi": name_fi, "name_sv": name_sv})


def csv(*rows, header="en"):
    return "\n".join((HEADERS[header], *rows)).encode()


def figures():
    rows = MunicipalityPopulation.objects.values_list("municipality__code", "year", "language", "persons")
    return set(rows)


def errors_of(content):
    with override(None):
        with pytest.raises(PopulationFileError) as caught:
            read_population(content)
        return [str(error) for error in caught.value.errors]


@pytest.mark.both
@pytest.mark.parametrize("header", HEADERS)
def test_headers_in_three_languages(header):
    import_population(read_population(csv("049;2023;sv;20216;Tilastokeskus", header=header)))
    assert figures() == {("049", 2023, "sv", 20216)}


@pytest.mark.parametrize("place", ["049", "49", "Espoo", "espoo", "ESBO"])
@pytest.mark.parametrize(
    ("word", "language"),
    [("total", "total"), ("yhteensä", "total"), ("Ruotsi", "sv"), ("finska", "fi"), ("övriga", "other")],
)
def test_municipalities_and_languages_by_code_or_word(place, word, language):
    (row,) = read_population(csv(f"{place};2023;{word};1;Lähde"))
    assert (row.municipality_id, row.language) == (Municipality.objects.get(code="049").pk, language)


@pytest.mark.parametrize(
    "content",
    [
        csv("049;2023;sv;20216;Tilastokeskus"),
        csv("049;2023;sv;20216;Tilastokeskus").replace(b";", b","),
        csv("049;2023;sv;20216;Tilastokeskus").replace(b";", b"\t"),
        b"\xef\xbb\xbf" + csv("049;2023;sv;20216;Tilastokeskus"),
        csv("049;2023;sv;20216;Tilastokeskus", header="fi").decode().encode("cp1252"),
        csv("049;2023;sv;20216;Tilastokeskus").replace(b"\n", b"\r\n"),
        csv("", "049;2023;sv;20 216;Tilastokeskus", ";;;;", ""),
        csv("049;2023;sv;20\u00a0216;Tilastokeskus"),
        b'source,persons,language,year,municipality,note\n"Tilastokeskus",20216,sv,2023,049,x\n',
    ],
    ids=["semicolon", "comma", "tab", "bom", "windows", "crlf", "blank lines", "thousands", "other order"],
)
def test_forms_of_the_same_file(content):
    (row,) = read_population(content)
    assert row[2:] == (2023, "sv", 20216, "Tilastokeskus")


@pytest.mark.both
def test_missing_is_missing_and_not_zero():
    import_population(read_population(csv("049;2023;sv;;Lähde", "091;2023;sv;0;Lähde")))
    assert figures() == {("091", 2023, "sv", 0)}


@pytest.mark.both
def test_a_second_file_changes_what_it_names_and_leaves_the_rest():
    first = csv("049;2023;total;300000;A", "049;2023;sv;20000;A", "091;2023;total;660000;A")
    assert import_population(read_population(first)).added == 3
    second = csv("049;2023;total;314024;B", "049;2023;sv;;B", "049;2024;total;320000;B")
    result = import_population(read_population(second))
    assert result._asdict() == {"added": 1, "changed": 1, "unchanged": 0, "removed": 1}
    assert figures() == {
        ("049", 2023, "total", 314024),
        ("091", 2023, "total", 660000),
        ("049", 2024, "total", 320000),
    }
    assert import_population(read_population(second)).unchanged == 3


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Espo;2023;sv;1;x", "Line 2, column “municipality”: “Espo” is no municipality we know."),
        (";2023;sv;1;x", "Line 2, column “municipality”: “” is no municipality we know."),
        ("049;20x3;sv;1;x", "Line 2, column “year”: “20x3” is no year. Write four digits from 1950 to"),
        ("049;2999;sv;1;x", "Line 2, column “year”: “2999” is no year."),
        ("049;2023;ruåtsi;1;x", "Line 2, column “language”: “ruåtsi” is no language group."),
        ("049;2023;sv;1,5;x", "Line 2, column “persons”: “1,5” is no number of persons."),
        ("049;2023;sv;-4;x", "Line 2, column “persons”: “-4” is no number of persons."),
        ("049;2023;sv;99999999999;x", "Line 2, column “persons”: “99999999999” is no number of persons."),
        ("049;2023;sv;1;", "Line 2, column “source”: The source is missing."),
        ("049;2023;sv;1;" + "x" * 251, "Line 2, column “source”: The source is 251 characters long."),
        ("049;2023", "Line 2, column “language”: “” is no language group."),
    ],
)
def test_what_is_wrong_where_and_what_would_be_right(row, message):
    found = errors_of(csv(row))
    assert any(error.startswith(message) for error in found), found


def test_columns_are_named_as_in_the_file():
    assert errors_of(csv("Espo;2023;sv;1;x", header="sv"))[0].startswith("Line 2, column “kommun”:")


def test_the_same_figure_twice_is_refused():
    rows = ("049;2023;sv;1;x", "091;2023;sv;1;x", "Esbo;2023;svenska;2;x")
    assert errors_of(csv(*rows)) == [
        "Line 4: The same municipality, year and language are on line 2 already. Keep one."
    ]


def test_groups_larger_than_the_total_are_refused():
    rows = ("049;2023;total;100;x", "049;2023;fi;90;x", "049;2023;sv;20;x")
    assert errors_of(csv(*rows)) == [
        "Line 2, column “persons”: The language groups add up to 110, more than the total 100. Correct one."
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file has no text in it."),
        (b"PK\x03\x04\0\0", "The file has no text in it."),
        (b'"', "The file has no text in it."),
        (csv(), "There are no figures in the file"),
        (b"municipality;year\n049;2023\n", "Line 1: The header lacks language, persons, source."),
        (b"x" * 2_000_001, "The file is larger than 2000000 bytes."),
    ],
    ids=["empty", "a spreadsheet", "a quotation mark", "only a header", "columns missing", "too large"],
)
def test_files_that_are_no_table(content, message):
    assert errors_of(content)[0].startswith(message)


@settings(max_examples=60)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: csv(text)))
def test_any_file_is_read_or_refused_in_words(content):
    errors = []
    try:
        rows = read_population(content)
    except PopulationFileError as error:
        rows, errors = [], error.errors
    assert bool(rows) != bool(errors)
    assert all(isinstance(row, PopulationRow) for row in rows)
    assert all(str(error) for error in errors)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_upload_through_the_administration(client, language, django_capture_on_commit_callbacks, monkeypatch):
    purged = []
    monkeypatch.setattr(page_cache, "_purge", lambda: purged.append(True))
    admin = UserFactory(administrator=True, language=language)
    client.force_login(admin)
    upload = {"file": SimpleUploadedFile("vaesto.csv", csv("049;2023;total;314024;Tilastokeskus"))}
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(URL, upload, follow=True)
    assert figures() == {("049", 2023, "total", 314024)}
    assert "Tilastokeskus" in page.content.decode()
    assert purged
    entry = Entry.objects.get(verb="population.imported")
    assert (entry.actor, entry.public_id) == (admin.public_id, "2023")


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_one_bad_row_and_nothing_is_imported(client, language):
    client.force_login(UserFactory(administrator=True, language=language))
    content = csv("049;2023;total;314024;x", "Espo;2023;sv;1;x")
    page = client.post(URL, {"file": SimpleUploadedFile("a.csv", content)})
    assert page.status_code == 422
    with override(language):
        message = gettext("“%(value)s” is no municipality we know. Write its code, such as 049, or its name.")
        assert message % {"value": "Espo"} in page.content.decode()
    assert figures() == set()


def test_many_errors_are_counted_not_poured_out(client):
    client.force_login(UserFactory(administrator=True))
    content = csv(*("Espo;2023;sv;1;x" for _ in range(300)))
    page = client.post(URL, {"file": SimpleUploadedFile("a.csv", content)}).content.decode()
    assert page.count("Espo") == 100
    assert "200" in page


@pytest.mark.parametrize("role", ["editor", "official", "moderator"])
def test_only_administrators_upload(client, role):
    client.force_login(UserFactory(role=role))
    content = csv("049;2023;total;314024;x")
    assert client.post(URL, {"file": SimpleUploadedFile("a.csv", content)}).status_code == 302
    assert figures() == set()
