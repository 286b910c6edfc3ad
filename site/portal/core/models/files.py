from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage

from ..images import without_metadata


class Image(AbstractImage):
    """An image without its camera's metadata; the alternative text is given where it is used."""

    admin_form_fields = tuple(name for name in WagtailImage.admin_form_fields if name != "description")

    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    tags = TaggableManager(blank=True, related_name="portal_images", verbose_name=_("tags"))

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        # Asked for by Wagtail's dialogues; its abstract models do not bring it along.
        permissions = (("choose_image", "Can choose image"),)

    def save(self, *args: Any, **kwargs: Any) -> None:
        upload = self.file  # type: ignore[has-type]  # declared by Wagtail, which has no types
        if upload and not upload._committed:
            clean = without_metadata(upload)
            self.file, self.file_size = clean, clean.size
            self.file_hash = ""
        super().save(*args, **kwargs)


class Rendition(AbstractRendition):
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class Document(AbstractDocument):
    """A published file; served to the public only while a live public page uses it."""

    admin_form_fields = WagtailDocument.admin_form_fields

    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    tags = TaggableManager(blank=True, related_name="portal_documents", verbose_name=_("tags"))

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = (("choose_document", "Can choose document"),)
