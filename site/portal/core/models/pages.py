from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .. import page_context
from ..reserved import reserved_slugs


class BasePage(Page):
    """What every page is: a title, a lead under it, one language.

    Subclasses state `parent_page_types`, `subpage_types` and `max_count`, name their panels and keep queries
    in selectors. Workflows and scheduling of Wagtail's own are off where a participation is concerned.
    """

    lead = models.TextField(_("lead"), blank=True, max_length=600, help_text=_("One or two sentences."))

    content_panels: ClassVar[list] = [*Page.content_panels, FieldPanel("lead")]
    show_in_menus_default = False

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.slug in reserved_slugs():
            raise ValidationError(
                {
                    "slug": _("The address “%(slug)s” is used by the service itself. Choose another one.")
                    % {"slug": self.slug}
                }
            )

    @property
    def language(self) -> str:
        return self.locale.language_code

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"language": self.language} | page_context.context_of(self, request)
