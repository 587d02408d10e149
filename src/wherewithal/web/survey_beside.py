"""Two waves beside each other on a page and as CSV: shares in both, and the change where it can be told."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from wherewithal.core.comparable import why_not
from wherewithal.core.questions import WRITING, values_told
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.records.asking import asked_in
from wherewithal.records.models import Wave
from wherewithal.web.downloads import csv_answer
from wherewithal.web.held_back import seen
from wherewithal.web.page import page, render
from wherewithal.web.survey_field import found
from wherewithal.web.survey_tables import count_and_share, in_one_cell

if TYPE_CHECKING:
    from wherewithal.analytics.beside import Compared, Line
    from wherewithal.analytics.share import Cell
    from wherewithal.extract.survey_beside import Beside

HEAD = [
    *("Question", "Code", "Answer", "Councils"),
    *(f"{wave} {what}" for wave in ("First", "Second") for what in ("base", "count", "per cent")),
    "Change in points",
    "Why no change",
]


@page("survey.see")
def survey_beside_which(request: HttpRequest, slug: str) -> HttpResponse:
    """The waves that ask what this one asks, the youngest first, and how much of it is comparable."""
    wave = found(slug)
    asked = asked_in(wave)
    countable = [id for id, one in asked.questions.items() if values_told(one) or one.kind in WRITING]
    others = []
    for other in (
        Wave.objects.exclude(pk=wave.pk).exclude(state=Wave.State.DRAFT).order_by("-opens_at", "-pk")
    ):
        theirs = asked_in(other)
        both = [id for id in countable if id in theirs.questions]
        if both:
            others.append((other, sum(not why_not(asked, theirs, id) for id in both), len(both)))
    return render(request, "survey/beside_which.html", {"wave": wave, "others": others})


@page("survey.see")
def survey_beside(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """Every question that both tables have, the older wave first."""
    wave, waves, made = _made(slug, other)
    _both_seen(request, waves, "the tables beside")
    names, by_question = _names(waves), {one.question: one for one in made.compared}
    sections = []
    for section in asked_in(waves[0]).sections:
        shown = [
            (by_question[one.id], one.text, _head(by_question[one.id], names), _bases(by_question[one.id]))
            for one in section.questions if one.id in by_question
        ]  # fmt: skip
        sections += [(section, shown)] if shown else []
    context = {
        "wave": wave, "waves": waves, "names": names, "made": made, "sections": sections, "row_of": _rows,
        "so_far": [one for one in waves if one.state == Wave.State.OPEN],
    }  # fmt: skip
    return render(request, "survey/beside.html", context)


@page("survey.see")
def survey_beside_csv(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """The same as rows: all that answered, then the same councils; why there is no change stands in words."""
    _, waves, made = _made(slug, other)
    _both_seen(request, waves, "the tables as CSV beside")
    rows = []
    for one in made.compared:
        for line in one.lines:
            start = [one.title, f"{one.question}:{line.value}", line.label]
            told = ["" if line.change is None else str(line.change), line.why_not]
            rows.append(
                [*start, "All", *_cells(line.first), *_cells(line.second), *(["", ""] if line.same else told)]
            )
            if line.same:
                rows.append(
                    [*start, "The same", *(part for cell in line.same for part in _cells(cell)), *told]
                )
    rows += [[one.title, one.question, *[""] * 9, one.why_not] for one in made.unlike]
    return csv_answer(to_csv(HEAD, rows), f"{waves[0].slug}-beside-{waves[1].slug}.csv")


def _made(slug: str, other: str) -> "tuple[Wave, tuple[Wave, Wave], Beside]":
    """The wave of the address, both in their order, and what is counted. Raises Http404."""
    wave, beside_it = found(slug), found(other)
    if wave.pk == beside_it.pk or Wave.State.DRAFT in (wave.state, beside_it.state):
        raise Http404("Two different waves stand beside each other, and both were asked.")
    first, second = sorted((wave, beside_it), key=lambda one: (one.opens_at, one.pk))
    # What counts brings in Arrow and NumPy, a second's work, which the start of the web need not wait for.
    from wherewithal.extract.survey_beside import beside

    return wave, (first, second), beside(first, second)


def _both_seen(request: HttpRequest, waves: tuple[Wave, Wave], what: str) -> None:
    """Either release may be the one that is held back."""
    for wave, other in (waves, waves[::-1]):
        seen(request, wave, f"{what} “{other}”")


def _names(waves: tuple[Wave, Wave]) -> tuple[str, str]:
    """What the waves are called over a column: the month in which each opened."""
    first, second = (f"{timezone.localtime(one.opens_at):%B %Y}" for one in waves)
    return (first, second) if first != second else ("First", "Second")


def _head(one: "Compared", names: tuple[str, str]) -> list[str]:
    same = [f"The same councils, {name}" for name in names]
    return ["Answer", *names] if one.why_not or not _has_same(one) else ["Answer", *names, *same, "Change"]


def _rows(one: "Compared") -> list[list[str]]:
    return [_row(line) for line in one.lines]


def _row(line: "Line") -> list[str]:
    row = [line.label, in_one_cell(line.first), in_one_cell(line.second)]
    if line.same is None:
        return row
    return [*row, *map(in_one_cell, line.same), line.why_not if line.change is None else points(line.change)]


def _bases(one: "Compared") -> str:
    """What the shares are of, in a sentence."""
    if not one.lines:
        return ""
    line = one.lines[0]
    first, second = line.first.base, line.second.base
    alike = first.kind == second.kind and not first.hidden and not second.hidden
    says = f"Shares are of {f'{first.count:,}' if alike else first}, then of {second}."
    if line.same:
        says += f" The same councils: {line.same[0].base.count} answered this in both waves."
    return says


def _has_same(one: "Compared") -> bool:
    return any(line.same for line in one.lines)


def points(change: Decimal) -> str:
    """``+4 points``, ``-1 point``, ``no change``; from rounded shares."""
    if not change:
        return "no change"
    sign = "+" if change > 0 else "−"
    return f"{sign}{abs(change)} point{'' if abs(change) == 1 else 's'}"


def _cells(cell: "Cell") -> list[str]:
    """Base, count, per cent; in brackets why one is not shown."""
    count, share = count_and_share(cell)
    base = "[c]" if cell.base.hidden else str(cell.base.count)
    return [base, count.replace(",", ""), share.removesuffix("%")]


urlpatterns = [
    path("survey/<slug:slug>/beside/", survey_beside_which, name="survey_beside_which"),
    path("survey/<slug:slug>/beside/<slug:other>/", survey_beside, name="survey_beside"),
    path("survey/<slug:slug>/beside/<slug:other>.csv", survey_beside_csv, name="survey_beside_csv"),
]
