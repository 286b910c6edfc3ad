from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

RICH_TEXT = ["bold", "italic", "link", "ul", "ol", "document-link"]


class MilestoneBlock(blocks.StructBlock):
    """A moment in a process: when, who decides, whom it concerns."""

    date = blocks.DateBlock(label=_("Date"))
    title = blocks.CharBlock(label=_("Title"), max_length=150)
    deciding_body = blocks.CharBlock(label=_("Deciding body"), max_length=150, required=False)
    audience = blocks.CharBlock(label=_("Whom it concerns"), max_length=200, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT, required=False)

    class Meta:
        icon = "date"
        label = _("Milestone")


class PhaseBlock(blocks.StructBlock):
    """A phase of a process; an empty end means that it goes on."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    starts = blocks.DateBlock(label=_("Starts"), required=False)
    ends = blocks.DateBlock(label=_("Ends"), required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT, required=False)

    class Meta:
        icon = "list-ol"
        label = _("Phase")


class BodyBlock(blocks.StreamBlock):
    """Running text of an ordinary page."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=["h3", *RICH_TEXT])
    image = ImageBlock(label=_("Image"))
