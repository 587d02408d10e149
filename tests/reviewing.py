"""Made-up people whose support runs and is reviewed, through the real actions."""

from dataclasses import replace
from datetime import date

from making import at
from planning import GROUP, agreed, doing, signed

from wherewithal.actions import offer, posting, review, review_held
from wherewithal.core.ledger import COUNCIL, Account, Transfer
from wherewithal.core.review_held import Seen, from_record
from wherewithal.records.models import Actual, Person, Plan, Review

SEVEN_WEEKS_ON = at(2026, 5, 25)  # a plan agreed on 6 April 2026 is reviewed from 18 May to 1 June
SAID = {"summary": "She swims every week and wants to go on.", "next_step": "carry_on"}


def running(who: Person | None = None, **more) -> Plan:
    """A plan agreed on 6 April 2026 whose direct payment was signed on that day."""
    plan = agreed(who, **more)
    signed(plan)
    plan.refresh_from_db()
    return plan


def managed(who: Person | None = None) -> Plan:
    """A plan agreed on 6 April 2026 that the council manages whole."""
    return agreed(who, lines=(GROUP,), why_different="She wants to begin with one thing.")


def ahead(of: Plan, kind: str = "plan") -> Review:
    return Review.objects.get(person=of.person, kind=kind, state__in=["due", "held"])


def held(of: Plan, kind: str = "plan", moment=SEVEN_WEEKS_ON) -> Review:
    return review.hold(review=ahead(of, kind), **doing(moment=moment))


def seen(of: Review, level: str = "met", note: str = "") -> dict[str, Seen]:
    """Every outcome of the plan at one level, as a review writes it down."""
    return {str(outcome.pk): Seen(level, note) for outcome in of.plan.outcomes.all()}


def written(of: Review, moment=SEVEN_WEEKS_ON, **said) -> Review:
    """What was written down before with this instead or besides."""
    kept = from_record(Review.objects.get(pk=of.pk).said_so_far)
    return review_held.write_down(review=of, said=replace(kept, **said), **doing(moment=moment))


def observed(of: Review, level: str = "met", note: str = "", moment=SEVEN_WEEKS_ON) -> Review:
    """Every outcome of the plan at one level."""
    return written(of, moment, seen=seen(of, level, note))


def ready(of: Plan, kind: str = "plan", moment=SEVEN_WEEKS_ON, level: str = "met") -> Review:
    """A review at which all is seen and a direct payment was offered again."""
    made = observed(held(of, kind, moment), level, moment=moment)
    offer.make(person=of.person, review=made, answer="accepted", **doing(moment=moment))
    return made


def finished(of: Review, moment=SEVEN_WEEKS_ON, **said) -> Review:
    made = written(of, moment, **{**SAID, **said})
    return review_held.finish(review=made, **doing(moment=moment))


def paid_in(who: Person, pence: int, on: date) -> None:
    """Money that the council paid into the person's budget."""
    posting.post([_moved(who, "payment", Account("held", who.ref), COUNCIL, pence, on)])


def spent(who: Person, pence: int, on: date, arrangement=None) -> None:
    """A card line, matched to an arrangement or open."""
    line = _moved(who, "spending", Account("spent", who.ref), Account("held", who.ref), pence, on)
    posting.post([line])
    Actual.objects.create(
        person=who, source="csv", line_id=line.transfer.key, card="1", spent_on=on, merchant="Corner Pool",
        pence=pence, arrangement=arrangement, transfer_id=posting.transfer_id(line.transfer.key),
    )  # fmt: skip


def _moved(who: Person, kind: str, debit: Account, credit: Account, pence: int, on: date) -> posting.Posting:
    key = f"{kind}:{who.ref}:{pence}:{on}"
    return posting.Posting(Transfer(key, debit, credit, pence, on, at(2026, 5, 1), kind))
