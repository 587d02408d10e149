"""A wave's life once it is designed: its key is made, it is opened, extended, closed, its keys destroyed."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from wherewithal.actions import survey_design as actions
from wherewithal.actions import survey_seal
from wherewithal.core.survey import Mode
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.field_kinds import DateField
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import ENDS, Standing, at_hour, found
from wherewithal.web.survey_next import ended_by_destroying


class MakeKeyForm(Form):
    """``instead_of``: the public key that the page told of, '' where it told of none."""

    instead_of = forms.CharField(required=False, widget=forms.HiddenInput)


@page("survey.run")
def survey_key(request: HttpRequest, slug: str) -> HttpResponse:
    """What comes with an anonymous wave's key; posted, the answer is the private key, as a file, once."""
    wave = found(slug)
    if request.method != "POST":
        form = MakeKeyForm(initial={"instead_of": wave.sealing_key})
        return render(request, "survey/key.html", {"wave": wave, "form": form})
    form, key = MakeKeyForm(request.POST), b""
    if form.is_valid():
        with refusals(form):
            key = actions.make_key(wave=wave, by=user_of(request), at=now(), **form.cleaned_data)
    if not key:
        messages.warning(request, " ".join(map(str, form.non_field_errors())))
        return redirect("survey_key", slug)
    held = {"Content-Disposition": f'attachment; filename="key-of-{slug}.pem"', "Cache-Control": "no-store"}
    return HttpResponse(key, content_type="application/x-pem-file", headers=held)


class OpenForm(Form):
    first = forms.CharField(label="Who holds the key?", max_length=100)
    second = forms.CharField(
        label="Who holds a copy of it?", max_length=100,
        help_text="Another person. Without the key the answers are lost",
    )  # fmt: skip
    key = forms.FileField(
        label="The file of the key", help_text="To show that you have it; it is not kept here"
    )


@page("survey.run")
def survey_open(request: HttpRequest, slug: str) -> HttpResponse:
    wave = found(slug)
    kind = OpenForm if wave.mode == Mode.ANONYMOUS else Form
    form = kind(request.POST, request.FILES) if request.method == "POST" else kind()
    if form.is_valid():
        kept = form.cleaned_data
        with refusals(form):
            actions.open_wave(
                wave=wave, key=kept["key"].read() if kept else b"", by=user_of(request), at=now(),
                holders=(kept["first"], kept["second"]) if kept else (),
            )  # fmt: skip
        if form.is_valid():
            messages.success(request, f"“{wave}” is open. Now send the invitations.")
            return redirect("survey", slug)
    context = {"form": form, "wave": wave, "standing": Standing(wave, now())}
    return render(request, "survey/open.html", context)


class ExtendForm(Form):
    closes_on = DateField(label="Closes on", help_text="At 5pm")
    reason = forms.CharField(label="Why?", max_length=200)


@page("survey.run")
def survey_extend(request: HttpRequest, slug: str) -> HttpResponse:
    wave = found(slug)
    form = ExtendForm(request.POST or None)
    if form.is_valid():
        closes_at, reason = at_hour(form.cleaned_data["closes_on"], ENDS), form.cleaned_data["reason"]
        with refusals(form):
            actions.extend(wave=wave, closes_at=closes_at, reason=reason, by=user_of(request), at=now())
        if form.is_valid():
            messages.success(request, "The closing time is later now.")
            return redirect("survey", slug)
    return render(request, "survey/extend.html", {"form": form, "wave": wave})


class KeyForm(Form):
    key = forms.FileField(label="The file of the key", help_text="It opens the answers, and is not kept here")


@page("survey.run")
def survey_close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close it; an anonymous one with its key, after which its tables are rewritten."""
    wave = found(slug)
    standing = Standing(wave, now())
    kind = KeyForm if standing.sealed else Form
    form = kind(request.POST, request.FILES) if request.method == "POST" else kind()
    if form.is_valid():
        key = form.cleaned_data["key"].read() if form.cleaned_data else b""
        with refusals(form):
            survey_seal.close(wave=wave, key=key, by=user_of(request), at=now())
        if form.is_valid():
            if wave.mode == Mode.ANONYMOUS:
                survey_seal.wipe()
            messages.success(request, f"“{wave}” is closed.")
            return redirect("survey", slug)
    return render(request, "survey/close.html", {"form": form, "wave": wave, "standing": standing})


class UnreadForm(Form):
    reason = forms.CharField(
        label="Why are they not read?",
        max_length=200,
        help_text="As “only three answered”, “the key is lost”",
    )


@page("survey.run")
def survey_close_unread(request: HttpRequest, slug: str) -> HttpResponse:
    """Close an anonymous one and wipe what was handed in, sealed as it is."""
    wave = found(slug)
    form = UnreadForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        with refusals(form):
            survey_seal.close_unread(wave=wave, reason=reason, by=user_of(request), at=now())
        if form.is_valid():
            survey_seal.wipe()
            messages.success(request, f"“{wave}” is closed. Nobody has read its answers, and nobody can.")
            return redirect("survey", slug)
    context = {"form": form, "wave": wave, "standing": Standing(wave, now())}
    return render(request, "survey/close_unread.html", context)


@page("survey.run")
def survey_destroy_keys(request: HttpRequest, slug: str) -> HttpResponse:
    wave = found(slug)
    form = Form(request.POST) if request.method == "POST" else Form()
    if form.is_valid():
        with refusals(form):
            survey_seal.destroy_keys(wave=wave, by=user_of(request), at=now())
        if form.is_valid():
            survey_seal.wipe()
            messages.success(request, "The keys are destroyed: no reply can be tied to a name any more.")
            return redirect("survey", slug)
    context = {"form": form, "wave": wave, "ends": ended_by_destroying(wave, now())}
    return render(request, "survey/destroy_keys.html", context)


urlpatterns = [
    path("survey/<slug:slug>/key/", survey_key, name="survey_key"),
    path("survey/<slug:slug>/open/", survey_open, name="survey_open"),
    path("survey/<slug:slug>/extend/", survey_extend, name="survey_extend"),
    path("survey/<slug:slug>/close/", survey_close, name="survey_close"),
    path("survey/<slug:slug>/close-unread/", survey_close_unread, name="survey_close_unread"),
    path("survey/<slug:slug>/destroy-keys/", survey_destroy_keys, name="survey_destroy_keys"),
]
