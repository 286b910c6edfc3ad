"""Measures and rows → a document in one language; call under `translation.override` of that language."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ..formats import date_time_of, integer
from ..labels import Labels
from ..measures import Measures
from ..snapshot import Row
from . import comments, figures
from .blocks import Block, Content, Heading, Paragraph
from .cover import cover
from .method import method

__all__ = ["annex", "figures_only", "report"]

CHAPTERS = (figures.summary, figures.by_section, figures.people, figures.representation, figures.moderation)


def report(header: Row, measures: Measures, rows: Iterable[Row], language: str) -> Content:
    """The report itself, with all comments when there are at most 1,000."""
    labels = Labels(header, language)
    content = start(labels, measures["sha256"], _("Report on the hearing"))
    content.blocks += cover(labels, measures["sha256"])
    for chapter in CHAPTERS:
        content.blocks += chapter(labels, measures)
    content.blocks += figures.most_supported(labels, measures)
    content.blocks += all_comments(labels, measures, rows)
    content.blocks += method(labels, measures["sha256"], measures["rows"])
    return content


def figures_only(header: Row, measures: Measures, language: str) -> Content:
    """For sheets: cover, figures and method; they hold the comments as rows."""
    labels = Labels(header, language)
    content = start(labels, measures["sha256"], _("Report on the hearing"))
    content.blocks += cover(labels, measures["sha256"])
    for chapter in CHAPTERS:
        content.blocks += chapter(labels, measures)
    content.blocks += method(labels, measures["sha256"], measures["rows"])
    return content


def start(labels: Labels, sha256: str, subtitle: str) -> Content:
    header = labels.header
    facts = header["participation"]
    return Content(
        language=labels.language,
        title=labels.pick(facts["title"]),
        subtitle=subtitle,
        author=labels.pick(facts.get("authority")),
        subject=" ".join(
            part for part in (labels.pick(facts.get("matter")), facts.get("diary_number")) if part
        ),
        notice=_("Contains personal data"),
        taken_at=header["taken_at"],
        sha256=sha256,
    )


def all_comments(labels: Labels, measures: Measures, rows: Iterable[Row]) -> list[Block]:
    blocks: list[Block] = [Heading(1, _("All comments by section"))]
    count, volumes = measures["rows"], len(measures["volumes"])
    if not count:
        return [*blocks, Paragraph(_("No comments were received."))]
    if volumes:
        told = _(
            "There are %(count)s comments. They are in annexes 1–%(annexes)s of the PDF, and in full in the "
            "XLSX, CSV and JSON files."
        )
        return [*blocks, Paragraph(told % {"count": integer(count), "annexes": volumes})]
    return [*blocks, *comments.by_section(labels, rows)]


def annex(header: Row, measures: Measures, rows: Iterable[Row], language: str, volume: int) -> Content:
    """A volume of comments: `rows` are those of the volume."""
    labels = Labels(header, language)
    subtitle = _("Report on the hearing, annex %(number)d: comments") % {"number": volume}
    content = start(labels, measures["sha256"], subtitle)
    start_at, stop = measures["volumes"][volume - 1]
    told = _("Comments %(first)s–%(last)s of %(count)s, in the order of the snapshot taken %(taken)s.") % {
        "first": integer(start_at + 1),
        "last": integer(stop),
        "count": integer(measures["rows"]),
        "taken": date_time_of(header["taken_at"], language),
    }
    content.blocks += [Paragraph(told, "lead"), Heading(1, _("All comments by section"))]
    content.blocks += comments.by_section(labels, rows)
    return content
