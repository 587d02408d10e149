"""What a figure is of: a count with a kind, that travels with the figure from the question to the press."""

from dataclasses import dataclass
from typing import Literal, get_args

ALL = "all"  # the group of everybody, beside those of a breakdown
Kind = Literal["invited", "cohort", "asked", "answered", "coded", "population"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_SAYS: dict[Kind, str] = {
    "invited": "{units} that {were} invited",
    "cohort": "{units} that took part",
    "asked": "{units} that {were} asked this",
    "answered": "{units} that answered this",
    "coded": "{units} whose answer to this was coded",
    "population": "{units}",
}


@dataclass(frozen=True)
class Base:
    """``count`` of ``unit`` (``council``; ``units`` are many), and which of them by ``kind``.

    invited: all who could answer; cohort: who did; asked: whom the routing led to the question; answered: who
    gave an answer that can be counted; coded: whose words were read for codes; population: anything else
    counted.
    ``count`` is as it may be shown; of a base that is ``hidden``, lest it tell on somebody, it is 0.
    """

    kind: Kind
    count: int
    unit: str = "council"
    units: str = "councils"
    hidden: bool = False

    @property
    def says(self) -> str:
        """``57 councils that answered this``."""
        if self.hidden:
            return f"a number of {self.units} that is not told"
        noun = self.unit if self.count == 1 else self.units
        return (
            f"{self.count:,} {_SAYS[self.kind].format(units=noun, were='was' if self.count == 1 else 'were')}"
        )

    def __str__(self) -> str:
        return self.says
