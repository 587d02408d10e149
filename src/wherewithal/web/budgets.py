"""What pages and letters show of a budget and a contribution, from what was kept with each."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404

from wherewithal.core.allocation import what_would_change
from wherewithal.core.circumstances import Circumstances
from wherewithal.core.policy import Used
from wherewithal.core.recompute import kept_scheme
from wherewithal.core.workings import Line, from_record
from wherewithal.policy.charging import rules_on
from wherewithal.policy.payment import mode
from wherewithal.records.models import Allocation, FinancialAssessment, Person
from wherewithal.records.models.person import Format
from wherewithal.records.reading import gave_own_answers
from wherewithal.web import letters
from wherewithal.web.templating import council_name, reach_us


@dataclass(frozen=True)
class Slip:
    """Workings as on a payslip: the lines, what they come to, and the lines that only explain."""

    lines: list[Line]
    totals: list[Line]
    notes: list[Line]


def budget_slip(allocation: Allocation) -> Slip:
    """The lines up to the sum; the week and the year; what explains (the guide, what is seen differently)."""
    lines = from_record(allocation.workings)
    notes = [line for line in lines if line.value is None]
    counted = [line for line in lines if line.value is not None]
    return Slip(counted[:-2], counted[-2:], notes)


def guide(allocation: Allocation) -> list[Line]:
    """The lines that explain, without those on what is seen differently: a page shows these as a table."""
    said = len(allocation.inputs["differences"])
    notes = budget_slip(allocation).notes
    return notes[: len(notes) - said]


def contribution_slip(assessed: FinancialAssessment) -> Slip:
    lines = from_record(assessed.workings)
    return Slip(lines[:-1], lines[-1:], [])


def would_change(allocation: Allocation) -> tuple[str, ...]:
    """What would move this budget, under the scheme that was kept with it."""
    return what_would_change(
        kept_scheme(allocation.policy),
        points=allocation.points,
        circumstances=Circumstances(**allocation.inputs["circumstances"]),
        on=date.fromisoformat(allocation.inputs["on"]),
    )


def unsure(assessed: FinancialAssessment) -> str:
    """What stands after an amount that is shown without its workings; '' where every rate is verified."""
    return " (uses an unverified rate)" if assessed.unverified else ""


def unverified(assessed: FinancialAssessment) -> list[str]:
    """The values that were used and are not verified, by their titles."""
    known = rules_on(assessed.first).parameters if assessed.unverified else {}
    return [known[name].title if name in known else name for name in assessed.unverified]


def budget_letter(allocation: Allocation, on: date) -> bytes:
    """The indicative budget as a letter to the person, in large print where that is their format."""
    slip = budget_slip(allocation)
    return letters.budget(
        envelope(allocation.person, on),
        pence_per_week=allocation.pence_per_week,
        lines=slip.lines,
        totals=slip.totals,
        explains=[
            whose_answers(allocation),
            *(line.says for line in guide(allocation)),
            *_seen_differently(allocation),
        ],
        large_print=large(allocation.person),
    )


def contribution_letter(assessed: FinancialAssessment, on: date) -> bytes:
    """The contribution as a letter to the person."""
    slip = contribution_slip(assessed)
    found = unverified(assessed)
    explains = [f"Not yet checked against the published original: {'; '.join(found)}."] if found else []
    return letters.contribution(
        envelope(assessed.person, on),
        pence_per_week=assessed.pence_per_week,
        starts_on=assessed.first,
        how_paid=how_paid(assessed),
        lines=slip.lines,
        totals=slip.totals,
        explains=explains,
        full_cost=assessed.full_cost and assessed.means["assessed"] == "in_full",
        large_print=large(assessed.person),
    )


def how_paid(assessed: FinancialAssessment) -> str:
    """How the contribution comes in, by the council's policy of the day it starts."""
    if not assessed.pence_per_week:
        return "You pay nothing."
    if mode(Used(assessed.first)) == "net":
        return (
            "Where we pay you a direct payment, we take your share off first. You put it to the money we pay."
        )
    return "We pay your budget in full and send you a bill for your share."


def envelope(person: Person, on: date) -> letters.Envelope:
    """What stands on every letter to this person."""
    who = str(person.worker) if person.worker else "the adult social care team"
    return letters.Envelope(
        council=council_name(),
        contact=f"Please ask {who} at {council_name()}: ring {reach_us().telephone}, or write to "
        f"{reach_us().email}.",
        name=person.name,
        reference=person.ref,
        on=on,
        address=tuple(line for line in [*person.address.splitlines(), person.postcode] if line.strip()),
    )


def large(person: Person) -> bool:
    return person.format == Format.LARGE_PRINT


def whose_answers(allocation: Allocation) -> str:
    """That the workings stand on the worker's answers, told to the person, who may have given none."""
    says = "The answers above are those of the worker who assessed you."
    if gave_own_answers(allocation.assessment):
        return says
    return f"{says} We have none of your own: tell us where you see it differently."


def _seen_differently(allocation: Allocation) -> list[str]:
    """Where the person's own answers differ from the worker's, told to the person."""
    return [
        f"We see this differently: {row['text']}. "
        f"You said: {row['before_text']}. We found: {row['after_text']}."
        for row in allocation.inputs["differences"]
    ]


def pays(person: Person) -> list[FinancialAssessment]:
    """What the person pays now: towards their own budget, then towards the one they have as a carer."""
    current = person.financial_assessments.filter(state=FinancialAssessment.State.CURRENT)
    return list(current.select_related("by", "person", "person__worker").order_by("kind"))


def paid_towards(person: Person, wanted: str) -> FinancialAssessment:
    """The one of ``pays`` that ``wanted`` names by its id, else the first. Raises Http404."""
    found = next((one for one in pays(person) if not wanted or str(one.pk) == wanted), None)
    if found is None:
        raise Http404("What this person pays has not been worked out yet.")
    return found


def live(person: Person) -> list[Allocation]:
    """The budgets in force, the adult's before the carer's, each with what was asked about it."""
    return list(
        person.allocations.exclude(state=Allocation.State.SUPERSEDED)
        .select_related("assessment", "person", "person__worker", "by")
        .prefetch_related("decisions")
        .order_by("assessment__kind", "-pk")
    )
