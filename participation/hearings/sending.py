"""One sending of the comment form: taken, or shown again with everything that was typed."""

import uuid
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from wagtail.models import Page

from participation.processes.permissions import Refusal, may_answer_officially
from portal.core.form_stamp import read_stamp
from portal.core.models import AuthorityProfile

from . import selectors, services
from .errors import CommentRefused, PagesPrivate, TargetGone
from .forms import CommentForm, EasyCommentForm
from .models import Hearing, HearingPage
from .selectors.commenting import Commenting
from .selectors.facts import municipalities

ENDED = (Refusal.CLOSED, Refusal.CANCELLED, Refusal.NOT_OPEN, Refusal.NOBODY)


class Sending:
    def __init__(
        self, request: HttpRequest, hearing_id: uuid.UUID, sender: services.Sender, *, easy: bool
    ) -> None:
        self.request, self.hearing_id, self.sender, self.easy = request, hearing_id, sender, easy
        self.language = (get_language() or "fi")[:2]

    @cached_property
    def page(self) -> HearingPage:
        """Whoever sees no page of the hearing cannot write to it either; 404 shows back what was written."""
        page = selectors.visible_page(self.hearing_id, self.language, self.request)
        if page is None:
            raise Http404
        return page

    def answer(self) -> HttpResponse:
        form = self.form()
        if not form.is_valid():
            return self.again(form)
        try:
            posted = self.post(form)
        except CommentRefused as refused:
            return self.refused(form, refused.refusal)
        except TargetGone:
            form.add_error(None, self.gone_text())
            return self.again(form)
        except Hearing.DoesNotExist:
            raise Http404 from None
        name = "hearings:receipt_easy" if self.easy else "hearings:receipt"
        response = HttpResponseRedirect(reverse(name, args=[posted.receipt_code]))
        response.status_code = 303
        return response

    def post(self, form: CommentForm) -> services.Posted:
        """Nobody is asked what they may see while a page of the hearing is public."""
        draft, opened = form.draft(self.language), read_stamp(form.cleaned_data["stamp"])
        arguments: dict[str, Any] = {"hearing_id": self.hearing_id, "draft": draft, "form_opened": opened}
        try:
            return services.post_comment(**arguments, sender=self.sender)
        except PagesPrivate:
            reader = replace(self.sender, reads_private_page=self.page is not None)
            return services.post_comment(**arguments, sender=reader)

    def form(self) -> CommentForm:
        """Parts are checked by the service, under the lock; here any of them is a choice."""
        choices, _concerned = municipalities(None, self.language)
        part = self.request.POST.get("part", "")
        return (EasyCommentForm if self.easy else CommentForm)(
            self.request.POST,
            municipalities=choices,
            parts=[(part, part)] if _is_uuid(part) else [],
            is_reply=bool(self.request.POST.get("reply")),
            may_answer=may_answer_officially(self.request.user),
        )

    def gone_text(self) -> str:
        if self.request.POST.get("reply"):
            return _("This comment takes no replies any more. Your text is below; send it as a comment.")
        return _("The section you commented on is no longer there. Choose another one.")

    def refused(self, form: CommentForm, refusal: Refusal) -> HttpResponse:
        if refusal in (Refusal.AGE_NEEDED, Refusal.TOO_YOUNG):
            form.add_error("age_class", str(refusal.label))
            return self.again(form)
        form.add_error(None, self.refusal_text(refusal))
        return self.again(form, ended=refusal in ENDED)

    def refusal_text(self, refusal: Refusal) -> str:
        if refusal == Refusal.LOGIN:
            return _(
                "You are not logged in. Log in in another tab, come back here and send the comment again: "
                "your text is still below."
            )
        if refusal == Refusal.PART_CLOSED:
            return _("This section no longer takes comments. Choose another one or the whole matter.")
        if refusal == Refusal.CLOSED:
            if self.easy:
                return pgettext("easy", "You are too late. We can no longer take your opinion here.")
            return _("The hearing closed before your comment arrived. Your text is below.")
        return str(refusal.label)

    def again(self, form: CommentForm, *, ended: bool = False) -> HttpResponse:
        """The hearing's page with the form as it was sent; for a hearing that has ended, the text alone."""
        page = self.page
        _as_if_routed(page, self.request)
        context = page.get_context(self.request)
        commenting: Commenting = context["commenting"]
        reply = form.data.get("reply", "")
        parent = commenting.parent(reply)
        again = commenting.form(easy=self.easy, data=self._data(parent), parent=parent)
        again.full_clean()
        again.errors.clear()
        again.errors.update(form.errors)
        context |= {"form": again, "replying_to": selectors.replying_to(parent)}
        if ended:
            context |= self._kept(form)
        template = "participation_hearings/hearing_page_easy.html" if self.easy else page.template
        response = TemplateResponse(self.request, template, context, status=422)
        response["Cache-Control"] = "private, no-store"
        return response

    def _data(self, parent: Any) -> Any:
        """What was sent, but for a reply whose comment has gone: it can go on as a comment of its own."""
        data = self.request.POST.copy()
        if parent is None:
            data["reply"] = ""
        return data

    def _kept(self, form: CommentForm) -> dict[str, Any]:
        profile = AuthorityProfile.load(request_or_site=self.request)
        return {
            "kept_text": form.data.get("text", ""),
            "registry": {
                "name": profile.text("registry", self.language),
                "email": profile.registry_email,
                "address": profile.text("registry_address", self.language),
            },
        }


def _is_uuid(value: str) -> bool:
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True


def _as_if_routed(page: HearingPage, request: HttpRequest) -> None:
    """So that breadcrumbs and language links are those of the page and not of this address."""
    parts = page.get_url_parts(request)
    if parts:
        path = parts[2].strip("/").partition("/")[2]
        Page.find_for_request(request, path)
