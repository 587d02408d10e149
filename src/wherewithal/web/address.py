"""Addresses of pages by name, for lists that link only to what this deployment has."""

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, resolve, reverse

from wherewithal.core.roles import may
from wherewithal.records.models import User


def address(name: str, *args: Any) -> str:
    """The page's address, or nothing where no page has that name."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def open_to(user: object, href: str) -> bool:
    """Do the roles of ``user`` open the page at ``href``? (Whose record it shows is decided by access.)"""
    permission = getattr(resolve(href.partition("#")[0]).func, "permission", "")
    if permission == "public":
        return True
    return isinstance(user, User) and (permission == "signed in" or may(user.roles, permission))


def page_above(request: HttpRequest) -> str:
    """The nearest address above this one that there is, with what this one asked for; "/" above all."""
    steps = request.path.strip("/").split("/")
    while steps := steps[:-1]:
        above = f"/{'/'.join(steps)}/"
        with suppress(Http404):
            resolve(above)
            return f"{above}?{request.GET.urlencode()}" if request.GET else above
    return "/"
