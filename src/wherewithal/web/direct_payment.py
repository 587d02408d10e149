"""A direct payment: who would hold it, the conditions one by one, the agreement, and how it stops."""

from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.text import capfirst

from wherewithal.actions import conditions
from wherewithal.actions import direct_payment as actions
from wherewithal.core import bank
from wherewithal.core.direct_payment import NOT_PROHIBITED, HeldBy
from wherewithal.core.policy import Used
from wherewithal.policy import direct_payment as policy
from wherewithal.records.models import Agreement, Decision, Offer, Person, Representation
from wherewithal.records.reading import conditions_decided
from wherewithal.web import access, plan_meant
from wherewithal.web.access import user_of
from wherewithal.web.agreements import agreement_pdf
from wherewithal.web.clock import now, today
from wherewithal.web.field_kinds import DateField, OneOf, SomeOf, YesNo
from wherewithal.web.forms import Form, by_rule
from wherewithal.web.page import page, refusals, render
from wherewithal.web.plan import to_plan


class HolderForm(Form):
    """Who would hold the money: the person, or one of those who act for them."""

    holder = OneOf(label="Who would hold the money?")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = person.representations.filter(until=None).order_by("id")
        choices = [("person", person.name)]
        choices += [(str(one.pk), f"{one.name}, {one.get_kind_display().lower()}") for one in others]
        self.fields["holder"].choices = choices  # type: ignore[attr-defined]


class ConditionsForm(Form):
    """A yes or no, and a reason for a no, for each condition; orders answer the one about the regulations."""

    orders = SomeOf(label="Is the person under one of these orders?", required=False)
    options = forms.CharField(
        label="What help with the money was thought of?", required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, held_by: HeldBy, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = Used(on)
        self.asked = [one for one in policy.conditions(used, held_by).asked if one.id != NOT_PROHIBITED]
        exclusions = policy.exclusions(used)
        self.orders_verified = all(one.verified for one in exclusions)
        orders = [(one.id, capfirst(one.says)) for one in exclusions]
        self.fields["orders"].choices = orders  # type: ignore[attr-defined]
        for condition in self.asked:
            unverified = "" if condition.verified else ", not verified"
            self.fields[condition.id] = YesNo(label=condition.asks, help_text=condition.source + unverified)
            self.fields[f"{condition.id}_why"] = forms.CharField(
                label="Why not", required=False, widget=forms.Textarea, help_text=condition.ask_instead
            )

    @property
    def answers(self) -> dict[str, tuple[bool, str]]:
        said = self.cleaned_data
        return {one.id: (said[one.id], said[f"{one.id}_why"]) for one in self.asked}


class SignForm(Form):
    """Named as the rules of bank details name their fields."""

    asks = {
        "name": "Enter the name on the account",
        "sort_code": "Enter the sort code",
        "number": "Enter the account number",
    }

    paid_to = OneOf(
        Agreement.PaidTo.choices,
        label="Where does the money go?",
        help_text="A prepaid card has a sort code and an account number too",
    )
    card = forms.CharField(label="Number that the card provider gave the card", max_length=20, required=False)
    name = forms.CharField(label="Name on the account", max_length=70)
    sort_code = forms.CharField(
        label="Sort code", max_length=8, help_text="Such as 20-00-00", validators=[by_rule(bank.sort_code)]
    )
    number = forms.CharField(
        label="Account number", max_length=12, help_text="8 digits", validators=[by_rule(bank.account_number)]
    )
    signed_on = DateField(label="When was the agreement signed?")


class StopForm(Form):
    condition = OneOf(label="Which condition is no longer met?")
    reason = forms.CharField(label="What happened?", widget=forms.Textarea)
    on = DateField(label="What is the last day that is paid for?")

    def __init__(self, *args: Any, held_by: HeldBy, at: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = policy.conditions(Used(at), held_by).asked
        self.fields["condition"].choices = [(one.id, one.failed) for one in asked]  # type: ignore[attr-defined]


@page("direct_payment.decide")
def dp_conditions(request: HttpRequest, ref: str) -> HttpResponse:
    """First who would hold it (``?holder=``), then the conditions that are asked of them."""
    person = access.person(request, ref)
    plan = plan_meant.needed(request, person)
    chosen = HolderForm(request.GET if "holder" in request.GET else None, person=person)
    context: dict[str, Any] = {"person": person, "plan": plan, "chosen": chosen, "form": None}
    if not chosen.is_valid():
        return render(request, "direct_payment/holder.html", context | {"form": chosen})
    held_by, representation = _holder(person, chosen.cleaned_data["holder"])
    form = ConditionsForm(request.POST or None, held_by=held_by, on=today())
    if form.is_valid():
        with refusals(form):
            decision = conditions.decide(
                plan=plan,
                held_by=held_by,
                answers=form.answers,
                orders=form.cleaned_data["orders"],
                options=form.cleaned_data["options"],
                representation=representation,
                by=user_of(request),
                at=now(),
            )
            allowed = decision.outcome == Decision.Outcome.AGREED
            if allowed:
                messages.success(request, "The conditions of a direct payment are met.")
            else:
                messages.warning(request, f"A direct payment is refused. {decision.reasons}")
            return to_plan(plan)
    who = representation.name if representation else person.name
    offer = person.offers.filter(what=Offer.What.DIRECT_PAYMENT).order_by("-made_on", "-id").first()
    return render(
        request, "direct_payment/conditions.html", context | {"form": form, "who": who, "offer": offer}
    )


@page("direct_payment.decide")
def dp_sign(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    plan = plan_meant.needed(request, person)
    decision = conditions_decided(plan)
    if decision is None:
        messages.warning(request, "Answer the conditions of the direct payment first.")
        return redirect("dp_conditions", ref)
    initial = {"name": decision.content.get("holder", person.name), "signed_on": today()}
    form = SignForm(request.POST or None, initial=initial)
    if form.is_valid():
        said = dict(form.cleaned_data)
        with refusals(form):
            actions.sign(
                decision=decision,
                payee_name=said.pop("name"),
                account_number=said.pop("number"),
                by=user_of(request),
                at=now(),
                **said,
            )
            messages.success(request, "The agreement is signed. The first payment can go out.")
            return to_plan(plan)
    context = {"person": person, "plan": plan, "form": form, "decision": decision}
    return render(request, "direct_payment/sign.html", context)


@page("direct_payment.decide")
def dp_stop(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    agreement = person.agreements.filter(ended_on=None).select_related("plan").first()
    if agreement is None:
        raise Http404("No direct payment runs.")
    held_by = cast(HeldBy, agreement.holder)
    form = StopForm(request.POST or None, initial={"on": today()}, held_by=held_by, at=today())
    if form.is_valid():
        with refusals(form):
            _, why = actions.stop(agreement=agreement, by=user_of(request), at=now(), **form.cleaned_data)
            messages.success(request, f"The direct payment is stopped. {' '.join(why)}")
            return redirect("person_plan", ref)
    return render(
        request, "direct_payment/stop.html", {"person": person, "agreement": agreement, "form": form}
    )


@page("agreement.see")
def dp_agreement(request: HttpRequest, ref: str) -> HttpResponse:
    """The agreement to sign, or as it was signed, as an accessible PDF."""
    return agreement_pdf(access.person(request, ref), today())


@page("my.see")
def my_agreement(request: HttpRequest) -> HttpResponse:
    return agreement_pdf(access.mine(request), today())


def _holder(person: Person, chosen: str) -> tuple[HeldBy, Representation | None]:
    if chosen == "person":
        return "person", None
    representation = person.representations.get(pk=chosen)
    return cast(HeldBy, representation.kind), representation


urlpatterns = [
    path("people/<ref>/plan/direct-payment/", dp_conditions, name="dp_conditions"),
    path("people/<ref>/plan/direct-payment/sign/", dp_sign, name="dp_sign"),
    path("people/<ref>/plan/direct-payment/stop/", dp_stop, name="dp_stop"),
    path("people/<ref>/plan/direct-payment/agreement.pdf", dp_agreement, name="dp_agreement"),
    path("my/agreement.pdf", my_agreement, name="my_agreement"),
]
