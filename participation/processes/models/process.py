from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from portal.core.fields import StreamField
from portal.core.models import BasePage

from ..blocks import RICH_TEXT, MilestoneBlock, PhaseBlock
from ..enums import ProcessStage


class ProcessPage(BasePage):
    """A long process such as a strategy: phases, milestones and the participations that belong to it."""

    stage = models.CharField(
        _("stage"), max_length=15, choices=ProcessStage.choices, default=ProcessStage.PLANNING
    )
    body = RichTextField(_("text"), features=["h3", *RICH_TEXT], blank=True)
    phases = StreamField([("phase", PhaseBlock())], verbose_name=_("phases"), blank=True)
    milestones = StreamField([("milestone", MilestoneBlock())], verbose_name=_("milestones"), blank=True)

    parent_page_types: ClassVar[list[str]] = [
        "portal_home.ActionIndexPage",
        "portal_home.PlanningIndexPage",
        "portal_home.DecisionIndexPage",
    ]
    subpage_types: ClassVar[list[str]] = [
        "participation_hearings.HearingPage",
        "participation_information.InformationPage",
    ]
    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("stage"),
        FieldPanel("body"),
        FieldPanel("phases"),
        FieldPanel("milestones"),
    ]

    class Meta:
        verbose_name = _("process page")
        verbose_name_plural = _("process pages")
