"""Whom a wave asks: the list, addresses, the sample, letters, what came back."""

import csv
import io
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from wherewithal.actions import survey_design, survey_mail
from wherewithal.actions import survey_invite as actions
from wherewithal.core.refusal import Refusal
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.records.models import Invitation, Wave
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.downloads import csv_answer
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import OneOf
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.survey_field import Standing, found
from wherewithal.web.survey_letters import post

COLUMNS = ("code", "name", "region", "type", "email")
SHOWN = {
    "": ("All", Q()),
    "missing": ("Not answered", Q(answered=False) & ~Q(state=Invitation.State.LISTED)),
    "answered": ("Answered", Q(answered=True)),
    "sample": ("In the sample", Q(targeted=True)),
    "bounced": ("Came back", Q(state=Invitation.State.BOUNCED)),
    "refused": ("Will not answer", Q(state=Invitation.State.REFUSED)),
    "no-address": ("No address", Q(email="")),
}


class NoList(Refusal):
    """A file that is no list of addresses."""


@page("survey.see")
def survey_invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """The list, by ``?show=``, ``?region=`` and ``?type=``."""
    wave = found(slug)
    show = request.GET.get("show", "")
    _, condition = SHOWN.get(show, SHOWN[""])
    rows = wave.invitations.filter(condition).defer("envelope").order_by("region", "type", "name")
    place = {key: request.GET[key] for key in ("region", "type") if request.GET.get(key)}
    rows = rows.filter(**place)
    context = {
        "wave": wave, "rows": rows, "show": show, "place": place,
        "filters": [(key, name) for key, (name, _) in SHOWN.items()],
    }  # fmt: skip
    return render(request, "survey/invitations.html", context)


class NoteForm(EditForm):
    state = OneOf(
        [(state, state.label) for state in Invitation.State if state != Invitation.State.LISTED],
        label="What is known?",
    )
    note = forms.CharField(label="What was said", max_length=200, required=False)


class AddressForm(EditForm):
    email = forms.EmailField(label="E-mail address")


@page("survey.run")
def survey_invitation(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One invitation: its address, its letters, what came back, and who takes its place in the sample."""
    wave = found(slug)
    invitation = wave.invitations.filter(code=code).first()
    if invitation is None:
        raise Http404(f"“{wave}” does not ask anybody with the code {code}.")
    doing: dict[str, Any] = {"by": user_of(request), "at": now()}
    form = NoteForm(request.POST or None, initial=_noted(invitation))
    if "replace" in request.POST:
        form = Form(request.POST)  # type: ignore[assignment]
        with refusals(form):
            other = actions.replace(invitation=invitation, reason="The page of the invitation", **doing)
            messages.success(request, f"{other.name} takes the place of {invitation.name} in the sample.")
            return redirect("survey_invitation", slug, other.code)
    elif "email" in request.POST:
        form = AddressForm(request.POST, initial=_address(invitation))  # type: ignore[assignment]
        if _mended(form, invitation, doing):
            messages.success(request, f"The address of {invitation.name} is saved.")
            return redirect("survey_invitation", slug, code)
    elif form.is_valid():
        with refusals(form):
            form.must_stand(invitation, _noted)
            actions.note(invitation=invitation, **form.cleaned_data, **doing)
        if form.is_valid():
            messages.success(request, f"It is noted of {invitation.name}.")
            return redirect("survey_invitations", slug)
    return _one(request, wave, invitation, form)


def _mended(form: EditForm, invitation: Invitation, doing: dict[str, Any]) -> bool:
    """Whether the one address is saved, as a list of one; a refusal stands in the form."""
    if form.is_valid():
        given = actions.Addressee(invitation.code, form.cleaned_data["email"])
        with refusals(form):
            form.must_stand(invitation, _address, under=invitation.wave)
            actions.give_addresses(wave=invitation.wave, addresses=[given], **doing)
    return form.is_valid()


def _one(request: HttpRequest, wave: Wave, invitation: Invitation, form: Form) -> HttpResponse:
    context = {
        "wave": wave, "one": invitation, "form": form, "replaced_by": invitation.replaced_by.first(),
        "note_form": form if isinstance(form, NoteForm) else NoteForm(initial=_noted(invitation)),
        "address_form": form if isinstance(form, AddressForm) else AddressForm(initial=_address(invitation)),
        "link": survey_mail.link(invitation, wave, request.build_absolute_uri("/")),
        "door": survey_mail.door_link(invitation.code, "/") if survey_mail.has_door(wave) else "",
    }  # fmt: skip
    return render(request, "survey/invitation.html", context)


def _address(invitation: Invitation) -> dict[str, str]:
    return {"email": invitation.email}


def _noted(invitation: Invitation) -> dict[str, str]:
    return {"state": invitation.state, "note": invitation.note}


class AddressesForm(Form):
    addresses = forms.FileField(label="A list as CSV", help_text="With the columns code and email")


@page("survey.run")
def survey_addresses(request: HttpRequest, slug: str) -> HttpResponse:
    """The list as it is (``?csv``), and one to take in."""
    wave = found(slug)
    if "csv" in request.GET:
        rows = wave.invitations.order_by("code").values_list(*COLUMNS)
        return csv_answer(to_csv(COLUMNS, rows), f"{slug}-addresses.csv")
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AddressesForm(*posted)
    if form.is_valid():
        changed = 0
        with refusals(form):
            given = _list(form.cleaned_data["addresses"].read())
            changed = actions.give_addresses(wave=wave, addresses=given, by=user_of(request), at=now())
        if form.is_valid():
            messages.success(request, f"{len(given):,} rows were read, {changed:,} addresses changed.")
            return redirect("survey", slug)
    return render(request, "survey/addresses.html", {"wave": wave, "form": form})


class SampleForm(Form):
    size = forms.IntegerField(label="How many?", min_value=1)
    seed = forms.IntegerField(
        label="Seed", required=False, min_value=0,
        help_text="A whole number; leave it empty for a new one. With it anybody can draw the same sample",
    )  # fmt: skip


@page("survey.run")
def survey_sample(request: HttpRequest, slug: str) -> HttpResponse:
    wave = found(slug)
    form = SampleForm(request.POST or None)
    if form.is_valid():
        seed = form.cleaned_data["seed"]
        seed = survey_design.new_seed() if seed is None else seed
        with refusals(form):
            actions.draw_sample(
                wave=wave, size=form.cleaned_data["size"], seed=seed, by=user_of(request), at=now()
            )
        if form.is_valid():
            messages.success(request, f"The sample is drawn, with the seed {seed}.")
            return redirect("survey", slug)
    return render(request, "survey/sample.html", {"wave": wave, "form": form})


class PostForm(Form):
    whom = OneOf(label="Who gets a letter?")

    def __init__(self, groups: dict[str, tuple[str, list[Invitation]]], *args: Any) -> None:
        super().__init__(*args)
        choices = [(key, f"{name} ({len(of):,})") for key, (name, of) in groups.items() if of]
        self.fields["whom"].choices = choices  # type: ignore[attr-defined]


@page("survey.run")
def survey_post(request: HttpRequest, slug: str) -> HttpResponse:
    """Send invitations or reminders: first whom and what, then how it went."""
    standing = Standing(found(slug), now())
    wave = standing.wave
    groups = _groups(standing)
    form = PostForm(groups, request.POST or None)
    site = request.build_absolute_uri("/")
    if form.is_valid():
        went = post(groups[form.cleaned_data["whom"]][1], wave, site, by=user_of(request), at=now())
        (messages.warning if went.trouble or went.bounced else messages.success)(request, went.says)
        return redirect("survey", slug)
    sample = next((of[0] for _, of in groups.values() if of), None)
    context = {
        "wave": wave, "form": form, "anybody": sample is not None,
        "letter": survey_mail.letter(sample, wave, site) if sample else None,
        "link": survey_mail.link(sample, wave, site) if sample else "",
        "door": survey_mail.door_link(sample.code, site) if sample else "",
    }  # fmt: skip
    return render(request, "survey/send.html", context)


def _groups(standing: Standing) -> dict[str, tuple[str, list[Invitation]]]:
    new = [one for one in standing.tellable if one.state == Invitation.State.LISTED]
    silent = [one for one in standing.tellable if one.state == Invitation.State.INVITED]
    sampled = standing.wave.sample_seed is not None
    return {
        "sample": ("An invitation, to the sample", [one for one in new if one.targeted] if sampled else []),
        "all": ("An invitation, to all who have none yet", new),
        "remind-sample": ("A reminder, to the silent of the sample", [
            one for one in silent if one.targeted] if sampled else []),
        "remind": ("A reminder, to all who have not answered", silent),
    }  # fmt: skip


def _list(file: bytes) -> list[actions.Addressee]:
    """Rows of a CSV file by its head. Raises NoList."""
    try:
        rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise NoList("This is no CSV file in UTF-8. Save it as “CSV UTF-8”.", field="addresses") from wrong
    if not rows or not {"code", "email"} <= rows[0].keys():
        raise NoList("The first line names the columns: code and email are needed.", field="addresses")
    known = [{key: (row.get(key) or "").strip() for key in COLUMNS} for row in rows]
    return [actions.Addressee(**row, row=number) for number, row in enumerate(known, 2) if row["email"]]


urlpatterns = [
    path("survey/<slug:slug>/invitations/", survey_invitations, name="survey_invitations"),
    path("survey/<slug:slug>/invitations/<code>/", survey_invitation, name="survey_invitation"),
    path("survey/<slug:slug>/addresses/", survey_addresses, name="survey_addresses"),
    path("survey/<slug:slug>/sample/", survey_sample, name="survey_sample"),
    path("survey/<slug:slug>/send/", survey_post, name="survey_post"),
]
