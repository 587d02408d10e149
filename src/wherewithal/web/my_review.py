"""The person's review on ``/my/``: when it is, what it is about, and what they may tell beforehand."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from wherewithal.actions import review as actions
from wherewithal.records.models import Person, Review
from wherewithal.web import access
from wherewithal.web.address import address
from wherewithal.web.clock import now, today
from wherewithal.web.forms import Form
from wherewithal.web.my import whose
from wherewithal.web.page import page, refusals, render
from wherewithal.web.paper import ResponsePaper, parts
from wherewithal.web.questions import SectionForm, save, tell
from wherewithal.web.review_held import paper_of
from wherewithal.web.reviews import LEVELS, ahead


@page("my.see")
def my_review(request: HttpRequest) -> HttpResponse:
    mine = whose(request)
    person, found = mine.person, _ahead(mine.person)
    last = person.reviews.filter(state=Review.State.DONE).order_by("-held_on", "-pk").first()
    paper = paper_of(found[0]) if found else None
    context = {
        "whose": mine,
        "ahead": [ahead(one, today()) for one in found],
        "outcomes": list(found[0].plan.outcomes.all()) if found else [],
        "paper": paper,
        "parts": parts(paper, partial(address, "my_review_part")) if paper else [],
        "last": last,
        "seen": last.observations.select_related("outcome").order_by("outcome__order") if last else [],
        "levels": LEVELS,
    }
    return render(request, "my/review.html", context)


@page("my.answer")
@require_POST
def my_review_prepare(request: HttpRequest) -> HttpResponse:
    """Give out the questions, and go to the first part."""
    found, form = _ahead(whose(request).person), Form({})
    if not found:
        raise Http404("No review is ahead.")
    with refusals(form):
        given = actions.prepare(review=found[0], by=access.user_of(request), at=now())
    if form.errors:
        tell(request, form, "")
        return redirect("my_review")
    return redirect("my_review_part", next(iter(ResponsePaper(given).progress)))


@page("my.answer")
def my_review_part(request: HttpRequest, section: str) -> HttpResponse:
    mine = whose(request)
    found = _ahead(mine.person)
    paper = paper_of(found[0]) if found else None
    if paper is None:
        raise Http404("There is nothing to fill in for you just now.")
    part = paper.section(section)
    if not paper.is_open:
        return redirect("my_review")
    form = SectionForm(paper, part, request.POST if request.method == "POST" else None)
    if request.method == "POST" and save(request, form, paper):
        following = form.following(part, request)
        if not following:
            messages.success(request, mine.says("{Your} answers are saved. We read them before the review."))
            return redirect("my_review")
        return redirect("my_review_part", following)
    ids = [*paper.progress]
    context = {
        "form": form,
        "part": part,
        "whose": mine,
        "number": (ids.index(section) + 1 if section in ids else 1, len(ids)),
        "list_href": reverse("my_review"),
    }
    return render(request, "my/questions_part.html", context)


def _ahead(person: Person) -> list[Review]:
    """What is due or being held, the nearest first: that one may be prepared for."""
    waiting = person.reviews.filter(state__in=Review.AHEAD).select_related("plan", "by", "person")
    return [] if person.state == Person.State.ENDED else list(waiting.order_by("due_on", "pk"))


urlpatterns = [
    path("my/review/", my_review, name="my_review"),
    path("my/review/prepare/", my_review_prepare, name="my_review_prepare"),
    path("my/review/<section>/", my_review_part, name="my_review_part"),
]
