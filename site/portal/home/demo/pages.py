"""The pages that are no participations: front page, one index per form, process, news and plain pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page, Site

from participation.information.models import InformationPage
from participation.processes.models import ProcessPage
from portal.accounts.models import User
from portal.core.models import FooterLink, HeaderLink, SiteNavigation

from ..models import (
    ActionIndexPage,
    ContentPage,
    DecisionIndexPage,
    FormIndexPage,
    HomePage,
    InformationIndexPage,
    PlanningIndexPage,
)
from . import content, prose
from .authority import Authority
from .content import Calendar, Text
from .maker import PageMaker, heads, milestones, rich
from .streams import stable_id, stream

HOME_KEY = stable_id("home")
INDEX_PAGES: Mapping[str, type[FormIndexPage]] = {
    model.form.value: model
    for model in (InformationIndexPage, ActionIndexPage, PlanningIndexPage, DecisionIndexPage)
}
IN_FOOTER = ("about", "accessibility", "privacy")
PROCESS_PARENT = "planning"


@dataclass(frozen=True, slots=True)
class Pages:
    """Finnish pages by the keys the content files use."""

    home: Page
    indexes: dict[str, Page]
    process: Page


def create_pages(authority: Authority, calendar: Calendar, editor: User) -> Pages:
    maker = PageMaker(editor)
    texts = content.read("pages")
    home = _home(maker, texts["home"])
    indexes = {
        row["form"]: maker.make(
            INDEX_PAGES[row["form"]],
            key=row["form"],
            parent=home,
            texts=heads(row) | {"body": rich(row["body"])},
        )
        for row in texts["indexes"]
    }
    plain = {row["key"]: _plain(maker, row, home) for row in texts["content"]}
    for row in content.read("news")["news"]:
        _news(maker, row, indexes["information"], authority, calendar)
    process = _process(maker, content.read("process"), indexes[PROCESS_PARENT], calendar)
    _navigation([*indexes.values(), plain["region"]], [plain[key] for key in IN_FOOTER])
    return Pages(home=home, indexes=indexes, process=process)


def _home(maker: PageMaker, row: dict[str, Any]) -> Page:
    notice = content.read("authority")["demonstration"]
    how = Text(f"{row['how'].fi}\n\n{notice.fi}", f"{row['how'].sv}\n\n{notice.sv}")
    root = Page.get_first_root_node()
    home = maker.make(HomePage, key="home", parent=root, texts=heads(row) | {"how_to_take_part": rich(how)})
    site, _created = Site.objects.get_or_create(is_default_site=True, defaults={"root_page": home})
    welcome, site.root_page = site.root_page, home
    site.save()
    if welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete()
    return home


def _plain(maker: PageMaker, row: dict[str, Any], home: Page) -> Page:
    def body(code: str) -> Any:
        return stream(ContentPage, "body", row["key"], prose.body(row["body"][code]))

    return maker.make(ContentPage, key=row["key"], parent=home, texts=heads(row) | {"body": body})


def _news(
    maker: PageMaker, row: dict[str, Any], parent: Page, authority: Authority, calendar: Calendar
) -> None:
    def body(code: str) -> Any:
        return stream(InformationPage, "body", row["key"], prose.body(row["body"][code]))

    maker.make(
        InformationPage,
        key=row["key"],
        parent=parent,
        texts=heads(row) | {"body": body},
        published_on=calendar.date(row["days"]),
        contact_persons=[authority.contacts[row["contact"]]],
    )


def _process(maker: PageMaker, row: dict[str, Any], parent: Page, calendar: Calendar) -> Page:
    def phases(code: str) -> Any:
        return stream(
            ProcessPage, "phases", "process", [("phase", _phase(phase, code)) for phase in row["phases"]]
        )

    def timeline(code: str) -> Any:
        return stream(ProcessPage, "milestones", "process", milestones(row["milestones"], code, calendar))

    texts = heads(row) | {"body": rich(row["body"]), "phases": phases, "milestones": timeline}
    return maker.make(ProcessPage, key="process", parent=parent, texts=texts, stage=row["stage"])


def _phase(row: dict[str, Any], code: str) -> dict[str, Any]:
    return {
        "title": row["title"][code],
        "starts": row["starts"].isoformat(),
        "ends": row["ends"].isoformat() if "ends" in row else None,
        "text": prose.rich_text(row["text"][code]),
    }


def _navigation(header: list[Page], footer: list[Page]) -> None:
    navigation = SiteNavigation.load()
    for model, pages in ((HeaderLink, header), (FooterLink, footer)):
        for order, page in enumerate(pages):
            model.objects.create(navigation=navigation, page=page, sort_order=order)
