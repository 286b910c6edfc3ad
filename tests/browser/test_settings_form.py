"""The settings form of a participation in a browser: what is refused, what is kept, and its attachments."""

import pytest

from participation.processes.models import Attachment
from tests.browser.keyboard import Keyboard
from tests.factories.accounts import UserFactory
from tests.factories.hearings import hearing_pair
from tests.factories.processes import AttachmentFactory, DocumentFactory, authority

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVE = {"fi": "Tallenna asetukset", "sv": "Spara inställningarna"}


@pytest.fixture
def pair(db):
    authority()
    return hearing_pair(state="scheduled")


def opened(new_page, pair, language="fi", **options):
    page = new_page(user=UserFactory(official=True, language=language), language=language, **options)
    page.goto(f"/cms/participations/{pair.hearing.public_id}/")
    return page


def test_what_is_refused_is_told_on_top_and_beside_the_field_and_nothing_is_lost(new_page, pair, language):
    page = opened(new_page, pair, language)
    keys = Keyboard(page)
    keys.fill("[name=opens_at_day]", "pian")
    keys.fill("[name=matter_fi]", "Uusi nimi suomeksi")
    keys.tick("[name=target_groups][value=families]")
    keys.fill("[name=minimum_age]", "-5")
    keys.fill("[name=attachments-0-title_fi]", "Liite ilman asiakirjaa")
    keys.follow("button[type=submit]", named=SAVE[language])

    keys.until("element => element.matches('[role=alert]')", "the summary does not have the focus")
    summary = page.inner_text("[role=alert]")
    for name in ("opens_at", "minimum_age", "attachments-0-document"):
        assert page.inner_text(f"#id_{name}_error") in summary
    assert "30.11.2026" in page.inner_text("#id_opens_at_error")
    kept = {
        "opens_at_day": "pian",
        "matter_fi": "Uusi nimi suomeksi",
        "minimum_age": "-5",
        "attachments-0-title_fi": "Liite ilman asiakirjaa",
    }
    assert {name: page.input_value(f"[name='{name}']") for name in kept} == kept
    assert page.is_checked("[name=target_groups][value=families]")
    for target, name in (("opens_at_0", "opens_at_day"), ("minimum_age", "minimum_age")):
        keys.to(f"[role=alert] a[href='#id_{target}']")
        keys.press("Enter")
        keys.until(f"element => element.name === '{name}'", "the summary's link does not lead to the field")
        assert page.get_attribute(f"#id_{target}", "aria-invalid") == "true"
        page.focus("[role=alert]")
    pair.hearing.refresh_from_db()
    assert pair.hearing.matter_fi != "Uusi nimi suomeksi"


def chooser(keys, number):
    """Opens Wagtail's dialogue for the document of an attachment."""
    keys.to(f"#id_attachments-{number}-document-chooser .chooser__choose-button")
    keys.press("Enter")
    keys.page.wait_for_selector("[role=dialog] #tab-label-search")
    keys.until("element => element.matches('[role=dialog]')", "the dialogue does not get it")


def described(keys, number, language, **texts):
    keys.choose(f"[name=attachments-{number}-language]", language)
    for name, text in texts.items():
        keys.fill(f"[name=attachments-{number}-{name}]", text)
    keys.follow("button[type=submit]", named=SAVE["fi"])
    assert not keys.page.locator("[role=alert]").count(), keys.page.inner_text("[role=alert]")


def test_attachments_are_chosen_uploaded_described_and_taken_away(new_page, pair, tmp_path):
    AttachmentFactory(participation=pair.hearing, title_fi="Vanha liite")
    there = DocumentFactory(title="Ennalta tuotu")
    keys = Keyboard(opened(new_page, pair))

    keys.tick("[name=attachments-0-DELETE]")
    chooser(keys, 1)
    keys.to("a[data-chooser-modal-choice]", named="Ennalta tuotu")
    keys.press("Enter")
    keys.page.wait_for_selector("#id_attachments-1-document-chooser :text('Ennalta tuotu')")
    described(keys, 1, "sv", title_fi="Selvitys", title_sv="Utredning", summary_fi="Mitä selvisi.")
    [chosen] = Attachment.objects.filter(participation=pair.hearing)
    assert (chosen.document, chosen.language, chosen.summary_fi) == (there, "sv", "Mitä selvisi.")

    (tmp_path / "kartta.txt").write_text("Kartta")
    chooser(keys, 1)
    keys.to("#tab-label-search")
    keys.press("ArrowRight")
    keys.until("element => element.id === 'tab-label-upload'", "the arrow leads to no other tab")
    # Asked for some keys ahead: a key may overtake the browser's being told that files are chosen here.
    with keys.page.expect_file_chooser() as files:
        keys.to("[name=document-chooser-upload-file]")
        keys.press("Space")
    files.value.set_files(tmp_path / "kartta.txt")
    keys.fill("[name=document-chooser-upload-title]", "Kartta alueesta", key="Shift+Tab")
    keys.to("[role=dialog] button[type=submit]")
    keys.press("Enter")
    keys.page.wait_for_selector("#id_attachments-1-document-chooser :text('Kartta alueesta')")
    described(keys, 1, "fi", title_fi="Kartta", title_sv="Karta", summary_sv="Vad kartan visar.")
    uploaded = Attachment.objects.filter(participation=pair.hearing).exclude(pk=chosen.pk).get()
    with uploaded.document.open_file() as stored:
        assert stored.read() == b"Kartta"
    assert uploaded.title_sv == "Karta"
