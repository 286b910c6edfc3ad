"""Comments in threads, newest thread first, page by page without counting or skipping rows."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from participation.processes.enums import LEFT_STATES, Audience, ModerationState
from participation.processes.models import Part
from portal.accounts.models import User

from ..addresses import anchor
from ..models import Comment, Hearing, Support

PAGE = 20
REPLIES = 5
REPLIES_OF_THREAD = 100
GONE = (ModerationState.HIDDEN, *LEFT_STATES)


@dataclass
class Thread:
    """A comment and the first of its replies. Where the comment has gone, its replies still stand."""

    root: Comment
    replies: list[Comment] = field(default_factory=list)
    replies_total: int = 0
    edge: str = ""
    """`after`, where the address named the reply that these follow."""


@dataclass
class ThreadPage:
    threads: list[Thread]
    newer: uuid.UUID | None = None
    older: uuid.UUID | None = None
    edge: str = ""
    """Which parameter of the address named the comment it begins beside."""


def thread_page(
    hearing: Hearing, *, part: Part | None, query: Mapping[str, str], reader: User | None
) -> ThreadPage:
    """Twenty threads after or before the comment that the query names, or the newest ones.

    Two queries whatever the size, for threads and for replies; one more to find the comment that is named.
    A thread whose first comment has gone keeps its place while it has public replies.
    """
    older, newer = _id(query.get("older")), _id(query.get("newer"))
    edge = _edge(hearing, older or newer)
    forwards = edge is None or older is not None
    answered = Exists(Comment.objects.published().filter(parent=OuterRef("pk")))
    public = Q(moderation_state=ModerationState.PUBLISHED, audience=Audience.PUBLIC)
    roots = _for_reader(Comment.objects.filter(parent=None), reader)
    roots = roots.filter(part=part) if part else roots.filter(participation=hearing)
    # The exclusion says nothing new: it is the condition of the index.
    roots = roots.exclude(moderation_state=ModerationState.PENDING).filter(
        public | Q(answered, moderation_state__in=GONE)
    )
    found = list(_from(roots, edge, forwards))
    shown = found[:PAGE] if forwards else found[:PAGE][::-1]
    more = len(found) > PAGE
    result = ThreadPage(_with_replies(shown, reader))
    if edge is not None:
        result.edge = "older" if older else "newer"
    if shown:
        result.older = shown[-1].public_id if more or not forwards else None
        result.newer = shown[0].public_id if (more if not forwards else edge is not None) else None
    return result


def _for_reader(comments: QuerySet[Comment], reader: User | None) -> QuerySet[Comment]:
    """Comments with what is shown beside them; `supported` says whether this reader has supported each."""
    rows = comments.select_related("organisation").defer("original_text")
    if reader is None:
        return rows.annotate(supported=Value(False))
    return rows.annotate(supported=Exists(Support.objects.filter(comment=OuterRef("pk"), user=reader)))


def _id(value: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if value else None
    except ValueError:
        return None


def _edge(hearing: Hearing, public_id: uuid.UUID | None) -> tuple[Any, int] | None:
    if public_id is None:
        return None
    found = Comment.objects.filter(participation=hearing, parent=None, public_id=public_id)
    return found.values_list("received_at", "pk").first()


def _from(rows: QuerySet[Comment], edge: tuple[Any, int] | None, forwards: bool) -> QuerySet[Comment]:
    if edge is not None:
        moment, key = edge
        beyond = "lt" if forwards else "gt"
        rows = rows.filter(**{f"received_at__{beyond}e": moment}).filter(
            Q(**{f"received_at__{beyond}": moment}) | Q(**{f"id__{beyond}": key})
        )
    order = ("-received_at", "-id") if forwards else ("received_at", "id")
    return rows.order_by(*order)[: PAGE + 1]


def _with_replies(roots: Iterable[Comment], reader: User | None) -> list[Thread]:
    threads = {root.pk: Thread(root) for root in roots}
    thread = [F("parent_id")]
    order = [F("is_official").desc(), F("received_at").asc(), F("id").asc()]
    replies = (
        _for_reader(Comment.objects.published().filter(parent__in=list(threads)), reader)
        .annotate(
            place=Window(RowNumber(), partition_by=thread, order_by=order),
            total=Window(Count("*"), partition_by=thread),
        )
        .filter(place__lte=REPLIES)
        .order_by("place")
    )
    for reply in replies:
        found = threads[reply.parent_id or 0]
        found.replies.append(reply)
        found.replies_total = reply.total
    return list(threads.values())


@dataclass(frozen=True, slots=True)
class Showing:
    """How the comments of one page are shown to one reader."""

    authority: str
    unit: str
    section_titles: Mapping[int, str]
    supports_shown: bool
    taking: frozenset[int | None]
    reply_base: str
    may_answer: bool


def shown_thread(thread: Thread, showing: Showing) -> dict[str, Any]:
    """What includes/threads.html takes for one thread."""
    left_over = thread.replies_total - len(thread.replies)
    return {
        "comment": shown_comment(thread.root, showing),
        "replies": [shown_comment(reply, showing) for reply in thread.replies],
        "more_replies": left_over,
        "url": reverse("hearings:thread", args=[thread.root.public_id]) if left_over > 0 else "",
    }


def shown_comment(comment: Comment, showing: Showing) -> dict[str, Any]:
    """What includes/comment.html takes. Of a comment that has gone only its place is left."""
    if not comment.is_public:
        return {"anchor": anchor(comment), "gone": True, "hidden": comment.moderation_state == GONE[0]}
    supports = comment.support_count if showing.supports_shown and not comment.is_official else None
    is_taking = comment.part_id in showing.taking
    may_support = supports is not None and is_taking
    may_reply = showing.reply_base and comment.parent_id is None and (is_taking or showing.may_answer)
    return {
        "anchor": anchor(comment),
        "created": comment.received_at,
        "lang": comment.language,
        "text": comment.public_text,
        "name": name_of(comment) or (showing.authority if comment.is_official else ""),
        "organisation": comment.organisation.text("name") if comment.organisation else "",
        "is_official": comment.is_official,
        "title": showing.unit if comment.is_official else "",
        "section": showing.section_titles.get(comment.part_id or 0, "") if comment.parent_id is None else "",
        "redacted": comment.is_redacted,
        "late": comment.late,
        "supports": supports,
        "supported": getattr(comment, "supported", False),
        "support_url": reverse("hearings:support", args=[comment.public_id]) if may_support else "",
        "reply_url": f"{showing.reply_base}?reply={comment.public_id}#write" if may_reply else "",
        "report_url": reverse("hearings:report_comment", args=[comment.public_id]),
    }


def name_of(comment: Comment) -> str:
    """The name shown with a comment, or in its place that a moderator has covered it."""
    return _("Name covered") if comment.is_name_covered else comment.display_name


def whole_thread(
    root: Comment, query: Mapping[str, str], reader: User | None
) -> tuple[Thread, uuid.UUID | None]:
    """A comment with up to a hundred of its replies, and the last of them when there are more."""
    rows = _for_reader(Comment.objects.published().filter(parent=root), reader)
    after = _id(query.get("after"))
    edge = rows.filter(public_id=after).values_list("received_at", "pk").first() if after else None
    if edge is not None:
        moment, key = edge
        rows = rows.filter(received_at__gte=moment).filter(Q(received_at__gt=moment) | Q(id__gt=key))
    found = list(rows.order_by("received_at", "id")[: REPLIES_OF_THREAD + 1])
    thread = Thread(root, found[:REPLIES_OF_THREAD], len(found), edge="after" if edge else "")
    root.supported = reader is not None and Support.objects.filter(comment=root, user=reader).exists()  # type: ignore[attr-defined]
    return thread, found[REPLIES_OF_THREAD - 1].public_id if len(found) > REPLIES_OF_THREAD else None
