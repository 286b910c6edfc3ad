"""The method appendix: what was counted and how, and how to make the same files again."""

import json

from django.utils.translation import gettext as _

from ..formats import integer
from ..labels import Labels
from ..suppression import THRESHOLD
from .blocks import Block, Bullets, Facts, Heading, Paragraph


def method(labels: Labels, sha256: str, rows: int) -> list[Block]:
    return [
        Heading(1, _("Appendix: method")),
        Heading(2, _("Data set")),
        Facts(_("The data set and its parameters"), data_set(labels, sha256, rows)),
        Heading(2, _("How the figures were made")),
        Bullets(counting()),
        Heading(2, _("What the files hold")),
        Bullets(files()),
        Heading(2, _("How to make the report again")),
        Paragraph(
            _(
                "The same snapshot, parameters and engine version give the same files, byte for byte. From "
                "the stored snapshot:"
            )
        ),
        Paragraph(command(labels, sha256), "code"),
    ]


def command(labels: Labels, sha256: str) -> str:
    hearing = labels.header["participation"]["id"]
    options = "--language fi --language sv --format all --output DIR"
    return f"python manage.py make_report {hearing} --snapshot {sha256} {options}"


def data_set(labels: Labels, sha256: str, rows: int) -> list[tuple[str, str]]:
    header = labels.header
    parameters = json.dumps(header["parameters"], ensure_ascii=False, sort_keys=True)
    return [
        (_("SHA-256 of the snapshot"), sha256),
        (_("Rows in the snapshot"), integer(rows)),
        (_("Time of the snapshot (UTC)"), header["taken_at"]),
        (_("Version of the report engine"), header["engine"]),
        (_("Parameters"), parameters),
    ]


def counting() -> list[str]:
    return [
        _(
            "The snapshot was read in one transaction: nothing that happened during the reading is half in "
            "it. Contributions that their writer had withdrawn, or that had been removed at the writer's "
            "request, are not in it."
        ),
        _(
            "Figures count contributions that are published or waiting for moderation. Hidden ones appear "
            "only in the chapter on moderation and in the lists as identifier, state and reason."
        ),
        _(
            "A day is a day in Finland's time, by the time of receipt. Municipality, age class and role are "
            "as stated in each contribution; a writer who stated different ones is counted in each group."
        ),
        _(
            "Groups of 1–%(largest)s writers are suppressed in every table. Further groups are suppressed, "
            "in an order fixed beforehand, until the suppressed groups together hold more than %(largest)s "
            "writers for every small group and %(threshold)s for every other; failing that, the whole table "
            "is withheld. Each small group can then have any size from 1 to %(largest)s. Totals of the "
            "whole hearing, states of moderation and single comments are not groups and are shown."
        )
        % {"largest": THRESHOLD - 1, "threshold": THRESHOLD},
        _(
            "Representation: share of writers divided by share of residents. The interval is Wilson's score "
            "interval (95 per cent) of the share of writers, divided by the share of residents (E. B. "
            "Wilson, Journal of the American Statistical Association 22, 1927). A population figure that "
            "nobody has is missing, not zero, and so is everything that would need it."
        ),
        _("Most supported: by number of supports; of equals, the one that comes first in the snapshot."),
    ]


def files() -> list[str]:
    return [
        _(
            "XLSX, CSV and JSON hold every contribution in full. PDF and DOCX hold all comments up to "
            "1,000; above that figures and most supported comments, and the comments are in annexes of the "
            "PDF, 2,000 in each."
        ),
        _(
            "Line ends are unified, and characters that files cannot hold (NUL, other control characters, "
            "lone surrogates) are replaced by U+FFFD."
        ),
        _(
            "CSV: UTF-8 with BOM, semicolons. A cell that begins with =, +, -, @, a tab, a line end or an "
            "apostrophe has an apostrophe put before it, so that no spreadsheet program takes it for a "
            "formula; take one apostrophe from the beginning of a cell to get the original back."
        ),
        _(
            "XLSX: a cell holds at most 32,767 characters; a longer text goes on in the columns “Text "
            "(continued)”. Texts are never formulas or links."
        ),
        _(
            "PDF: a character that the fonts of the file do not have is printed as □; it is whole in XLSX, "
            "CSV and JSON."
        ),
    ]
