"""Everything hearing_page.html shows, put together for one reader."""

import uuid
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from participation.processes.enums import PUBLIC_STATES, State
from participation.processes.models import Part
from participation.processes.page_access import seen_by
from participation.processes.permissions import Refusal
from participation.processes.selectors import contacts, milestones
from participation.processes.state import contributions_are_shown
from portal.accounts.models import User
from portal.core.models import AuthorityProfile
from portal.core.page_query import use
from portal.core.selectors import language_links

from ..addresses import section_anchor
from ..models import Hearing, HearingPage
from . import facts
from .commenting import Commenting, Target, level_note
from .threads import Showing, ThreadPage, shown_thread, thread_page


def visible_page(hearing_id: uuid.UUID, language: str, request: HttpRequest) -> HearingPage | None:
    """The hearing's page that this visitor may read, in the language if there is one."""
    keys = Hearing.objects.filter(public_id=hearing_id).values("translation_key")
    pages = HearingPage.objects.filter(translation_key__in=keys).select_related("locale")
    found = seen_by(pages, request)
    own = [page for page in found if page.locale.language_code == language]
    return next(iter([*own, *found]), None)


def hearing_context(page: HearingPage, request: HttpRequest) -> dict[str, Any]:
    return _Reading(page, request).context()


class _Reading:
    """One reader at one moment; each relation is read once."""

    def __init__(self, page: HearingPage, request: HttpRequest) -> None:
        self.page, self.request = page, request
        self.now = timezone.now()
        self.language = page.locale.language_code
        self.url = page.get_url(request) or request.path
        # A form sent back is shown with its own target, not with that of an address.
        self.query = request.GET if request.method in ("GET", "HEAD") else QueryDict()
        self.hearing = facts.hearing_of(page)
        self.state = self.hearing.state_at(self.now)
        self.easy = bool(getattr(request, "easy_language", False))
        self.parts = {part.block_id: part for part in Part.objects.filter(participation_id=self.hearing.pk)}
        choices, self.concerned = facts.municipalities(self.hearing, self.language)
        self.shown = contributions_are_shown(self.hearing.moderation_mode, self.state)
        self.titles = self._titles()
        self.part_asked_for = self._part_asked_for()
        self.commenting = Commenting(
            page=page,
            hearing=self.hearing,
            reader=request.user,
            now=self.now,
            targets=[Target(part, self.titles[part.pk]) for part in self._parts_in_order()],
            municipalities=choices,
        )

    def _parts_in_order(self) -> list[Part]:
        found = [self.parts.get(block_id) for block_id in self.page.part_block_ids()]
        return [part for part in found if part is not None]

    def _titles(self) -> dict[int, str]:
        by_block = self.page.part_titles()
        return {part.pk: title for key, title in by_block.items() if (part := self.parts.get(key))}

    def context(self) -> dict[str, Any]:
        commenting = self.commenting
        files = facts.attachments(self.hearing, self.language)
        accepting = commenting.is_accepting
        return {
            "hearing": facts.key_facts(self.hearing, self.state, self.concerned) | {"accepting": accepting},
            "notices": facts.notices(self.hearing, self.language) if self.state in PUBLIC_STATES else [],
            "sections": self.sections(files),
            "attachments": files.get(None, []),
            "milestones": milestones(self.page.timeline),
            "contacts": contacts(facts.contact_persons(self.hearing)),
            "outcome": self.page.outcome if self.state == State.ANSWERED else "",
            "easy": self.easy,
            "easy_url": self.page.easy_url(self.request) if self.page.easy_text else "",
            "hearing_url": self.url,
            "commenting": commenting,
            "moderation_note": facts.moderation_note(self.hearing),
            "form_action": self.form_action(),
            **({"languages": easy_links(self.page, self.request)} if self.easy else {}),
            **self.threads(),
            **self.form(),
            **({} if accepting else level_note(self._level_refusal(), self.url)),
        }

    def form(self) -> dict[str, Any]:
        shown = self.commenting.shown_form(self.query, easy=self.easy)
        if shown.get("replying_to"):
            use(self.request, "reply")
        return shown

    def _level_refusal(self) -> Refusal | None:
        """What stands in the way of this reader: log in where any target would then take a comment."""
        targets = (None, *(target.part for target in self.commenting.targets))
        refused = [self.commenting.refusal(part) for part in targets]
        return next((one for one in (Refusal.LOGIN, Refusal.STRONG) if one in refused), refused[0])

    def form_action(self) -> str:
        name = "hearings:comment_easy" if self.easy else "hearings:comment"
        return reverse(name, args=[self.hearing.public_id])

    def sections(self, files: dict[int | None, list[dict[str, Any]]]) -> list[dict[str, Any]]:
        return [
            self._section(number, block, files) for number, block in enumerate(self.page.sections, start=1)
        ]

    def _section(self, number: int, block: Any, files: dict[int | None, list]) -> dict[str, Any]:
        part = self.parts.get(uuid.UUID(str(block.id)))
        accepting = part is not None and self.commenting.refusal(part) is None
        is_closed = part is not None and self.commenting.refusal(part) == Refusal.PART_CLOSED
        address = f"{self.url}?part={part.public_id}" if part else ""
        value = block.value
        return {
            "anchor": section_anchor(number),
            "number": number,
            "title": value["heading"],
            "text": value["text"],
            "images": value["images"],
            "attachments": files.get(part.pk, []) if part else [],
            "questions": value["questions"],
            "accepting": accepting,
            "closed": is_closed,
            "comment_count": part.published_count if part and self.shown else None,
            "comments_url": f"{address}#comments" if part else "",
            "write_url": f"{address}#write" if part else "",
        }

    def threads(self) -> dict[str, Any]:
        """Comments in view: of the whole hearing, or of the section that the address names."""
        hidden_reason = facts.why_not_shown(self.hearing, self.state)
        if not self.shown:
            return {"threads": [], "comments_shown": False, "hidden_reason": hidden_reason}
        part, base = self.part_asked_for, self._base()
        found = thread_page(self.hearing, part=part, query=self.query, reader=reader_of(self.request))
        if found.edge:
            use(self.request, found.edge)
        showing = showing_of(
            self.hearing,
            self.titles if part is None else {},
            self.request,
            reply_base=self._reply_base(),
            taking=self.commenting.taking,
            may_answer=self.commenting.may_answer,
        )
        return {
            "threads": [shown_thread(thread, showing) for thread in found.threads],
            "comments_shown": True,
            "hidden_reason": "",
            "thread_filter": {"label": self.titles[part.pk], "url_all": f"{self.url}#comments"}
            if part
            else None,
            **_pages(found, base, part),
        }

    def _reply_base(self) -> str:
        return self._base() if self.hearing.replies_allowed or self.commenting.may_answer else ""

    def _base(self) -> str:
        return self.page.easy_url(self.request) if self.easy else self.url

    def _part_asked_for(self) -> Part | None:
        asked = self.query.get("part", "")
        found = next((part for part in self._parts_in_order() if str(part.public_id) == asked), None)
        if found is not None:
            use(self.request, "part")
        return found


def _pages(found: ThreadPage, base: str, part: Part | None) -> dict[str, str]:
    filtered = f"part={part.public_id}&" if part else ""
    return {
        "previous_url": f"{base}?{filtered}newer={found.newer}#comments" if found.newer else "",
        "next_url": f"{base}?{filtered}older={found.older}#comments" if found.older else "",
    }


def reader_of(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


def easy_links(page: HearingPage, request: HttpRequest) -> list[dict[str, Any]]:
    """The language switch of an easy-language page leads to easy texts where there are any."""
    profile = AuthorityProfile.load(request_or_site=request)
    links = language_links(request, page, profile.languages, page.locale.language_code)
    others = page.get_translations().live().public().filter(alias_of=None).select_related("locale")
    easy = {other.locale.language_code: other.easy_url(request) for other in others if other.easy_text}
    return [link | {"url": easy.get(link["code"], link["url"])} for link in links]


def showing_of(
    hearing: Hearing,
    titles: dict[int, str],
    request: HttpRequest,
    *,
    reply_base: str,
    taking: frozenset[int | None],
    may_answer: bool,
) -> Showing:
    language = get_language() or "fi"
    return Showing(
        authority=AuthorityProfile.load(request_or_site=request).text("name", language),
        unit=hearing.unit.text("name", language) if hearing.unit else "",
        section_titles=titles,
        supports_shown=hearing.support_allowed,
        taking=taking,
        reply_base=reply_base,
        may_answer=may_answer,
    )
