"""The gate: accounts come by invitation, and staff do not pass without a second factor."""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wherewithal.core.roles import STAFF
from wherewithal.records.models import User

OPEN_BEFORE_IT = ("/accounts/", "/static/", "/enter/")
SET_UP = "set up"


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs themselves up: an administrator invites."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or the password is not right. Check both, or "
        "choose “I have forgotten my password”.",
        "incorrect_password": "That is not your password. Type it again.",
        "enter_current_password": "That is not the password that you have now. Type it again.",
        "too_many_login_attempts": "That was tried too often. Wait some minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondFactorMiddleware:
    """Staff who signed in with a password alone are sent to their second factor before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        open_to_all = request.path.startswith(OPEN_BEFORE_IT)
        waits = not open_to_all and not passed_second_factor(request)
        if waits and isinstance(user, User) and user.roles & STAFF:
            return redirect(_to_second_factor(request, user))
        return self.get_response(request)


def _to_second_factor(request: HttpRequest, user: User) -> str:
    """Where they set up their second factor, or use the one they have."""
    if is_mfa_enabled(user):
        return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}"
    return reverse("mfa_activate_totp")


def passed_second_factor(request: HttpRequest) -> bool:
    """Was a second factor used or set up in this session (or, in the demo, entered without one)?"""
    methods = request.session.get("account_authentication_methods", [])
    by_mfa = any(method.get("method") == "mfa" for method in methods)
    return by_mfa or request.session.get("second_factor") in ("demo", SET_UP)


@receiver(authenticator_added)
def setting_it_up_is_using_it(
    request: HttpRequest, user: User, authenticator: Authenticator, **more: object
) -> None:
    """Whoever just typed a right code is not asked for the next one, which would take half a minute."""
    if authenticator.type == Authenticator.Type.TOTP:
        request.session["second_factor"] = SET_UP
