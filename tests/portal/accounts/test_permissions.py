"""Roles: what the groups may do, and the questions that code asks."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.management import call_command
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images import permissions as image_permissions
from wagtail.models import Page

from portal.accounts import permissions
from portal.accounts.enums import RoleGroup
from portal.accounts.models import User
from portal.accounts.services import roles, setup_roles
from tests.factories.accounts import UserFactory
from tests.factories.processes import DocumentFactory

pytestmark = pytest.mark.django_db

QUESTIONS = {
    permissions.is_editor: {"editor", "administrator"},
    permissions.is_official: {"official", "administrator"},
    permissions.is_moderator: {"moderator", "administrator"},
    permissions.is_administrator: {"administrator"},
    permissions.is_staff_member: {"editor", "official", "moderator", "administrator"},
}
ROLES = ("", *RoleGroup.values)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.__name__)
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "resident")
def test_who_holds_which_role(question, role):
    assert question(UserFactory(role=role)) == (role in QUESTIONS[question])


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.__name__)
def test_visitors_and_closed_accounts_hold_none(question):
    assert not question(AnonymousUser())
    assert not question(UserFactory(administrator=True, is_active=False))


def test_roles_are_asked_of_the_database_once(django_assert_num_queries):
    user = User.objects.get(pk=UserFactory(editor=True).pk)
    with django_assert_num_queries(1):
        assert permissions.is_editor(user)
        assert not permissions.is_moderator(user)
        assert permissions.staff_may(user, RoleGroup.OFFICIAL, RoleGroup.EDITOR)


@pytest.mark.both
def test_groups_are_made_once_and_exactly():
    official = Group.objects.get(name="official")
    official.permissions.add(Permission.objects.get(codename="delete_user"))
    before = official.permissions.count()
    setup_roles()
    setup_roles()
    assert set(Group.objects.values_list("name", flat=True)) == set(RoleGroup.values)
    assert official.permissions.count() == before - 1


@pytest.mark.both
def test_migrate_makes_the_groups_again():
    Group.objects.filter(name="editor").delete()
    call_command("migrate", verbosity=0)
    assert Group.objects.get(name="editor").permissions.filter(codename="access_admin").exists()


def test_a_right_that_does_not_exist_is_refused_by_name(monkeypatch):
    rights = {**roles._rights, RoleGroup.EDITOR: {"portal_core.fly"}}
    monkeypatch.setattr(roles, "_rights", rights)
    with pytest.raises(LookupError, match=r"portal_core\.fly"):
        setup_roles()


PERMISSIONS = {
    "wagtailadmin.access_admin": {"editor", "official", "moderator", "administrator"},
    "portal_core.change_authorityprofile": {"administrator"},
    "portal_core.change_sitenavigation": {"editor", "administrator"},
    "portal_core.change_sitecontact": {"editor", "administrator"},
    "portal_core.change_unit": {"administrator"},
    "portal_core.change_contactperson": {"editor", "official", "administrator"},
    "portal_accounts.change_user": {"administrator"},
    "portal_accounts.delete_user": {"administrator"},
    "wagtail_localize.submit_translation": {"editor", "administrator"},
    "auth.change_group": set(),
}


@pytest.mark.parametrize("permission", PERMISSIONS)
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "resident")
def test_rights_of_the_groups(permission, role):
    assert UserFactory(role=role).has_perm(permission) == (role in PERMISSIONS[permission])


PAGES = {
    "can_add_subpage": {"editor", "official", "administrator"},
    "can_publish_subpage": {"editor", "administrator"},
}


@pytest.mark.parametrize("question", PAGES)
@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "resident")
def test_rights_on_pages(question, role):
    asked = Page.get_first_root_node().permissions_for_user(UserFactory(role=role))
    assert getattr(asked, question)() == (role in PAGES[question])


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "resident")
def test_who_prepares_pages_chooses_files_that_others_brought(role):
    """As Wagtail's dialogues ask: without the right they say that there is nothing to choose from."""
    user, document = UserFactory(role=role), DocumentFactory()
    may = role in ("editor", "official", "administrator")
    for policy in (document_policy, image_permissions.permission_policy):
        assert policy.user_has_permission(user, "choose") == may
    assert (document in document_policy.instances_user_has_any_permission_for(user, ["choose"])) == may
