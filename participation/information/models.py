from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel

from participation.processes.blocks import BodyBlock
from portal.core.fields import StreamField
from portal.core.models import BasePage


class InformationPage(BasePage):
    """News and background, with the persons to contact."""

    published_on = models.DateField(_("date"), null=True, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    contact_persons = ParentalManyToManyField(
        "portal_core.ContactPerson", blank=True, related_name="+", verbose_name=_("contact persons")
    )

    parent_page_types: ClassVar[list[str]] = [
        "portal_home.InformationIndexPage",
        "participation_processes.ProcessPage",
    ]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("published_on"),
        FieldPanel("body"),
        FieldPanel("contact_persons"),
    ]

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")
