"""A resource allocation scheme as data: how a council turns points into money, and what it adds or takes off.

Three published ways: a price per point, bands, and percentile matching. Whatever a scheme file holds, more
need never gives less money: a file that would break this is refused when it is read, naming the row.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

from wherewithal.core.money import pounds
from wherewithal.core.period import Period, written
from wherewithal.core.policy import Dated, Parameter, fingerprint
from wherewithal.core.refusal import Refusal

Way = Literal["price_per_point", "bands", "percentile"]
About = Literal["adult", "carer"]
Kind = Literal["unpaid_care", "lives_with_someone", "sparse_place", "contingency"]

UNPAID_CARE = ("none", "some", "a_lot", "most")
_ADDS = ("sparse_place",)


class SchemeBroken(Refusal):
    """A scheme file that cannot be used, or that would give less money for more need."""


class SchemeNotInForce(Refusal):
    """A scheme used on a day outside its dates."""


@dataclass(frozen=True)
class Step:
    """A row of a table: from ``points_from`` points, ``pence_per_week`` (before adjustments)."""

    points_from: int
    pence_per_week: int


@dataclass(frozen=True)
class Adjustment:
    """What a circumstance adds (above 0) or takes off (below 0), by level: percent or pence a week.

    Unpaid care has the levels of ``UNPAID_CARE``; every other kind has one level, "yes".
    """

    kind: Kind
    says: str
    unit: Literal["percent", "pence_per_week"]
    change: tuple[tuple[str, int], ...]

    def __post_init__(self) -> None:
        levels = UNPAID_CARE if self.kind == "unpaid_care" else ("yes",)
        if tuple(level for level, _ in self.change) != levels:
            raise SchemeBroken(f"The adjustment “{self.kind}” must give a number for: {', '.join(levels)}.")
        amounts = [amount for _, amount in self.change]
        if self.kind in _ADDS and min(amounts) < 0:
            raise SchemeBroken(f"The adjustment “{self.kind}” may add money, not take it off.")
        if self.kind not in _ADDS and max(amounts) > 0:
            raise SchemeBroken(f"The adjustment “{self.kind}” may take money off, not add it.")
        if self.unit == "percent" and min(amounts) < -100:
            raise SchemeBroken(f"The adjustment “{self.kind}” takes off more than 100%.")
        if self.kind == "unpaid_care" and (amounts[0] != 0 or amounts != sorted(amounts, reverse=True)):
            raise SchemeBroken(
                "The adjustment “unpaid_care” must take nothing off for none, and never less for more care."
            )

    def amount(self, level: str) -> int:
        """Percent or pence a week for a level; 0 for "no"."""
        return dict(self.change).get(level, 0)

    def record(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"says": self.says, "unit": self.unit, "change": dict(self.change)}

    def applied(self, pence: Fraction, level: str) -> Fraction:
        """``pence`` a week after this adjustment, exact, never below 0. Nothing is added to nothing."""
        amount = self.amount(level)
        if self.unit == "percent":
            return pence * (100 + amount) / 100
        return max(Fraction(0), pence + amount) if pence > 0 else pence


@dataclass(frozen=True)
class InForce:
    """What a scheme says on a day: the price then, and the record and fingerprint of all its values."""

    price: Dated | None
    record: tuple[dict[str, Any], ...]
    fingerprint: str


@dataclass(frozen=True)
class Scheme:
    """One version of a scheme, in force from ``first`` to ``last`` (None: still open).

    ``price`` is pence a week for each point above ``free_points`` (price_per_point only); ``table`` holds
    the bands or the ladder. ``in_force`` is False for a scheme kept only for comparison. ``verified`` is
    False where the method could not be confirmed from a source.
    """

    id: str
    title: str
    version: str
    about: About
    first: date
    last: date | None
    source: str
    made_up: bool
    way: Way
    in_force: bool = True
    verified: bool = True
    free_points: int = 0
    price: Parameter | None = None
    table: tuple[Step, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()

    def __post_init__(self) -> None:
        if self.way == "price_per_point":
            self._check_price()
        else:
            self._check_table()
        kinds = [adjustment.kind for adjustment in self.adjustments]
        if len(set(kinds)) != len(kinds):
            raise SchemeBroken(f"The scheme “{self.title}” names an adjustment twice.")
        if self.way == "percentile" and "contingency" in kinds:
            raise SchemeBroken(
                f"The scheme “{self.title}” takes a contingency off twice: in its ladder and again after it."
            )

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)

    def on(self, day: date) -> InForce:
        """The scheme's values on ``day``; raises SchemeNotInForce, or NoPolicy for a missing price."""
        if day not in self.period:
            until = f" to {written(self.last)}" if self.last else ""
            raise SchemeNotInForce(
                f"The scheme “{self.title}” (version {self.version}) is in force from "
                f"{written(self.first)}{until}, not on {written(day)}. Use the scheme of that day."
            )
        return self._by_price[self.price.at(day).first if self.price else None]

    @cached_property
    def _by_price(self) -> dict[date | None, InForce]:
        prices: tuple[Dated | None, ...] = self.price.values if self.price else (None,)
        return {price.first if price else None: self._in_force(price) for price in prices}

    def _in_force(self, price: Dated | None) -> InForce:
        def row(name: str, value: Any) -> dict[str, Any]:
            return {"name": f"{self.id}.{name}", "value": value, "from": self.first.isoformat(),
                    "source": self.source, "verified": self.verified}  # fmt: skip

        rows = [row("scheme", {"version": self.version, "way": self.way, "about": self.about})]
        if price:
            rows.append(row("free_points", self.free_points))
            dated = {"from": price.first.isoformat(), "source": price.source, "verified": price.verified}
            rows.append(row("pence_per_point", price.value) | dated)
        else:
            rows.append(row("table", [[step.points_from, step.pence_per_week] for step in self.table]))
        rows += [row(adjustment.kind, adjustment.record()) for adjustment in self.adjustments]
        return InForce(price, tuple(rows), fingerprint(rows))

    def _check_price(self) -> None:
        if self.price is None or self.table:
            raise SchemeBroken(f"The scheme “{self.title}” needs dated prices and no table.")
        for dated in self.price.values:
            if not isinstance(dated.value, int) or dated.value < 0:
                raise SchemeBroken(
                    f"In the scheme “{self.title}”, the price from {written(dated.first)} must be whole "
                    "pence a week for each point, 0 or more."
                )
        if self.free_points < 0:
            raise SchemeBroken(f"In the scheme “{self.title}”, the free points must be 0 or more.")

    def _check_table(self) -> None:
        if not self.table or self.price is not None or self.free_points:
            raise SchemeBroken(f"The scheme “{self.title}” needs a table, and neither price nor free points.")
        if self.table[0].points_from < 0 or self.table[0].pence_per_week < 0:
            raise SchemeBroken(f"In the scheme “{self.title}”, row 1 of the table is below 0.")
        for number, (before, step) in enumerate(pairwise(self.table), 2):
            if step.points_from <= before.points_from:
                raise SchemeBroken(
                    f"In the scheme “{self.title}”, row {number} of the table starts at {step.points_from} "
                    f"points, not above the row before it ({before.points_from})."
                )
            if step.pence_per_week < before.pence_per_week:
                raise SchemeBroken(
                    f"In the scheme “{self.title}”, row {number} of the table (from {step.points_from} "
                    f"points) gives {pounds(step.pence_per_week)} a week, less than the row before it "
                    f"({pounds(before.pence_per_week)}). More need must never give less money."
                )
