"""The national picture of 2011 from its printed figures: what follows from them, how, and what does not."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from wherewithal.core.money import half_up
from wherewithal.core.policy import NoPolicy
from wherewithal.policy.published import PublishedFigure, published_figures

UNDER = 1_000
AT_LEAST = 10_000
"""Pounds a year, as in the report: a fifth of budgets are below the one, a quarter at least the other."""


Topic = Literal["people", "money", "share", "growth", "spread", "held", "councils"]
"""What a line is of: people with a budget, money in them, its share of direct spending, growth, how large
budgets are, how they are held, and how far councils are apart.
"""


@dataclass(frozen=True)
class Line:
    """``value`` exact in ``unit`` (people, pounds, %), from the printed figures ``of``; ``caveat`` is what
    does not follow.
    """

    what: str
    value: Fraction
    unit: str
    of: tuple[str, ...]
    caveat: str
    topic: Topic

    @property
    def written(self) -> str:
        """``£4,438``, ``169,000 people``, ``62.9%``."""
        if self.unit == "pounds":
            return f"£{half_up(self.value):,}"
        if self.unit == "%":
            return f"{float(half_up(self.value * 10)) / 10:.1f}%"
        return f"{half_up(self.value):,} {self.unit}"


def picture() -> tuple[Line, ...]:
    """In the order of the report. Raises NoPolicy where a printed part is not there."""
    people, money = _value("R1.2-338k"), _value("R1.2-1.5bn")
    fifth, quarter = _in_words("R1.2-fifth-1k"), _in_words("R1.2-quarter-10k")
    small, large = people * fifth, people * quarter
    middle = people - small - large
    both = ("R1.2-338k", "R1.2-1.5bn")
    spread = ("R1.2-338k", "R1.2-fifth-1k", "R1.2-quarter-10k")
    return (
        Line("People with a personal budget", people, "people", ("R1.2-338k",),
             "Printed as “more than”: at least so many. No day and no definition of a budget is "
             "printed.", "people"),
        Line("A year before", people / _value("R1.2-double"), "people", ("R1.2-338k", "R1.2-double"),
             "Printed as double, so about so many; how close to double is not printed.", "growth"),
        Line("Money in personal budgets", money, "pounds", ("R1.2-1.5bn",),
             "Printed as passed. Whether it was spent in a year or is what budgets come to is not "
             "said.", "money"),
        Line("Mean of a budget", money / people, "pounds", both,
             "Both parts are printed as “more than”, so it is neither a least nor a most; and a mean says "
             "nothing of what most people have.", "money"),
        Line("Direct spending on adult care, as implied", money / _share("R1.2-1in7"), "pounds",
             ("R1.2-1.5bn", "R1.2-1in7"),
             "Printed as almost 1 in 7, so at least so much where the money is right; which spending is "
             "direct is not said.", "share"),
        Line("Budgets under £1,000 a year", small, "people", spread[:2],
             "A fifth in words, so rounded; how far is not printed.", "spread"),
        Line("Budgets of £10,000 a year or more", large, "people", (spread[0], spread[2]),
             "A quarter in words, so rounded; how far is not printed.", "spread"),
        Line("Budgets between", middle, "people", spread,
             "What the two leave; how they spread is not printed.", "spread"),
        Line("The least that such a spread costs", middle * UNDER + large * AT_LEAST, "pounds", spread,
             "The money that is printed is above it, so the two can both be true.", "spread"),
        Line("The most that the budgets of £10,000 or more can be on average",
             (money - middle * UNDER) / large, "pounds", (*both, *spread[1:]),
             "Were the money what is printed and all other budgets at their least; the real mean is "
             "lower.", "spread"),
        Line("Councils with a third or more, March 2011", _share("R1.2-83") * 100, "%", ("R1.2-83",),
             "Of the 132 that replied, not of 152; each by its own count of who is eligible.", "councils"),
        Line("Of these, with over half", _share("R1.2-27") * 100, "%", ("R1.2-27",),
             "Of 83, not of 132.", "councils"),
    )  # fmt: skip


def printed(id: str) -> PublishedFigure:
    """A figure of the reports and articles of 2010 and 2011. Raises NoPolicy for an id that is none."""
    found = next((one for one in published_figures() if one.id == id), None)
    if found is None:
        raise NoPolicy(f"published/adass-2011.csv has no figure “{id}”.")
    return found


def _value(id: str) -> Fraction:
    return Fraction(printed(id).value)


def _share(id: str) -> Fraction:
    figure = printed(id)
    if figure.numerator is None or not figure.denominator:
        raise NoPolicy(f"The figure “{id}” is printed without both of its counts.")
    return Fraction(figure.numerator, figure.denominator)


def _in_words(id: str) -> Fraction:
    known = {"a fifth": Fraction(1, 5), "a quarter": Fraction(1, 4), "half": Fraction(1, 2)}
    words = printed(id).words
    if words not in known:
        raise NoPolicy(f"“{words}”, of the figure “{id}”, is no share in words that is known here.")
    return known[words]
