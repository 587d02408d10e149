"""Workings: a decision's lines as on a payslip, shown on the page, in the letter and kept with the record."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Unit = Literal["points", "pence_per_week", "pence_per_year", "pence", "percent", "count", "none"]


@dataclass(frozen=True)
class Line:
    """One line: what it says in short, the answer or rule it came from, its value and unit.

    ``value`` is whole points, whole pence or whole percent; None when the line only explains.
    """

    says: str
    value: int | None = None
    unit: Unit = "none"
    answer: str = ""
    source: str = ""
    verified: bool = True


@dataclass
class Workings:
    lines: list[Line] = field(default_factory=list)

    def add(
        self,
        says: str,
        value: int | None = None,
        unit: Unit = "none",
        *,
        answer: str = "",
        source: str = "",
        verified: bool = True,
    ) -> None:
        self.lines.append(Line(says, value, unit, answer, source, verified))

    def record(self) -> list[dict[str, Any]]:
        """JSON-ready, in order."""
        return [asdict(line) for line in self.lines]


def from_record(rows: list[dict[str, Any]]) -> list[Line]:
    """The lines that ``record`` wrote."""
    return [Line(**row) for row in rows]
