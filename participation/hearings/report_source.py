"""Comments of a hearing as rows of a report's snapshot."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import override

from participation.moderation.enums import Reason
from participation.processes.enums import LEFT_STATES, ModerationState
from participation.processes.models import Participation
from participation.reports.header import LANGUAGES, stamp
from participation.reports.snapshot import Row

from .models import Comment

THREADS = 500
COLUMNS = (
    "pk",
    "public_id",
    "parent_id",
    "parent__public_id",
    "part__public_id",
    "language",
    "channel",
    "created_at",
    "received_at",
    "late",
    "author_id",
    "device_key",
    "display_name",
    "organisation__name_fi",
    "organisation__name_sv",
    "speaks_for",
    "municipality",
    "age_class",
    "role",
    "audience",
    "moderation_state",
    "hidden_reason",
    "redacted_at",
    "support_count",
    "public_text",
    "is_official",
)


class HearingSource:
    """Part by part, thread by thread, oldest first; what has been withdrawn or removed is not there.

    Keyset pagination: each batch begins after the last thread of the one before. Known writers get numbers in
    the order in which they first appear; account or device, the number is all that leaves.
    """

    kind = "hearing"

    def reasons(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {code: {} for code in Reason.values}
        for language in LANGUAGES:
            with override(language):
                for reason in Reason:
                    found[reason.value][language] = str(reason.label)
        return found

    def batches(self, participation: Participation, using: str) -> Iterator[list[Row]]:
        numbers: dict[str, int] = {}
        comments = Comment.objects.using(using).filter(participation=participation.pk)
        parts = participation.parts.using(using).order_by("order", "id").values_list("pk", flat=True)
        for part in [None, *parts]:
            for thread in threads(comments.filter(part=part), comments):
                rows = [as_row(row, numbers) for row in thread if row["moderation_state"] not in LEFT_STATES]
                if rows:
                    yield rows


Values = dict


def threads(of_part: QuerySet[Comment], everything: QuerySet[Comment]) -> Iterator[list[Values]]:
    """Some hundred threads at a time: each comment followed by its replies."""
    last = 0
    while True:
        roots = list(of_part.filter(parent=None, pk__gt=last).order_by("pk").values(*COLUMNS)[:THREADS])
        if not roots:
            return
        last = roots[-1]["pk"]
        replies = everything.filter(parent__in=[root["pk"] for root in roots]).order_by("parent_id", "pk")
        by_root = {
            root: list(found)
            for root, found in groupby(replies.values(*COLUMNS), key=lambda row: row["parent_id"])
        }
        yield [row for root in roots for row in (root, *by_root.get(root["pk"], ()))]


def as_row(row: Values, numbers: dict[str, int]) -> Row:
    """The row as the snapshot keeps it; the text shown, and none of a hidden comment."""
    is_hidden = row["moderation_state"] == ModerationState.HIDDEN
    return {
        "id": str(row["public_id"]),
        "parent_id": str(row["parent__public_id"] or ""),
        "part_id": str(row["part__public_id"] or ""),
        "language": row["language"],
        "channel": row["channel"],
        "created": stamp(row["created_at"]),
        "received": stamp(row["received_at"]),
        "late": row["late"],
        "writer": None if row["is_official"] else writer_number(row, numbers),
        "name": "" if is_hidden else row["display_name"],
        "organisation": "" if is_hidden else organisation(row),
        "speaks_for": row["speaks_for"],
        "municipality": row["municipality"],
        "age_class": row["age_class"],
        "role": row["role"],
        "audience": row["audience"],
        "state": row["moderation_state"],
        "reason": row["hidden_reason"],
        "redacted": row["redacted_at"] is not None,
        "supports": row["support_count"],
        "text": "" if is_hidden else row["public_text"],
        "official": row["is_official"],
    }


def writer_number(row: Values, numbers: dict[str, int]) -> int | None:
    """Pseudonym of a writer known by account or device; None when nobody knows."""
    if row["author_id"] is not None:
        return numbers.setdefault(f"u{row['author_id']}", len(numbers) + 1)
    if row["device_key"]:
        return numbers.setdefault(f"d{row['device_key']}", len(numbers) + 1)
    return None


def organisation(row: Values) -> str:
    """An organisation's name is a name: both, when its languages have different ones."""
    names: Iterable[str] = (row["organisation__name_fi"] or "", row["organisation__name_sv"] or "")
    return " – ".join(dict.fromkeys(name for name in names if name))
