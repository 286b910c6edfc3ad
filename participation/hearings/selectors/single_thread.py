"""One thread on a page of its own: the comment with all its replies."""

import uuid
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from participation.processes.models import Part
from participation.processes.permissions import may_answer_officially, refusal
from participation.processes.state import contributions_are_shown
from portal.core.page_query import use

from ..models import Comment, Hearing, HearingPage
from .commenting import ANSWERABLE
from .page import reader_of, showing_of, visible_page
from .threads import GONE, shown_thread, whole_thread


def public_comment(public_id: uuid.UUID) -> Comment | None:
    """A comment that its page shows now: not hidden, and in a hearing that shows its comments.

    Who may see that page is another question: `sees_hearing_of`.
    """
    return _where_shown(Comment.objects.published().filter(public_id=public_id))


def _root(public_id: uuid.UUID) -> Comment | None:
    """A comment that is no reply; of one that has gone the place is left as long as there are replies."""
    replies = Comment.objects.published().filter(parent=OuterRef("pk"))
    places = Comment.objects.filter(Exists(replies), parent=None, moderation_state__in=GONE)
    published = Comment.objects.published().filter(parent=None)
    return _where_shown(published.filter(public_id=public_id)) or _where_shown(
        places.filter(public_id=public_id)
    )


def _where_shown(comments: QuerySet[Comment]) -> Comment | None:
    """The first of them, if its hearing shows comments now."""
    rows = comments.select_related("participation__hearing__unit", "part", "organisation", "parent")
    comment = rows.first()
    if comment is None:
        return None
    hearing: Hearing = comment.participation.hearing
    state = hearing.state_at(timezone.now())
    return comment if contributions_are_shown(hearing.moderation_mode, state) else None


def sees_hearing_of(comment_id: uuid.UUID, request: HttpRequest) -> bool:
    """Whether this visitor may read a page of the hearing that the comment was sent to."""
    found = Comment.objects.filter(public_id=comment_id).values_list("participation__public_id", flat=True)
    hearing_id = found.first()
    return hearing_id is not None and visible_page(hearing_id, "", request) is not None


def thread_context(public_id: uuid.UUID, request: HttpRequest) -> dict[str, Any] | None:
    """What thread.html shows; None for a comment that the visitor does not see or that is itself a reply."""
    root = _root(public_id)
    language = (get_language() or "fi")[:2]
    if root is None:
        return None
    page = visible_page(root.participation.public_id, language, request)
    if page is None:
        return None
    hearing: Hearing = root.participation.hearing
    thread, last = whole_thread(root, request.GET, reader_of(request))
    if thread.edge:
        use(request, thread.edge)
    titles = {root.part.pk: _title(page, root.part)} if root.part else {}
    now = timezone.now()
    may_answer = hearing.state_at(now) in ANSWERABLE and may_answer_officially(request.user, hearing)
    is_taking = refusal(hearing, user=request.user, moment=now, part=root.part) is None
    showing = showing_of(
        hearing,
        titles,
        request,
        reply_base=(page.get_url(request) or "") if hearing.replies_allowed or may_answer else "",
        taking=frozenset({root.part_id}) if is_taking else frozenset(),
        may_answer=may_answer,
    )
    return {
        "page_title": page.title,
        "hearing_url": page.get_url(request),
        "hearing": {"state": hearing.state_at(now).value},
        "thread": shown_thread(thread, showing) | {"more_replies": 0},
        "next_url": f"{request.path}?after={last}" if last else "",
    }


def _title(page: HearingPage, part: Part) -> str:
    return page.part_titles().get(part.block_id, "")
