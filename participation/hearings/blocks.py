from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from participation.processes.blocks import RICH_TEXT


class SectionBlock(blocks.StructBlock):
    """A section of a hearing; its id ties it to the part that comments hang on."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=["h3", *RICH_TEXT])
    images = blocks.ListBlock(ImageBlock(), label=_("Images"), default=[], required=False)
    questions = blocks.ListBlock(
        blocks.CharBlock(label=_("Question"), max_length=300),
        label=_("Questions to consider"),
        default=[],
        required=False,
    )

    class Meta:
        icon = "doc-full"
        label = _("Section")
