"""What a budget may not buy: a council's own restrictions and the few that hold everywhere, as policy data.

A restriction names the kinds of purchase it is about, how they must be held and for how long for it to bite,
and whether it is absolute or can be lifted with a reason. A council with none is another file.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from wherewithal.core.costing import CostedLine, Held, Term
from wherewithal.core.problem import Problem


@dataclass(frozen=True)
class Kind:
    """One kind of purchase that a line can name."""

    id: str
    title: str


@dataclass(frozen=True)
class Restriction:
    """``held`` and ``terms`` are empty where it bites however the line is held and however long it lasts."""

    id: str
    kinds: tuple[str, ...]
    says: str
    absolute: bool
    source: str
    held: tuple[Held, ...] = ()
    terms: tuple[Term, ...] = ()
    verified: bool = True

    def bites(self, line: CostedLine) -> bool:
        """Is this restriction about ``line``?"""
        return (
            line.kind in self.kinds
            and (not self.held or line.held in self.held)
            and (not self.terms or line.term in self.terms)
        )

    def covers(self, other: "Restriction") -> bool:
        """Does this absolute restriction already say all that ``other`` does?"""
        return (
            self.absolute
            and set(other.kinds) <= set(self.kinds)
            and (not self.held or (bool(other.held) and set(other.held) <= set(self.held)))
            and (not self.terms or (bool(other.terms) and set(other.terms) <= set(self.terms)))
        )


def meets(line: CostedLine, restrictions: Iterable[Restriction]) -> list[Problem]:
    """What each restriction that bites says of the line.

    An absolute one blocks whatever the line's ``exception`` says. One by exception blocks until the line
    gives a reason, and then stands as something for whoever decides to see.
    """
    return [_problem(line, restriction) for restriction in restrictions if restriction.bites(line)]


def _problem(line: CostedLine, restriction: Restriction) -> Problem:
    where, reason = f"line:{line.id}", line.exception.strip()
    if restriction.absolute:
        return Problem(where, restriction.says, restriction.source, True, restriction.verified)
    if not reason:
        says = f"{restriction.says} Give the reason if it should be agreed."
        return Problem(where, says, restriction.source, True, restriction.verified)
    says = f"{restriction.says} By exception: {reason}"
    return Problem(where, says, restriction.source, False, restriction.verified)
