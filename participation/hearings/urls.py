"""Addresses of what visitors send and of what they get back; the hearing itself is a page."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "hearings"
urlpatterns = [
    path(_("<uuid:hearing_id>/comment/"), views.comment, name="comment"),
    path(
        _("<uuid:hearing_id>/comment/easy-language/"),
        views.comment,
        {"easy": True},
        name="comment_easy",
    ),
    path(_("receipt/"), views.find_receipt, name="find_receipt"),
    path(_("receipt/<str:code>/"), views.receipt, name="receipt"),
    path(
        _("receipt/<str:code>/easy-language/"),
        views.receipt,
        {"easy": True},
        name="receipt_easy",
    ),
    path(_("receipt/<str:code>/withdraw/"), views.withdraw, name="withdraw"),
    path(_("receipt/<str:code>/remove/"), views.request_removal, name="request_removal"),
    path(_("receipt/<str:code>/review/"), views.ask_review, name="ask_review"),
    path(_("thread/<uuid:comment_id>/"), views.thread, name="thread"),
    path(_("support/<uuid:comment_id>/"), views.support, name="support"),
    path(_("report/<uuid:comment_id>/"), views.report_comment, name="report_comment"),
]
