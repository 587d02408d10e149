"""From rows to the core's values: whose card a line came from, what it may have been for, how accounts stand.

Nothing here decides anything. Each function reads for many people with a fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q, Sum

from wherewithal.core.arrangement import stretches_of
from wherewithal.core.exceptions import Holding, HouseholdMember, Spend
from wherewithal.core.matching import Candidate, likeness
from wherewithal.core.period import Period
from wherewithal.core.policy import Used
from wherewithal.policy.card import match_rules
from wherewithal.policy.direct_payment import relations
from wherewithal.records.models import Actual, Agreement, Household, PlanLine, Transfer
from wherewithal.records.models.plan import Plan
from wherewithal.records.terms import arrangements, terms_of

BY_HAND = "By hand"
_BEFORE = "before"  # stands for the last purchase of somebody who bought nothing since


@dataclass(frozen=True)
class Owner:
    """Whose card it is: a person by id and reference."""

    person: int
    ref: str


class Cards:
    """The owners of cards, by the provider's number and the day of a line.

    With ``hold`` their agreements are held until the transaction ends, so that nobody else takes in their
    lines meanwhile.
    """

    def __init__(self, cards: Collection[str], *, hold: bool = False) -> None:
        held = Agreement.objects.filter(card__in=set(cards) - {""}).select_related("person").order_by("id")
        self._held: dict[str, list[Agreement]] = defaultdict(list)
        for agreement in held.select_for_update(of=("self",)) if hold else held:
            self._held[agreement.card].append(agreement)
        for agreements in self._held.values():
            agreements.sort(key=lambda one: one.signed_on)

    def known(self, card: str) -> bool:
        """Did anybody ever hold it?"""
        return bool(self._held.get(card))

    def owner(self, card: str, on: date) -> Owner | None:
        """Who held the card that day, else whoever held it last; None for a card of nobody."""
        held = self._held.get(card, [])
        then = [one for one in held if one.signed_on <= on and (one.ended_on is None or on <= one.ended_on)]
        found = (then or held)[-1:]
        return Owner(found[0].person_id, found[0].person.ref) if found else None


def candidates(people: Collection[int]) -> dict[int, list[Candidate]]:
    """What each person's card lines may have been for: everything held as their direct payment."""
    by_hand: dict[int | None, set[str]] = defaultdict(set)
    hands = Actual.objects.filter(person__in=people, matched_because=BY_HAND)
    for arrangement, merchant in hands.values_list("arrangement_id", "merchant").distinct():
        by_hand[arrangement].add(merchant)
    found: dict[int, list[Candidate]] = defaultdict(list)
    for row in arrangements(people):
        prices = [price.pence_per_week for price in row.prices.all()]
        found[row.person_id].append(
            Candidate(
                row.order_number,
                row.what,
                row.supplier,
                Period(row.first, row.last),
                prices[-1] if prices else 0,
                row.line.pence_per_unit if row.line else None,
                frozenset(by_hand[row.pk]),
            )
        )
    return found


def spends(people: Collection[int], since: date) -> dict[int, list[Spend]]:
    """The lines of each person from ``since`` on, and one for the last purchase of the days before."""
    lines = Actual.objects.filter(person__in=people).exclude(state=Actual.State.UNDONE)
    found: dict[int, list[Spend]] = defaultdict(list)
    before = lines.filter(spent_on__lt=since, pence__gt=0).order_by()
    for person, last in before.values_list("person_id").annotate(Max("spent_on")):
        found[person].append(Spend(_BEFORE, last, 1, ""))
    columns = ("person_id", "pk", "spent_on", "pence", "merchant", "merchant_code")
    for person, pk, on, pence, merchant, code in (
        lines.filter(spent_on__gte=since).order_by("spent_on", "pk").values_list(*columns)
    ):
        found[person].append(Spend(str(pk), on, pence, merchant, code))
    return found


def holdings(people: Collection[int], on: date) -> dict[int, Holding]:
    """How each person's account stands at the end of ``on``."""
    held = held_by(people, on)
    terms = terms_of(people)
    paid = dict(
        Agreement.objects.filter(person__in=people, ended_on=None).values_list("person_id", "first_paid_on")
    )
    found = {}
    for person in people:
        today = [part for line in terms[person].lines for part in stretches_of(line, Period(on, on))]
        found[person] = Holding(
            held.get(person, 0),
            sum(part.pence_per_week for part in today),
            paid.get(person),
            suspended=any(on in away.days for line in terms[person].lines for away in line.suspended),
        )
    return found


def held_by(people: Collection[int], on: date) -> dict[int, int]:
    """Pence held for each person at the end of ``on``; people without an account are left out."""
    moved = Transfer.objects.filter(on__lte=on).order_by()
    came = moved.filter(debit__kind="held", debit__person__in=people).values_list("debit__person_id")
    went = moved.filter(credit__kind="held", credit__person__in=people).values_list("credit__person_id")
    found: dict[int, int] = defaultdict(int)
    for sign, side in ((1, came), (-1, went)):
        for person, pence in side.annotate(Sum("pence")):
            found[person] += sign * pence
    return found


def households(people: Collection[int], on: date) -> dict[int, list[HouseholdMember]]:
    """Whom each person's direct payment may not pay without agreement (SI 2014/2871 reg 3), on a day."""
    listed = {relation.id: relation for relation in relations(Used(on))}
    agreed, alike = _agreed_exceptions(people), match_rules(Used(on)).alike
    rows = Household.objects.filter(Q(until=None) | Q(until__gte=on), person__in=people, since__lte=on)
    found: dict[int, list[HouseholdMember]] = defaultdict(list)
    for row in rows.order_by("id"):
        relation = listed.get(row.relation)
        if relation is None or (relation.household_only and not row.same_household):
            continue
        may_be_paid = any(likeness(name, row.name) >= alike for name in agreed[row.person_id])
        found[row.person_id].append(HouseholdMember(row.name, relation.title, may_be_paid))
    return found


def _agreed_exceptions(people: Collection[int]) -> dict[int, list[str]]:
    """The relatives whom an agreed plan pays, with the reason for it on record."""
    lines = PlanLine.objects.filter(plan__person__in=people, plan__state=Plan.State.AGREED)
    paid = lines.exclude(relation="").exclude(exception_reason="").exclude(supplier="")
    found: dict[int, list[str]] = defaultdict(list)
    for person, supplier in paid.values_list("plan__person_id", "supplier"):
        found[person].append(supplier)
    return found


def since(on: date, weeks: Iterable[int | None], days: int) -> date:
    """The first day to look at for rules that look back over these weeks and days."""
    return on - timedelta(days=max([days, *(7 * (count or 0) for count in weeks)]))
