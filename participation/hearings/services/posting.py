"""Posting a comment: taken or refused by the facts of the hearing alone; whatever looks odd is only held."""

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Exists, Q, QuerySet, Value, When
from django.utils import timezone

from participation.processes.device_keys import device_key_in
from participation.processes.enums import (
    MINOR_CLASSES,
    Audience,
    DeviceUse,
    HoldReason,
    ModerationMode,
    ModerationState,
    State,
)
from participation.processes.models import ContributorAddress, Part
from participation.processes.page_access import has_public_page
from participation.processes.permissions import (
    Refusal,
    age_refusal,
    late_refusal,
    may_answer_officially,
    refusal,
)
from participation.processes.plain_text import one_line, plain_text, same_text
from participation.processes.receipts import receipt_code
from participation.processes.screening import detect_language, hold_reasons
from participation.processes.services import contributions
from portal.audit.services import record
from portal.core.keyed_hash import keyed_hash
from portal.core.limits import hit, hit_each

from ..errors import CommentRefused, PagesPrivate, TargetGone
from ..models import Comment, Hearing
from .drafts import Draft, Posted, Sender
from .receipt_mail import send_receipt


def post_comment(
    *,
    hearing_id: uuid.UUID,
    draft: Draft,
    sender: Sender,
    form_opened: dt.datetime | None,
    now: dt.datetime | None = None,
) -> Posted:
    """Takes a comment, or raises `CommentRefused`, `TargetGone` or, before anything else, `PagesPrivate`.

    The moment that decides is read under the lock of the hearing, so that no closing slips in between.
    A form opened before the closing is taken for COMMENT_GRACE_MINUTES and marked late.
    """
    text = plain_text(draft.text)
    suspicions = hold_reasons(text, draft.display_name)
    detected = detect_language(text)
    with transaction.atomic():
        hearing = _locked(hearing_id, sender)
        posting = _Posting(hearing, draft, sender, form_opened, text, now or timezone.now())
        earlier = posting.earlier()
        if earlier is not None:
            return Posted(earlier, receipt_code(earlier.public_id), True, list(earlier.held_for))
        posting.admit()
        comment = posting.comment(suspicions, detected)
        contributions.create(comment)
        posting.after(comment)
    return Posted(comment, receipt_code(comment.public_id), held_for=list(comment.held_for))


def _locked(hearing_id: uuid.UUID, sender: Sender) -> Hearing:
    """The row that all writers to a participation lock is the parent's; the child's needs no lock."""
    rows = Hearing.objects.select_for_update(of=("participation_ptr",), no_key=True)
    hearing = rows.annotate(is_for_everybody=has_public_page()).get(public_id=hearing_id)
    if not (hearing.is_for_everybody or sender.reads_private_page):
        raise PagesPrivate
    return hearing


class _Posting:
    """One sending, under the lock of its hearing."""

    def __init__(
        self,
        hearing: Hearing,
        draft: Draft,
        sender: Sender,
        form_opened: dt.datetime | None,
        text: str,
        now: dt.datetime,
    ) -> None:
        self.hearing, self.draft, self.sender = hearing, draft, sender
        self.form_opened, self.text, self.now = form_opened, text, now
        self.late = False
        self.part: Part | None = None
        self.parent: Comment | None = None
        self.text_key = keyed_hash("text", str(hearing.public_id), same_text(text))
        self.repeated = False

    @property
    def is_official(self) -> bool:
        user = self.sender.user
        return self.draft.as_official and user is not None and may_answer_officially(user, self.hearing)

    def submission_key(self, origin: str) -> str:
        """The same for a second press, and for nothing else: whoever mends a field and sends again is heard.

        On a shared device, too, a neighbour who answers as briefly must not get the first one's receipt.
        """
        draft = self.draft
        about = (
            draft.language,
            draft.display_name,
            draft.municipality,
            draft.age_class,
            draft.role,
            draft.audience,
            draft.email,
        )
        opened = str(self.form_opened.timestamp()) if self.form_opened else ""
        target = (str(self.hearing.public_id), str(draft.part_id or ""), str(draft.parent_id or ""))
        return keyed_hash("submission", *target, origin, self.text, opened, *about)

    def earlier(self) -> Comment | None:
        """The comment of the same sending; in passing, whether the same text has been sent before.

        A second press may come before or after the device got its cookie: both keys are looked for. The
        question whether there is anything like it goes with the one for the target.
        """
        keys = {self.submission_key(self.sender.device_key), self.submission_key(self.sender.browser_key)}
        like = Comment.objects.filter(
            Q(submission_key__in=keys) | Q(text_key=self.text_key), participation=self.hearing
        )
        if not self._find_target_and_any_like(like):
            return None
        is_same = Case(When(submission_key__in=keys, then=Value(True)), default=Value(False))
        found = like.annotate(is_same=is_same).order_by("-is_same").first()
        if found is None or found.submission_key in keys:
            return found
        self.repeated = True
        return None

    def _find_target_and_any_like(self, like: QuerySet[Comment]) -> bool:
        """Reads the part or the comment that is answered to; returns whether any like this may be there."""
        draft = self.draft
        target: Any = None
        if draft.parent_id is not None:
            answered = Comment.objects.published().filter(participation=self.hearing, parent=None)
            rows = answered.select_related("part").annotate(is_like=Exists(like))
            target = self.parent = rows.filter(public_id=draft.parent_id).first()
            self.part = self.parent.part if self.parent is not None else None
        elif draft.part_id is not None:
            parts = Part.objects.filter(participation=self.hearing, public_id=draft.part_id)
            target = self.part = parts.annotate(is_like=Exists(like)).first()
        return True if target is None else bool(target.is_like)

    def admit(self) -> None:
        """Asks whether the target is there and takes this comment now."""
        self._require_target()
        if self.is_official:
            if self.hearing.state_at(self.now) not in (State.OPEN, State.CLOSED, State.ANSWERED):
                raise CommentRefused(Refusal.NOT_OPEN, self.hearing)
            return
        user, part = self.sender.user, self.part
        refused = refusal(self.hearing, user=user, moment=self.now, part=part)
        if refused is not None:
            refused = late_refusal(
                self.hearing, user=user, moment=self.now, form_opened=self.form_opened, part=part
            )
            self.late = refused is None
        refused = refused or age_refusal(self.hearing, self.draft.age_class)
        if refused is not None:
            raise CommentRefused(refused, self.hearing)

    def _require_target(self) -> None:
        if self.draft.parent_id is not None:
            if self.parent is None or not (self.hearing.replies_allowed or self.is_official):
                raise TargetGone
        elif self.draft.part_id is not None and self.part is None:
            raise TargetGone

    def comment(self, suspicions: list[HoldReason], detected: str) -> Comment:
        draft, sender = self.draft, self.sender
        held_for = [] if self.is_official else [*suspicions, *self._oddities()]
        known = sender.device_is_known or not sender.browser_key
        return Comment(
            participation=self.hearing,
            part=self.part,
            parent=self.parent,
            language=draft.language,
            detected_language=detected,
            author=sender.user,
            is_official=self.is_official,
            display_name=self._public_name(),
            received_at=self.now,
            late=self.late,
            moderation_state=self._state(held_for),
            held_for=[reason.value for reason in held_for],
            audience=Audience.PUBLIC if self.is_official else draft.audience,
            original_text=self.text,
            public_text=self.text,
            municipality=draft.municipality,
            age_class=draft.age_class,
            role=draft.role,
            device_key=device_key_in(self.hearing.public_id, DeviceUse.CONTRIBUTING, sender.device_key),
            text_key=self.text_key,
            submission_key=self.submission_key(sender.device_key if known else sender.browser_key),
        )

    def _public_name(self) -> str:
        """The name of anyone stating under 18 is not published, so it is not kept either."""
        if self.is_official and self.sender.user is not None:
            return self.sender.user.name
        return "" if self.draft.age_class in MINOR_CLASSES else one_line(self.draft.display_name)

    def _oddities(self) -> list[HoldReason]:
        """What machines and campaigns do; the device counts before the address, which a library shares."""
        found = []
        if self.repeated:
            found.append(HoldReason.REPEATED_TEXT)
        window, hearing = settings.COMMENT_LIMIT_WINDOW_SECONDS, str(self.hearing.public_id)
        device, address = self.sender.device_key, self.sender.address_key
        per_device, per_address = settings.COMMENT_LIMIT_PER_DEVICE, settings.COMMENT_LIMIT_PER_ADDRESS
        limits = []
        if device:
            of_device = ("comment.device", f"{hearing}:{device}")
            limits.append((of_device, per_device, HoldReason.MANY_FROM_DEVICE))
        if address:
            limits.append((("comment.address", address), per_address, HoldReason.MANY_FROM_ADDRESS))
        if limits:
            counts = hit_each([counted for counted, _most, _reason in limits], window)
            many = zip(counts, limits, strict=True)
            found += [reason for count, (_counted, most, reason) in many if count > most]
        fastest = dt.timedelta(seconds=settings.COMMENT_MIN_SECONDS)
        if self.form_opened is None or self.now - self.form_opened < fastest:
            found.append(HoldReason.SENT_FAST)
        if self.draft.trapped:
            found.append(HoldReason.TRAP_FILLED)
        return found

    def _state(self, held_for: list[HoldReason]) -> ModerationState:
        """Shown at once where the editor chose so and nothing holds it; the authority's answers always."""
        at_once = self.hearing.moderation_mode == ModerationMode.AT_ONCE and not held_for
        return ModerationState.PUBLISHED if at_once or self.is_official else ModerationState.PENDING

    def after(self, comment: Comment) -> None:
        if comment.is_official:
            record(
                verb="comment.answered",
                actor=self.sender.user,
                obj=comment,
                kind="contribution",
                participation=self.hearing,
            )
        if self.draft.email:
            kept = dt.timedelta(days=settings.CONTACT_ADDRESS_DAYS)
            address = ContributorAddress.objects.create(
                contribution=comment,
                email=self.draft.email,
                language=self.draft.email_language,
                erase_after=self.now + kept,
            )
            if self._may_mail(comment):
                send_receipt(comment, address)

    def _may_mail(self, comment: Comment) -> bool:
        """Nobody's mailbox is filled by comments sent in another's name: the receipt is on the page too."""
        if {HoldReason.MANY_FROM_DEVICE, HoldReason.MANY_FROM_ADDRESS} & {*comment.held_for}:
            return False
        window = settings.COMMENT_LIMIT_WINDOW_SECONDS
        return (
            hit("receipt.mail", self.draft.email.casefold(), window) <= settings.RECEIPT_LIMIT_PER_RECIPIENT
        )
