"""A wave is designed or cloned; a draft is changed, or thrown away."""

from datetime import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from wherewithal.actions import survey_design as actions
from wherewithal.core.questions import Questionnaire
from wherewithal.core.refusal import Refusal
from wherewithal.core.survey import MODE_WORDS, Mode
from wherewithal.policy.questionnaire import BadQuestionnaire, read, surveys
from wherewithal.records.asking import asked_in
from wherewithal.records.models import Wave
from wherewithal.web.access import user_of
from wherewithal.web.clock import now, today
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import DateField, OneOf, YesNo
from wherewithal.web.forms import Form, refuse
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import ENDS, at_hour, found

OWN, BANK = "own", "bank"


class PromiseForm(Form):
    """What a draft says of itself: its title and purpose, what it promises, when it is open."""

    title = forms.CharField(label="Title", max_length=60, help_text="As respondents read it, with the year")
    says = forms.CharField(
        label="What is it for?", widget=forms.Textarea, required=False,
        help_text="A few sentences on the first page and in the letter",
    )  # fmt: skip
    mode = OneOf(
        [(mode.value, MODE_WORDS[mode][0]) for mode in Mode], label="What are respondents promised?",
        hints={mode.value: MODE_WORDS[mode][1] for mode in Mode},
    )  # fmt: skip
    needs_approval = YesNo(label="Does a director approve the answers before they are handed in?")
    opens_on = DateField(label="Opens on", help_text="At midnight, as the day begins")
    closes_on = DateField(label="Closes on", help_text="At 5pm")
    embargo_until = DateField(
        label="Results are under embargo until", required=False,
        help_text="One minute past midnight, London time. Another time can be set with the release",
    )  # fmt: skip
    destroy_keys_on = DateField(
        label="Keys are destroyed on", required=False,
        help_text="A confidential survey needs this day: respondents are told it",
    )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """What was filled in, as the actions take it."""
        kept = self.cleaned_data
        return {
            "title": kept["title"], "says": kept["says"], "mode": kept["mode"],
            "needs_approval": bool(kept["needs_approval"]), "destroy_keys_on": kept["destroy_keys_on"],
            "opens_at": at_hour(kept["opens_on"], time(0)), "closes_at": at_hour(kept["closes_on"], ENDS),
            "embargo_until": at_hour(kept["embargo_until"], time(0, 1)) if kept["embargo_until"] else None,
        }  # fmt: skip


class DesignForm(PromiseForm):
    field_order = ("title", "says", "questions", "file", "without", "unit")
    questions = OneOf(label="Questions")
    file = forms.FileField(
        label="A questionnaire of your own", required=False,
        help_text="An XLSForm (.xlsx), or TOML. It is checked at once",
    )  # fmt: skip
    without = forms.BooleanField(label="Take the XLSForm in without what would be lost", required=False)
    unit = OneOf(Wave.Unit.choices, label="Whom does it ask?", hints={
        "council": "Every council that there is on the day it opens is listed at once",
        "staff": "You give the list. It is never reported as a share of councils",
        "people": "You give the list",
    })  # fmt: skip

    def __init__(self, before: Wave | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.before = before
        self.known = {f"{one.id} {one.version}": one for one in surveys()}
        if before:
            self.known = {"before": asked_in(before), **self.known}
        choices = [
            (key, f"As in “{before}”" if key == "before" else f"{one.title}, version {one.version}")
            for key, one in self.known.items()
        ]
        begins = next(iter(self.known.values()))
        asks: Any = self.fields["questions"]
        asks.choices = [*choices, (BANK, "One by one from the question bank"), (OWN, "A file of your own")]
        asks.hints = {BANK: "You choose them on the next page, from all that were ever asked. Until then the "
                            f"draft asks what “{before or begins.title}” asks"}  # fmt: skip

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("questions") == OWN and not kept.get("file") and "file" not in self.errors:
            self.add_error("file", "Choose the file of your questionnaire")
        return kept

    def chosen(self) -> Questionnaire | None:
        """The questionnaire; a fault of a file is put on it."""
        kept = self.cleaned_data
        if kept["questions"] == BANK:
            return next(iter(self.known.values()))
        if kept["questions"] != OWN:
            return self.known[kept["questions"]]
        name = kept["file"].name
        if Path(name).suffix.lower() in (".xlsx", ".xls"):
            return self._from_workbook(kept["file"], name)
        if Path(name).suffix.lower() != ".toml":
            self.add_error(
                "file", f"“{name}” is neither an XLSForm (.xlsx or .xls) nor a questionnaire in TOML (.toml)"
            )
            return None
        try:
            return read(name.removesuffix(".toml"), kept["file"].read().decode())
        except UnicodeDecodeError:
            self.add_error("file", "This is no TOML file: it is not written in UTF-8")
        except BadQuestionnaire as refusal:
            refuse(self, BadQuestionnaire(refusal.says, field="file"))
        return None

    def _from_workbook(self, file: "UploadedFile[Any]", name: str) -> Questionnaire | None:
        """An XLSForm as a questionnaire; what of it would be lost is a fault until it is let go."""
        from wherewithal.formats import xlsform  # it brings in what reads workbooks, a second's work

        with TemporaryDirectory() as folder:
            path = Path(folder) / Path(name).name
            path.write_bytes(file.read())
            try:
                brought = xlsform.read(path, first=today())
            except Refusal as refusal:
                refuse(self, Refusal(refusal.says, field="file"))
                return None
        lost = [str(remark) for remark in brought.remarks if remark.lost]
        if lost and not self.cleaned_data["without"]:
            many = "1 thing" if len(lost) == 1 else f"{len(lost)} things"
            self.add_error("file", f"{many} of this form would be lost: {'; '.join(lost)}")
            return None
        return brought.questionnaire


@page("survey.run")
def survey_new(request: HttpRequest) -> HttpResponse:
    """A new wave, or (``?from=``) one that asks what another asked."""
    before = found(request.GET["from"]) if request.GET.get("from") else None
    start: dict[str, Any] = {"unit": "council", "mode": "coded", "questions": "before" if before else None}
    if before:
        start |= {"unit": before.unit, "mode": before.mode, "says": before.says,
                  "needs_approval": before.needs_approval}  # fmt: skip
    posted = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = DesignForm(before, initial=start, **posted)
    if form.is_valid() and (questionnaire := form.chosen()):
        with refusals(form):
            made = actions.design(
                questionnaire=questionnaire, unit=form.cleaned_data["unit"], cloned_from=before,
                by=user_of(request), at=now(), **form.told(),
            )  # fmt: skip
        if form.is_valid():
            messages.success(request, f"“{made}” is a draft. Nobody was asked yet.")
            by_one = form.cleaned_data["questions"] == BANK
            return redirect("survey_bank" if by_one else "survey", made.slug)
    return render(request, "survey/new.html", {"form": form, "before": before})


class ChangeForm(PromiseForm, EditForm):
    """The same over a draft that is on record."""


@page("survey.run")
def survey_change(request: HttpRequest, slug: str) -> HttpResponse:
    """All of a draft but its questions and whom it asks."""
    wave = found(slug)
    form = ChangeForm(request.POST or None, initial=_told(wave))
    if form.is_valid():
        with refusals(form):
            form.must_stand(wave, _told)
            actions.change(wave=wave, by=user_of(request), at=now(), **form.told())
        if form.is_valid():
            messages.success(request, "The draft is changed.")
            return redirect("survey", slug)
    return render(request, "survey/change.html", {"form": form, "wave": wave})


@page("survey.run")
def survey_throw_away(request: HttpRequest, slug: str) -> HttpResponse:
    """Once more, before a draft is thrown away."""
    wave = found(slug)
    form = Form(request.POST) if request.method == "POST" else Form()
    if form.is_valid():
        with refusals(form):
            actions.throw_away(wave=wave, by=user_of(request), at=now())
            messages.success(request, f"The draft “{wave.title}” is thrown away.")
            return redirect("surveys")
    return render(request, "survey/throw_away.html", {"form": form, "wave": wave})


def _told(wave: Wave) -> dict[str, Any]:
    days = {"opens_on": wave.opens_at, "closes_on": wave.closes_at, "embargo_until": wave.embargo_until}
    return {
        "title": wave.title, "says": wave.says, "mode": wave.mode, "needs_approval": wave.needs_approval,
        "destroy_keys_on": wave.destroy_keys_on,
    } | {name: moment and timezone.localtime(moment).date() for name, moment in days.items()}  # fmt: skip


urlpatterns = [
    path("survey/new/", survey_new, name="survey_new"),
    path("survey/<slug:slug>/change/", survey_change, name="survey_change"),
    path("survey/<slug:slug>/throw-away/", survey_throw_away, name="survey_throw_away"),
]
