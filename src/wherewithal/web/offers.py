"""Offers of a direct payment, for staff: what is owed, made, answered, and why not."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from wherewithal.actions import offer as actions
from wherewithal.core.policy import Used
from wherewithal.policy.direct_payment import reasons_declined
from wherewithal.records.models import Assessment, Offer, Person, Review
from wherewithal.records.models.person import Format
from wherewithal.web import access
from wherewithal.web.clock import now, today
from wherewithal.web.field_kinds import DateField, OneOf
from wherewithal.web.forms import Form
from wherewithal.web.next_step import next_step
from wherewithal.web.page import page, refusals, render

ANSWERS = [
    (Offer.Answer.ACCEPTED, "Yes, they want one"),
    (Offer.Answer.DECLINED, "No"),
    (Offer.Answer.LATER, "They want time to think"),
]
COLOURS = {"accepted": "green", "declined": "grey", "later": "yellow", "": "blue"}


class AnswerForm(Form):
    answer = OneOf(ANSWERS, label="What did they say?")
    why_not = OneOf(label="Why not?", required=False)
    ask_again_on = DateField(label="When do you ask again?", example="6 6 2026", required=False)
    words = forms.CharField(
        label="In their own words", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = [(reason.id, reason.title) for reason in reasons_declined(Used(today()))]
        self.fields["why_not"].choices = reasons  # type: ignore[attr-defined]


class OfferForm(AnswerForm):
    """An offer and, where it came at once, its answer."""

    what = OneOf(Offer.What.choices, label="What do you offer?", initial=Offer.What.DIRECT_PAYMENT)
    format = OneOf(Format.choices, label="In which format?")
    answer = OneOf([*ANSWERS, ("none", "No answer yet")], label="What did they say?")


@page("offer.see")
def person_offers(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    reasons = {reason.id: reason.title for reason in reasons_declined(Used(today()))}
    offers = [
        (offer, reasons.get(offer.why_not, offer.why_not), COLOURS[offer.answer])
        for offer in person.offers.select_related("assessment", "review", "made_by").order_by(
            "-made_on", "-pk"
        )
    ]
    owed = [one for one in _assessments(person) if one.eligible and not one.direct_payments]  # type: ignore[attr-defined]
    step = next_step(person, today()) if offers and not owed else None
    context = {"person": person, "offers": offers, "owed": owed}
    context["next"] = step.for_user(access.user_of(request)) if step and step.group == "plan" else None
    return render(request, "offers/person.html", context)


@page("offer.make")
def offer_make(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    assessment, review = _moment(request, person)
    form = OfferForm(request.POST if request.method == "POST" else None, initial={"format": person.format})
    if form.is_valid():
        said = dict(form.cleaned_data)
        said["answer"] = "" if said["answer"] == "none" else said["answer"]
        with refusals(form):
            actions.make(
                person=person,
                assessment=assessment,
                review=review,
                by=access.user_of(request),
                at=now(),
                **said,
            )
        if form.is_valid():
            messages.success(request, "The offer is on record.")
            return redirect(_back(person, review))
    context = {"person": person, "form": form, "assessment": assessment, "review": review}
    context["back_to"] = _back(person, review)
    return render(request, "offers/make.html", context)


@page("offer.make")
def offer_answer(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    person = access.person(request, ref)
    offer = get_object_or_404(person.offers.select_related("assessment", "review", "made_by"), pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals(form):
            actions.answer(offer=offer, by=access.user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            messages.success(request, "The answer is on record.")
            return redirect(_back(person, offer.review))
    context = {"person": person, "form": form, "offer": offer, "back_to": _back(person, offer.review)}
    return render(request, "offers/answer.html", context)


def _back(person: Person, review: Review | None) -> str:
    """The review at which the offer is made, while it is held; else the person's offers."""
    if review is not None and review.state == Review.State.HELD:
        return reverse("review", args=[person.ref, review.pk]) + "#offer"
    return reverse("person_offers", args=[person.ref])


def _assessments(person: Person) -> list[Assessment]:
    """Those in force, with the direct payments that were offered at each as ``direct_payments``."""
    found = list(person.assessments.filter(state=Assessment.State.AGREED).order_by("kind"))
    offers = person.offers.filter(what=Offer.What.DIRECT_PAYMENT, assessment__in=found)
    by_assessment: dict[int | None, list[Offer]] = {}
    for offer in offers:
        by_assessment.setdefault(offer.assessment_id, []).append(offer)
    for one in found:
        one.direct_payments = by_assessment.get(one.pk, [])  # type: ignore[attr-defined]
    return found


def _moment(request: HttpRequest, person: Person) -> tuple[Assessment | None, Review | None]:
    """The review that ``?review=`` names, the assessment that ``?of=`` names, else the one that is owed an
    offer, else the newest in force. Raises Http404 for what is not the person's."""
    if wanted := request.GET.get("review", ""):
        return None, get_object_or_404(person.reviews, pk=int(wanted) if wanted.isdecimal() else 0)
    found = _assessments(person)
    if wanted := request.GET.get("of", ""):
        found = [one for one in found if str(one.pk) == wanted]
        if not found:
            raise Http404("This person has no such assessment in force.")
    owed = [one for one in found if one.eligible and not one.direct_payments]  # type: ignore[attr-defined]
    return next(iter([*owed, *found]), None), None


urlpatterns = [
    path("people/<ref>/offers/", person_offers, name="person_offers"),
    path("people/<ref>/offers/make/", offer_make, name="offer_make"),
    path("people/<ref>/offers/<int:pk>/answer/", offer_answer, name="offer_answer"),
]
