"""Uploaded images lose what the camera or telephone wrote about place, time and owner."""

from io import BytesIO

from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps, ImageSequence


def without_metadata(file: File) -> ContentFile:
    """The same picture, turned upright, without EXIF, XMP or comments; animation is kept."""
    file.seek(0)
    with Image.open(file) as image:
        form = image.format or "PNG"
        out = BytesIO()
        if getattr(image, "is_animated", False):
            frames = [frame.copy() for frame in ImageSequence.Iterator(image)]
            frames[0].save(
                out,
                format=form,
                save_all=True,
                append_images=frames[1:],
                duration=image.info.get("duration", 100),
                loop=image.info.get("loop", 0),
            )
        else:
            upright = ImageOps.exif_transpose(image)
            clean = Image.new(upright.mode, upright.size)
            if upright.mode == "P" and (palette := upright.getpalette()):
                clean.putpalette(palette)
            clean.paste(upright)
            options = {"quality": 90} if form in {"JPEG", "WEBP"} else {}
            if "transparency" in image.info and upright.mode == "P":
                options["transparency"] = image.info["transparency"]
            clean.save(out, format=form, **options)
    return ContentFile(out.getvalue(), name=file.name)
