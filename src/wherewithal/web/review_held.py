"""A review as it is held: outcome by outcome, the money, the offer again, what came of it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from wherewithal.actions import review_held as actions
from wherewithal.core.period import written
from wherewithal.core.review_held import Seen, from_record
from wherewithal.core.roles import may
from wherewithal.records.against_plan import since_last_review
from wherewithal.records.models import Observation, Offer, Person, Plan, Review
from wherewithal.records.reviewing import owed_an_offer, still_to_say
from wherewithal.web import access
from wherewithal.web.address import address
from wherewithal.web.clock import now, today
from wherewithal.web.page import page, refusals, render
from wherewithal.web.paper import ResponsePaper, parts
from wherewithal.web.questions import SectionForm, save
from wherewithal.web.reviews import LEVELS, ahead, saved_in_words
from wherewithal.web.said_form import SaidForm

ANSWERS = "answers:"  # with a part's id: a button that leads to the person's own answers
KEPT = "What you wrote is saved. The review is not finished yet."
UNREAD = "What you wrote is saved, apart from what could not be read: it is marked below."
SAVED = "What was said at the review is saved."


@page("review.see")
def review(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    found = _find(request, ref, pk)
    if found.state in (Review.State.DUE, Review.State.CANCELLED):
        return redirect("person_reviews", ref)
    return _show(request, found, _form(found) if found.state == Review.State.HELD else None)


@page("review.write")
@require_POST
def review_write(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Keep all that is written, whichever button was pressed; then finish, or go where it leads."""
    found = _find(request, ref, pk)
    form, then = _form(found, request.POST), request.POST.get("then", "")
    if form.is_put_back:
        return _show(request, found, form)
    by, at = access.user_of(request), now()
    says, kept = KEPT if form.is_valid() else UNREAD, ""
    with refusals(form):
        form.must_stand(found, lambda held: form.values(from_record(held.said_so_far)))
        found = actions.write_down(review=found, said=form.said(), by=by, at=at)
        form.stands_on(form.values(from_record(found.said_so_far)))
        kept = says
        if then == "finish":
            form.show(still_to_say(found, today()))
    if then == "finish" and form.is_valid():
        with refusals(form):
            actions.finish(review=found, by=by, at=at)
    if not form.is_valid():
        return _show(request, found, form, kept)
    messages.success(request, _finished(found) if then == "finish" else SAVED)
    return redirect(_onward(found, then))


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
    if request.method == "POST" and save(request, form, paper):
        following = form.following(part, request)
        if not following:
            return redirect(back)
        return redirect("review_answers", ref, pk, following)
    context = {"person": found.person, "review": found, "form": form, "part": part, "list_href": back}
    return render(request, "reviews/section.html", context)


def paper_of(found: Review) -> ResponsePaper | None:
    """The person's own answers for a review, where there are any to give."""
    given = found.responses.select_related("assessment").order_by("pk").first()
    return ResponsePaper(given) if given else None


def _find(request: HttpRequest, ref: str, pk: int) -> Review:
    person = access.person(request, ref)
    found = get_object_or_404(person.reviews.select_related("plan", "by"), pk=pk)
    found.person = person
    return found


def _form(found: Review, data: QueryDict | None = None) -> SaidForm:
    return SaidForm(found.plan.outcomes.all(), from_record(found.said_so_far), data)


def _finished(found: Review) -> str:
    """That it is done, when the next one is due, and by which clock."""
    ahead = found.person.reviews.filter(kind=found.kind, state__in=Review.AHEAD).order_by("due_on").first()
    if ahead is None:
        return "The review is finished. Nothing runs on, so no other is in the calendar."
    return f"The review is finished. The next one is due by {written(ahead.due_on)}. {ahead.source}"


def _onward(found: Review, then: str) -> str:
    """Where the button that was pressed leads; the review itself for none."""
    ref, pk = found.person.ref, found.pk
    if then == "later":
        return reverse("person_reviews", args=[ref])
    if then == "offer":
        return f"{reverse('offer_make', args=[ref])}?review={pk}"
    paper = paper_of(found) if then.startswith(ANSWERS) else None
    if paper:
        return reverse("review_answers", args=[ref, pk, paper.section(then.removeprefix(ANSWERS)).id])
    return reverse("review", args=[ref, pk])


def _outcomes(found: Review) -> list[Any]:
    """The plan's outcomes with what this review says (``seen``) and the last word before it (``before``)."""
    of_this = Observation.objects.filter(review=found)
    earlier = Observation.objects.exclude(review=found).order_by("-seen_on", "-pk")
    outcomes: list[Any] = list(
        found.plan.outcomes.prefetch_related(
            Prefetch("observations", of_this, to_attr="observed"),
            Prefetch("observations", earlier, to_attr="before"),
        )
    )
    so_far = from_record(found.said_so_far)
    for one in outcomes:
        one.seen = next(iter(one.observed), so_far.seen.get(str(one.pk), Seen()))
    return outcomes


def _show(request: HttpRequest, found: Review, form: SaidForm | None, kept: str = "") -> HttpResponse:
    """``form``: while it is held, and for what was typed when it no longer was; ``kept``: what is saved."""
    is_open = found.state == Review.State.HELD
    context = {
        "person": found.person,
        "review": found,
        "is_open": is_open,
        "ahead": ahead(found, today()),
        "outcomes": _outcomes(found),
        "levels": LEVELS,
        "spending": _spending(found, is_open),
        "offers": list(found.offers.filter(what=Offer.What.DIRECT_PAYMENT).order_by("pk")),
        "owed": owed_an_offer(found),
        "parts": _parts(found),
        "new_plan": _new_plan(found),
        "saved_says": saved_in_words(found.saved_pence_per_week),
        "form": form if may(access.user_of(request).roles, "review.write") else None,
        "kept": kept,
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


def _parts(found: Review) -> list[dict[str, Any]]:
    """The parts of the person's questions; what each button posts saves the review before it leads there."""
    paper = paper_of(found)
    return [{**one, "press": ANSWERS + one["section"]} for one in parts(paper, lambda _: "")] if paper else []


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
    path("people/<ref>/reviews/<int:pk>/said/", review_write, name="review_write"),
    path("people/<ref>/reviews/<int:pk>/answers/<section>/", review_answers, name="review_answers"),
]
