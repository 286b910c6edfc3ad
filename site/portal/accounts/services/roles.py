"""The role groups and their rights, made from code so that every installation has the same."""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from ..enums import RoleGroup

ADMIN_ACCESS = "wagtailadmin.access_admin"
EVERYTHING_OF = ("portal_accounts", "portal_core", "portal_home", "wagtailcore", "wagtail_localize")
PAGE_RIGHTS: dict[RoleGroup, tuple[str, ...]] = {
    RoleGroup.EDITOR: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    RoleGroup.OFFICIAL: ("add_page", "change_page"),
    RoleGroup.MODERATOR: (),
    RoleGroup.ADMINISTRATOR: (
        "add_page",
        "change_page",
        "publish_page",
        "bulk_delete_page",
        "lock_page",
        "unlock_page",
    ),
}
FILE_RIGHTS = (
    "portal_core.add_image",
    "portal_core.change_image",
    "portal_core.choose_image",
    "portal_core.add_document",
    "portal_core.change_document",
    "portal_core.choose_document",
)
FILE_ROLES = (RoleGroup.EDITOR, RoleGroup.OFFICIAL, RoleGroup.ADMINISTRATOR)
WAGTAIL_DEFAULT_GROUPS = ("Editors", "Moderators")

_rights: dict[RoleGroup, set[str]] = {role: {ADMIN_ACCESS} for role in RoleGroup}


def grant(roles: Iterable[RoleGroup], *permissions: str) -> None:
    """Give roles rights on an app's models (`app_label.codename`); apps call it in `AppConfig.ready()`.

    Administrators get every right that anybody has. Takes effect with the next `migrate`.
    """
    for role in {*roles, RoleGroup.ADMINISTRATOR}:
        _rights[role].update(permissions)


@transaction.atomic
def setup_roles() -> None:
    """Make the four groups have exactly the rights that the code says; safe to repeat."""
    _create_missing_permissions()
    for role in RoleGroup:
        group, _created = Group.objects.get_or_create(name=role.value)
        group.permissions.set(_permissions_of(role))
        _set_page_rights(group, PAGE_RIGHTS[role])
        if role in FILE_ROLES:
            _set_file_rights(group)
    # Wagtail's own two groups would be taken for ours.
    Group.objects.filter(name__in=WAGTAIL_DEFAULT_GROUPS, user=None).delete()


def _create_missing_permissions() -> None:
    """`post_migrate` reaches this app before those whose permissions it hands out exist."""
    labels = {*EVERYTHING_OF, *(right.partition(".")[0] for rights in _rights.values() for right in rights)}
    for label in sorted(labels):
        create_permissions(apps.get_app_config(label), verbosity=0)


def _permissions_of(role: RoleGroup) -> list[Permission]:
    found = _permissions_named(_rights[role])
    if role == RoleGroup.ADMINISTRATOR:
        everything = Permission.objects.filter(content_type__app_label__in=EVERYTHING_OF)
        found.extend(everything.exclude(pk__in=[permission.pk for permission in found]))
    return found


def _permissions_named(rights: Iterable[str]) -> list[Permission]:
    """Raises LookupError naming those that no model has: a right that silently is none is missed late."""
    wanted = set(rights)
    codenames = {right.partition(".")[2] for right in wanted}
    found = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.filter(codename__in=codenames).select_related("content_type")
    }
    missing = wanted - set(found)
    if missing:
        raise LookupError(
            f"no such permission: {', '.join(sorted(missing))}; see Meta.permissions of the model"
        )
    return [found[right] for right in sorted(wanted)]


def _set_page_rights(group: Group, codenames: tuple[str, ...]) -> None:
    root = Page.get_first_root_node()
    if root is None:
        return
    GroupPagePermission.objects.filter(group=group, page=root).exclude(
        permission__codename__in=codenames
    ).delete()
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", content_type__model="page", codename__in=codenames
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _set_file_rights(group: Group) -> None:
    root = Collection.get_first_root_node()
    if root is None:
        return
    for permission in _permissions_named(FILE_RIGHTS):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
