"""A person's reviews, for staff: what is ahead on each clock, what was held, and one set going."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_POST

from wherewithal.actions import review as actions
from wherewithal.core.arrangement import in_days
from wherewithal.core.money import pounds
from wherewithal.core.review import days_overdue
from wherewithal.records.models import Person, Plan, Review
from wherewithal.records.reviewing import is_pressing
from wherewithal.web import access
from wherewithal.web.clock import now, today
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.review_forms import ForwardForm, ScheduleForm, WhyForm

LEVELS = {"met": ("Met", "green"), "partly": ("Partly met", "yellow"), "not_met": ("Not met", "red")}


@dataclass(frozen=True)
class Ahead:
    """A review in the calendar. ``late``: by how long it is overdue, in words, '' while it is not;
    ``is_open``: it may be held; ``presses``: it goes on, is late or has four weeks left.
    """

    review: Review
    late: str
    is_open: bool
    presses: bool

    @property
    def says(self) -> str:
        """What a button or a link to it says."""
        return "Go on with the review" if self.review.state == Review.State.HELD else "Hold the review"


@page("review.see")
def person_reviews(request: HttpRequest, ref: str) -> HttpResponse:
    return _list(request, access.person(request, ref))


@page("review.write")
@require_POST
def review_schedule(request: HttpRequest, ref: str) -> HttpResponse:
    """Put a review in the calendar where none is ahead."""
    person = access.person(request, ref)
    form = ScheduleForm(request.POST)
    if form.is_valid():
        plan = get_object_or_404(person.plans, pk=form.cleaned_data["plan"])
        with refusals(form):
            made = actions.schedule(
                person=person, plan=plan, kind=form.cleaned_data["kind"], by=access.user_of(request), at=now()
            )
        if form.is_valid():
            messages.success(request, f"{made.get_kind_display()}: it is in the calendar.")
            return redirect("person_reviews", ref)
    return _list(request, person, form)


@page("review.write")
def review_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be reviewed and by when; a POST starts it."""
    found = the_review(request, pk)
    if found.state == Review.State.HELD:
        return redirect("review", found.person.ref, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals(form):
            actions.hold(review=found, by=access.user_of(request), at=now())
        if form.is_valid():
            messages.success(request, "The review has started.")
            return redirect("review", found.person.ref, pk)
    return _before(request, found, form)


@page("review.write")
@require_POST
def review_bring_forward(request: HttpRequest, pk: int) -> HttpResponse:
    found = the_review(request, pk)
    form = ForwardForm(found.kind, request.POST)
    if form.is_valid():
        with refusals(form):
            actions.bring_forward(review=found, by=access.user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "The review is due today.")
            return redirect("review_hold", pk)
    return _before(request, found, form, forward=form)


@page("review.write")
def review_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    found = the_review(request, pk)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals(form):
            actions.call_off(review=found, by=access.user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "The review is called off.")
            return redirect("person_reviews", found.person.ref)
    return render(request, "reviews/call_off.html", {"person": found.person, "review": found, "form": form})


def the_review(request: HttpRequest, pk: int) -> Review:
    """A review of somebody whom this user may see; leaves a trace. Raises Http404, NotYours."""
    found = get_object_or_404(Review.objects.select_related("person", "plan", "by"), pk=pk)
    found.person = access.person(request, found.person.ref)
    return found


def ahead(review: Review, on: date) -> Ahead:
    late = days_overdue(review.due_on, on)
    return Ahead(review, in_days(late) if late else "", review.opens_on <= on, is_pressing(review, on))


def saved_in_words(pence_per_week: int | None) -> str:
    """``£5.00 a week saved``, ``£5.00 a week added``, ``No change in cost``."""
    if not pence_per_week:
        return "No change in cost"
    return f"{pounds(abs(pence_per_week))} a week {'saved' if pence_per_week > 0 else 'added'}"


def _before(
    request: HttpRequest, found: Review, form: Form, forward: ForwardForm | None = None
) -> HttpResponse:
    one = ahead(found, today())
    context = {"person": found.person, "ahead": one, "review": found, "form": form}
    context["forward"] = forward or (None if one.is_open else ForwardForm(found.kind))
    return render(request, "reviews/hold.html", context)


def _list(request: HttpRequest, person: Person, form: Form | None = None) -> HttpResponse:
    waiting = person.reviews.filter(state__in=Review.AHEAD).select_related("plan", "by").order_by("due_on")
    held = person.reviews.filter(state=Review.State.DONE).select_related("plan", "by")
    held = held.annotate(**{level: Count("observations", Q(observations__level=level)) for level in LEVELS})
    found, done = list(waiting), list(held.order_by("-held_on", "-pk"))
    for one in done:
        one.saved_says = saved_in_words(one.saved_pence_per_week)  # type: ignore[attr-defined]
    context = {
        "person": person,
        "form": form,
        "ahead": [ahead(one, today()) for one in found],
        "missing": _missing(person, found) if person.state != Person.State.ENDED else [],
        "done": done,
        "levels": LEVELS,
    }
    return render(request, "reviews/person.html", context)


def _missing(person: Person, found: list[Review]) -> list[tuple[str, str, int]]:
    """What is in force and has no review ahead: what it is, the kind of review, and the plan's id."""
    known = {(one.kind, one.plan_id) for one in found}
    plans = person.plans.filter(state=Plan.State.AGREED).values_list("pk", flat=True)
    agreements = person.agreements.filter(ended_on=None).values_list("plan_id", flat=True)
    wanted = [("plan", Review.Kind.PLAN, pk) for pk in plans]
    wanted += [("direct payment", Review.Kind.DIRECT_PAYMENT, pk) for pk in agreements]
    return [(what, str(kind.value), pk) for what, kind, pk in wanted if (kind, pk) not in known]


urlpatterns = [
    path("people/<ref>/reviews/", person_reviews, name="person_reviews"),
    path("people/<ref>/reviews/schedule/", review_schedule, name="review_schedule"),
    path("reviews/<int:pk>/hold/", review_hold, name="review_hold"),
    path("reviews/<int:pk>/bring-forward/", review_bring_forward, name="review_bring_forward"),
    path("reviews/<int:pk>/call-off/", review_call_off, name="review_call_off"),
]
