"""Accounts in the administration: e-mail, name, language, roles; no user names and no passwords.

Wagtail's bulk actions are replaced by ones that go through the same audited services.
"""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.ui.tables import BooleanColumn, BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.users.views.bulk_actions import (
    AssignRoleBulkAction,
    DeleteBulkAction,
    SetActiveStateBulkAction,
)
from wagtail.users.views.users import (
    CreateView,
    DeleteView,
    EditView,
    IndexView,
    UserColumn,
    UserFilterSet,
)
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from . import services
from .enums import RoleGroup
from .forms import RoleField, StaffUserForm
from .models import Organisation, User
from .permissions import may_manage_user


def role_label(group: Group) -> str:
    return str(RoleGroup(group.name).label)


def role_labels(user: User) -> str:
    names = {group.name for group in user.groups.all()}
    return ", ".join(str(role.label) for role in RoleGroup if role.value in names)


class AccountFilterSet(UserFilterSet):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.filters["is_superuser"]
        roles = self.filters["group"]
        roles.label = _("Role")
        roles.field.queryset = Group.objects.filter(name__in=RoleGroup.values).order_by("name")
        roles.field.label_from_instance = role_label


class AccountIndexView(IndexView):
    is_searchable = True

    @cached_property
    def columns(self) -> list[Column]:
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            UserColumn("name", accessor=str, label=_("Name"), sort_key="name", get_url=self.get_edit_url),
            Column("email", label=_("E-mail address"), sort_key="email"),
            Column("roles", accessor=role_labels, label=_("Roles")),
            Column("language", accessor="get_language_display", label=_("Language"), sort_key="language"),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last login"), sort_key="last_login"),
        ]

    @cached_property
    def search_fields(self) -> list[str]:
        return ["email", "name"]

    def get_base_queryset(self) -> QuerySet[User]:
        return super().get_base_queryset().prefetch_related("groups")

    def order_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering, "email")
        return super().order_queryset(queryset)


class AccountCreateView(CreateView):
    success_message = _(
        "%(object)s has an account now. The link for choosing a password has been sent by e-mail."
    )

    def save_instance(self) -> User:
        data = self.form.cleaned_data
        user = services.create_user(
            email=data["email"],
            name=data["name"],
            language=data["language"],
            roles=self.form.role_names,
            actor=self.request.user,
        )
        log(instance=user, action="wagtail.create", content_changed=True)
        return user


class AccountEditView(EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_manage_user(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def save_instance(self) -> User:
        data = self.form.cleaned_data
        user = services.change_user(
            user=self.object,
            email=data["email"],
            name=data["name"],
            language=data["language"],
            is_active=data.get("is_active", self.object.is_active),
            roles=self.form.role_names,
            actor=self.request.user,
        )
        self.has_content_changes = self.form.has_changed()
        log(instance=user, action="wagtail.edit", content_changed=self.has_content_changes)
        return user


class AccountDeleteView(DeleteView):
    page_title = _("Close the account")
    success_message = _("The account of %(object)s has been closed.")

    def delete_action(self) -> None:
        if not may_manage_user(self.request.user, self.object):
            raise PermissionDenied
        services.close_account(user=self.object, actor=self.request.user)


class UserViewSet(WagtailUserViewSet):
    index_view_class = AccountIndexView
    add_view_class = AccountCreateView
    edit_view_class = AccountEditView
    delete_view_class = AccountDeleteView
    filterset_class = AccountFilterSet
    copy_view_enabled = False
    create_template_name = "wagtailadmin/generic/form.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[StaffUserForm]:
        return StaffUserForm


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    form_fields = ["name_fi", "name_sv", "source_language"]
    list_display = ["name_fi", "name_sv"]
    search_fields = ["name_fi", "name_sv"]
    search_backend_name = None
    ordering = ["name_fi"]
    copy_view_enabled = False


class CloseBulkAction(DeleteBulkAction):
    def check_perm(self, obj: User) -> bool:
        return super().check_perm(obj) and may_manage_user(self.request.user, obj)

    def get_execution_context(self) -> dict[str, Any]:
        return super().get_execution_context() | {"actor": self.request.user}

    @classmethod
    def execute_action(cls, objects: list[User], actor: User | None = None, **kwargs: Any) -> tuple[int, int]:
        for user in objects:
            services.close_account(user=user, actor=actor)
        return len(objects), 0


class ActiveStateBulkAction(SetActiveStateBulkAction):
    def check_perm(self, obj: User) -> bool:
        return super().check_perm(obj) and may_manage_user(self.request.user, obj)

    @classmethod
    def execute_action(
        cls, objects: list[User], mark_as_active: bool = False, user: User | None = None, **kwargs: Any
    ) -> tuple[int, int]:
        for other in objects:
            services.set_active(user=other, is_active=mark_as_active, actor=user)
        return len(objects), 0


class RoleForm(forms.Form):
    role = RoleField(
        label=_("Role"), queryset=Group.objects.filter(name__in=RoleGroup.values).order_by("name")
    )


class RoleBulkAction(AssignRoleBulkAction):
    form_class = RoleForm

    def check_perm(self, obj: User) -> bool:
        return super().check_perm(obj) and may_manage_user(self.request.user, obj)

    def get_execution_context(self) -> dict[str, Any]:
        return super().get_execution_context() | {"actor": self.request.user}

    @classmethod
    def execute_action(
        cls, objects: list[User], role: Group | None = None, actor: User | None = None, **kwargs: Any
    ) -> tuple[int, int]:
        if role is None:
            return 0, 0
        for user in objects:
            services.add_role(user=user, role=role.name, actor=actor)
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        role = role_label(self.cleaned_form.cleaned_data["role"])
        message = ngettext("%(role)s: %(count)s person.", "%(role)s: %(count)s persons.", num_parent_objects)
        return message % {"role": role, "count": num_parent_objects}
