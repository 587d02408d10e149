"""The financial assessment, for staff: what a person has and gets, and the contribution it comes to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from wherewithal.actions import finance as actions
from wherewithal.core.charging_rules import NoChargingRates
from wherewithal.core.money import pounds
from wherewithal.policy.charging import expense_kinds, income_kinds
from wherewithal.records.models import FinancialAssessment, Person
from wherewithal.web import access, budgets
from wherewithal.web.clock import now, today
from wherewithal.web.downloads import pdf_answer
from wherewithal.web.finance_form import FinanceForm
from wherewithal.web.page import page, refusals, render


@page("finance.assess")
def finance_assess(request: HttpRequest, ref: str) -> HttpResponse:
    person = access.person(request, ref)
    if refused := _refused(person):
        return render(request, "finance/assess.html", {"person": person, "refused": refused})
    form = _form(request, person)
    if form.is_valid() and not form.quiet and person.born_on:
        with refusals(form):
            made = actions.assess(
                person=person,
                means=form.means(person.born_on),
                first=form.cleaned_data["first"],
                by=access.user_of(request),
                at=now(),
            )
        if form.is_valid():
            messages.success(request, _said(made))
            return redirect("person_budget", ref)
    return render(request, "finance/assess.html", {"person": person, "form": form, "refused": ""})


@page("contribution.see")
def contribution_letter(request: HttpRequest, ref: str) -> HttpResponse:
    """The letter on what they pay: the one that ``?of=`` names, else the first. Raises Http404."""
    person = access.person(request, ref)
    assessed = budgets.paid_towards(person, request.GET.get("of", ""))
    made = budgets.contribution_letter(assessed, today())
    return pdf_answer(made, f"contribution-{person.ref}.pdf")


def _kind(request: HttpRequest) -> str:
    """Which budget it is about: ``?about=carer``, else their own."""
    return "carer" if request.GET.get("about") == "carer" else "adult"


def _form(request: HttpRequest, person: Person) -> FinanceForm:
    """Starts from the assessment before of that kind, else from the facts of the other."""
    towards = _budgets(person)
    about = _kind(request) if _kind(request) in towards else towards[0]
    known = sorted(budgets.pays(person), key=lambda one: one.kind != about)
    kept = known[0] if known else None
    kinds = (income_kinds(today()), expense_kinds(today()), towards)
    if request.method == "POST":
        return FinanceForm(*kinds, request.POST, quiet="more" in request.POST)
    initial = {"first": today(), "about": about}
    return FinanceForm(*kinds, kept=kept.means if kept else None, initial=initial)


def _budgets(person: Person) -> list[str]:
    """The kinds of budget that there are to pay towards."""
    return [kind for kind in ("adult", "carer") if actions.current_budget(person, kind) is not None]


def _refused(person: Person) -> str:
    """Why nothing can be assessed today, '' where it can."""
    if person.born_on is None:
        return "The rules go by age. Write down when the person was born, then assess."
    if not _budgets(person):
        return "There is no budget yet to pay towards. Work out the indicative budget first."
    try:
        income_kinds(today())
    except NoChargingRates as refusal:
        return refusal.says
    return ""


def _said(made: FinancialAssessment) -> str:
    if made.full_cost:
        return (
            f"They pay the full cost, {pounds(made.pence_per_week)} a week for now. "
            "They can plan their support all the same."
        )
    return f"They pay {pounds(made.pence_per_week)} a week."


urlpatterns = [
    path("people/<ref>/budget/contribution/", finance_assess, name="finance_assess"),
    path("people/<ref>/budget/contribution/letter.pdf", contribution_letter, name="contribution_letter"),
]
