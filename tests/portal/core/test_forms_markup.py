import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template.loader import render_to_string

from portal.core.forms import GovukForm, GovukFormMixin, PlainTextField


class ExampleForm(GovukForm):
    text = PlainTextField(
        label="Text", max_length=10, help_text="No <b>HTML</b>", error_messages={"required": "Write"}
    )
    language = forms.ChoiceField(
        label="Language",
        choices=[("fi", "suomi"), ("sv", "svenska")],
        widget=forms.RadioSelect,
        help_text="Which",
    )
    means = forms.MultipleChoiceField(
        label="Means", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, required=False
    )
    place = forms.ChoiceField(label="Place", choices=[("", "-"), ("049", "Espoo")], required=False)
    email = forms.EmailField(label="E-mail", required=False)
    only = forms.BooleanField(label="Only for the preparers", required=False, help_text="It is not published")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)

    unmarked_fields = frozenset({"place"})
    control_classes = {"email": "govuk-input--width-20", "language": "govuk-radios--inline"}
    label_classes = {"text": "govuk-label--m"}


@pytest.fixture
def page():
    return BeautifulSoup(str(ExampleForm()), "html.parser")


@pytest.fixture
def refused():
    form = ExampleForm({"email": "nowhere", "text": "", "secret": "x"})
    assert not form.is_valid()
    return form


def test_every_control_has_a_label_or_legend(page):
    for control in page.select("input:not([type=hidden]), select, textarea"):
        assert page.select_one(f"label[for={control['id']}]") is not None, control
    assert [legend.get_text(strip=True) for legend in page.select("fieldset > legend")] == [
        "Language",
        page.select("fieldset > legend")[1].get_text(strip=True),
    ]


def test_hint_and_count_describe_the_control(page):
    textarea = page.select_one("textarea")
    for target in textarea["aria-describedby"].split():
        assert page.find(id=target) is not None
    assert set(textarea["aria-describedby"].split()) == {"id_text_helptext", "id_text-info"}
    assert page.find("fieldset")["aria-describedby"] == "id_language_helptext"


def test_help_texts_are_escaped(page):
    assert page.find(id="id_text_helptext").find("b") is None


def test_a_text_area_counts_and_never_cuts(page):
    group = page.select_one(".govuk-character-count")
    assert group["data-module"] == "govuk-character-count"
    assert group["data-maxlength"] == "10"
    assert "%{count}" in group["data-i18n.characters-under-limit.other"]
    assert not page.select("[maxlength]:not(input)")


def test_optional_fields_say_so_unless_told_otherwise(page, language):
    fresh = BeautifulSoup(str(ExampleForm()), "html.parser")
    assert fresh.select_one("label[for=id_email] .ar-optional")
    assert not fresh.select_one("label[for=id_place] .ar-optional")
    assert not fresh.select_one("label[for=id_text] .ar-optional")


def test_known_fields_tell_browsers_what_they_are(page):
    assert page.find(id="id_email")["autocomplete"] == "email"
    assert page.find(id="id_password")["autocomplete"] == "current-password"


def test_modifiers_land_on_control_and_group(page):
    assert "govuk-input--width-20" in page.find(id="id_email")["class"]
    assert "govuk-radios--inline" in page.select_one(".govuk-radios")["class"]
    assert "govuk-radios--inline" not in page.find(id="id_language_0")["class"]
    assert "govuk-label--m" in page.select_one("label[for=id_text]")["class"]


def test_hidden_fields_have_no_group(page):
    assert page.select_one("input[type=hidden][name=secret]").find_parent(class_="govuk-form-group") is None


def test_an_error_stands_at_its_field(refused):
    page = BeautifulSoup(str(refused), "html.parser")
    textarea = page.select_one("textarea")
    assert textarea["aria-invalid"] == "true"
    assert "id_text_error" in textarea["aria-describedby"].split()
    assert "govuk-textarea--error" in textarea["class"]
    assert "Write" in page.find(id="id_text_error").get_text()
    assert "id_language_error" in page.find("fieldset")["aria-describedby"].split()
    assert page.find(id="id_email")["value"] == "nowhere"


def test_the_summary_leads_to_each_place(refused):
    page = BeautifulSoup(str(refused), "html.parser")
    summary = BeautifulSoup(
        render_to_string("components/error_summary.html", {"form": refused}), "html.parser"
    )
    targets = [link["href"].removeprefix("#") for link in summary.select("a")]
    assert targets == ["id_text", "id_language_0", "id_email"]
    assert all(page.find(id=target) is not None for target in targets)


def test_errors_of_the_whole_form_come_first_and_lead_nowhere(refused):
    refused.add_error(None, "Closed")
    first = refused.error_list()[0]
    assert (first.target, first.text) == ("", "Closed")


def test_no_summary_without_errors():
    assert render_to_string("components/error_summary.html", {"form": ExampleForm()}).strip() == ""


def test_a_line_break_is_one_character():
    class Small(GovukForm):
        text = PlainTextField(max_length=5)

    form = Small({"text": "ab\r\ncd"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["text"] == "ab\ncd"
    assert not Small({"text": "ab\r\ncde"}).is_valid()


def test_forms_of_others_keep_django_markup():
    class Plain(forms.Form):
        name = forms.CharField()

    class Ours(GovukFormMixin, Plain):
        pass

    assert "govuk" not in str(Plain())
    assert "govuk-input" in str(Ours())
