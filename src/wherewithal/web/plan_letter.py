"""The support plan as an accessible PDF: to print, to keep, to read with somebody."""

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from wherewithal.core.money import a_week
from wherewithal.core.period import written
from wherewithal.records.models import Decision, Plan, Review
from wherewithal.web import access, letters, plan_meant
from wherewithal.web.budgets import envelope, large
from wherewithal.web.clock import today
from wherewithal.web.downloads import pdf_answer
from wherewithal.web.page import page
from wherewithal.web.plan_rows import Card, RiskRow, Row
from wherewithal.web.plan_sheet import Sheet

WRITTEN = {
    "person": "You wrote it yourself.",
    "family": "Your family or friends wrote it with you.",
    "broker": "A broker wrote it with you.",
    "worker": "A worker wrote it with you.",
}


@page("plan.see")
def plan_pdf(request: HttpRequest, ref: str) -> HttpResponse:
    return _answer(plan_meant.needed(request, access.person(request, ref)))


@page("my.see")
def my_plan_pdf(request: HttpRequest) -> HttpResponse:
    return _answer(plan_meant.needed(request, access.mine(request)))


def _answer(plan: Plan) -> HttpResponse:
    """Raises Http404 for a plan that nobody has written a word of."""
    sheet = Sheet(plan, today())
    if not sheet.cards and not plan.summary:
        raise Http404("Nothing is written in this plan yet.")
    return pdf_answer(plan_letter(sheet), f"support-plan-{plan.person.ref}-{plan.version}.pdf")


def plan_letter(sheet: Sheet) -> bytes:
    """The plan as it stands on the sheet's day, in large print where that is the person's format."""
    plan, decided = sheet.plan, sheet.last_decision
    agreed = decided if decided and decided.outcome == Decision.Outcome.AGREED else None
    data = {
        "standing": _standing(sheet),
        "written": f"This is version {plan.version}. {WRITTEN[plan.written_by]}",
        "summary": plan.summary,
        "wishes": plan.wishes,
        "outcomes": [_outcome(card) for card in sheet.cards],
        "sums": [{"says": says, "amount": amount} for says, amount in sheet.sums_in_plain_words],
        "why_different": plan.final_reason,
        "conditions": agreed.conditions if agreed else "",
        "contingency": plan.contingency or "The plan does not say. Tell us whom we should ring.",
        "risks": [_risk(row) for row in sheet.risks],
        "reviews": _reviews(plan),
    }
    to = asdict(envelope(plan.person, sheet.on))
    return letters.pdf("plan", {**to, **data}, large_print=large(plan.person))


def _standing(sheet: Sheet) -> str:
    plan = sheet.plan
    if plan.state in ("draft", "sent_back"):
        return "This is a draft. Nothing is decided yet: tell us what should be different."
    if plan.state == "submitted":
        return "The plan is written. We are deciding whether the council agrees it."
    if plan.agreed_on is None:
        return "This plan was not agreed."
    over = f" It was replaced or ended on {written(plan.ended_on)}." if plan.ended_on else ""
    budget = ""
    if sheet.has_budget:
        budget = f" Your personal budget is {a_week(plan.final_pence_per_week or 0)}."
    return f"The plan was agreed on {written(plan.agreed_on)}.{budget}{over}"


def _outcome(card: Card) -> dict[str, Any]:
    words = card.outcome.text if card.outcome else "Also arranged"
    return {"text": words, "uses": [_use(row) for row in card.rows]}


def _use(row: Row) -> dict[str, Any]:
    line = row.of
    until = f" to {written(line.last)}" if line.last else ""
    supplier = f"From {line.supplier}. " if line.supplier else ""
    notes = [f"{supplier}{row.how}.", f"{line.get_held_display()}, from {written(line.first)}{until}."]
    amount = a_week(row.costs.pence_per_week)
    return {"says": line.what, "notes": notes, "changed": row.changed, "amount": amount}


def _risk(row: RiskRow) -> dict[str, Any]:
    says = [f"{row.mitigation}." if row.mitigation else "We still have to say what is done about it."]
    if row.of.owner:
        says.append(f"{row.of.owner} sees to it.")
    if row.of.accepted_because:
        says.append(f"Why it is worth taking: {row.of.accepted_because}")
    return {"what": row.of.what, "says": says}


def _reviews(plan: Plan) -> str:
    """When the plan is looked at again."""
    ahead = plan.reviews.filter(state__in=Review.AHEAD).order_by("due_on").first()
    if ahead is None:
        return "You can ask us to look at it again at any time."
    return f"We look at it with you by {written(ahead.due_on)}. You can ask for it sooner."


urlpatterns = [
    path("people/<ref>/plan/plan.pdf", plan_pdf, name="plan_pdf"),
    path("my/plan.pdf", my_plan_pdf, name="my_plan_pdf"),
]
