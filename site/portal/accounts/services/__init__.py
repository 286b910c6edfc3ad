from .personal_data import (
    PersonalDataSource,
    clear_sessions,
    close_account,
    close_unconfirmed,
    personal_data_sources,
    register_personal_data_source,
)
from .roles import grant, setup_roles
from .users import (
    add_role,
    change_profile,
    change_user,
    create_user,
    follow_language,
    invite_user,
    password_link,
    set_active,
)

__all__ = [
    "PersonalDataSource",
    "add_role",
    "change_profile",
    "change_user",
    "clear_sessions",
    "close_account",
    "close_unconfirmed",
    "create_user",
    "follow_language",
    "grant",
    "invite_user",
    "password_link",
    "personal_data_sources",
    "register_personal_data_source",
    "set_active",
    "setup_roles",
]
