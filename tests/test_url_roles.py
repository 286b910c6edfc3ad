"""Every address of ours × every role: what each is answered. A new address without a row here fails.

Words of the table: `ok` the page or form; `login` to the login page; `no` told plainly that one may not;
`home` to the dashboard, with Wagtail's message that one may not; `gone` 404, as if it did not exist; `moved`
elsewhere; `post` only forms may be sent here.
"""

import inspect
from fnmatch import fnmatchcase

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from participation.hearings.models import Comment
from participation.processes.models import LegalBasis, ServiceArea
from participation.processes.receipts import receipt_code
from participation.reports.models import Report
from participation.reports.services.ordering import JOB_KIND
from portal.accounts.models import User
from portal.core.models import ContactPerson, Municipality, Unit
from portal.jobs.models import Job, JobFile
from portal.search.models import SearchTerm
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "resident", "editor", "official", "moderator", "administrator")
OUR_MODULES = ("portal.", "participation.", "allauth.")
OUR_NAMESPACES = ("wagtailsnippets_p", "wagtailsnippetchoosers_p", "wagtailusers_", "organisations")


def everybody(answer):
    return dict.fromkeys(ROLES, answer)


def logged_in(answer="ok", **others):
    return {**everybody(answer), "anonymous": "login", **others}


def staff(*roles, answer="ok", refused="home"):
    """Pages of the administration for some roles, and always for administrators."""
    allowed = dict.fromkeys((*roles, "administrator"), answer)
    return {**dict.fromkeys(ROLES, refused), "anonymous": "login", "resident": "no", **allowed}


ALL_STAFF = ("editor", "official", "moderator")
ADMINISTRATORS = staff()
NOBODY = {**staff(), "administrator": "home"}
OFFICIALS = staff("official")
TEXTS_AND_OFFICIALS = staff("editor", "official")
OFFICIALS_JOBS = staff("official", refused="gone")

# The first pattern that fits counts.
TABLE = {
    "language_choice": everybody("ok"),
    "health_live": everybody("ok"),
    "health_ready": everybody("ok"),
    "rendition": everybody("gone"),
    "lasting": everybody("moved"),
    # Accounts
    "account_login": {
        **everybody("moved"),
        "anonymous": "ok",
        **dict.fromkeys((*ALL_STAFF, "administrator"), "home"),
    },
    "account_signup": {
        **everybody("moved"),
        "anonymous": "ok",
        **dict.fromkeys((*ALL_STAFF, "administrator"), "home"),
    },
    "account_logout": {**everybody("ok"), "anonymous": "moved"},
    "account_inactive": everybody("ok"),
    "account_email_verification_sent": everybody("ok"),
    "account_confirm_email": everybody("ok"),
    "account_reset_password": everybody("ok"),
    "account_reset_password_done": everybody("ok"),
    "account_reset_password_from_key": everybody("ok"),
    "account_reset_password_from_key_done": everybody("ok"),
    "account_set_password": logged_in("moved"),
    "account_close": logged_in("no", resident="ok"),
    "account_closed": everybody("ok"),
    "account_*": logged_in(),
    # Hearings: writing needs no account; a code opens what it was given for, whoever one is
    "hearings:comment": everybody("moved"),
    "hearings:comment_easy": everybody("moved"),
    "hearings:find_receipt": everybody("ok"),
    "hearings:receipt": everybody("ok"),
    "hearings:receipt_easy": everybody("ok"),
    "hearings:thread": everybody("ok"),
    "hearings:report_comment": everybody("ok"),
    "hearings:*": everybody("post"),
    "moderation:log": everybody("ok"),
    # Search: everybody's is one thing, the staff's another
    "search:*": everybody("ok"),
    # Files of jobs: not there for anybody but those whom the job's kind allows
    "job_file": {**everybody("gone"), "official": "ok", "administrator": "ok"},
    # The administration
    "cms_login": {**everybody("home"), "anonymous": "login", "resident": "no"},
    "cms_logout": {**everybody("ok"), "anonymous": "moved"},
    "cms_account": staff(*ALL_STAFF),
    "wagtailadmin_account": staff(*ALL_STAFF),
    "page_create": TEXTS_AND_OFFICIALS,
    "population": ADMINISTRATORS,
    "wagtailusers_users:*": ADMINISTRATORS,
    "wagtailusers_groups:*": NOBODY,
    "organisations:*": ADMINISTRATORS,
    "wagtailsnippets_portal_core_contactperson:*": TEXTS_AND_OFFICIALS,
    "wagtailsnippets_portal_core_*": ADMINISTRATORS,
    "wagtailsnippets_participation_processes_*": TEXTS_AND_OFFICIALS,
    "wagtailsnippets_portal_search_*": staff("editor"),
    "wagtailsnippetchoosers_portal_core_contactperson:create": TEXTS_AND_OFFICIALS,
    "wagtailsnippetchoosers_portal_core_*:create": ADMINISTRATORS,
    "wagtailsnippetchoosers_participation_processes_*:create": TEXTS_AND_OFFICIALS,
    "wagtailsnippetchoosers_portal_search_*:create": staff("editor"),
    "wagtailsnippetchoosers_*": staff(*ALL_STAFF),
    "participations:by_key": staff(*ALL_STAFF, answer="moved"),
    "participations:confirm": staff("editor", "official", answer="post"),
    "participations:act": OFFICIALS,
    "participations:*": TEXTS_AND_OFFICIALS,
    "reports:reports": OFFICIALS,
    "reports:new_version": staff(*ALL_STAFF, answer="post"),
    "moderation_admin:*": staff("moderator"),
    "search_admin:contributions": staff("official", "moderator"),
    "portal_jobs:jobs": staff(*ALL_STAFF),
    "portal_jobs:retry": staff(*ALL_STAFF, answer="post"),
    "portal_jobs:cancel": staff(*ALL_STAFF, answer="post"),
    "portal_jobs:*": OFFICIALS_JOBS,
}

# Addresses that only take forms, sent one: who may, and who is turned away.
POSTS = {
    "hearings:support": everybody("moved"),
    "hearings:withdraw": everybody("moved"),
    "hearings:request_removal": everybody("moved"),
    "hearings:ask_review": everybody("moved"),
    "participations:confirm": staff("editor", "official", answer="moved"),
    "reports:new_version": staff("official", answer="moved"),
    "portal_jobs:retry": staff("official", answer="moved", refused="gone"),
    "portal_jobs:cancel": staff("official", answer="moved", refused="gone"),
}


def our_names():
    """Names of all addresses of our apps, of allauth as we mount it, and of Wagtail's views of our rows."""
    return sorted({name for name, module in _walk(get_resolver()) if _is_ours(name, module)})


def _walk(resolver, namespaces=()):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry, inner)
        elif isinstance(entry, URLPattern):
            view = getattr(entry.callback, "view_class", entry.callback)
            view = inspect.unwrap(view)
            module = getattr(view, "view_class", view).__module__
            yield ":".join((*namespaces, entry.name or "")), module


def _is_ours(name, module):
    return module.startswith(OUR_MODULES) or name.startswith(OUR_NAMESPACES) or "account" in name


def row_of(name):
    return next((row for pattern, row in TABLE.items() if fnmatchcase(name, pattern)), None)


class World:
    """One of each thing that an address may name."""

    def __init__(self):
        self.pair = hearing_pair(state="open", fi={"easy_text": "<p>Selkeästi.</p>"})
        self.comment = CommentFactory(participation=self.pair.hearing, part=self.pair.parts[0])
        self.job = Job.objects.create(kind=JOB_KIND, participation_id=self.pair.hearing.public_id)
        self.report = Report.objects.create(
            participation=self.pair.hearing, job=self.job, languages=["fi"], formats=["csv"]
        )
        self.file = JobFile(
            job=self.job, name="raportti.csv", content_type="text/csv", size=1, sha256="0" * 64
        )
        self.file.file.save("raportti.csv", ContentFile(b"x"))
        self.rows = {
            "unit": Unit.objects.create(name_fi="Yksikkö"),
            "contactperson": ContactPerson.objects.create(name="Esimerkki", title_fi="Suunnittelija"),
            "municipality": Municipality.objects.create(code="999", name_fi="Kunta", name_sv="Kommun"),
            "legalbasis": LegalBasis.objects.create(name_fi="Laki", section_fi="29 §"),
            "servicearea": ServiceArea.objects.create(name_fi="Alue"),
            "searchterm": SearchTerm.objects.create(fi="silta", sv="bro"),
            "organisations": OrganisationFactory(),
            "wagtailusers_users": UserFactory(),
        }

    def arguments(self, name):
        """Values for the parameters of an address; it takes those that it has."""
        public_id = self.pair.hearing.public_id
        if name.startswith("portal_jobs"):
            public_id = self.job.public_id
        elif name.startswith("job_file"):
            public_id = self.file.public_id
        elif name.startswith("moderation_admin"):
            public_id = self.comment.public_id
        return {
            "public_id": public_id,
            "hearing_id": self.pair.hearing.public_id,
            "comment_id": self.comment.public_id,
            "report_id": self.report.public_id,
            "content_type_app_name": "participation_hearings",
            "content_type_model_name": "hearingpage",
            "parent_page_id": self.pair.fi.get_parent().pk,
            "translation_key": self.pair.hearing.translation_key,
            "code": receipt_code(self.comment.public_id),
            "kind": "extend",
            "language": "sv",
            "path": "no-such-image.png",
            "uidb36": "1",
            "key": "no-such-key",
            "pk": self._pk(name),
        }

    def _pk(self, name):
        namespace = name.partition(":")[0]
        if namespace == "wagtailusers_groups":
            return Group.objects.first().pk
        row = next((row for key, row in self.rows.items() if namespace.endswith(key)), None)
        return row.pk if row else 0

    def address(self, name, language):
        wanted = set().union(*(entry[1] for entry in _possibilities(name)))
        values = {key: value for key, value in self.arguments(name).items() if key in wanted}
        with override(language):
            return reverse(name, kwargs=values)


def _possibilities(name):
    """Parameters of a name, as Django's resolver keeps them."""
    *namespaces, last = name.split(":")
    resolver = get_resolver()
    for namespace in namespaces:
        resolver = resolver.namespace_dict[namespace][1]
    return [entry for possibility in resolver.reverse_dict.getlist(last) for entry in possibility[0]]


def outcome(response: HttpResponseBase) -> str:
    known = {200: "ok", 403: "no", 404: "gone", 405: "post", 410: "gone", 422: "ok"}
    if response.status_code in known:
        return known[response.status_code]
    assert response.status_code in (301, 302, 303), response.status_code
    target = response["Location"].partition("?")[0]
    with override("fi"):
        finnish = reverse("account_login")
    with override("sv"):
        swedish = reverse("account_login")
    if target in (finnish, swedish):
        return "login"
    if target == reverse("cms_login"):
        return "cms_login"
    return "home" if target == "/cms/" else "moved"


def ask(client, method, url):
    """The answer to one request, and nothing of it left behind."""
    with transaction.atomic():
        answer = getattr(client, method)(url, headers={"sec-fetch-site": "same-origin"})
        if hasattr(answer, "streaming_content"):
            b"".join(answer.streaming_content)
            # Not close(): that ends the test's database connection too.
            for close_file in answer._resource_closers:
                close_file()
        found = outcome(answer)
        if found == "cms_login":
            found = outcome(client.get(answer["Location"]))
        transaction.set_rollback(True)
    return found


@pytest.fixture
def world():
    return World()


@pytest.fixture
def visitor(client, request):
    role = request.param
    if role != "anonymous":
        client.force_login(UserFactory(role="" if role == "resident" else role))
    return role


def test_every_address_of_ours_has_a_row():
    missing = [name for name in our_names() if row_of(name) is None]
    assert missing == []


def test_every_row_has_an_address():
    names = our_names()
    idle = [pattern for pattern in TABLE if not any(fnmatchcase(name, pattern) for name in names)]
    assert idle == []
    assert [name for name in POSTS if name not in names] == []


def test_every_address_that_only_takes_forms_is_sent_one():
    only_posts = {name for name in our_names() if "post" in row_of(name).values()}
    assert only_posts == set(POSTS)


@pytest.mark.parametrize("visitor", ROLES, indirect=True)
def test_what_each_role_is_answered(client, world, visitor):
    wrong = {}
    for name in our_names():
        for language in ("fi", "sv"):
            url = world.address(name, language)
            if language == "sv" and not url.startswith("/sv/"):
                continue
            found = ask(client, "get", url)
            if found != row_of(name)[visitor]:
                wrong[url] = (name, found, row_of(name)[visitor])
    assert wrong == {}


@pytest.mark.parametrize("visitor", ROLES, indirect=True)
def test_what_each_role_is_answered_to_a_form(client, world, visitor):
    wrong = {}
    for name, row in POSTS.items():
        url = world.address(name, "fi")
        found = ask(client, "post", url)
        if found != row[visitor]:
            wrong[url] = (name, found, row[visitor])
    assert wrong == {}


def test_the_world_is_left_as_it_was(client, world):
    ask(client, "post", world.address("hearings:withdraw", "fi"))
    assert Comment.objects.get().moderation_state == "published"
    assert User.objects.count() == 1
