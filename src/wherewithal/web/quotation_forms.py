"""What is asked about a quotation on a page of its own: its words, consent, why words stay, why it goes."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.text import Truncator

from wherewithal.actions import quotation as actions
from wherewithal.core.coding import Source, passage, passage_of
from wherewithal.core.quotation import CONSENTS
from wherewithal.core.screening import Finding
from wherewithal.records.coding import source_of
from wherewithal.records.models import Quotation, Reply, Wave
from wherewithal.records.quotation import OnRecord
from wherewithal.web.access import user_of
from wherewithal.web.clock import now
from wherewithal.web.editing import EditForm
from wherewithal.web.field_kinds import DateField, OneOf
from wherewithal.web.forms import Form
from wherewithal.web.page import page, refusals, render
from wherewithal.web.quotations import address_of, quotation_at
from wherewithal.web.survey_field import Standing, found

ITS_OWN = "own"


class PickForm(Form):
    """Words of an answer: by their places, or copied; without either all of it. ``into`` which quotation."""

    passage = forms.CharField(required=False, widget=forms.HiddenInput)
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, widget=forms.HiddenInput)
    into = OneOf(label="What becomes of these words?")

    def __init__(self, rows: Iterable[Quotation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [
            (str(row.pk), f"A part of quotation {row.pk}: “{Truncator(row.printed).chars(60)}”")
            for row in rows
        ]
        self.fields["into"].choices = [(ITS_OWN, "A quotation of its own"), *others]  # type: ignore[attr-defined]

    def place_in(self, source: Source) -> tuple[int, int]:
        """Where the words stand. Raises CannotCode."""
        given = self.cleaned_data
        start, end = given.get("start"), given.get("end")
        on = (
            passage_of(source, given.get("passage", ""))
            if start is None or end is None
            else passage(source, start, end)
        )
        return on.start, on.end


class ConsentForm(EditForm):
    consent = OneOf(
        [(one.value, words) for one, words in CONSENTS.items()], label="Do they agree to be quoted?"
    )
    asked_on = DateField(label="When were they asked?", required=False)
    answered_on = DateField(label="When did they answer?", required=False)
    answered_by = forms.CharField(
        label="Who answered?", max_length=100, required=False,
        help_text="By what they do, such as head of service. It is not kept in the history.",
    )  # fmt: skip


class KeepForm(Form):
    why = forms.CharField(label="Why may it stay?", max_length=300)


class WithdrawForm(Form):
    reason = forms.CharField(label="Why is it withdrawn?", max_length=300)


def agreed(row: Quotation) -> dict[str, Any]:
    """What the form of its consent shows."""
    return {name: getattr(row, name) for name in ("consent", "asked_on", "answered_on", "answered_by")}


@page("survey.code")
def quotation_pick(request: HttpRequest, slug: str, question: str, reply: uuid.UUID) -> HttpResponse:
    """Words of an answer, marked or copied at the coding desk, become a quotation or a part of one."""
    wave = found(slug)
    answer = Reply.objects.filter(pk=reply, wave=wave).select_related("wave").first()
    source = source_of(answer, question) if answer else None
    if answer is None or source is None:
        raise Http404("There are no words here to quote.")
    given = request.POST if request.method == "POST" else request.GET
    form = PickForm(wave.quotations.filter(state=Quotation.State.OPEN), {"into": ITS_OWN} | given.dict())
    words = ""
    if form.is_valid():
        with refusals(form):
            start, end = form.place_in(source)
            words = source.text[start:end]
            if "into" in request.POST:
                place: dict[str, Any] = {"reply": answer, "question": question, "start": start, "end": end}
                row = _picked(wave, form.cleaned_data["into"], place | {"by": user_of(request), "at": now()})
                return redirect(address_of(row))
    asked = Standing(wave, now()).questionnaire.questions[question]
    context = {
        "wave": wave, "form": form, "words": words, "question": asked, "reply": source.reply,
        "back": f"{reverse('coding_desk', args=[slug, question])}?reply={reply}#answer",
    }  # fmt: skip
    return render(request, "quotations/pick.html", context)


def named_in(request: HttpRequest, findings: Iterable[Finding]) -> Finding:
    """The finding that an address names by its kind and words. Raises Http404 where it is there no more."""
    named = request.GET.get("kind", ""), request.GET.get("words", "")
    for one in findings:
        if (one.kind, one.words) == named:
            return one
    raise Http404("This does not stand in the words any more.")


@page("survey.code")
def quotation_keep(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A finding stays as it is, for a reason; its kind and words stand in the address."""
    one = quotation_at(slug, number)
    finding = named_in(request, one.quoted.findings)
    words = finding.words

    def act(why: str) -> None:
        actions.keep(
            quotation=one.row, kind=finding.kind, words=words, why=why, by=user_of(request), at=now()
        )

    return _asked(
        request, one, KeepForm(request.POST or None), act, "keep", f"Keep “{words}”", finding=finding
    )


@page("survey.code")
def quotation_consent(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    one = quotation_at(slug, number)
    form = ConsentForm(request.POST or None, initial=agreed(one.row))

    def act(**given: Any) -> None:
        form.must_stand(one.row, agreed)
        actions.note_consent(quotation=one.row, by=user_of(request), at=now(), **given)

    return _asked(request, one, form, act, "consent", "Consent")


@page("survey.code")
def quotation_withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    one = quotation_at(slug, number)

    def act(reason: str) -> None:
        actions.withdraw(quotation=one.row, reason=reason, by=user_of(request), at=now())

    return _asked(request, one, WithdrawForm(request.POST or None), act, "withdraw", "Withdraw the quotation")


def _asked(
    request: HttpRequest,
    one: OnRecord,
    form: Form,
    act: Callable[..., None],
    name: str,
    title: str,
    **more: Any,
) -> HttpResponse:
    """A page with one form about a quotation, and back to it once it is done."""
    if form.is_valid():
        with refusals(form):
            act(**form.cleaned_data)
        if form.is_valid():
            return redirect(address_of(one.row))
    context = {
        "wave": one.row.wave, "row": one.row, "form": form, "title": title, "name": name,
        "back": address_of(one.row), **more,
    }  # fmt: skip
    return render(request, "quotations/ask.html", context)


def _picked(wave: Wave, into: str, given: dict[str, Any]) -> Quotation:
    if into == ITS_OWN:
        return actions.pick(**given)
    return actions.add_passage(quotation=wave.quotations.get(pk=int(into)), **given)


_ONE = "survey/<slug:slug>/quotations/<int:number>/"
urlpatterns = [
    path(
        "survey/<slug:slug>/coding/<slug:question>/<uuid:reply>/quote/", quotation_pick, name="quotation_pick"
    ),
    path(f"{_ONE}keep/", quotation_keep, name="quotation_keep"),
    path(f"{_ONE}consent/", quotation_consent, name="quotation_consent"),
    path(f"{_ONE}withdraw/", quotation_withdraw, name="quotation_withdraw"),
]
