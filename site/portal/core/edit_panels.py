"""Edit panels for texts that exist in both languages, side by side."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel


def bilingual(name: str, heading: Any = "") -> FieldRowPanel:
    """`name_fi` beside `name_sv`."""
    return FieldRowPanel([FieldPanel(f"{name}_fi"), FieldPanel(f"{name}_sv")], heading=heading)


class TranslationStatePanel(MultiFieldPanel):
    """Which language a text is written in first; and, when the other one lags behind, that it does.

    Needs `portal.core.admin_forms.BilingualAdminForm`, which has the field that says that it no longer does.
    """

    def __init__(self, **kwargs: Any) -> None:
        children = [StaleNotice(), FieldPanel("source_language"), StaleFieldPanel("confirm_translation")]
        kwargs.setdefault("heading", _("Translation"))
        kwargs.pop("children", None)
        super().__init__(children, **kwargs)

    def clone_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().clone_kwargs()
        kwargs.pop("children", None)
        return kwargs


class StaleNotice(Panel):
    class BoundPanel(Panel.BoundPanel):
        template_name = "portal_core/panels/stale.html"

        def is_shown(self) -> bool:
            return bool(self.instance.stale)


class StaleFieldPanel(FieldPanel):
    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance.stale) and super().is_shown()


authority_panels = [
    TranslationStatePanel(),
    MultiFieldPanel(
        [
            FieldPanel("authority_type"),
            FieldPanel("public_languages"),
            bilingual("name"),
            bilingual("council"),
            bilingual("executive"),
        ],
        heading=_("Authority"),
    ),
    MultiFieldPanel(
        [
            bilingual("registry"),
            bilingual("registry_address"),
            FieldRowPanel([FieldPanel("registry_email"), FieldPanel("registry_phone")]),
        ],
        heading=_("Registry"),
    ),
    FieldPanel("municipalities"),
]
contact_panels = [
    TranslationStatePanel(),
    FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
    bilingual("hours"),
    bilingual("address"),
]
