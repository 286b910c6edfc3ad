"""What the writer of a comment sees of it, by the receipt code."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from participation.processes.enums import LEFT_STATES, Audience, HoldReason, ModerationMode, ModerationState
from participation.processes.receipts import read_receipt_code, receipt_code

from ..models import Comment
from .page import visible_page


def writers_comment(code: str) -> Comment | None:
    public_id = read_receipt_code(code)
    if public_id is None:
        return None
    rows = Comment.objects.select_related("participation", "parent")
    return rows.filter(public_id=public_id).first()


def receipt_context(comment: Comment, request: HttpRequest) -> dict[str, Any]:
    """What receipt.html shows: the state in words, the code, and what the writer can still do."""
    page = visible_page(comment.participation.public_id, (get_language() or "fi")[:2], request)
    has_left = comment.moderation_state in LEFT_STATES
    return {
        "comment": comment,
        "code": receipt_code(comment.public_id),
        "state": comment.moderation_state,
        "state_label": ModerationState(comment.moderation_state).label,
        "what_happens": _what_happens(comment),
        "held_for": [HoldReason(reason).label for reason in comment.held_for if reason in HoldReason.values]
        if comment.moderation_state == ModerationState.PENDING
        else [],
        "has_left": has_left,
        "is_destroyed": comment.destroyed_at is not None,
        "name_covered": comment.is_name_covered and not has_left,
        "text": "" if has_left else comment.original_text,
        "can_withdraw": not has_left,
        "can_ask_removal": comment.moderation_state != ModerationState.REMOVED
        and comment.destroyed_at is None,
        "page_title": page.title if page else "",
        "hearing_url": page.url if page else "",
    }


def _what_happens(comment: Comment) -> str:
    state = comment.moderation_state
    fixed = {
        ModerationState.HIDDEN: _("A moderator has hidden the comment. It is not shown on the page."),
        ModerationState.WITHDRAWN: _("You have withdrawn the comment. It is no longer shown."),
        ModerationState.REMOVED: _("The comment has been removed at your request."),
    }
    if state in fixed:
        return fixed[ModerationState(state)]
    if comment.audience == Audience.PREPARERS:
        return _("Only those who prepare the matter read the comment. It is not shown on the page.")
    mode = ModerationMode(comment.participation.moderation_mode)
    if mode == ModerationMode.SUMMARY_ONLY:
        return _("The comment is read and summarised. It is not shown on the page.")
    if state == ModerationState.PENDING:
        return _("A moderator reads the comment before it can be shown.")
    if mode == ModerationMode.AFTER_CLOSING:
        return _("The comment is shown when the hearing has closed.")
    return _("The comment is shown on the page of the hearing.")
