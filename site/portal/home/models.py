from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from participation.processes.blocks import RICH_TEXT, BodyBlock
from participation.processes.enums import ParticipationForm
from portal.core.fields import StreamField
from portal.core.models import BasePage

# Wagtail gives every page class a template name of its own; a base class cannot hand one down.
FORM_TEMPLATE = "portal_home/form_index_page.html"


class HomePage(BasePage):
    """The front page of one language: what is open, what came of earlier ones, how to take part."""

    how_to_take_part = RichTextField(_("how to take part"), features=RICH_TEXT, blank=True)

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "portal_home.InformationIndexPage",
        "portal_home.ActionIndexPage",
        "portal_home.PlanningIndexPage",
        "portal_home.DecisionIndexPage",
        "portal_home.ContentPage",
    ]
    content_panels: ClassVar[list] = [*BasePage.content_panels, FieldPanel("how_to_take_part")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class FormIndexPage(BasePage):
    """A form of participation: what it is, and what is open, coming, closed and answered."""

    form: ClassVar[ParticipationForm]

    body = RichTextField(_("text"), features=["h3", *RICH_TEXT], blank=True)

    parent_page_types: ClassVar[list[str]] = ["portal_home.HomePage"]
    max_count_per_parent = 1
    content_panels: ClassVar[list] = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        abstract = True


class InformationIndexPage(FormIndexPage):
    """Information participation: news and background, both ways."""

    form = ParticipationForm.INFORMATION
    template = FORM_TEMPLATE
    subpage_types: ClassVar[list[str]] = ["participation_information.InformationPage"]

    class Meta:
        verbose_name = _("information participation page")
        verbose_name_plural = _("information participation pages")


class ActionIndexPage(FormIndexPage):
    """Action participation: doing things together."""

    form = ParticipationForm.ACTION
    template = FORM_TEMPLATE
    subpage_types: ClassVar[list[str]] = ["participation_processes.ProcessPage"]

    class Meta:
        verbose_name = _("action participation page")
        verbose_name_plural = _("action participation pages")


class PlanningIndexPage(FormIndexPage):
    """Planning participation: processes and hearings while matters are being prepared."""

    form = ParticipationForm.PLANNING
    template = FORM_TEMPLATE
    subpage_types: ClassVar[list[str]] = [
        "participation_processes.ProcessPage",
        "participation_hearings.HearingPage",
    ]

    class Meta:
        verbose_name = _("planning participation page")
        verbose_name_plural = _("planning participation pages")


class DecisionIndexPage(FormIndexPage):
    """Decision participation: hearings before a body decides."""

    form = ParticipationForm.DECISION
    template = FORM_TEMPLATE
    subpage_types: ClassVar[list[str]] = [
        "participation_processes.ProcessPage",
        "participation_hearings.HearingPage",
    ]

    class Meta:
        verbose_name = _("decision participation page")
        verbose_name_plural = _("decision participation pages")


class ContentPage(BasePage):
    """A plain page: accessibility statement, privacy notice, about the service."""

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["portal_home.HomePage", "portal_home.ContentPage"]
    subpage_types: ClassVar[list[str]] = ["portal_home.ContentPage"]
    content_panels: ClassVar[list] = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
