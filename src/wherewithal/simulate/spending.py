"""What people buy with a card in some days: from whom, how much, and now and then something odd."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from wherewithal.core.period import Period
from wherewithal.formats.card_csv import CardLine
from wherewithal.simulate.demo import PAT
from wherewithal.simulate.persona import Persona
from wherewithal.simulate.support import CARERS, HOME_CARE, PAYROLL, SIDE

DAY = timedelta(days=1)
SATURDAY, FRIDAY = 5, 4
IDLE = (84, 84 + 63)  # days from the first payment between which somebody who stops buys nothing
CODES = {
    supplier: one.merchant_code for one in (*SIDE, *CARERS, HOME_CARE, PAYROLL) for supplier in one.suppliers
}
ODD_SHOPS = (
    ("The Pretend Arms", "5813", 2_340), ("Imaginary Bets", "7995", 1_000),
    ("Once Upon a Wine", "5921", 1_875), ("Make-Believe Jewels", "5944", 6_500),
)  # fmt: skip
CASH = "CASH MACHINE EXAMPLE STREET"
CORNER_STORES = ("Corner Stores", "5921", 4_800)


@dataclass(frozen=True)
class Bought:
    """Part of a plan as the card sees it: ``pence_per_week`` by the day on which a price starts."""

    supplier: str
    kind: str
    how_often: str
    runs: Period
    prices: tuple[tuple[date, int], ...]
    away: tuple[Period, ...] = ()

    def pence_per_week(self, day: date) -> int:
        """0 on days on which it does not run."""
        if day not in self.runs or any(day in away for away in self.away):
            return 0
        return next((pence for first, pence in reversed(self.prices) if first <= day), 0)


@dataclass(frozen=True)
class Holder:
    """Somebody with a card: since when, what for, and what it holds at the end of the days looked at."""

    persona: Persona
    card: str
    signed_on: date
    held_pence: int
    bought: tuple[Bought, ...] = field(default_factory=tuple)


def lines(holder: Holder, days: Period, last: bool) -> list[CardLine]:
    """What the card was used for in ``days`` (closed), while its money lasts; ``last``: the latest days."""
    found = sorted(_all(holder, days, last), key=lambda row: row[0])
    made, left = [], holder.held_pence
    for place, (on, merchant, code, pence) in enumerate(found, 1):
        if pence <= left:
            left -= pence
            identity = f"{holder.card}-{days.first:%Y%m%d}-{place}"
            made.append(CardLine(identity, holder.card, on, merchant, code, pence, "", place))
    return made


Row = tuple[date, str, str, int]


def _all(holder: Holder, days: Period, last: bool) -> Iterator[Row]:
    rng = holder.persona.rng(f"spends {days.first}")
    yield from _odd(holder, days, last)
    for one in holder.bought:
        for on in _days(days):
            if not _is_idle(holder, on) and (weekly := one.pence_per_week(on)):
                yield from _on(one, on, weekly, holder.persona.twist, rng)


def _on(one: Bought, on: date, weekly: int, twist: str, rng: Random) -> Iterator[Row]:
    """What of this is bought on that day: wages on Fridays, the taxi there and back, the month's bill."""
    code = CODES.get(one.supplier, "")
    if twist == "saver" and rng.random() < 0.55:
        return
    if one.how_often != "weekly":
        if on.day == (2 if one.how_often == "monthly" else 12):
            yield on, one.supplier, code, weekly * 52 // 12
    elif on.weekday() == (FRIDAY if one.kind == "personal_assistant" else SATURDAY) and rng.random() < 0.98:
        pence = 10 * (weekly * rng.randint(94, 102) // 1000)
        if one.kind == "transport":
            yield from 2 * [(on, one.supplier, code, max(1, pence // 2))]
        else:
            yield on, one.supplier.upper(), code, max(1, pence)
            if rng.random() < 0.01:
                yield on, one.supplier.upper(), code, -max(1, pence // 4)


def _odd(holder: Holder, days: Period, last: bool) -> Iterator[Row]:
    """What the council will want a word about, for whom it befalls."""
    rng = holder.persona.rng("odd")
    on = holder.signed_on + timedelta(days=rng.randint(45, 130))
    if holder.persona.number == PAT and last and days.last:
        yield days.last - DAY, *CORNER_STORES
    if on not in days or days.last is None:
        return
    twist = "odd_shop" if holder.persona.number == PAT else holder.persona.twist
    if twist == "odd_shop":
        yield on, *rng.choice(ODD_SHOPS)
    elif twist == "cash":
        for place in range(3):
            yield min(on + 5 * place * DAY, days.last), CASH, "6011", rng.choice((4_000, 5_000, 6_000))
    elif twist == "paid_household" and holder.persona.household.member:
        yield on, holder.persona.household.member.upper(), "", rng.choice((6_000, 8_500, 12_000))


def _is_idle(holder: Holder, on: date) -> bool:
    first, last = (holder.signed_on + timedelta(days=count) for count in IDLE)
    return holder.persona.twist == "idle" and first <= on <= last


def _days(period: Period) -> Iterable[date]:
    return (period.first + count * DAY for count in range(period.days))
