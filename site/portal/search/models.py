from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .enums import TextLanguage, Trouble


class IndexedText(models.Model):
    """Something with the tokens that it is found by (`analysis.py`); the database's index is made of them."""

    language = models.CharField(max_length=5)
    exact = models.TextField()
    base = models.TextField()
    digest = models.CharField(max_length=32)
    """Of all that the row was made from: another digest means that the row is out of date."""

    class Meta:
        abstract = True


class SearchEntry(IndexedText):
    """Something public that can be found: a page, a section, a comment. The public search reads nothing else.

    Written and deleted in the transaction of the change. What changes with time or elsewhere in the tree
    (state, privacy of a page above) is not here: the scope of each question holds it (`scope.py`).
    """

    document = models.CharField(max_length=80, unique=True)
    """kind:public id:language; the key in every index, and the last word on order."""
    kind = models.CharField(max_length=20)
    public_id = models.UUIDField()
    participation = models.ForeignKey(
        "participation_processes.Participation", on_delete=models.CASCADE, null=True, related_name="+"
    )
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, null=True, related_name="+")
    contribution = models.ForeignKey(
        "participation_processes.Contribution", on_delete=models.CASCADE, null=True, related_name="+"
    )
    fragment = models.CharField(max_length=40, blank=True)
    """Where on its page a part is."""
    form = models.CharField(max_length=12, blank=True)
    rank = models.PositiveSmallIntegerField()
    """Among equals: the matter comes before what is said about it. Smaller first."""
    dated_at = models.DateTimeField()
    title = models.CharField(max_length=300, blank=True)
    passage = models.TextField(blank=True)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints: ClassVar[list] = [
            models.CheckConstraint(
                condition=Q(page__isnull=False, contribution=None) | Q(page=None, contribution__isnull=False),
                name="search_entry_of_page_or_contribution",
            )
        ]

    def __str__(self) -> str:
        return self.document


class StaffSearchEntry(IndexedText):
    """A contribution in any state, for staff. No public view reads this table."""

    contribution = models.OneToOneField(
        "participation_processes.Contribution", on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("staff search entry")
        verbose_name_plural = _("staff search entries")

    def __str__(self) -> str:
        return str(self.contribution_id)


class SearchTerm(models.Model):
    """What one thing is called: alternatives behind `|`, the languages side by side. Kept by editors.

    Whoever asks by one name finds what has another, below what has their own word.
    """

    fi = models.CharField(_("in Finnish"), max_length=300, blank=True)
    sv = models.CharField(_("in Swedish"), max_length=300, blank=True)
    en = models.CharField(_("in English"), max_length=300, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("search term")
        verbose_name_plural = _("search terms")
        ordering = ["fi", "sv", "en"]

    def __str__(self) -> str:
        return " · ".join(filter(None, (self.fi, self.sv, self.en)))


class SearchWord(models.Model):
    """A word that public texts hold and how many of them: what a misspelt one may have meant."""

    word = models.CharField(max_length=64)
    language = models.CharField(max_length=5, choices=TextLanguage.choices)
    entries = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list] = [
            models.UniqueConstraint(fields=["language", "word"], name="search_word_once")
        ]

    def __str__(self) -> str:
        return self.word


class PendingDocument(models.Model):
    """A document whose change the search server has not confirmed yet: no answer of its own holds it."""

    document = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar[list] = [models.Index(fields=["document"], name="search_pending_document")]

    def __str__(self) -> str:
        return self.document


class IndexCheck(models.Model):
    """What the latest comparison of database and indexes found; staff see it."""

    at = models.DateTimeField()
    index = models.CharField(max_length=20)
    compared = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    extra = models.PositiveIntegerField()
    different = models.PositiveIntegerField()
    repaired = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.index} {self.at:%Y-%m-%d %H:%M}"

    @property
    def differences(self) -> int:
        return self.missing + self.extra + self.different


class SearchServer(models.Model):
    """The search server as this database knows it, in one row: what its index holds, and whether it answers.

    No row, or one of another place: nothing there can be relied on, and the server is not asked.
    """

    place = models.CharField(max_length=500, blank=True)
    """Address and name of the index, of one mapping."""
    filled_at = models.DateTimeField(null=True)
    """Since then the index holds everything but what is owed."""
    failing_since = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=10, choices=Trouble.choices, blank=True)

    def __str__(self) -> str:
        return self.place
