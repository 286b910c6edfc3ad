"""Loads the whole demonstration in one transaction: all of it, or nothing."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale

from portal.core.enums import Language

from ..models import HomePage
from .authority import create_authority
from .comments import create_comments
from .content import Calendar
from .hearings import HEARINGS, Staff, Stage, create_hearing, finish_hearing
from .pages import HOME_KEY, create_pages
from .people import create_logins


class SiteNotEmpty(Exception):
    """The site has pages of its own, which the demonstration does not touch."""


@transaction.atomic
def load_demo(today: dt.date | None = None) -> bool:
    """Fills an empty site; answers False, changing nothing, when the demonstration is there already.

    Times are counted from `today`, so that the open hearing is open on the day of loading.
    """
    if HomePage.objects.filter(translation_key=HOME_KEY).exists():
        return False
    if HomePage.objects.exists():
        raise SiteNotEmpty("this site has a front page of its own; the demonstration needs an empty database")
    calendar = Calendar(today or timezone.localdate(), timezone.get_default_timezone())
    for language in Language.values:
        Locale.objects.get_or_create(language_code=language)
    users = create_logins()
    staff = Staff(editor=users["editor"], official=users["official"], moderator=users["moderator"])
    authority = create_authority(members=[staff.official])
    pages = create_pages(authority, calendar, staff.editor)
    stage = Stage(pages=pages, authority=authority, calendar=calendar, staff=staff)
    for key in HEARINGS:
        hearing = create_hearing(key, stage)
        create_comments(key, hearing, stage)
        finish_hearing(key, hearing, stage)
    return True
