"""A person's assessment, for staff: started, answered from two sides, where it stands."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from wherewithal.actions import assessment as actions
from wherewithal.core.questions import AnswersAtFault
from wherewithal.records.models import Person, Request, Response
from wherewithal.web import access
from wherewithal.web.case import Case, find, needed
from wherewithal.web.clock import now
from wherewithal.web.compared import side_by_side, since_last_time
from wherewithal.web.field_kinds import OneOf, YesNo
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.paper import state
from wherewithal.web.questions import SectionForm, missing, save, tell

VIEWS = {Response.View.OWN: "In their own words", Response.View.WORKER: "The worker’s view"}


class StartForm(Form):
    kind = OneOf(
        [("adult", "Their own needs"), ("carer", "Their needs as a carer")],
        label="What is assessed?",
        hints={"carer": "They give unpaid care to somebody, who need not be known to the council"},
    )
    cared_for = OneOf(label="Whom do they care for?", required=False)
    substantial_difficulty = YesNo(
        label="Would taking part be very hard for them?",
        help_text="To understand, to keep in mind, to weigh up, or to say what they want",
    )
    appropriate_person = forms.CharField(
        label="Who supports them to take part?",
        help_text="Somebody whom they agree to and who is not paid to care for them. Nobody: leave it empty.",
        required=False,
        max_length=100,
    )
    advocate = forms.CharField(
        label="Their independent advocate",
        help_text="Needed where taking part would be very hard and nobody appropriate supports them",
        required=False,
        max_length=100,
    )

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(data)
        links = person.caring_for.filter(until=None).select_related("cared_for")
        self.known = {link.cared_for.ref: link.cared_for for link in links}
        choices = [(ref, one.name) for ref, one in self.known.items()]
        self.fields["cared_for"].choices = [*choices, ("other", "Somebody else")]  # type: ignore[attr-defined]
        if not choices:
            del self.fields["cared_for"]

    def details(self) -> dict[str, Any]:
        """What ``actions.start`` takes beside the person."""
        kept = dict(self.cleaned_data)
        carer = kept["kind"] == "carer"
        kept["cared_for"] = self.known.get(kept.get("cared_for", "")) if carer else None
        if not kept["substantial_difficulty"]:
            kept |= {"appropriate_person": "", "advocate": ""}
        return kept


@page("assessment.write")
def assessment_start(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    form = StartForm(person, request.POST if request.method == "POST" else None)
    asked = _open_request(person)
    if form.is_valid():
        with refusals(form):
            actions.start(
                person=person, request=asked, by=access.user_of(request), at=now(), **form.details()
            )
        if form.is_valid():
            messages.success(request, "The assessment is started.")
            return redirect("person_assessment", ref)
    return render(request, "assessment/start.html", {"person": person, "form": form, "asked": asked})


@page("assessment.see")
def person_assessment(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    return _tab(request, person, find(request, person))


@page("assessment.write")
def assessment_section(request: HttpRequest, ref: str, view: str, section: str) -> HttpResponse:
    person = access.person(request, ref)
    case = needed(request, person)
    paper = case.paper(view)
    part = paper.section(section)
    if not paper.is_open:
        messages.info(request, "These answers are handed in. Take them back to change them.")
        return redirect(case.href("person_assessment"))
    form = SectionForm(paper, part, request.POST if request.method == "POST" else None)
    if request.method == "POST" and save(request, form, paper):
        following = form.following(part, request)
        if not following:
            return redirect(case.href("person_assessment") + "#parts")
        return redirect(case.href("assessment_section", view, following))
    context = {"person": person, "case": case, "form": form, "part": part, "view": view}
    context |= {"says": VIEWS[Response.View(view)], "beside": _beside(case, view, section)}
    return render(request, "assessment/section.html", context)


@page("assessment.write")
@require_POST
def assessment_hand_in(request: HttpRequest, ref: str, view: str) -> HttpResponse:
    person = access.person(request, ref)
    case = needed(request, person)
    paper, form = case.paper(view), Form({})
    with refusals(form):
        try:
            actions.hand_in(response=paper.response, by=access.user_of(request), at=now())
        except AnswersAtFault as refusal:
            wrong = missing(paper, refusal, lambda part: case.href("assessment_section", view, part))
            return _tab(request, person, case, wrong)
    tell(request, form, "The answers are handed in.")
    return redirect(case.href("person_assessment"))


@page("assessment.write")
@require_POST
def assessment_take_back(request: HttpRequest, ref: str, view: str) -> HttpResponse:
    person = access.person(request, ref)
    case = needed(request, person)
    form = Form({})
    with refusals(form):
        actions.take_back(response=case.paper(view).response, by=access.user_of(request), at=now())
    tell(request, form, "The answers are open again.")
    return redirect(case.href("person_assessment"))


def _tab(
    request: HttpRequest, person: Person, case: Case | None, wrong: list[dict[str, str]] | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"person": person, "case": case, "wrong": wrong or []}
    if case:
        context |= {
            "parts": _parts(case),
            "compared": side_by_side(case.own, case.worker),
            "worker_changed": _changed(case, Response.View.WORKER),
            "own_changed": _changed(case, Response.View.OWN),
        }
    return render(request, "assessment/person.html", context)


def _changed(case: Case, view: str) -> list[list[str]]:
    """What one side answers differently from last time: question, then, now; of the worker, what points it
    makes.
    """
    return [
        [change.text, change.before_text or "–", change.after_text or "–"]
        + ([_signed(change.points_change)] if view == Response.View.WORKER else [])
        for change in since_last_time(case.paper(view), case.before(view))
    ]


def _parts(case: Case) -> list[tuple[str, list[dict[str, Any]]]]:
    """Each part's title with how far each side has come in it, and where to go on."""
    views = [(view, case.paper(view)) for view in VIEWS]
    titles = {section.id: section.title for section in case.worker.questionnaire.sections}
    return [
        (
            titles.get(section.id, section.title),
            [
                {
                    "says": VIEWS[view],
                    "state": state(paper.progress.get(section.id)),
                    "href": case.href("assessment_section", view, section.id) if paper.is_open else "",
                }
                for view, paper in views
            ],
        )
        for section in case.own.questionnaire.sections
    ]


def _signed(points: int) -> str:
    return f"{points:+d}" if points else ""


def _beside(case: Case, view: str, section: str) -> list[tuple[str, list[tuple[str, ...]]]]:
    """What to read beside the questions: the person's own answers, and those of last time."""
    papers = [("In their own words", case.own)] if view == Response.View.WORKER else []
    if case.last_time and view == Response.View.WORKER:
        papers.append(("Last time", case.last_time))
    found = [(title, paper.said(paper.section(section))) for title, paper in papers]
    return [(title, said) for title, said in found if said]


def _open_request(person: Person) -> Request | None:
    """The request that asked for this: the newest that was decided so and led to no assessment yet."""
    asked = person.requests.filter(outcome=Request.Outcome.ASSESSMENT, assessments=None)
    return asked.order_by("-received_on", "-pk").first()


urlpatterns = [
    path("people/<ref>/assessment/start/", assessment_start, name="assessment_start"),
    path("people/<ref>/assessment/", person_assessment, name="person_assessment"),
    path("people/<ref>/assessment/<view>/hand-in/", assessment_hand_in, name="assessment_hand_in"),
    path("people/<ref>/assessment/<view>/take-back/", assessment_take_back, name="assessment_take_back"),
    path("people/<ref>/assessment/<view>/<section>/", assessment_section, name="assessment_section"),
]
