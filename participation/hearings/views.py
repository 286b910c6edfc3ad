"""What visitors send: comments, supports, reports of abuse, and what they do with a receipt.

No form holds a token of the visitor's own, since pages are cached whole; sendings are checked by origin.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from participation.moderation.errors import ModerationRefused, TooManyReports
from participation.moderation.services import ask_for_review, may_ask_for_review, report_abuse
from participation.processes.receipts import receipt_code
from participation.processes.services import contributions
from portal.core import device
from portal.core.origin import same_origin_form

from . import selectors, services
from .errors import SupportRefused
from .forms import ReceiptForm, ReportForm, ReviewForm
from .models import Comment
from .sending import Sending


def sender_of(request: HttpRequest) -> services.Sender:
    return services.Sender(
        user=request.user if request.user.is_authenticated else None,
        device_key=device.device_key(request),
        browser_key=device.browser_key(request),
        address_key=device.address_key(request),
        device_is_known=device.is_known(request),
    )


def see_other(url: str) -> HttpResponse:
    """The browser goes on with GET: sending again is then no longer one key away."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


@same_origin_form
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, hearing_id: uuid.UUID, easy: bool = False) -> HttpResponse:
    """Takes a comment; whatever is wrong, the page comes back with all that was typed."""
    if request.method != "POST":
        page = selectors.visible_page(hearing_id, language(), request)
        if page is None:
            raise Http404
        return HttpResponseRedirect(f"{page.easy_url(request) if easy else page.get_url(request)}#write")
    request.easy_language = easy  # type: ignore[attr-defined]
    response = Sending(request, hearing_id, sender_of(request), easy=easy).answer()
    device.remember_device(request, response)
    return response


def language() -> str:
    return (get_language() or "fi")[:2]


def private(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A receipt's address is its key: kept nowhere, told to nobody."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        # Not no-referrer: browsers would then call the origin of the page's own forms "null".
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answered


def writers_comment(code: str) -> Comment:
    found = selectors.writers_comment(code)
    if found is None:
        raise Http404
    return found


@private
@require_http_methods(["GET", "HEAD"])
def receipt(request: HttpRequest, code: str, easy: bool = False) -> HttpResponse:
    found = writers_comment(code)
    form = ReviewForm() if may_ask_for_review(found) else None
    context = selectors.receipt_context(found, request) | {"form": form}
    template = "receipt_easy.html" if easy else "receipt.html"
    return render(request, f"participation_hearings/{template}", context)


@private
@same_origin_form
@require_POST
def ask_review(request: HttpRequest, code: str) -> HttpResponse:
    found = writers_comment(code)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        context = selectors.receipt_context(found, request) | {"form": form}
        return render(request, "participation_hearings/receipt.html", context, status=422)
    try:
        ask_for_review(contribution=found, text=form.cleaned_data["text"])
    except ModerationRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Another moderator looks at the decision again."))
    return see_other(reverse("hearings:receipt", args=[code]))


@private
@same_origin_form
@require_http_methods(["GET", "HEAD", "POST"])
def find_receipt(request: HttpRequest) -> HttpResponse:
    """The code goes in a form's body: in an address it would be kept by whoever keeps addresses."""
    form = ReceiptForm(request.POST or None)
    if form.is_valid():
        found = selectors.writers_comment(form.cleaned_data["code"])
        if found is not None:
            return see_other(reverse("hearings:receipt", args=[receipt_code(found.public_id)]))
        form.add_error("code", _("There is no comment with this code. Check that all of it is there."))
    status = 422 if form.is_bound else 200
    return render(request, "participation_hearings/find_receipt.html", {"form": form}, status=status)


@private
@same_origin_form
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    contributions.withdraw(contribution=writers_comment(code))
    return _back_to_receipt(request, code)


@private
@same_origin_form
@require_POST
def request_removal(request: HttpRequest, code: str) -> HttpResponse:
    contributions.request_removal(contribution=writers_comment(code))
    return _back_to_receipt(request, code)


def _back_to_receipt(request: HttpRequest, code: str) -> HttpResponse:
    name = "hearings:receipt_easy" if request.POST.get("easy") else "hearings:receipt"
    return see_other(reverse(name, args=[code]))


@require_http_methods(["GET", "HEAD"])
def thread(request: HttpRequest, comment_id: uuid.UUID) -> HttpResponse:
    context = selectors.thread_context(comment_id, request)
    if context is None:
        raise Http404
    return render(request, "participation_hearings/thread.html", context)


@same_origin_form
@require_POST
def support(request: HttpRequest, comment_id: uuid.UUID) -> HttpResponse:
    """Counts one support, or takes it back where the form says so; the reader returns to the comment."""
    if not selectors.sees_hearing_of(comment_id, request):
        raise Http404
    undo = bool(request.POST.get("undo"))
    act = services.unsupport if undo else services.support
    try:
        counted = act(comment_id=comment_id, sender=sender_of(request))
    except SupportRefused:
        messages.warning(request, _("This comment takes no support now."))
    else:
        messages.success(request, _support_message(undo=undo, counted=counted))
    response = see_other(_comment_url(selectors.public_comment(comment_id)))
    device.remember_device(request, response)
    return response


def _support_message(*, undo: bool, counted: bool) -> str:
    if undo:
        return _("Your support has been taken back.")
    return _("Your support has been counted.") if counted else _("You have supported this comment already.")


def _comment_url(found: Comment | None) -> str:
    """Where the comment stands: its thread, or the front page once it has gone."""
    if found is None:
        return f"/{language()}/"
    root = found.parent or found
    return f"{reverse('hearings:thread', args=[root.public_id])}#c-{found.public_id}"


@same_origin_form
@require_http_methods(["GET", "HEAD", "POST"])
def report_comment(request: HttpRequest, comment_id: uuid.UUID) -> HttpResponse:
    """Anyone may report a comment; it stays until a moderator has decided."""
    found = selectors.public_comment(comment_id)
    if found is None or not selectors.sees_hearing_of(comment_id, request):
        raise Http404
    form = ReportForm(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "comment": found, "back_url": _comment_url(found)}
        status = 422 if form.is_bound else 200
        return render(request, "participation_hearings/report_comment.html", context, status=status)
    refused = "" if form.cleaned_data["website"] else _report(request, found, form.cleaned_data)
    if refused:
        messages.warning(request, refused)
    else:
        messages.success(request, _("Thank you. A moderator reads your report."))
    response = see_other(_comment_url(found))
    device.remember_device(request, response)
    return response


def _report(request: HttpRequest, found: Comment, data: dict[str, Any]) -> str:
    """Passes the report on; returns what to say when it was not taken."""
    try:
        report_abuse(
            contribution=found,
            reason=data["reason"],
            text=data["text"],
            device_key=device.device_key(request),
            address_key=device.address_key(request),
        )
    except TooManyReports as refused:
        return str(refused)
    except ModerationRefused:
        # It was hidden while the report was being written: nothing is left to report.
        return ""
    return ""
