"""The letter by which somebody who was let in chooses a password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.urls import reverse

from wherewithal.records.models import User


def link(request: HttpRequest, user: User) -> str:
    """Where ``user`` chooses a password; it works once and for as long as Django's tokens do (3 days)."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return request.build_absolute_uri(reverse("account_reset_password_from_key", kwargs=key))


def send(request: HttpRequest, user: User) -> None:
    """By e-mail; somebody who has a password already is only told where to sign in."""
    known = user.has_usable_password()
    where = request.build_absolute_uri(reverse("account_login")) if known else link(request, user)
    says = "Sign in here" if known else "Choose a password here; the link works for three days"
    send_mail(
        subject="You can sign in to Wherewithal",
        message=f"Dear {user.display_name},\n\n{says}:\n{where}\n\n"
        "If you did not expect this letter, tell the council.\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        recipient_list=[user.email],
    )
