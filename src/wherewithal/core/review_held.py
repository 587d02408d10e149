"""What is said at a review while it is held, and what still stands in the way of finishing it.

Nothing has to be said before the end: what is written down so far is kept as it is, whole or not.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from wherewithal.core.money import pounds
from wherewithal.core.problem import Problem
from wherewithal.core.refusal import Refusal

Level = Literal["", "met", "partly", "not_met"]
Change = Literal["none", "saved", "added"]


class NotFinished(Refusal):
    """A review finished with something still to be said; ``problems`` holds all of it."""

    def __init__(self, problems: list[Problem]) -> None:
        first, more = problems[0], len(problems) - 1
        others = f" {more} more {'thing is' if more == 1 else 'things are'} still to be said." if more else ""
        super().__init__(first.says + others, field=first.where, source=first.source)
        self.problems = problems


@dataclass(frozen=True)
class Seen:
    """How far an outcome is met, '' until that is said, and what was said about it."""

    level: Level = ""
    note: str = ""


@dataclass(frozen=True)
class Said:
    """All that is written down at a review: ``seen`` by the outcome's id; the cost of support stays (none),
    goes down (saved) or up (added) by so much a week, and ``why``; what is taken back of the money held.
    """

    seen: Mapping[str, Seen] = field(default_factory=dict)
    summary: str = ""
    next_step: str = ""
    change: Change = "none"
    change_pence_per_week: int | None = None
    why: str = ""
    surplus_back_pence: int | None = None

    @property
    def saved_pence_per_week(self) -> int:
        """Above 0 saved, below 0 added."""
        sign = {"none": 0, "saved": 1, "added": -1}[self.change]
        return sign * (self.change_pence_per_week or 0)

    def record(self) -> dict[str, Any]:
        """JSON-ready; ``from_record`` reads it again."""
        return asdict(self)


@dataclass(frozen=True)
class Reviewed:
    """What is reviewed: the plan's outcomes by id in words, its budget a week, what the account holds."""

    outcomes: Mapping[str, str]
    budget_pence_per_week: int
    held_pence: int


def from_record(kept: Mapping[str, Any]) -> Said:
    """What ``Said.record`` gave; nothing said where nothing was kept."""
    seen = {id: Seen(**one) for id, one in kept.get("seen", {}).items()}
    return Said(**{**kept, "seen": seen})


def problems(said: Said, of: Reviewed) -> list[Problem]:
    """All that is still to be said or cannot be so, in the order of the page.

    Each names its place: ``outcome:<id>``, ``summary``, ``next_step``, ``saved``, ``why``, ``surplus_back``.
    """
    found = [
        Problem(f"outcome:{id}", f"Say how far this outcome was met: “{words}”.")
        for id, words in of.outcomes.items()
        if not said.seen.get(id, Seen()).level
    ]
    if not said.summary.strip():
        found.append(Problem("summary", "Write down what was said, in a few sentences."))
    if not said.next_step:
        found.append(Problem("next_step", "Say what happens next."))
    return found + _cost(said, of) + _surplus(said, of)


def _cost(said: Said, of: Reviewed) -> list[Problem]:
    """Fewer pounds need a change in need or in circumstances, told in words: a review is no way to trim."""
    if said.change == "none":
        return []
    found, by = [], said.change_pence_per_week
    if not by:
        found.append(Problem("saved", "Enter by how much a week the cost goes up or down."))
    elif said.saved_pence_per_week > of.budget_pence_per_week:
        budget = pounds(of.budget_pence_per_week)
        found.append(Problem("saved", f"The budget is {budget} a week, so no more than that can be saved."))
    if not said.why.strip():
        way = "adds" if said.change == "added" else "saves"
        how_much = f"{pounds(by)} a week" if by else "money"
        found.append(Problem("why", f"This review {way} {how_much}. Say why."))
    return found


def _surplus(said: Said, of: Reviewed) -> list[Problem]:
    if not said.surplus_back_pence or 0 < said.surplus_back_pence <= of.held_pence:
        return []
    there = pounds(of.held_pence)
    return [Problem("surplus_back", f"The account holds {there}. Take back no more than that.")]
