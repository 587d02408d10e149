"""One typed figure: value, status, numerator, base in words, definition, source; and who is in it, why."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal

# The shorthand of the Government Statistical Service, and "ok" for a plain value.
Status = Literal["ok", "c", "x", "z", "low", "e", "p", "r", "b"]


ROW = ("measure", "period", "council", "group", "numerator", "denominator", "value", "status", "base")
"""What machines are given of a figure, in this order."""


def row_of(one: Any) -> dict[str, Any]:
    """A figure by ROW, ready for JSON; the value is text (``"24.0"``), so that no digit is lost."""
    return {name: getattr(one, name) for name in ROW} | {
        "value": None if one.value is None else str(one.value)
    }


@dataclass(frozen=True)
class Figure:
    """``value`` is in the measure's unit, rounded half up, and None unless ``status`` lets it be shown.

    ``numerator`` is None for a median, which has none; for a mean it is the days added up.
    """

    measure: str
    period: str
    council: str
    group: str
    numerator: int | None
    denominator: int
    value: Decimal | None
    status: Status
    unit: str
    base: str
    definition: str
    source: str
    verified: bool

    def row(self) -> dict[str, Any]:
        """By ROW, ready for JSON."""
        return row_of(self)

    def kept(self) -> dict[str, Any]:
        """All of it, ready for JSON; ``from_kept`` reads it again."""
        return asdict(self) | {"value": self.row()["value"]}

    @classmethod
    def from_kept(cls, row: Mapping[str, Any]) -> "Figure":
        value = row["value"]
        return cls(**{**row, "value": None if value is None else Decimal(value)})


@dataclass(frozen=True)
class Reason:
    """So many people (or journeys), and why they are in a measure or are not."""

    why: str
    people: int
    in_numerator: bool
    in_denominator: bool


@dataclass(frozen=True)
class How:
    """How one measure counts one person or journey."""

    in_numerator: bool
    in_denominator: bool
    why: str


@dataclass(frozen=True)
class Case:
    """Who is behind figures: one person, or one journey, by the person's number in the extract.

    ``counted`` is by measure, of those that count such cases; ``facts`` is what it was counted by, in words.
    """

    number: int
    counted: Mapping[str, How]
    facts: tuple[str, ...]
