"""How far two coders agree on whether a code applies: per cent and Cohen's kappa.

Sources: Cohen, Educational and Psychological Measurement 20, 1960; Fleiss, Cohen and Everitt, Psychological
Bulletin 72, 1969 (the standard error).
"""

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

Z_95 = 1.959963984540054  # the point of the normal curve beyond which 2.5% lie on either side


class Status(StrEnum):
    """Whether there is a kappa, and if not, why, in words."""

    OK = "ok"
    NOTHING = "nothing to compare"
    NEVER = "neither coder used it"
    ALWAYS = "both coders used it everywhere"
    CONSTANT = "one coder never varied, so kappa is 0 however often they agree"


@dataclass(frozen=True)
class Kappa:
    """``value`` from -1 to 1, None where there is none (see ``status``); ``error`` its standard error.

    ``low`` and ``high`` bound the 95% interval, which is rough for few units. They are None with the error.
    """

    value: float | None
    status: Status
    error: float | None = None

    @property
    def low(self) -> float | None:
        return None if self.value is None or self.error is None else max(-1.0, self.value - Z_95 * self.error)

    @property
    def high(self) -> float | None:
        return None if self.value is None or self.error is None else min(1.0, self.value + Z_95 * self.error)


@dataclass(frozen=True)
class Agreement:
    """Units by who said that the code applies: ``both`` coders, only the ``first``, only the ``second``,
    ``neither``. ``independent``: units are drawn apart from each other, so that a standard error means
    something; characters of one text are not.
    """

    both: int = 0
    first: int = 0
    second: int = 0
    neither: int = 0
    independent: bool = True

    def __add__(self, other: "Agreement") -> "Agreement":
        return Agreement(
            self.both + other.both, self.first + other.first, self.second + other.second,
            self.neither + other.neither, self.independent and other.independent,
        )  # fmt: skip

    @property
    def units(self) -> int:
        return self.both + self.first + self.second + self.neither

    @property
    def percent(self) -> Decimal | None:
        """On how many units they agree, to one place, halves up; None where there are none."""
        if not self.units:
            return None
        share = Decimal(100 * (self.both + self.neither)) / self.units
        return share.quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def kappa(self) -> Kappa:
        """Agreement beyond what chance would give coders who use the code as often as these two do."""
        if not self.units:
            return Kappa(None, Status.NOTHING)
        if self.neither == self.units:
            return Kappa(None, Status.NEVER)
        if self.both == self.units:
            return Kappa(None, Status.ALWAYS)
        used = (self.both + self.first, self.both + self.second)
        if any(times in (0, self.units) for times in used):
            return Kappa(0.0, Status.CONSTANT)
        n = self.units
        by_chance = Fraction(used[0] * used[1] + (n - used[0]) * (n - used[1]), n * n)
        value = (Fraction(self.both + self.neither, n) - by_chance) / (1 - by_chance)
        return Kappa(float(value), Status.OK, self._error(value, by_chance) if self.independent else None)

    def _error(self, kappa: Fraction, by_chance: Fraction) -> float:
        n = self.units
        yes = Fraction(2 * self.both + self.first + self.second, n)  # both coders' shares, added
        rest = 1 - kappa
        on = self.both * (1 - yes * rest) ** 2 + self.neither * (1 - (2 - yes) * rest) ** 2
        # Where only one applies it, the other coder's margins are the ones that count.
        one = Fraction(self.both + self.second + self.second + self.neither, n)
        other = Fraction(self.both + self.first + self.first + self.neither, n)
        off = rest**2 * (self.first * one**2 + self.second * other**2)
        spread = Fraction(on + off, n) - (kappa - by_chance * rest) ** 2
        return math.sqrt(spread / n) / float(1 - by_chance)
