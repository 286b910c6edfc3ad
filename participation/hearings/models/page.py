from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField

from participation.processes.blocks import RICH_TEXT, MilestoneBlock
from participation.processes.models import ParticipationPage
from portal.core.fields import StreamField

from ..blocks import SectionBlock
from .hearing import Hearing

EASY_PATHS = {"fi": "selko/", "sv": "latt-sprak/"}


class HearingPage(RoutablePageMixin, ParticipationPage):
    """The text of a hearing in one language, and the same path in easy language below it."""

    participation_model = Hearing
    kind = "hearing"
    kind_label = _("Hearing")
    gate_fields = ("lead", "decided", "can_influence", "fixed", "use_of_answers")
    answer_fields = ("outcome",)
    parts_field = "sections"

    decided = RichTextField(_("what is being decided"), features=RICH_TEXT, blank=True)
    can_influence = RichTextField(_("what can still be influenced"), features=RICH_TEXT, blank=True)
    fixed = RichTextField(_("what is fixed and why"), features=RICH_TEXT, blank=True)
    use_of_answers = RichTextField(_("how the answers will be used"), features=RICH_TEXT, blank=True)
    sections = StreamField([("section", SectionBlock())], verbose_name=_("sections"), blank=True)
    timeline = StreamField([("milestone", MilestoneBlock())], verbose_name=_("timeline"), blank=True)
    other_ways = RichTextField(_("how to answer without the web"), features=RICH_TEXT, blank=True)
    outcome = RichTextField(
        _("what came of it"),
        features=["h3", *RICH_TEXT],
        blank=True,
        help_text=_(
            "Shown when the hearing is marked as answered; publishing the page alone does not do that."
        ),
    )
    easy_text = RichTextField(_("text in easy language"), features=["h3", *RICH_TEXT], blank=True)
    easy_checked_by = models.CharField(_("who checked the easy language"), max_length=150, blank=True)

    parent_page_types: ClassVar[list[str]] = [
        "portal_home.PlanningIndexPage",
        "portal_home.DecisionIndexPage",
        "participation_processes.ProcessPage",
    ]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list] = [
        *ParticipationPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("decided"),
                FieldPanel("can_influence"),
                FieldPanel("fixed"),
                FieldPanel("use_of_answers"),
            ],
            heading=_("Needed before opening"),
        ),
        FieldPanel("sections"),
        FieldPanel("timeline"),
        FieldPanel("other_ways"),
        MultiFieldPanel([FieldPanel("easy_text"), FieldPanel("easy_checked_by")], heading=_("Easy language")),
        FieldPanel("outcome"),
    ]

    class Meta:
        verbose_name = _("hearing page")
        verbose_name_plural = _("hearing pages")

    def easy_url(self, request: HttpRequest | None = None) -> str:
        """Address of the easy-language version in this page's language."""
        return (self.get_url(request) or "") + EASY_PATHS.get(self.locale.language_code, EASY_PATHS["fi"])

    @path(EASY_PATHS["fi"])
    @path(EASY_PATHS["sv"])
    def easy_language(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.easy_text:
            raise Http404
        request.easy_language = True  # type: ignore[attr-defined]
        return self.render(request, template="participation_hearings/hearing_page_easy.html")
