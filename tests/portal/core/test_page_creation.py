"""Publishing a new page while the autosave of the same form makes it."""

import pytest
from django.urls import reverse

from participation.hearings.models import HearingPage
from portal.core.page_creation import PageCreateView
from tests.factories.accounts import UserFactory
from tests.factories.hearings import HearingPageFactory
from tests.factories.pages import index

pytestmark = pytest.mark.django_db


def test_an_address_taken_meanwhile_is_said_beside_it_and_nothing_is_lost(client, monkeypatch):
    parent = index("decision")
    client.force_login(UserFactory(editor=True))
    address = reverse("wagtailadmin_pages:add", args=["participation_hearings", "hearingpage", parent.pk])
    saving = PageCreateView.form_valid

    def meanwhile(view, form):
        HearingPageFactory(parent=parent, slug="lahipalvelut", title="Lähipalvelut, autosaved")
        return saving(view, form)

    monkeypatch.setattr(PageCreateView, "form_valid", meanwhile)
    typed = {
        "title": "Lähipalvelut",
        "slug": "lahipalvelut",
        "lead": "Mitä tarvitset lähellä?",
        **dict.fromkeys(("decided", "can_influence", "fixed", "use_of_answers", "other_ways"), "null"),
        **dict.fromkeys(("easy_text", "outcome"), "null"),
        "sections-count": "0",
        "timeline-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }

    answer = client.post(address, typed)

    assert answer.status_code == 200
    assert "slug" in answer.context["form"].errors
    assert "Mitä tarvitset lähellä?" in answer.content.decode()
    assert HearingPage.objects.filter(slug="lahipalvelut").count() == 1
