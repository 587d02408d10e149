"""A review as it is held: outcome by outcome, the money, the offer again, what came of it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from wherewithal.actions import review as actions
from wherewithal.records.against_plan import since_last_review
from wherewithal.records.models import Observation, Offer, Person, Plan, Review
from wherewithal.records.reviewing import owed_an_offer
from wherewithal.web import access
from wherewithal.web.address import address
from wherewithal.web.clock import now, today
from wherewithal.web.page import page, refusals, render
from wherewithal.web.questions import Paper, SectionForm, save, state
from wherewithal.web.review_forms import FinishForm, OutcomesForm
from wherewithal.web.reviews import LEVELS, ahead, saved_in_words


@page("review.see")
def review(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    found = _find(request, ref, pk)
    if found.state in (Review.State.DUE, Review.State.CANCELLED):
        return redirect("person_reviews", ref)
    return _show(request, found)


@page("review.write")
@require_POST
def review_observe(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    found = _find(request, ref, pk)
    form = OutcomesForm(_outcomes(found), request.POST)
    if form.is_valid():
        by, at = access.user_of(request), now()
        with refusals(form):
            for outcome, level, note in form.seen():
                actions.observe(review=found, outcome=outcome, level=level, note=note, by=by, at=at)
        if form.is_valid():
            messages.success(request, "What was seen is saved.")
            return redirect(f"{reverse('review', args=[ref, pk])}#finish")
    return _show(request, found, outcomes_form=form)


@page("review.write")
@require_POST
def review_finish(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    found = _find(request, ref, pk)
    form = FinishForm(request.POST)
    if form.is_valid():
        with refusals(form):
            actions.finish(review=found, by=access.user_of(request), at=now(), **form.details())
        if form.is_valid():
            messages.success(request, "The review is finished, and the next one is in the calendar.")
            return redirect("review", ref, pk)
    return _show(request, found, finish_form=form)


@page("review.write")
def review_answers(request: HttpRequest, ref: str, pk: int, section: str) -> HttpResponse:
    """One part of the person's own questions, filled in with them at the review."""
    found = _find(request, ref, pk)
    paper = paper_of(found)
    if paper is None:
        raise Http404("This review has no questions.")
    part = paper.section(section)
    back = f"{reverse('review', args=[ref, pk])}#answers"
    if not paper.is_open:
        return redirect(back)
    form = SectionForm(paper, part, request.POST if request.method == "POST" else None)
    if request.method == "POST" and save(request, form):
        following = form.following(part)
        if "later" in request.POST or not following:
            return redirect(back)
        return redirect("review_answers", ref, pk, following)
    context = {"person": found.person, "review": found, "form": form, "part": part, "list_href": back}
    return render(request, "reviews/section.html", context)


def paper_of(found: Review) -> Paper | None:
    """The person's own answers for a review, where there are any to give."""
    given = found.responses.select_related("assessment").order_by("pk").first()
    return Paper(given) if given else None


def _find(request: HttpRequest, ref: str, pk: int) -> Review:
    person = access.person(request, ref)
    found = get_object_or_404(person.reviews.select_related("plan", "by"), pk=pk)
    found.person = person
    return found


def _outcomes(found: Review) -> list[Any]:
    """The plan's outcomes with what this review said (``said``) and the last word before it (``before``)."""
    earlier = Observation.objects.exclude(review=found).order_by("-seen_on", "-pk")
    return list(
        found.plan.outcomes.prefetch_related(
            Prefetch("observations", Observation.objects.filter(review=found), to_attr="said"),
            Prefetch("observations", earlier, to_attr="before"),
        )
    )


def _show(
    request: HttpRequest,
    found: Review,
    outcomes_form: OutcomesForm | None = None,
    finish_form: FinishForm | None = None,
) -> HttpResponse:
    outcomes, is_open = _outcomes(found), found.state == Review.State.HELD
    paper = paper_of(found)
    offers = found.offers.filter(what=Offer.What.DIRECT_PAYMENT).order_by("pk")
    context = {
        "person": found.person,
        "review": found,
        "is_open": is_open,
        "ahead": ahead(found, today()),
        "outcomes": outcomes,
        "levels": LEVELS,
        "spending": _spending(found, is_open),
        "offers": list(offers),
        "owed": owed_an_offer(found),
        "paper": paper,
        "parts": _parts(found, paper),
        "new_plan": _new_plan(found),
        "saved_says": saved_in_words(found.saved_pence_per_week),
        "form": outcomes_form or finish_form,
        "outcomes_form": outcomes_form or OutcomesForm(outcomes),
        "finish_form": finish_form or FinishForm(),
    }
    return render(request, "reviews/review.html", context)


def _spending(found: Review, is_open: bool) -> dict[str, Any]:
    """Plan against spending as it stands now, or as the review kept it; rows as ``bars`` takes them."""
    kept = since_last_review(found, today()).record() if is_open else found.spending
    return {
        "first": date.fromisoformat(kept["first"]),
        "last": date.fromisoformat(kept["last"]),
        "rows": [(row["outcome"], row["planned_pence"], row["spent_pence"]) for row in kept["rows"]],
        "held_pence": kept["held_pence"],
    }


def _parts(found: Review, paper: Paper | None) -> list[dict[str, Any]]:
    """The parts of the person's questions for a task list, with what was said in each."""
    if paper is None:
        return []
    href = paper.is_open and found.state == Review.State.HELD
    return [
        {
            "title": one.title,
            "href": reverse("review_answers", args=[found.person.ref, found.pk, one.section]) if href else "",
            "status": state(one),
            "said": paper.said(paper.section(one.section)),
        }
        for one in paper.progress.values()
    ]


def _new_plan(found: Review) -> tuple[str, str] | None:
    """(what to press, where): the next version of the plan, where the review asks for one."""
    ref, is_changing = found.person.ref, found.next_step == Review.Next.CHANGE_PLAN
    if not is_changing or found.person.state == Person.State.ENDED:
        return None
    plans = Plan.objects.filter(person=found.person, kind=found.plan.kind)
    if plans.filter(previous=found.plan).exists() or plans.filter(state__in=Plan.OPEN).exists():
        return ("Go to the new version of the plan", address("person_plan", ref))
    return ("Start the new version of the plan", address("plan_start", ref))


urlpatterns = [
    path("people/<ref>/reviews/<int:pk>/", review, name="review"),
    path("people/<ref>/reviews/<int:pk>/outcomes/", review_observe, name="review_observe"),
    path("people/<ref>/reviews/<int:pk>/finish/", review_finish, name="review_finish"),
    path("people/<ref>/reviews/<int:pk>/answers/<section>/", review_answers, name="review_answers"),
]
