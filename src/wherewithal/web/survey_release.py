"""A wave's release: what must hold before, second looks, the embargo and who sees it earlier, the build."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from wherewithal.actions import release as actions
from wherewithal.actions import report as report_actions
from wherewithal.core import release as rules
from wherewithal.core.refusal import Refusal
from wherewithal.records.models import EarlyReader, Release, Wave
from wherewithal.records.release import looked_at
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.field_kinds import DateField, SomeOf
from wherewithal.web.forms import Form
from wherewithal.web.held_back import looks, seen
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import found
from wherewithal.web.survey_report import telling_of

if TYPE_CHECKING:
    from wherewithal.analytics.report.holding import Few

NOT_A_TIME = "Enter a time in hours and minutes, such as 00:01"


class BuildForm(Form):
    changed = forms.CharField(
        label="What does this version correct?", widget=forms.Textarea, required=False,
        help_text="It stands on every file. What changed is listed beside it by itself",
    )  # fmt: skip

    def __init__(self, wave: Wave, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["changed"].required = wave.releases.exists()


class ClockField(forms.TimeField):
    """A time of day to the minute, shown as it is typed."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class EmbargoForm(Form):
    until = DateField(label="Nobody reads it before")
    at = ClockField(
        label="At", input_formats=["%H:%M", "%H.%M"], help_text="London time, such as 00:01",
        error_messages={"invalid": NOT_A_TIME},
    )  # fmt: skip


class ReaderForm(Form):
    email = forms.EmailField(label="E-mail address", help_text="With which they sign in here")
    why = forms.CharField(label="Why do they see it before others?", max_length=200)


class LooksForm(Form):
    figures = SomeOf(label="Which did you look at?")
    asks = {"figures": "Tick the figures that you looked at"}

    def __init__(self, few: Iterable["Few"], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figures"].choices = [(one.figure, one.says) for one in few]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Looked:
    """A figure of very few, and who looked at it at this count of this base."""

    of: "Few"
    seen: list[str]


@page("survey.see")
def survey_release(request: HttpRequest, slug: str) -> HttpResponse:
    return _shown(request, found(slug), Form())


@page("survey.run")
@require_POST
def survey_build(request: HttpRequest, slug: str) -> HttpResponse:
    """Every file at once, kept for good; what stands in the way is told on the page."""
    wave = found(slug)
    form = BuildForm(wave, request.POST)
    if form.is_valid():
        from wherewithal.extract.release import release

        with refusals(form):
            made = release(
                telling=telling_of(wave), changed=form.cleaned_data["changed"], by=user_of(request)
            )
    if not form.is_valid():
        return _shown(request, wave, form)
    messages.success(request, f"Version {made.version} is built: {made.files.count()} files with one hash.")
    return redirect("survey_release", slug)


@page("survey.code")
@require_POST
def survey_look(request: HttpRequest, slug: str) -> HttpResponse:
    """Figures of very few were looked at, as they stand at this moment."""
    wave = found(slug)
    few = telling_of(wave).few
    form = LooksForm(few, request.POST)
    if not form.is_valid():
        return _shown(request, wave, form)
    for one in few:
        if one.figure in form.cleaned_data["figures"]:
            report_actions.look(
                wave=wave, figure=one.figure, count=one.count, base=one.base, by=user_of(request), at=now()
            )
    return redirect(f"{reverse('survey_release', args=[slug])}#looks")


@page("survey.run")
def survey_embargo(request: HttpRequest, slug: str) -> HttpResponse:
    wave = found(slug)
    until = timezone.localtime(wave.embargo_until) if wave.embargo_until else None
    start: dict[str, date | time] = (
        {"until": until.date(), "at": until.time()} if until else {"at": time(0, 1)}
    )
    form = EmbargoForm(request.POST or None, initial=start)
    if form.is_valid():
        until = timezone.make_aware(datetime.combine(form.cleaned_data["until"], form.cleaned_data["at"]))
        with refusals(form):
            actions.set_embargo(wave=wave, until=until, by=user_of(request), at=now())
        if form.is_valid():
            return redirect("survey_release", slug)
    return render(request, "release/embargo.html", {"wave": wave, "form": form})


@page("survey.run")
def survey_reader(request: HttpRequest, slug: str) -> HttpResponse:
    """Name somebody who may read it before the embargo ends."""
    wave, form = found(slug), ReaderForm(request.POST or None)
    if form.is_valid():
        with refusals(form):
            actions.name_reader(wave=wave, by=user_of(request), at=now(), **form.cleaned_data)
        if form.is_valid():
            return redirect(f"{reverse('survey_release', args=[slug])}#readers")
    return render(request, "release/reader.html", {"wave": wave, "form": form})


@page("survey.run")
@require_POST
def survey_reader_off(request: HttpRequest, slug: str, reader: int) -> HttpResponse:
    row = EarlyReader.objects.filter(pk=reader, wave__slug=slug).first()
    if row is None:
        raise Http404("They are not named any more.")
    try:
        actions.take_off_reader(reader=row, by=user_of(request), at=now())
    except Refusal as refusal:
        messages.warning(request, refusal.says)
    return redirect(f"{reverse('survey_release', args=[slug])}#readers")


def _shown(request: HttpRequest, wave: Wave, form: Form) -> HttpResponse:
    """The page of a release; building it says what stands in the way for whoever is looking."""
    telling, by = telling_of(wave), user_of(request)
    at, by_whom = telling.at, looked_at(wave)
    versions = list(wave.releases.defer("content").prefetch_related("files").select_related("built_by"))
    public = rules.public(versions, at)
    checks = telling.checks(by)
    few = [Looked(one, by_whom.get(one.key, [])) for one in telling.few]
    if few:
        seen(request, wave, "the figures of very few")
    early, in_all = looks(wave, every=request.GET.get("looks") == "all")
    context = {
        "wave": wave,
        "form": form,
        "build": form if isinstance(form, BuildForm) else BuildForm(wave),
        "is_kept": hasattr(wave, "report"),
        "checks": checks,
        "ready": all(check.holds for check in checks) and hasattr(wave, "report"),
        "few": few,
        "looks": form if isinstance(form, LooksForm) else LooksForm(one.of for one in few if not one.seen),
        "versions": [(one, one in public, rules.opens_at(one)) for one in versions],
        "public": public,
        "readers": wave.early_readers.select_related("user", "named_by").order_by("pk"),
        "early": early,
        "early_in_all": in_all,
        "embargoed": wave.embargo_until is not None and wave.embargo_until > at,
        "built_for": _built_for(wave, versions) if not public else None,
    }
    return render(request, "release/release.html", context)


def _built_for(wave: Wave, versions: list[Release]) -> datetime | None:
    """When the newest version opens, where the embargo was moved since it was built."""
    if not versions or versions[0].embargo_until == wave.embargo_until:
        return None
    return versions[0].embargo_until


_RELEASE = "survey/<slug:slug>/release/"
urlpatterns = [
    path(_RELEASE, survey_release, name="survey_release"),
    path(f"{_RELEASE}build/", survey_build, name="survey_build"),
    path(f"{_RELEASE}look/", survey_look, name="survey_look"),
    path(f"{_RELEASE}embargo/", survey_embargo, name="survey_embargo"),
    path(f"{_RELEASE}readers/", survey_reader, name="survey_reader"),
    path(f"{_RELEASE}readers/<int:reader>/off/", survey_reader_off, name="survey_reader_off"),
]
