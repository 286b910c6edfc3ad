"""The demonstration, loaded: every page in both languages, every state, and nothing moved by a second run."""

import datetime as dt
from collections import Counter
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.core.serializers import serialize
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import Translation

from participation.hearings.models import Comment, Hearing, HearingPage
from participation.information.models import InformationPage
from participation.moderation.enums import ActKind
from participation.moderation.models import ModerationAct
from participation.processes.enums import Audience, ModerationState, State
from participation.processes.models import ProcessPage
from participation.processes.services.gate import examine
from portal.accounts.models import User
from portal.accounts.permissions import role_names
from portal.core.models import AuthorityProfile, MunicipalityPopulation
from portal.home.demo import content, prose
from portal.home.demo.loader import load_demo
from portal.home.demo.people import LOGINS, PASSWORD
from portal.home.demo.streams import stable_id
from portal.home.models import ContentPage, FormIndexPage, HomePage

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def pages():
    return Page.objects.filter(depth__gt=1).specific().order_by("path")


def rows():
    """Every row of every table of ours and of Wagtail's, by its values."""
    models = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return {model._meta.label: serialize("json", model._base_manager.order_by("pk")) for model in models}


@pytest.fixture
def empty_site():
    """As the migrations leave it: Wagtail's page that welcomes whoever has installed it."""
    welcome = Page.objects.exact_type(Page).get(depth=2)
    Site.objects.update(root_page=welcome)
    for page in HomePage.objects.all():
        page.delete()
    assert [page.pk for page in pages()] == [welcome.pk]


def test_fills_an_empty_site_in_both_languages(client, empty_site):
    assert load_demo() is True

    assert Counter(page.locale.language_code for page in pages()) == {"fi": 19, "sv": 19}
    for page in pages():
        response = client.get(page.get_url())
        text = response.content.decode()
        assert response.status_code == 200, page.get_url()
        assert page.title in text or page.title in response.context["page"].title
        assert f'<html lang="{"sv-FI" if page.locale.language_code == "sv" else "fi"}"' in text
    check_texts()
    check_hearings()
    check_comments()
    check_authority()
    check_logins()
    check_second_run()


def check_second_run():
    """Nothing moves, on whatever day: times are counted from the first loading."""
    before = rows()
    assert load_demo() is False
    assert load_demo(dt.date(2024, 2, 29)) is False
    assert rows() == before


def check_texts():
    """Both language versions hold what the content files say, to the last segment."""
    finnish = Locale.objects.get(language_code="fi")
    for page in pages().filter(locale=finnish):
        other = page.get_translation(Locale.objects.get(language_code="sv")).specific
        assert (other.live, other.alias_of, type(other)) == (True, None, type(page))
        translation = Translation.objects.get(source__object_id=page.translation_key)
        total, done = translation.get_progress()
        assert (total > 0, done) == (True, total)
    home = HomePage.objects.get(locale=finnish)
    assert Site.objects.get().root_page.pk == home.pk
    texts = content.read("hearing_service_promise")
    for page in HearingPage.objects.filter(translation_key=stable_id("hearing/service_promise")):
        code = page.locale.language_code
        assert page.title == texts["title"][code]
        assert page.decided == prose.rich_text(texts["decided"][code])
        assert page.easy_text.startswith(prose.rich_text(texts["easy"]["lead"][code]))
        assert page.easy_checked_by == texts["easy_checked_by"][code]
        assert [block.value["heading"] for block in page.sections] == [
            section["title"][code] for section in texts["sections"]
        ]
        assert [list(block.value["questions"]) for block in page.sections] == [
            [question[code] for question in section["questions"]] for section in texts["sections"]
        ]
        assert len(page.timeline) == len(texts["milestones"])
    process_fi, process_sv = ProcessPage.objects.order_by("locale__language_code")
    assert [str(block.value["date"]) for block in process_fi.milestones] == [
        str(block.value["date"]) for block in process_sv.milestones
    ]
    assert process_fi.milestones[0].value["date"] == dt.date(2022, 2, 1)
    assert all(page.contact_persons.exists() for page in InformationPage.objects.all())
    assert {model.form for model in FormIndexPage.__subclasses__()} == {
        row["form"] for row in content.read("pages")["indexes"]
    }
    assert ContentPage.objects.count() == 2 * len(content.read("pages")["content"])


def check_hearings():
    states = Counter(hearing.state for hearing in Hearing.objects.all())
    assert states == {State.OPEN: 1, State.ANSWERED: 1, State.CLOSED: 1, State.SCHEDULED: 1}
    process = ProcessPage.objects.first()
    assert Hearing.objects.filter(process_key=process.translation_key).count() == 3
    for hearing in Hearing.objects.all():
        assert examine(hearing).complete
        assert hearing.gate_met_at < hearing.opens_at
    answered = Hearing.objects.get(answered_at__isnull=False)
    assert answered.closes_at < answered.answered_at


def check_comments():
    comments = Comment.objects.all()
    states = Counter(comments.values_list("moderation_state", flat=True))
    assert states[ModerationState.HIDDEN] == ModerationAct.objects.filter(kind=ActKind.HIDE).count() == 2
    assert states[ModerationState.PENDING] == 1
    assert comments.filter(audience=Audience.PREPARERS).count() == 1
    assert comments.filter(is_official=True).count() >= 4
    assert [comment.held_for for comment in comments if comment.held_for] == []
    for comment in comments.select_related("participation"):
        hearing = comment.participation
        assert hearing.opens_at < comment.received_at < hearing.closes_at
        marks = ("esimerk", "exempel", "example", "пример", "demo")
        assert any(mark in f"{comment.display_name} {comment.public_text}".lower() for mark in marks)
        assert comment.support_count == comment.supports.count()
    for hearing in Hearing.objects.all():
        own = comments.filter(participation=hearing)
        assert hearing.received_count == own.count()
        assert hearing.published_count == own.published().count()


def check_authority():
    profile = AuthorityProfile.load()
    assert profile.is_complete(["fi", "sv"])
    assert profile.municipalities.count() == 26
    totals = MunicipalityPopulation.objects.filter(language="total")
    assert sum(totals.values_list("persons", flat=True)) == 1_655_624
    assert MunicipalityPopulation.objects.filter(language="sv").count() == 15


def check_logins():
    for login in LOGINS:
        user = User.objects.get(email=login.email)
        assert user.check_password(PASSWORD)
        assert user.emailaddress_set.get().verified
        assert role_names(user) == ({login.role.value} if login.role else set())
        assert user.is_staff is bool(login.role)


def test_leaves_a_site_with_pages_of_its_own_alone():
    HomePage.objects.update(title="Own")
    before = list(Page.objects.values_list("path", "title"))
    with pytest.raises(CommandError, match="front page of its own"):
        call_command("load_demo")
    assert list(Page.objects.values_list("path", "title")) == before
    assert not User.objects.exists()


def test_command_prints_one_login_per_role(monkeypatch):
    monkeypatch.setattr("portal.home.management.commands.load_demo.load_demo", lambda today: False)
    out = StringIO()
    call_command("load_demo", print_logins=True, stdout=out)
    lines = out.getvalue().splitlines()
    assert [line.split() for line in lines] == [[login.key, login.email, PASSWORD] for login in LOGINS]


def test_command_says_what_it_did(monkeypatch):
    days = []
    monkeypatch.setattr(
        "portal.home.management.commands.load_demo.load_demo", lambda today: days.append(today) or True
    )
    out = StringIO()
    call_command("load_demo", "--today", "2024-11-30", stdout=out)
    assert (days, out.getvalue().strip()) == ([dt.date(2024, 11, 30)], "The demonstration was loaded.")


def test_command_refuses_a_day_to_come():
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)
    with pytest.raises(CommandError, match=f"{tomorrow} is in the future"):
        call_command("load_demo", "--today", tomorrow.isoformat())
