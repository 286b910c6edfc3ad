"""Uploaded files the public may fetch: documents that a live public page uses, and renditions."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve
from wagtail.models import Page, ReferenceIndex

from .models import Document


def is_in_public_use(document: Document) -> bool:
    """Whether a live page that anybody may see refers to the document.

    Rows beside pages (an attachment) say by `is_public()` whether they are shown.
    """
    for reference in ReferenceIndex.get_references_to(document).select_related("base_content_type"):
        model = reference.base_content_type.model_class()
        if model is None:
            continue
        user_of_it = model._default_manager.filter(pk=reference.object_id).first()
        if isinstance(user_of_it, Page):
            if user_of_it.live and not user_of_it.get_view_restrictions().exists():
                return True
        elif hasattr(user_of_it, "is_public") and user_of_it.is_public():
            return True
    return False


def guard_document(document: Document, request: HttpRequest) -> None:
    """Hook `before_serve_document`: staff see every document, others those in public use."""
    if request.user.has_perm("wagtailadmin.access_admin") or is_in_public_use(document):
        return
    raise Http404


def rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """A public image where files are in a local folder and no proxy serves them."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT / "images"))
    response["Cache-Control"] = "public, max-age=604800"
    return response
