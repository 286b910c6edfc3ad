"""Reads for staff: participations with their drafts, what their gate lacks, what has been done to them."""

from .history import history, shown
from .languages import (
    latest_review,
    missing_labels,
    missing_rows,
    missing_settings,
    part_titles,
    preview,
)
from .listing import (
    answers_due,
    closing_soon,
    failing,
    gate_shut_soon,
    listed,
    participations,
    state_counts,
)
from .titles import title, titles

__all__ = [
    "answers_due",
    "closing_soon",
    "failing",
    "gate_shut_soon",
    "history",
    "latest_review",
    "listed",
    "missing_labels",
    "missing_rows",
    "missing_settings",
    "part_titles",
    "participations",
    "preview",
    "shown",
    "state_counts",
    "title",
    "titles",
]
