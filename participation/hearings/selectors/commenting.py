"""The comment form for one reader of one page, and words for a reader who may not comment."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from participation.processes.enums import State
from participation.processes.models import Part
from participation.processes.permissions import Refusal, may_answer_officially, refusal
from participation.processes.state import contributions_are_shown
from portal.accounts.models import User
from portal.core.form_stamp import form_stamp

from ..forms import CommentForm, EasyCommentForm
from ..models import Comment, Hearing, HearingPage
from .threads import name_of

Reader = User | AnonymousUser
ANSWERABLE = (State.OPEN, State.CLOSED, State.ANSWERED)


@dataclass(frozen=True, slots=True)
class Target:
    """A part in the form's list of what a comment can be about."""

    part: Part
    title: str


@dataclass(slots=True)
class Commenting:
    """Who may comment on what at this moment, on one page."""

    page: HearingPage
    hearing: Hearing
    reader: Reader
    now: dt.datetime
    targets: Sequence[Target]
    municipalities: Sequence[tuple[str, str]]

    def refusal(self, part: Part | None = None) -> Refusal | None:
        return refusal(self.hearing, user=self.reader, moment=self.now, part=part)

    @property
    def open_targets(self) -> list[Target]:
        return [target for target in self.targets if self.refusal(target.part) is None]

    @property
    def is_accepting(self) -> bool:
        return self.refusal() is None or bool(self.open_targets)

    @property
    def may_answer(self) -> bool:
        answerable = self.hearing.state_at(self.now) in ANSWERABLE
        return answerable and may_answer_officially(self.reader, self.hearing)

    def form(
        self,
        *,
        easy: bool,
        data: Mapping[str, Any] | None = None,
        parent: Comment | None = None,
        part: str = "",
    ) -> CommentForm:
        """A bound form keeps every part in its list: what was chosen must not vanish when a part closes."""
        targets = self.targets if data is not None else self.open_targets
        made = (EasyCommentForm if easy else CommentForm)(
            data,
            prefix=None,
            initial={
                "stamp": form_stamp(),
                "language": self.page.locale.language_code,
                "part": part,
                "reply": parent.public_id if parent else None,
                "as_official": True,
            },
            municipalities=self.municipalities,
            parts=[(str(target.part.public_id), target.title) for target in targets],
            is_reply=parent is not None,
            may_answer=self.may_answer,
        )
        if data is None and self.refusal() is not None:
            made.fields["part"].choices = made.fields["part"].choices[1:]  # type: ignore[attr-defined]
        return made

    def shown_form(self, query: Mapping[str, str], *, easy: bool) -> dict[str, Any]:
        """The unbound form with the target that the address names, where this reader may write."""
        parent = self.parent(query.get("reply", ""))
        if not (self.is_accepting or (self.may_answer and parent is not None)):
            return {"form": None}
        return {
            "form": self.form(easy=easy, parent=parent, part=query.get("part", "")),
            "replying_to": replying_to(parent),
        }

    def parent(self, public_id: str) -> Comment | None:
        """The comment of that id if this reader may reply to it now."""
        found = find_parent(self.hearing, public_id) if public_id else None
        return found if found is not None and self.may_reply_to(found) else None

    def may_reply_to(self, comment: Comment) -> bool:
        """Where the hearing takes replies and the comment's part is not closed; the authority always.

        Whoever only has to log in again keeps the comment that they reply to.
        """
        closed = self.refusal(comment.part) == Refusal.PART_CLOSED
        return (self.hearing.replies_allowed and not closed) or self.may_answer

    @property
    def taking(self) -> frozenset[int | None]:
        """Keys of the parts that take this reader's comments and support; None for the hearing as a whole."""
        whole = {None} if self.refusal() is None else set()
        return frozenset({target.part.pk for target in self.open_targets} | whole)


def find_parent(hearing: Hearing, public_id: str) -> Comment | None:
    """The comment that a reply is written to; None for what the public does not see or is a reply itself."""
    if not contributions_are_shown(hearing.moderation_mode, hearing.state_at(timezone.now())):
        return None
    try:
        found = Comment.objects.published().filter(participation=hearing, parent=None, public_id=public_id)
        return found.select_related("part").first()
    except ValidationError:
        return None


def replying_to(parent: Comment | None) -> dict[str, str] | None:
    if parent is None:
        return None
    return {"name": name_of(parent), "text": parent.public_text, "lang": parent.language}


def level_note(refused: Refusal | None, page_url: str) -> dict[str, str]:
    """Why this reader may not comment though the hearing is open, and where to log in."""
    if refused == Refusal.LOGIN:
        login = f"{reverse('account_login')}?{urlencode({'next': f'{page_url}#write'})}"
        return {"level_note": _("You need to log in to comment."), "login_url": login}
    if refused == Refusal.STRONG:
        note = _("Commenting needs strong identification, which this service does not offer yet.")
        return {"level_note": note}
    if refused == Refusal.NOBODY:
        return {"level_note": _("Comments are not taken on this page.")}
    return {}
