"""The return, on ``/measures/submission/``: each file that was made to be sent, and what changed since the
last.

Who may make one gets the file once, as the answer to the form; it is kept nowhere.
"""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from wherewithal.core.period import written
from wherewithal.core.policy import Used
from wherewithal.core.refusal import Refusal
from wherewithal.core.submission import last_quarter_end, quarter_ends, year_to
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.policy.submission import sent_to
from wherewithal.records.models import Submission, SubmissionCheck
from wherewithal.web.access import user_of
from wherewithal.web.clock import now, today
from wherewithal.web.downloads import csv_answer
from wherewithal.web.field_kinds import OneOf
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.submission_faults import by_team_and_field
from wherewithal.web.submission_words import HEAD, Said, said
from wherewithal.web.templating import when

QUARTERS = 5  # to choose from: the newest, and back to the same one a year ago


class MakeForm(Form):
    to = OneOf(label="Which twelve months?")
    reason = forms.CharField(
        label="Why do you make it?",
        help_text="It is kept with the day and your name. For example: the return for this quarter",
        max_length=200,
    )
    asks = {"reason": "Say why you make it", "to": "Choose the twelve months"}

    def __init__(self, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (end.isoformat(), f"{written(year_to(end, on).first)} to {written(end)}")
            for end in quarter_ends(on, QUARTERS)
        ]
        self.fields["to"].initial = last_quarter_end(on).isoformat()


@page("submission.see")
def submissions(request: HttpRequest) -> HttpResponse:
    """Every one that was made, the newest first; what is due, and what each team is to mend before."""
    made = list(Submission.objects.select_related("made_by"))
    end = last_quarter_end(today())
    context = {
        "made": made,
        "end": end,
        "is_made": any(one.last == end for one in made),
        "to": sent_to(Used(today())),
        "to_mend": [
            (team, field, f"{many:,}", written(since)) for team, field, many, since in by_team_and_field()
        ],
        "check": SubmissionCheck.objects.first(),
    }
    return render(request, "measures/submissions.html", context)


@page("submission.make")
def submission_make(request: HttpRequest) -> HttpResponse:
    """The form; the file itself answers it."""
    on = today()
    form = MakeForm(on, request.POST or None)
    if form.is_valid():
        with refusals(form):
            from wherewithal.extract.door import council_code
            from wherewithal.extract.submission import make

            period = year_to(date.fromisoformat(form.cleaned_data["to"]), on)
            _, file = make(period=period, reason=form.cleaned_data["reason"], by=user_of(request), at=now())
            answer = csv_answer(file, f"client-level-data-{council_code()}-{period.last}.csv")
            answer["Cache-Control"] = "no-store, private"
            return answer
    return render(request, "measures/submission_make.html", {"form": form, "to": sent_to(Used(on))})


@page("submission.see")
def submission(request: HttpRequest, number: int) -> HttpResponse:
    """What one covered, and what changed since the one before it or since the one that is chosen."""
    of = _found(number)
    other = _other(request, of)
    lines, cannot = _changed(of, other)
    context = {
        "of": of,
        "other": other,
        "earlier": _named(Submission.objects.filter(made_at__lt=of.made_at), other),
        "head": HEAD,
        "on_record": [one.cells for one in lines if not one.by_time],
        "by_time": [one.cells[:3] for one in lines if one.by_time],
        "cannot": cannot,
    }
    return render(request, "measures/submission.html", context)


@page("submission.see")
def submission_csv(request: HttpRequest, number: int) -> HttpResponse:
    """What changed, as on the page. Raises Http404 where nothing can be compared."""
    of = _found(number)
    lines, cannot = _changed(of, _other(request, of))
    if cannot:
        raise Http404(cannot)
    return csv_answer(to_csv(HEAD, [one.cells for one in lines]), f"submission-{of.pk}-changes.csv")


def _found(number: int) -> Submission:
    found = Submission.objects.select_related("made_by").filter(pk=number).first()
    if found is None:
        raise Http404(f"There is no submission {number}.")
    return found


def _other(request: HttpRequest, of: Submission) -> Submission | None:
    """The one that ``?since=`` names among those that were made earlier, else the one before."""
    from wherewithal.extract.submission_changes import before

    asked = request.GET.get("since", "")
    return (
        Submission.objects.filter(pk=int(asked), made_at__lt=of.made_at).first()
        if asked.isascii() and asked.isdigit() and len(asked) < 10
        else None
    ) or before(of)


def _changed(of: Submission, other: Submission | None) -> tuple[list[Said], str]:
    """The lines, or why there are none."""
    if other is None:
        return [], "This is the first submission on record, so there is nothing to compare it with."
    from wherewithal.extract.submission_changes import changes

    try:
        return [said(one) for one in changes(of, other)], ""
    except Refusal as refusal:
        return [], refusal.says


def _named(earlier: Any, other: Submission | None) -> list[tuple[int, str, bool]]:
    """Earlier ones to compare with: id, in words, whether it is the one."""
    return [(one.pk, f"To {written(one.last)}, made {when(one.made_at)}", one == other) for one in earlier]


_AT = "measures/submission/"
urlpatterns = [
    path(_AT, submissions, name="submissions"),
    path(f"{_AT}make/", submission_make, name="submission_make"),
    path(f"{_AT}<int:number>/", submission, name="submission"),
    path(f"{_AT}<int:number>/changes.csv", submission_csv, name="submission_csv"),
]
