"""In which of its languages a questionnaire is read at a personal link.

It is chosen by a link on the page (``?language=``) and remembered by the browser alone, in a cookie of its
session that says nothing else; nothing of it is kept with an answer.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

COOKIE = "survey_language"
_LONGEST = 60


def chosen(request: HttpRequest) -> str:
    """The language asked for now, or before; '' for the one that the questions were written in."""
    if "language" in request.GET:
        return request.GET["language"][:_LONGEST]
    try:
        return urlsafe_base64_decode(request.COOKIES.get(COOKIE, "")).decode()[:_LONGEST]
    except ValueError:
        return ""


def in_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, after which the browser remembers a language that was asked for, below that address."""

    @wraps(view)
    def opened(request: HttpRequest, *args: str, **rest: str) -> HttpResponse:
        response = view(request, *args, **rest)
        if "language" in request.GET:
            response.set_cookie(
                COOKIE, urlsafe_base64_encode(chosen(request).encode()), path=request.path, httponly=True,
                samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE),
            )  # fmt: skip
        return response

    return opened
