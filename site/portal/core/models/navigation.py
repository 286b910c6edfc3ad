from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable

from ..bilingual import BilingualModel


@register_setting(icon="list-ul")
class SiteNavigation(ClusterableModel, BaseGenericSetting):
    """Header and footer links; a chosen page is shown in the reader's language."""

    panels = [
        InlinePanel("header_links", heading=_("Main navigation"), label=_("Link")),
        InlinePanel("footer_links", heading=_("Footer"), label=_("Link")),
    ]

    class Meta:
        verbose_name = _("navigation")

    def __str__(self) -> str:
        return str(_("navigation"))


class NavigationLink(Orderable):
    """A link to a page, with a shorter label where the page's title is too long."""

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page")
    )
    label_fi = models.CharField(_("label in Finnish"), max_length=60, blank=True)
    label_sv = models.CharField(_("label in Swedish"), max_length=60, blank=True)

    panels = [PageChooserPanel("page"), FieldPanel("label_fi"), FieldPanel("label_sv")]

    class Meta(Orderable.Meta):
        abstract = True


class HeaderLink(NavigationLink):
    navigation = ParentalKey(SiteNavigation, on_delete=models.CASCADE, related_name="header_links")


class FooterLink(NavigationLink):
    navigation = ParentalKey(SiteNavigation, on_delete=models.CASCADE, related_name="footer_links")


@register_setting(icon="mail")
class SiteContact(BilingualModel, BaseGenericSetting):
    """How to reach the authority about participation, in the footer of every page."""

    bilingual_fields = ("address", "hours")

    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    hours_fi = models.CharField(_("service hours in Finnish"), max_length=150, blank=True)
    hours_sv = models.CharField(_("service hours in Swedish"), max_length=150, blank=True)
    address_fi = models.TextField(_("postal address in Finnish"), blank=True)
    address_sv = models.TextField(_("postal address in Swedish"), blank=True)

    class Meta:
        verbose_name = _("contact details")

    def __str__(self) -> str:
        return str(_("contact details"))
