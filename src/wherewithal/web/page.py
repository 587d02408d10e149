"""What every page shares: who may open it, its navigation, and a rule's "no" shown on the form."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as django_render

from wherewithal.core.refusal import Refusal
from wherewithal.core.roles import Role, may
from wherewithal.records.models import User
from wherewithal.web import typed
from wherewithal.web.access import NotYours, user_of
from wherewithal.web.address import address, page_above
from wherewithal.web.clock import today
from wherewithal.web.forms import PUT_BACK, Form, refuse
from wherewithal.web.header import header

View = Callable[..., HttpResponse]
NOT_THIS_WAY = 405  # what a view that only takes a form answers to whoever opens its address

# What stands in the menu, where it leads, and whose work it is: who has one of these permissions.
NAV = (
    ("My budget", "my", "my.see"),
    ("My work", "caseload", "caseload.see"),
    ("People", "people", "person.find"),
    ("Decisions", "decisions", "decision.see"),
    ("Money", "money", "money.see"),
    ("Measures", "measures", "measure.see"),
    ("Survey", "surveys", "survey.see"),
    ("The sector", "sector", "measure.see survey.see"),
    ("Settings", "settings", "policy.see"),
)
# Where each role's work starts. Somebody who holds several starts where the first of these does.
HOMES = {
    Role.PERSON: "my",
    Role.CARER: "my",
    Role.REPRESENTATIVE: "my",
    Role.PRACTITIONER: "caseload",
    Role.BROKER: "caseload",
    Role.DIRECT_PAYMENT_OFFICER: "caseload",
    Role.MANAGER: "decisions",
    Role.PANEL: "decisions",
    Role.FINANCE: "money",
    Role.COMMISSIONER: "measures",
    Role.ANALYST: "measures",
    Role.AUDITOR: "people",
    Role.SURVEYOR: "surveys",
    Role.ADMINISTRATOR: "settings",
}


class NotFromHere(Exception):
    """A form that was typed before somebody was signed out, and that the view would have saved unseen."""


def page(permission: str) -> Callable[[View], View]:
    """Open to signed-in people whose roles carry ``permission`` (core/roles.py); others are refused.

    Somebody else's record is refused with the way to open it in an emergency. An address that only takes what
    a form sends, opened by itself, leads to the page that the form stands on.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not isinstance(request.user, User):
                return typed.sign_in_first(request)
            if not may(request.user.roles, permission):
                raise PermissionDenied("Your role does not open this page.")
            try:
                answer = _typed_before(request) or view(request, *args, **kwargs)
            except NotFromHere:
                return _do_it_again(request)
            except NotYours as refused:
                return render(request, "people/not_yours.html", {"ref": refused.person.ref}, status=403)
            opened = request.method == "GET" and answer.status_code == NOT_THIS_WAY
            return redirect(page_above(request)) if opened else answer

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def _typed_before(request: HttpRequest) -> HttpResponse | None:
    """Where somebody comes back after they were signed out: what they had typed here, to be put back."""
    if request.method == "GET":
        kept = typed.waiting(request)
        here = kept is not None and kept["at"] == request.get_full_path()
        return render(request, "errors/put_back.html", kept) if here else None
    if PUT_BACK in request.POST:
        typed.forget(request)
        if request.POST[PUT_BACK] == "no":
            return redirect(request.get_full_path())
    return None


def _do_it_again(request: HttpRequest) -> HttpResponse:
    messages.warning(request, typed.DO_IT_AGAIN)
    return redirect(request.get_full_path())


def public(view: View) -> View:
    """Open to anyone."""
    view.permission = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Open to anyone who has signed in, whatever their roles."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, User):
            return typed.sign_in_first(request)
        try:
            return _typed_before(request) or view(request, *args, **kwargs)
        except NotFromHere:
            return _do_it_again(request)

    guarded.permission = "signed in"  # type: ignore[attr-defined]
    return guarded


def render(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """A page with its navigation, the day, ``can(permission)`` and ``header(person)`` for people's pages."""
    user = getattr(request, "user", None)  # a request that was refused early (a wrong host) has none
    roles = user.roles if isinstance(user, User) else frozenset()
    shared = {
        "nav": [
            {"text": text, "href": href, "active": request.path.startswith(href)}
            for text, name, permissions in NAV
            if any(may(roles, one) for one in permissions.split()) and (href := address(name))
        ],
        "today": today(),
        "can": lambda permission: may(roles, permission),
        "header": partial(header, request),
    }
    return django_render(request, template, shared | (context or {}), status=status, using="jinja")


def home_of(user: User) -> str:
    """The address that a user's work starts at; ``/home/`` itself, which says so, where there is none yet."""
    return next((address(name) for role, name in HOMES.items() if role in user.roles), address("work"))


@signed_in
def work(request: HttpRequest) -> HttpResponse:
    """``/home/``: on to where this user's work starts."""
    where = home_of(user_of(request))
    return render(request, "home/nothing_yet.html") if where == request.path else redirect(where)


@contextmanager
def refusals(form: forms.Form) -> Iterator[None]:
    """Run an action; a rule's refusal becomes an error on the form's field (or at its top), all undone.

    Raises NotFromHere for a form that was put back, so that no view saves one by mistake.
    """
    if isinstance(form, Form) and form.is_put_back:
        raise NotFromHere
    try:
        with transaction.atomic():
            yield
    except Refusal as refusal:
        refuse(form, refusal)
