"""A wave's report is written: its head, its sections one by one, their order; or brought in from a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from wherewithal.actions import report as actions
from wherewithal.core.questions import WRITING
from wherewithal.policy.report import BadReport, ReportDefinition, SectionDefinition, parse
from wherewithal.records.asking import asked_in
from wherewithal.records.models import QuotedPassage, Report, Wave
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import OneOf, SomeOf
from wherewithal.web.forms import Form, refuse
from wherewithal.web.held_back import seen
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import found
from wherewithal.web.survey_report import figures, telling_of, whole

if TYPE_CHECKING:
    from wherewithal.extract.release import Telling

SHARES_OF = (("answered", "Who answered the question"), ("cohort", "Everybody who took part"))
PROFILE = (("region", "Who took part, by region"), ("type", "Who took part, by type"))
ENDS = (("messages", "The key messages that were agreed"), ("actions", "What was agreed to be done"))
NOT_HERE, WORDS, TABLE, CHART = "no", "words", "table", "chart"
ONLY_WORDS = (WORDS, "Only words that were signed off")
SHOWN = ((NOT_HERE, "Not here"), (TABLE, "Table"), (CHART, "Chart and table"))
NEW = 0  # the number of a section that is not there yet


def lines(typed: str) -> tuple[str, ...]:
    """Sentences that were typed a line each."""
    return tuple(line for one in typed.splitlines() if (line := " ".join(one.split())))


class HeadForm(EditForm):
    title = forms.CharField(label="Title", max_length=150)
    publisher = forms.CharField(label="Who publishes it?", max_length=150)
    headline = forms.CharField(
        label="Headline", widget=forms.Textarea,
        help_text="One sentence, worded the same in every file and in the press notice",
    )  # fmt: skip
    summary = forms.CharField(label="Summary", widget=forms.Textarea, help_text="A sentence a line")
    shares_of = OneOf(SHARES_OF, label="Of whom are shares told?")
    contacts = forms.CharField(
        label="Whom to ask", widget=forms.Textarea, required=False,
        help_text="A line each, as the press notice names them",
    )  # fmt: skip
    notice = forms.CharField(
        label="A notice on every file", required=False, help_text="Such as that its figures are provisional"
    )

    @property
    def given(self) -> dict[str, Any]:
        """As a definition has it."""
        typed = self.cleaned_data
        return typed | {name: lines(typed[name]) for name in ("summary", "contacts")}


class SectionForm(EditForm):
    """A section: its sentences, and what stands here of each question (a field each): a table, if it is
    counted, or of one that is quoted only the words.
    """

    title = forms.CharField(label="Title", max_length=150)
    says = forms.CharField(
        label="What it says", widget=forms.Textarea, required=False, help_text="A paragraph a line"
    )

    def __init__(self, wave: Wave, questions: Sequence["Listed"], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = [one.id for one in questions]
        if wave.unit == Wave.Unit.COUNCIL:
            self.fields["profile"] = SomeOf(PROFILE, label="Who took part", required=False)
        self.fields["ends"] = SomeOf(ENDS, label="What follows", required=False)
        for one in questions:
            self.fields[f"shows_{one.id}"] = forms.ChoiceField(choices=one.choices, label=one.label)

    @property
    def tables(self) -> list[forms.BoundField]:
        return [self[f"shows_{id}"] for id in self.questions]

    def section(self, before: SectionDefinition) -> SectionDefinition:
        """As it was typed; tables in the order that they had, new ones after them in the questions' order."""
        given = self.cleaned_data
        shown = {id: how for id in self.questions if (how := given[f"shows_{id}"]) != NOT_HERE}
        had = [id for id in (*before.tables, *before.words) if id in shown]
        order = [*had, *(id for id in shown if id not in had)]
        tables = tuple(id for id in order if shown[id] != WORDS)
        return SectionDefinition(
            title=given["title"], says=lines(given["says"]), tables=tables,
            charts=tuple(id for id in tables if shown[id] == CHART),
            profile=tuple(given.get("profile", ())), messages="messages" in given["ends"],
            actions="actions" in given["ends"], words=tuple(id for id in order if shown[id] == WORDS),
        )  # fmt: skip


@page("survey.code")
def survey_report_head(request: HttpRequest, slug: str) -> HttpResponse:
    wave = found(slug)
    seen(request, wave, "the head of the report")
    telling = telling_of(wave)
    form = HeadForm(request.POST or None, initial=_head(telling.definition))
    if form.is_valid():
        with refusals(form):
            _must_stand(form, wave, _head)
            _write(request, wave, replace(telling_of(found(slug)).definition, **form.given))
        if form.is_valid():
            return redirect("survey_report", slug)
    context = {"wave": wave, "form": form, "whole": whole(telling)}
    return render(request, "release/head.html", context)


@page("survey.code")
def survey_report_section(request: HttpRequest, slug: str, number: int = NEW) -> HttpResponse:
    """A section changed, or a new one at the end."""
    wave = found(slug)
    seen(request, wave, f"section {number} of the report" if number else "a new section of the report")
    telling = telling_of(wave)
    before = _section(telling.definition, number)
    form = SectionForm(wave, _questions(telling, before), request.POST or None, initial=_plain(before))
    if form.is_valid():
        with refusals(form):
            if number != NEW:
                _must_stand(form, wave, lambda of: _plain(_section(of, number)))
            of = telling_of(found(slug)).definition
            sections = list(of.sections)
            if number == NEW:
                sections.append(form.section(before))
            else:
                sections[number - 1] = form.section(before)
            _write(request, wave, replace(of, sections=tuple(sections)))
        if form.is_valid():
            where = number or len(sections)
            return redirect(f"{reverse('survey_report', args=[slug])}#section-{where}")
    here = {id: telling.counted.tables[id] for id in before.tables if id in telling.counted.tables}
    context = {
        "wave": wave, "form": form, "number": number, "of": before, "tables": figures(telling, here),
        "whole": whole(telling),
    }  # fmt: skip
    return render(request, "release/section.html", context)


class PlaceForm(Form):
    number = forms.IntegerField(label="Number", min_value=1)


@page("survey.code")
@require_POST
def survey_report_move(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """To another number; those between move by one."""
    wave, form = found(slug), PlaceForm(request.POST)
    if form.is_valid() and (meant := _meant(request, wave, number)):
        of, section = meant
        rest = [one for one in of.sections if one != section]
        at = form.cleaned_data["number"] - 1
        _write(request, wave, replace(of, sections=(*rest[:at], section, *rest[at:])))
    return redirect("survey_report", slug)


@page("survey.code")
@require_POST
def survey_report_remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    wave = found(slug)
    if meant := _meant(request, wave, number):
        of, section = meant
        _write(request, wave, replace(of, sections=tuple(one for one in of.sections if one != section)))
        messages.success(request, f"“{section.title}” is taken out of the report.")
    return redirect("survey_report", slug)


def _meant(
    request: HttpRequest, wave: Wave, number: int
) -> tuple[ReportDefinition, SectionDefinition] | None:
    """The report and the section that the page showed at a number; nothing, with a word, where another stands
    there by now.
    """
    of = telling_of(wave).definition
    section = _section(of, number)
    if request.POST.get("title") == section.title:
        return of, section
    messages.warning(request, "Somebody moved the sections meanwhile. Nothing was done: look again.")
    return None


class FileForm(Form):
    file = forms.FileField(
        label="A report as TOML", help_text="Taken away from here before, or from another survey"
    )


@page("survey.code")
def survey_report_bring_in(request: HttpRequest, slug: str) -> HttpResponse:
    """A report from a file, in the place of the one that is here."""
    wave = found(slug)
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            with refusals(form):
                _write(request, wave, parse(form.cleaned_data["file"].read().decode()))
        except UnicodeDecodeError:
            refuse(form, BadReport("This is no TOML file: it is not written in UTF-8.", field="file"))
        if form.is_valid():
            messages.success(request, "The report is brought in. What cannot stand in it is marked.")
            return redirect("survey_report", slug)
    return render(request, "release/bring_in.html", {"wave": wave, "form": form})


@dataclass(frozen=True)
class Listed:
    """A question that can stand in a section, and what of it can."""

    id: str
    label: str
    choices: tuple[tuple[str, str], ...]


def _questions(telling: "Telling", of: SectionDefinition) -> list[Listed]:
    """Questions that are counted, or will be once they are coded; and those that are quoted."""
    can = {*telling.counted.tables, *telling.tables.waiting}
    quoted = {
        *of.words,
        *QuotedPassage.objects.filter(quotation__wave=telling.wave).values_list("question", flat=True),
    }
    found = []
    for id, one in asked_in(telling.wave).questions.items():
        if id in can or id in quoted:
            label = f"{one.label} (in words)" if one.kind in WRITING else one.label
            counted = SHOWN if id in can else SHOWN[:1]
            words = (ONLY_WORDS,) if id in quoted else ()
            found.append(Listed(id, label, (*counted[:1], *words, *counted[1:])))
    return found


def _head(of: ReportDefinition) -> dict[str, Any]:
    shown = {name: getattr(of, name) for name in HeadForm.base_fields}
    return shown | {name: "\n".join(shown[name]) for name in ("summary", "contacts")}


def _plain(of: SectionDefinition) -> dict[str, Any]:
    shown = {f"shows_{id}": CHART if id in of.charts else TABLE for id in of.tables}
    shown |= {f"shows_{id}": WORDS for id in of.words}
    ends = [name for name, _ in ENDS if getattr(of, name)]
    return {"title": of.title, "says": "\n".join(of.says), "profile": list(of.profile), "ends": ends, **shown}


def _section(of: ReportDefinition, number: int) -> SectionDefinition:
    """A section by its number. Raises Http404."""
    if number == NEW:
        return SectionDefinition("")
    if number > len(of.sections):
        raise Http404("The report has no such section. Perhaps it was taken out meanwhile.")
    return of.sections[number - 1]


def _must_stand(form: EditForm, wave: Wave, plain: Any) -> None:
    """Refuse to write over what somebody changed since. Raises ChangedSince."""
    if row := Report.objects.filter(wave=wave).first():
        form.must_stand(row, lambda kept: plain(parse(kept.definition)))


def _write(request: HttpRequest, wave: Wave, of: ReportDefinition) -> None:
    actions.write(wave=wave, definition=of, by=user_of(request), at=now())


_REPORT = "survey/<slug:slug>/report/"
urlpatterns = [
    path(f"{_REPORT}head/", survey_report_head, name="survey_report_head"),
    path(f"{_REPORT}bring-in/", survey_report_bring_in, name="survey_report_bring_in"),
    path(f"{_REPORT}sections/new/", survey_report_section, name="survey_report_new"),
    path(f"{_REPORT}sections/<int:number>/", survey_report_section, name="survey_report_section"),
    path(f"{_REPORT}sections/<int:number>/move/", survey_report_move, name="survey_report_move"),
    path(f"{_REPORT}sections/<int:number>/remove/", survey_report_remove, name="survey_report_remove"),
]
