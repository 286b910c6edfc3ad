"""How often somebody may try, by network and by account.

Counted in the database: allauth counts in the cache, and while that is down it lets nobody in. Windows begin
by the clock, and what has been refused does not make the wait longer.
"""

from django.conf import settings
from django.http import HttpRequest

from portal.core.device import address_key
from portal.core.limits import hit, take_back

LOGIN, NEW_PASSWORD, SIGNUP, OLD_PASSWORD, NEW_ADDRESS, MAIL = (
    "account.login",
    "account.new_password",
    "account.signup",
    "account.old_password",
    "account.new_address",
    "account.mail",
)
MAIL_SECONDS = 180


def admitted(action: str, request: HttpRequest, account: str) -> bool:
    """Counts one attempt more; False when that is one too many from the network or at the account."""
    window = settings.ACCOUNT_LIMIT_WINDOW_SECONDS
    if hit(f"{action}.network", address_key(request), window) > settings.ACCOUNT_LIMIT_PER_ADDRESS:
        return False
    return hit(f"{action}.account", account.casefold(), window) <= settings.ACCOUNT_LIMIT_PER_ACCOUNT


def succeeded(action: str, request: HttpRequest, account: str) -> None:
    """Only failures are to count: this one attempt did not fail, which excuses no others."""
    window = settings.ACCOUNT_LIMIT_WINDOW_SECONDS
    take_back(f"{action}.network", address_key(request), window)
    take_back(f"{action}.account", account.casefold(), window)


def forget_failures(account: str) -> None:
    """Whoever has chosen a new password by mail is the owner, whatever was tried before."""
    take_back(f"{LOGIN}.account", account.casefold(), settings.ACCOUNT_LIMIT_WINDOW_SECONDS, everything=True)


def may_be_mailed(template: str, email: str) -> bool:
    """Anybody can have some messages sent to any address: each kind at most once in a while."""
    return hit(MAIL, f"{template} {email.casefold()}", MAIL_SECONDS) == 1
