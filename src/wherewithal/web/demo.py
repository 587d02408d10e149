"""The demo's way in: "Enter as" one of its made-up people. Without the demo it does not exist."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from wherewithal.core.roles import THEMSELVES
from wherewithal.records.models import User
from wherewithal.simulate.whom import whom
from wherewithal.web import typed
from wherewithal.web.page import home_of, public, render

BACKEND = "wherewithal.web.who_asks.ByEmail"


@public
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Choose a made-up person (GET) or become them (POST ``user``, an id), without a password."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        wanted = request.POST.get("user", "")
        chosen = get_object_or_404(User, pk=wanted if wanted.isdecimal() else None, demo=True, is_active=True)
        login(request, chosen, backend=BACKEND)
        request.session["second_factor"] = "demo"
        kept = typed.waiting(request)
        return redirect(kept["at"] if kept else home_of(chosen))
    people = whom()
    groups = [
        (
            "With a budget, or helping somebody who has one",
            [one for one in people if one.roles & THEMSELVES],
        ),
        ("At the council", [one for one in people if not one.roles & THEMSELVES]),
    ]
    return render(request, "home/enter.html", {"groups": groups, "anyone": bool(people)})


urlpatterns = [path("enter/", enter, name="enter")]
