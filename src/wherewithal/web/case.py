"""One assessment as its pages need it: both sets of answers, what is done and what comes next."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from wherewithal.actions.assessment import agree
from wherewithal.core.assessment import EXPLANATIONS
from wherewithal.core.period import written
from wherewithal.records.history import why
from wherewithal.records.models import Assessment, Person, Response
from wherewithal.records.reading import gave_own_answers
from wherewithal.web.paper import ResponsePaper
from wherewithal.web.templating import plural

Task = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """``query`` is added to addresses so that the same assessment stays chosen from page to page."""

    of: Assessment
    others: tuple[Assessment, ...]

    @property
    def query(self) -> str:
        return f"?of={self.of.pk}" if self.others else ""

    @property
    def is_open(self) -> bool:
        return self.of.state == Assessment.State.STARTED

    @cached_property
    def is_heard(self) -> bool:
        """Did the person give any answer of their own?"""
        return gave_own_answers(self.of)

    @cached_property
    def why_not_heard(self) -> str:
        """What was said of it when the assessment was agreed; '' where they were, or nothing was said."""
        return "" if self.is_heard or self.is_open else why(self.of, agree.verb)  # type: ignore[attr-defined]

    @cached_property
    def own(self) -> ResponsePaper:
        return self.paper(Response.View.OWN)

    @cached_property
    def worker(self) -> ResponsePaper:
        return self.paper(Response.View.WORKER)

    @cached_property
    def last_time(self) -> ResponsePaper | None:
        """The worker's answers of the assessment before."""
        return self.before(Response.View.WORKER)

    def before(self, view: str) -> ResponsePaper | None:
        """The answers of one side in the assessment before."""
        found = self.of.previous.responses.all() if self.of.previous else ()
        return next((ResponsePaper(one) for one in found if one.view == view), None)

    def paper(self, view: str) -> ResponsePaper:
        """The answers of one side; raises Http404 for a side that there is not."""
        for response in self.of.responses.all():
            if response.view == view:
                return ResponsePaper(response)
        raise Http404(f"An assessment has no answers called “{view}”.")

    def href(self, name: str, *args: str) -> str:
        return reverse(name, args=[self.of.person.ref, *args]) + self.query

    def explained(self) -> list[tuple[str, str, str]]:
        """Each thing to explain: title, what it covers, and the day it was explained ('' for not yet)."""
        days = {code: written(date.fromisoformat(day)) for code, day in self.of.explained.items()}
        return [(one.title, one.says, days.get(one.code, "")) for one in EXPLANATIONS]

    def tasks(self) -> list[Task]:
        """Where it stands, step by step; a step that cannot be taken yet has no address."""
        told = len(self.of.explained)
        return [
            _handed("Their own answers", self.own, "They fill these in alone, or together with you"),
            _handed("The worker’s answers", self.worker, "The budget is worked out from these"),
            {
                "title": "Explain five things",
                "href": self.href("assessment_explain") if self.is_open else "",
                "hint": "What they need, what they can get, good support, who, and where",
                "status": ("Done", "") if told == len(EXPLANATIONS) else (f"{told} of 5", "blue"),
            },
            self._eligibility(),
        ]

    def _eligibility(self) -> Task:
        if not self.is_open:
            words = "Eligible" if self.of.eligible else "Not eligible"
            return {"title": "Who qualifies", "href": "", "hint": "", "status": (words, "")}
        ready = self.worker.response.state == Response.State.HANDED_IN
        ready = ready and len(self.of.explained) == len(EXPLANATIONS)
        return {
            "title": "Decide who qualifies, and agree",
            "href": self.href("assessment_agree") if ready else "",
            "hint": "By the law of the day, with reasons",
            "status": ("To do", "blue") if ready else ("Cannot start yet", "grey"),
        }


def _handed(title: str, paper: ResponsePaper, hint: str) -> Task:
    """A task done in the list of parts further down the page."""
    response = paper.response
    asked = [one for one in paper.progress.values() if one.state != "optional"]
    spare = len(paper.progress) - len(asked)
    done = sum(one.complete for one in asked)
    if response.state != Response.State.DRAFT:
        status = ("Handed in", "")
    elif not paper.is_open:
        status = ("Not handed in", "grey")
    else:
        status = (f"{done} of {len(asked)} parts", "teal" if done else "blue")
        hint += f". {plural(spare, 'more part')} may stay empty" if spare else ""
    return {"title": title, "href": "#parts" if paper.is_open else "", "hint": hint, "status": status}


def find(request: HttpRequest, person: Person) -> Case | None:
    """The assessment that ``?of=`` names, else the open one, else the one in force, else the newest."""
    rows = list(
        person.assessments.select_related("person", "by", "previous", "cared_for", "request")
        .prefetch_related("responses", "previous__responses")
        .order_by("-started_on", "-pk")
    )
    if not rows:
        return None
    wanted = request.GET.get("of", "")
    by_state = {one.state: one for one in reversed(rows)}
    chosen = by_state.get("started") or by_state.get("agreed") or rows[0]
    if wanted:
        named = [one for one in rows if str(one.pk) == wanted]
        if not named:
            raise Http404("This person has no such assessment.")
        chosen = named[0]
    return Case(chosen, tuple(one for one in rows if one.pk != chosen.pk))


def needed(request: HttpRequest, person: Person) -> Case:
    """As ``find``; raises Http404 where there is none."""
    case = find(request, person)
    if case is None:
        raise Http404(f"{person.name} has no assessment yet.")
    return case
