"""What the next payment settles: days that were never paid, and what earlier periods differ by now.

A direct payment is followed as entries: what went out for a period, or came back, under a reference. The
reference is an arrangement's purchase order number, or ``OFF`` for the contribution that was taken off. A
period of which nothing stands on record is paid whole; a period that does stand on record is worked out
again, so that a back-dated price, a stay in hospital, a new plan or a payment that the bank sent back all
come right by themselves, to the penny, and once.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from wherewithal.core.arrangement import DAY
from wherewithal.core.dues import Dues
from wherewithal.core.money import share_out
from wherewithal.core.payments import TAKEN_OFF, Difference, Due, Mode, PaidTwice, Terms, due
from wherewithal.core.period import Period, written
from wherewithal.core.workings import Line

OFF = ""  # the reference of the contribution that is taken off


@dataclass(frozen=True)
class Entry:
    """``pence`` that went out for a closed period (above 0) or came back (below 0); 0 where the bank sent a
    payment back, which leaves the period on record and unpaid.
    """

    period: Period
    reference: str
    pence: int


@dataclass(frozen=True)
class Part:
    """One line of a payment. ``lines`` are its workings where the period is paid for the first time."""

    period: Period
    reference: str
    pence: int
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Settlement:
    """A payment as it should go out now.

    ``contributions`` is what the person pays in for each period that was looked at. ``waiting_pence`` (0 or
    below) is what was paid too much before and is more than this payment could bear: it waits. ``orders`` are
    all the arrangements of the terms.
    """

    parts: tuple[Part, ...]
    contributions: Mapping[Period, int]
    waiting_pence: int
    lines: tuple[Line, ...]
    orders: tuple[str, ...] = ()

    @property
    def gross_pence(self) -> int:
        return sum(part.pence for part in self.parts if part.reference != OFF)

    @property
    def taken_off_pence(self) -> int:
        """The contribution taken off; below 0 when earlier periods took off too much."""
        return -sum(part.pence for part in self.parts if part.reference == OFF)

    @property
    def pence(self) -> int:
        """What goes to the bank, 0 or more."""
        return sum(part.pence for part in self.parts)

    def by_reference(self) -> dict[str, int]:
        """The payment shared out over its arrangements: what each purchase order carries, 0 or more."""
        weights: dict[str, int] = {}
        for part in self.parts:
            if part.reference != OFF:
                weights[part.reference] = weights.get(part.reference, 0) + part.pence
        references = sorted(weights) or (list(self.orders) if self.pence else [])
        shares = share_out(self.pence, [max(0, weights.get(reference, 0)) for reference in references])
        return dict(zip(references, shares, strict=True))


@dataclass(frozen=True)
class Back:
    """``pence`` above 0 that was paid too much for a period, under a purchase order number."""

    period: Period
    reference: str
    pence: int


@dataclass(frozen=True)
class Overpaid:
    """``contributions`` is what the person pays in for each period that was looked at."""

    back: tuple[Back, ...]
    contributions: Mapping[Period, int]

    @property
    def pence(self) -> int:
        return sum(one.pence for one in self.back)


def settle(
    terms: Terms, entries: Iterable[Entry], upto: date, mode_on: Callable[[date], Mode] | None = None
) -> Settlement:
    """What to pay now so that every day up to ``upto`` is paid as ``terms`` say.

    ``mode_on`` gives the mode of a period by its first day, where it is not ``terms.mode`` throughout.

    Days of which nothing is on record come first; differences of earlier periods follow, those owed to the
    person before those that come back, as long as the payment stays at 0 or above. Raises PaidTwice when
    periods on record overlap, NotPayable for a day without a price.
    """
    position, dues = _position(entries), Dues(terms, mode_on)
    fresh = {period: dues.anew(period) for period in unpaid(terms, position, upto)}
    known = {period: dues.of(period) for period in position}
    parts = [part for one in fresh.values() for part in _fresh(one, terms)]
    different = {
        period: _differences(period, _wanted(known[period]), have) for period, have in position.items()
    }
    righted, waiting = _put_right(sum(part.pence for part in parts), different)
    parts += [part for period in righted for part in different[period]]
    lines = [line for one in fresh.values() for line in one.lines]
    lines += [line for period in righted for line in dues.difference(period, position[period]).lines]
    contributions = {period: one.contribution_pence for period, one in {**fresh, **known}.items()}
    orders = tuple(dict.fromkeys(line.reference for line in terms.lines))
    return Settlement(tuple(parts), contributions, waiting, tuple(lines), orders)


def _put_right(total: int, different: Mapping[Period, list[Part]]) -> tuple[list[Period], int]:
    """The periods whose differences a payment of ``total`` pence can bear, those owed to the person first;
    and what comes back and must wait (0 or below).
    """
    righted, waiting = [], 0
    for period in sorted(different, key=lambda one: (_sum(different[one]) < 0, one.first)):
        net = _sum(different[period])
        if total + net < 0:
            waiting += net
        elif net:
            total += net
            righted.append(period)
    return righted, waiting


def overpaid(
    terms: Terms, entries: Iterable[Entry], mode_on: Callable[[date], Mode] | None = None
) -> Overpaid:
    """What was paid too much, period by period: to come back when support ended or is suspended.

    Each period's sum is shared out over the arrangements that were paid too much. Raises as ``settle``.
    """
    dues, back, contributions = Dues(terms, mode_on), [], {}
    for period, have in _position(entries).items():
        now = dues.of(period)
        contributions[period] = now.contribution_pence
        different = _differences(period, _wanted(now), have)
        if (net := -_sum(different)) > 0:
            weights = {part.reference: max(0, -part.pence) for part in different if part.reference != OFF}
            if not any(weights.values()):
                weights = {one: max(0, had) for one, had in have.items() if one != OFF}
            shares = share_out(net, list(weights.values()))
            back += [Back(period, one, pence) for one, pence in zip(weights, shares, strict=True) if pence]
    return Overpaid(tuple(back), contributions)


def statement(
    terms: Terms, entries: Iterable[Entry], mode_on: Callable[[date], Mode] | None = None
) -> Difference:
    """What was paid beside what is due now, for each period that differs: above 0 is owed to the person."""
    dues = Dues(terms, mode_on)
    found = [
        dues.difference(period, have)
        for period, have in _position(entries).items()
        if _sum(_differences(period, _wanted(dues.of(period)), have))
    ]
    rows = tuple(row for one in found for row in one.rows)
    return Difference(
        sum(one.pence for one in found), rows, tuple(line for one in found for line in one.lines)
    )


def unpaid(terms: Terms, known: Collection[Period], upto: date) -> list[Period]:
    """The stretches of days up to ``upto`` of which nothing is on record, from the first day of support."""
    starts = [active.first for line in terms.lines for active in line.active]
    starts += [item.on for item in terms.one_offs]
    if not starts:
        return []
    day, found = min(starts), []
    for period in sorted(known, key=_first):
        if day < period.first <= upto:
            found.append(Period(day, period.first - DAY))
        day = max(day, (period.last or period.first) + DAY)
    return [*found, Period(day, upto)] if day <= upto else found


def _position(entries: Iterable[Entry]) -> dict[Period, dict[str, int]]:
    """Pence by period and reference, in the order of the periods; raises PaidTwice."""
    found: dict[Period, dict[str, int]] = {}
    for entry in entries:
        under = found.setdefault(entry.period, {})
        under[entry.reference] = under.get(entry.reference, 0) + entry.pence
    periods = sorted(found, key=_first)
    for earlier, later in pairwise(periods):
        if earlier.last is None or later.first <= earlier.last:
            raise PaidTwice(
                f"The days from {written(later.first)} stand in two periods. Undo one of the payments first."
            )
    return {period: found[period] for period in periods}


def _wanted(now: Due) -> dict[str, int]:
    return {**now.by_reference, OFF: -now.taken_off_pence}


def _differences(period: Period, wanted: Mapping[str, int], have: Mapping[str, int]) -> list[Part]:
    references = [*wanted, *(reference for reference in have if reference not in wanted)]
    parts = [Part(period, one, wanted.get(one, 0) - have.get(one, 0)) for one in references]
    return [part for part in parts if part.pence]


def _fresh(fresh: Due, terms: Terms) -> list[Part]:
    parts = []
    for reference, pence in fresh.by_reference.items():
        if pence:
            own = Terms(
                tuple(line for line in terms.lines if line.reference == reference),
                one_offs=tuple(item for item in terms.one_offs if item.reference == reference),
            )
            parts.append(Part(fresh.period, reference, pence, due(fresh.period, own).lines))
    if fresh.taken_off_pence:
        off = Line(TAKEN_OFF, -fresh.taken_off_pence, "pence")
        parts.append(Part(fresh.period, OFF, -fresh.taken_off_pence, (off,)))
    return parts


def _first(period: Period) -> date:
    return period.first


def _sum(parts: Iterable[Part]) -> int:
    return sum(part.pence for part in parts)
