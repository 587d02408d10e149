"""The direct payment agreement as a PDF: before it is signed to be signed, afterwards as it was."""

from datetime import date

from django.http import Http404, HttpResponse

from wherewithal.core.costing import CostedLine, amount_in_words
from wherewithal.core.policy import Used
from wherewithal.core.workings import Line
from wherewithal.policy.agreement import agreement_words
from wherewithal.policy.payment import mode
from wherewithal.records.models import Agreement, Person, Plan
from wherewithal.records.reading import as_line, conditions_decided
from wherewithal.web import letters
from wherewithal.web.budgets import envelope, large, unsure
from wherewithal.web.downloads import pdf_answer
from wherewithal.web.plan_meant import plans

HOW_PAID = {
    "card": "We pay it onto a prepaid card, every four weeks in advance.",
    "bank": "We pay it into the bank account that you gave us, every four weeks in advance.",
    "": "We pay it every four weeks in advance, onto a prepaid card or into an account kept for it.",
}


def agreement_pdf(person: Person, on: date) -> HttpResponse:
    """The running agreement, else that of the agreed plan, to be signed. Raises Http404 without a plan whose
    direct payment was allowed.
    """
    agreement = person.agreements.filter(ended_on=None).select_related("representation").first()
    agreed = plans().filter(person=person, state=Plan.State.AGREED, lines__held="direct_payment").distinct()
    plan = plans().get(pk=agreement.plan_id) if agreement else agreed.first()
    if plan is None:
        raise Http404("There is no agreed plan with a direct payment.")
    made = _letter(person, plan, agreement, on)
    return pdf_answer(made, f"direct-payment-agreement-{person.ref}.pdf")


def _letter(person: Person, plan: Plan, agreement: Agreement | None, on: date) -> bytes:
    lines = [as_line(line) for line in plan.lines.all() if line.held == "direct_payment"]
    outcomes = {str(one.pk): one.text for one in plan.outcomes.all()}
    words = agreement_words(Used(on))
    holder = _holder(person, plan, agreement)
    return letters.agreement(
        envelope(person, on),
        starts_on=agreement.signed_on if agreement else max(on, min(line.first for line in lines)),
        amounts=_amounts(person, plan.kind, lines, on),
        how_paid=HOW_PAID[agreement.paid_to if agreement else ""],
        uses=[_use(line, outcomes.get(line.outcome, "")) for line in lines],
        you_agree=words.you_agree,
        we_agree=words.we_agree,
        reviews=words.reviews,
        council_may_stop=words.council_may_stop,
        holder=holder,
        large_print=large(person),
    )


def _amounts(person: Person, kind: str, lines: list[CostedLine], on: date) -> list[Line]:
    """What comes regularly, less the person's own share where it is taken off first; one-offs apart."""
    regular = sum(line.pence_per_week for line in lines if line.how_often != "one-off")
    found = [Line("Your direct payment", regular, "pence_per_week")]
    current = person.financial_assessments.filter(state="current", kind=kind).first()
    if current and current.pence_per_week and mode(Used(on)) == "net":
        share = min(current.pence_per_week, regular)
        says = f"Your own share, which we take off{unsure(current)}"
        found.append(Line(says, -share, "pence_per_week"))
        regular -= share
    found.append(Line("What we pay every four weeks", 4 * regular, "pence"))
    once = [Line(f"{line.what}, once", line.one_off_pence, "pence") for line in lines if line.one_off_pence]
    return found + once


def _use(line: CostedLine, outcome: str) -> letters.Use:
    return letters.Use(f"{line.what} ({amount_in_words(line)})", outcome, line.pence_per_week)


def _holder(person: Person, plan: Plan, agreement: Agreement | None) -> str:
    if agreement:
        return agreement.representation.name if agreement.representation else person.name
    decision = conditions_decided(plan)
    return decision.content.get("holder", person.name) if decision else person.name
