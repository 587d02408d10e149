"""Card lines for the council: files taken in and undone, questions by exception, lines matched by hand."""

import base64
import binascii
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path

from wherewithal.actions import card as actions
from wherewithal.actions.card_file import Look, dry_run
from wherewithal.formats.card_csv import alike, failed_rows
from wherewithal.policy.card import answer_by
from wherewithal.records.models import Actual, Import, Question
from wherewithal.web import access
from wherewithal.web.access import user_of
from wherewithal.web.clock import now, today
from wherewithal.web.downloads import csv_answer
from wherewithal.web.field_kinds import OneOf
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.templating import plural

MOST_BYTES = 3_000_000  # a council's month is far below; it is posted a second time, written in base 64
OUTCOMES = [
    ("fine", "It is fine"),
    ("advised", "It is fine this time; we told them what the money is for"),
    ("pay_back", "It is to be paid back"),
]
SHOWN = {"open": "Asked", "answered": "Answered", "closed": "Closed"}


class FileForm(Form):
    file = forms.FileField(label="Card file (CSV)", help_text="From the card provider, up to 3 MB")

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"The file has {file.size:,} bytes. Split it: at most {MOST_BYTES:,}")
        if not file.name.lower().endswith(".csv"):
            raise forms.ValidationError("Choose a file whose name ends in .csv")
        return file


class TakeInForm(Form):
    """The file that was looked at, again. It is read and checked anew, so nothing about it is trusted."""

    name = forms.CharField(max_length=200, widget=forms.HiddenInput)
    content = forms.CharField(widget=forms.HiddenInput)

    def clean_content(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["content"], validate=True)
        except (binascii.Error, ValueError):
            raise forms.ValidationError("The file did not arrive whole. Choose it again") from None


class ReasonForm(Form):
    reason = forms.CharField(label="Why is it undone?", max_length=200)


class CloseForm(Form):
    outcome = OneOf(label="What came of it?", choices=OUTCOMES)
    note = forms.CharField(label="What was said to the person", required=False, widget=forms.Textarea)


class MatchForm(Form):
    arrangement = OneOf(label="What was it for?")


@page("money.see")
def imports(request: HttpRequest) -> HttpResponse:
    shown = Paginator(Import.objects.select_related("by", "undone_by").order_by("-pk"), 40)
    return render(request, "cards/imports.html", {"page": shown.get_page(request.GET.get("page"))})


@page("line.import")
def import_new(request: HttpRequest) -> HttpResponse:
    """First a look at what the file would bring, with every fault; then, from there, it is taken in."""
    if "content" in request.POST:
        return _take_in(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(request, "cards/import.html", {"form": form, "back": None})
    file = form.cleaned_data["file"]
    return _looked_at(request, file.name, file.read())


@page("line.import")
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    batch = get_object_or_404(Import.objects.select_related("by"), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            actions.undo(batch=batch, reason=form.cleaned_data["reason"], by=user_of(request), at=now())
            messages.success(request, f"“{batch.file_name}” is undone: every line of it was reversed.")
            return redirect("imports")
    return render(request, "cards/undo.html", {"batch": batch, "form": form})


@page("money.see")
def exceptions(request: HttpRequest) -> HttpResponse:
    """The worklist: what was asked, by exception, the oldest first."""
    show = request.GET.get("show", "answered")
    show = show if show in SHOWN else "answered"
    rows = Question.objects.filter(state=show, person__in=access.visible(user_of(request)))
    rows = rows.select_related("person", "actual", "closed_by")
    order = "-closed_on" if show == "closed" else "raised_on"
    shown = Paginator(rows.order_by(order, "pk"), 40).get_page(request.GET.get("page"))
    choices = [(f"?show={key}", label, key == show) for key, label in SHOWN.items()]
    context = {
        "page": shown,
        "choices": choices,
        "show": show,
        "outcomes": dict(OUTCOMES),
        "on": today(),
        "answer_by": answer_by,
    }
    return render(request, "cards/exceptions.html", context)


@page("line.close")
def exception(request: HttpRequest, pk: int) -> HttpResponse:
    """One question about money: what happened, what the person said, what comes of it."""
    found = get_object_or_404(Question.objects.select_related("person", "actual__arrangement"), pk=pk)
    access.person(request, found.person.ref)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            actions.close(question=found, by=user_of(request), at=now(), **form.cleaned_data)
            messages.success(request, "The question is closed.")
            return redirect("exceptions")
    return render(request, "cards/exception.html", {"question": found, "form": form})


@page("line.close")
def line_match(request: HttpRequest, pk: int) -> HttpResponse:
    """Say by hand what a card line was for; later lines of that payee follow."""
    line = get_object_or_404(Actual.objects.select_related("person", "arrangement"), pk=pk)
    person = access.person(request, line.person.ref)
    running = person.arrangements.filter(held="direct_payment").order_by("-first", "pk")
    form = MatchForm(request.POST or None, initial={"arrangement": str(line.arrangement_id or "")})
    choices = [(str(one.pk), f"{one.what} ({one.order_number})") for one in running]
    form.fields["arrangement"].choices = [*choices, ("none", "Nothing in the plan")]  # type: ignore[attr-defined]
    if form.is_valid():
        chosen = form.cleaned_data["arrangement"]
        arrangement = None if chosen == "none" else running.get(pk=chosen)
        with refusals(form):
            actions.match(actual=line, arrangement=arrangement, by=user_of(request), at=now())
            messages.success(
                request, f"{line.merchant}: {arrangement.what if arrangement else 'not matched'}."
            )
            return redirect("person_money", person.ref)
    return render(request, "cards/match.html", {"person": person, "line": line, "form": form})


def _looked_at(request: HttpRequest, name: str, data: bytes, form: Form | None = None) -> HttpResponse:
    look = dry_run(data, on=today())
    if request.POST.get("failed"):
        return csv_answer(failed_rows(look.reading), f"to-mend-{name}")
    content = base64.b64encode(data).decode()
    shown = form or TakeInForm(initial={"name": name, "content": content})
    context = {"look": look, "name": name, "content": content, "form": shown, "doubles": _doubles(look)}
    return render(request, "cards/look.html", context)


def _take_in(request: HttpRequest) -> HttpResponse:
    form = TakeInForm(request.POST)
    if not form.is_valid():
        return render(request, "cards/import.html", {"form": FileForm(), "back": None}, status=400)
    name, data = form.cleaned_data["name"], form.cleaned_data["content"]
    if not request.POST.get("failed"):
        with refusals(form):
            reading = dry_run(data, on=today()).reading
            made = actions.take_in(reading=reading, file_name=name, by=user_of(request), at=now())
            messages.success(request, f"{plural(made.lines_count, 'line')} of “{made.file_name}” taken in.")
            return redirect("imports")
    return _looked_at(request, name, data, form)


def _doubles(look: Look) -> list[tuple[Any, int]]:
    """Lines that look like the same purchase, each with how often: shown, never merged."""
    return [(group[0], len(group)) for group in alike(look.new)]


urlpatterns = [
    path("money/imports/", imports, name="imports"),
    path("money/imports/new/", import_new, name="import_new"),
    path("money/imports/<int:pk>/undo/", import_undo, name="import_undo"),
    path("money/questions/", exceptions, name="exceptions"),
    path("money/questions/<int:pk>/", exception, name="exception"),
    path("money/lines/<int:pk>/match/", line_match, name="line_match"),
]
