from datetime import time

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "portal_accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from allauth.account.signals import password_reset

        from portal.jobs import schedule

        from . import services, signals
        from .enums import RoleGroup
        from .services import grant

        post_migrate.connect(signals.make_roles, sender=self, dispatch_uid="make_roles")
        schedule.register("sessions.clear", services.clear_sessions, daily_at=time(3, 40))
        schedule.register("accounts.unconfirmed", services.close_unconfirmed, daily_at=time(3, 50))
        password_reset.connect(signals.forget_failures, dispatch_uid="forget_failures")
        user_logged_in.connect(signals.speak_users_language, dispatch_uid="speak_users_language")
        grant(
            (RoleGroup.EDITOR,),
            "portal_core.change_sitenavigation",
            "portal_core.change_sitecontact",
            "wagtail_localize.submit_translation",
        )
        grant(
            (RoleGroup.EDITOR, RoleGroup.OFFICIAL),
            "portal_core.add_contactperson",
            "portal_core.change_contactperson",
            "portal_core.delete_contactperson",
        )


class WagtailUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user administration with our own user form (e-mail, name, language, groups)."""

    user_viewset = "portal.accounts.viewsets.UserViewSet"
