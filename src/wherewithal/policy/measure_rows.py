"""How a measure counts people by their rows: who has a row of a kind, and what rows come to in a year.

A clause asks whether somebody has a row of a kind at some time. Kinds of row are named in the file (``rows``)
by words of Client Level Data's fields; ``held`` is how the money is held: the delivery mechanism, or a direct
payment by the service component, '' where neither tells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, cast, get_args

from wherewithal.core.policy import fingerprint
from wherewithal.policy.measure_kinds import Uses
from wherewithal.policy.rows import Misspelt, Row

When = Literal["last-day", "in-year", "year-before", "ended-in-twelve-months"]
RowKind = tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]  # any of these; of each, every field's words
Value = Literal["share", "lower-quartile", "median", "upper-quartile"]
QUANTILES = {"lower-quartile": Fraction(1, 4), "median": Fraction(1, 2), "upper-quartile": Fraction(3, 4)}
HELD = "held"


@dataclass(frozen=True)
class Clause:
    """Whether somebody has a row of the kind: open on the last day, or at some time in the year, or on the
    day a year before the last; or one that ended in the twelve months to the last day.
    """

    when: When
    rows: RowKind

    @property
    def key(self) -> str:
        """Measures that ask the same share what the collapse keeps of it."""
        return f"{self.when} {fingerprint(self.rows)[:12]}"

    def uses(self) -> Uses:
        for fields in self.rows:
            for field, words in fields:
                named = "Delivery_Mechanism" if field == HELD else field
                yield from ((named, word) for word in words if word)


@dataclass(frozen=True)
class People:
    """People of whom every clause of ``who`` holds; in the figure where all of ``has`` hold too and none of
    ``has_none``. ``words`` say why: in the figure, in the base only, in neither.
    """

    who: tuple[Clause, ...]
    has: tuple[Clause, ...]
    has_none: tuple[Clause, ...]
    words: tuple[str, str, str]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return (*self.who, *self.has, *self.has_none)

    def uses(self) -> Uses:
        for clause in self.clauses:
            yield from clause.uses()


@dataclass(frozen=True)
class Costs:
    """How a row's cost becomes pounds a year: the unit cost so many times, or for each unit planned in a
    week so many; ``once`` is paid once, when it is.
    """

    times_a_year: tuple[tuple[str, int], ...]
    times_a_unit: tuple[tuple[str, int], ...]
    once: tuple[str, ...]


@dataclass(frozen=True)
class Amounts:
    """What people have in a year, by the costs of their rows: the share within bounds, or a quantile of all.

    ``least`` counts, ``below`` does not, both in pounds a year, None for no bound. ``words`` say why: in the
    figure, in the base only, without such rows.
    """

    who: Clause
    costs: Costs
    least: int | None
    below: int | None
    value: Value
    words: tuple[str, str, str]

    @property
    def quantile(self) -> Fraction | None:
        return QUANTILES.get(self.value)

    @property
    def key(self) -> str:
        """Measures of the same amounts share what the collapse keeps of them."""
        return f"{self.who.key} {fingerprint([self.costs.times_a_year, self.costs.times_a_unit])[:12]}"

    def uses(self) -> Uses:
        yield from self.who.uses()
        for words in (self.costs.times_a_year, self.costs.times_a_unit):
            yield from (("Cost_Frequency_Unit_Type", word) for word, _ in words)
        yield from (("Cost_Frequency_Unit_Type", word) for word in self.costs.once)


def people(row: Row) -> People:
    """People by their rows. Raises Misspelt, as the other reader does."""
    return People(
        who=_clauses(row, "who"),
        has=_clauses(row, "has", ()),
        has_none=_clauses(row, "has_none", ()),
        words=_words(row),
    )


def amounts(row: Row) -> Amounts:
    """What people have in a year, of the rows of ``who``."""
    costs = row.inner("costs")
    who = _clauses(row, "who")
    if len(who) != 1 or who[0].when != "last-day":
        raise Misspelt(f"{row.where}: “who” must be one clause, of the last day")
    return Amounts(
        who=who[0],
        costs=Costs(_times(costs, "times_a_year"), _times(costs, "times_a_unit"), costs.texts("once")),
        least=row.number("least_pounds", None),
        below=row.number("below_pounds", None),
        value=cast(Value, row.one_of("value", get_args(Value))),
        words=_words(row),
    )


def _clauses(row: Row, key: str, default: Sequence[Mapping[str, Any]] | None = None) -> tuple[Clause, ...]:
    kinds = row.inner("rows")
    found = row.rows(key, f"{key} clause") if default is None else row.rows(key, f"{key} clause", default)
    return tuple(
        Clause(cast(When, one.one_of("when", get_args(When))), _row_kind(kinds, one.text("rows")))
        for one in found
    )


def _row_kind(kinds: Row, named: str) -> RowKind:
    return tuple(
        tuple((field, fields.texts(field)) for field in fields.body) for fields in kinds.rows(named, "line")
    )


def _times(row: Row, key: str) -> tuple[tuple[str, int], ...]:
    inner = row.inner(key)
    return tuple((word, cast(int, inner.number(word))) for word in inner.body)


def _words(row: Row) -> tuple[str, str, str]:
    words = row.inner("words")
    return words.text("figure"), words.text("base"), words.text("no")
