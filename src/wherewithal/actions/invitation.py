"""The way in for somebody who was let in: a link by which they choose a password, and the letter with it.

No action: it changes nothing on record.
"""

from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from wherewithal.records.models import User


def link(user: User, site: str) -> str:
    """Where ``user`` chooses a password; it works once and for as long as Django's tokens do (3 days).

    ``site`` is the address of Home, such as https://budgets.example.gov.uk/.
    """
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return urljoin(site, reverse("account_reset_password_from_key", kwargs=key))


def send(user: User, site: str) -> None:
    """By email; somebody who has a password already is only told where to sign in."""
    known = user.has_usable_password()
    where = urljoin(site, reverse("account_login")) if known else link(user, site)
    says = "Sign in here" if known else "Choose a password here; the link works for three days"
    send_mail(
        subject="You can sign in to Wherewithal",
        message=f"Dear {user.display_name},\n\n{says}:\n{where}\n\n"
        "If you did not expect this letter, tell the council.\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        recipient_list=[user.email],
    )
