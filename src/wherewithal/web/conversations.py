"""Councils below a threshold, whom to speak with; the conversations that are open, what is due first."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.text import capfirst, slugify

from wherewithal.actions.conversation import begin
from wherewithal.core.policy import Used
from wherewithal.core.report import Table
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.policy.conversation import within
from wherewithal.records.conversation import closed_ones, held, open_ones
from wherewithal.web.access import user_of
from wherewithal.web.below import HEAD, NONE_OPEN, Choice, Row, asked_for, chosen
from wherewithal.web.clock import now, today
from wherewithal.web.downloads import csv_answer, ods_answer, svg_answer
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render

A_PAGE = 20


@page("conversation.see")
def conversations_below(request: HttpRequest) -> HttpResponse:
    """By ``?of=`` (table:series:year) and ``?threshold=`` (percent)."""
    form = asked_for(request)
    context = {"form": form, "choice": chosen(form)}
    return render(request, "conversations/below.html", context)


@page("conversation.see")
def conversations_below_csv(request: HttpRequest) -> HttpResponse:
    """What that page shows."""
    choice = _chosen(request)
    rows = [row.cells for row in (*choice.rows, *choice.near)]
    return csv_answer(to_csv(HEAD, [*rows, *_marks(choice)]), f"{_name(choice)}.csv")


@page("conversation.see")
def conversations_below_ods(request: HttpRequest) -> HttpResponse:
    """The same as an accessible spreadsheet."""
    choice = _chosen(request)
    return ods_answer(choice.title, _cover(choice), [_as_table(choice)], f"{_name(choice)}.ods")


@page("conversation.see")
def conversations_below_svg(request: HttpRequest) -> HttpResponse:
    """Its picture, as a file of its own."""
    choice = _chosen(request)
    return svg_answer(choice.drawn(choice.title, choice.says).encode(), f"{_name(choice)}.svg")


@page("conversation.see")
def conversations(request: HttpRequest) -> HttpResponse:
    """Every conversation: the open ones by what is due first, then those that are closed."""
    soon = within(Used(today()))
    closed = Paginator(closed_ones(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "open": open_ones(soon), "found": closed, "closed": [held(row, soon) for row in closed],
    }  # fmt: skip
    return render(request, "conversations/list.html", context)


@page("conversation.hold")
def conversation_begin(request: HttpRequest) -> HttpResponse:
    """With ``?council=``, a code, about the share and the threshold of the address."""
    choice = _chosen(request)
    row = _row(choice, request.GET.get("council", ""))
    form = Form(request.POST or None)
    if form.is_valid():
        with refusals(form):
            made = begin(
                code=row.code, share=choice.share, threshold=choice.threshold, by=user_of(request), at=now()
            )
        if form.is_valid():
            return redirect("conversation", made.pk)
    return render(request, "conversations/begin.html", {"choice": choice, "row": row, "form": form})


def _chosen(request: HttpRequest) -> Choice:
    choice = chosen(asked_for(request))
    if choice is None:
        raise Http404("No published share and threshold are at this address.")
    return choice


def _row(choice: Choice, code: str) -> Row:
    """A council that is below, or may not be. Raises Http404."""
    found = next((one for one in choice.rows if one.code == code), None)
    if found is None:
        raise Http404("No council whose share is below the threshold is at this address.")
    return found


def _marks(choice: Choice) -> list[tuple[str, ...]]:
    """A row for each that has no figure, with the mark in its place."""
    return [
        (one.name, one.codes[0], "no figure", *[one.mark] * 5, NONE_OPEN, NONE_OPEN)
        for one in choice.found.unrated
    ]


def _as_table(choice: Choice) -> Table:
    of = choice.found.rates
    notes = (
        f"{capfirst(of.series.counts)}, of {of.series.of}. {of.series.definition}.",
        "Intervals are 95% (Wilson). “May not be below”: the interval reaches over the threshold.",
        "A conversation that is made up for the demo was held with nobody.",
        *(f"“{mark}”: {words}." for mark, words, _ in choice.marks if words),
    )
    rows = tuple(row.cells for row in (*choice.rows, *choice.near)) + tuple(_marks(choice))
    return Table("below", choice.title, HEAD, rows, notes)


def _cover(choice: Choice) -> tuple[str, ...]:
    whose = choice.found.rates.table.publication
    return (f"Worked out here from {whose.publisher}: {whose.publication}. {whose.licence}.",)


def _name(choice: Choice) -> str:
    threshold = choice.threshold_words.replace(".", "-")
    return slugify(f"below {threshold} {choice.share.series} {choice.share.year}")


_HERE = "sector/conversations/"
urlpatterns = [
    path(_HERE, conversations_below, name="conversations_below"),
    path(f"{_HERE}below.csv", conversations_below_csv, name="conversations_below_csv"),
    path(f"{_HERE}below.ods", conversations_below_ods, name="conversations_below_ods"),
    path(f"{_HERE}below.svg", conversations_below_svg, name="conversations_below_svg"),
    path(f"{_HERE}open/", conversations, name="conversations"),
    path(f"{_HERE}begin/", conversation_begin, name="conversation_begin"),
]
