"""A key message: one sentence that stands on evidence, the action it asks for, and its life.

It stands on figures (a question and one answer to it, with its base) and on themes (codes, each on passages).
What each counts is given; here is said whether it still counts, and whether the message may be agreed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Literal

from wherewithal.core.problem import Problem
from wherewithal.core.refusal import Refusal


class NotYet(Refusal):
    """A message that may not be agreed: it lacks evidence, an owner or an action, or overstates."""


class NotNow(Refusal):
    """A step that the state of a message does not let it take."""


class State(StrEnum):
    DRAFTED = "drafted"
    AGREED = "agreed"
    ACTED_ON = "acted_on"
    DROPPED = "dropped"


class Step(StrEnum):
    """What can be done with a message."""

    CHANGE = "change"
    AGREE = "agree"
    ACT_ON = "act on"
    DROP = "drop"
    REOPEN = "reopen"


TAKES: Mapping[Step, tuple[State, ...]] = {
    Step.CHANGE: (State.DRAFTED,),
    Step.AGREE: (State.DRAFTED,),
    Step.ACT_ON: (State.AGREED,),
    Step.DROP: (State.DRAFTED, State.AGREED),
    Step.REOPEN: (State.AGREED, State.DROPPED),
}
"""Each step, and from which states it may be taken."""
_NOT_NOW = {
    State.DRAFTED: "This message is a draft. Agree it first.",
    State.AGREED: "This message is agreed. Open it again to change it.",
    State.ACTED_ON: "This message was acted on, so it stays as it is.",
    State.DROPPED: "This message was dropped. Open it again to go on with it.",
}


def take(step: Step, state: str) -> None:
    """Raises NotNow unless a message in that state takes the step."""
    if state not in TAKES[step]:
        raise NotNow(_NOT_NOW[State(state)])


@dataclass(frozen=True)
class Evidence:
    """What a message stands on, as it is counted at one moment.

    ``key`` is ``question=value`` or the id of a code; ``says`` the same in words. ``count`` of ``base`` (in
    words ``of``) is as it may be shown: None is suppressed. ``percent`` is as printed, '' where it is none.
    ``is_there``: the question has this answer still, or the code is in the codebook that is in use.
    """

    kind: Literal["figure", "theme"]
    key: str
    says: str
    count: int | None
    base: int
    of: str
    percent: str = ""
    is_there: bool = True

    @property
    def why_not(self) -> str:
        """Why it counts for nothing, in words; '' where it counts."""
        if not self.is_there:
            what = "an answer to choose" if self.kind == "figure" else "a code of the codebook in use"
            return f"“{self.says}” is no longer {what}."
        if self.count is None:
            return f"“{self.says}” is suppressed, so nothing can stand on it."
        if not self.base:
            nobody = "Nobody has answered" if self.kind == "figure" else "No answer was read to its end for"
            return f"{nobody} “{self.says}” yet."
        if self.kind == "theme" and not self.count:
            return f"No passage stands under “{self.says}”."
        return ""

    @property
    def printed(self) -> str:
        """``12 of 58 councils that answered this (21%)``; ``[c]`` where it is suppressed."""
        if self.count is None:
            return f"[c] of {self.of}"
        return f"{self.count:,} of {self.of}" + (f" ({self.percent})" if self.percent else "")

    def kept(self) -> dict[str, Any]:
        """All of it, ready for JSON; ``from_kept`` reads it again."""
        return asdict(self)

    @classmethod
    def from_kept(cls, row: Mapping[str, Any]) -> "Evidence":
        return cls(**row)


def problems(
    *, owner: str, action: str, evidence: Sequence[Evidence], overstated: Iterable[str]
) -> tuple[Problem, ...]:
    """Everything that stands in the way of agreeing a message, in words; none when it may be agreed.

    ``overstated``: each word or number of its wording that holds of no figure it stands on, as
    ``analytics.said_of`` tells it.
    """
    found = []
    if not any(not one.why_not for one in evidence):
        says = "It stands on no figure and no theme" + (" that counts" if evidence else "")
        found.append(Problem("evidence", f"{says}. Add one."))
    found += [Problem(f"{one.kind}:{one.key}", one.why_not) for one in evidence if one.why_not]
    found += [Problem("says", words) for words in overstated]
    if not owner.strip():
        found.append(Problem("owner", "Nobody owns the action. Say who does."))
    if not action.strip():
        found.append(Problem("action", "It asks for no action. Say what was agreed."))
    return tuple(found)


def agree(
    *, state: str, owner: str, action: str, evidence: Sequence[Evidence], overstated: Iterable[str]
) -> None:
    """May the message be agreed? Raises NotNow, or NotYet with everything that stands in the way."""
    take(Step.AGREE, state)
    found = problems(owner=owner, action=action, evidence=evidence, overstated=overstated)
    if found:
        raise NotYet(" ".join(one.says for one in found))


@dataclass(frozen=True)
class Change:
    """Evidence that is not what it was when the message was agreed; ``now`` None: it stands no more."""

    before: Evidence
    now: Evidence | None


def changes(before: Iterable[Evidence], now: Iterable[Evidence]) -> tuple[Change, ...]:
    """What of the evidence that was agreed on is no longer as it was printed then."""
    current = {(one.kind, one.key): one for one in now}
    pairs = [(one, current.get((one.kind, one.key))) for one in before]
    return tuple(Change(was, is_) for was, is_ in pairs if is_ is None or _seen(was) != _seen(is_))


def _seen(one: Evidence) -> tuple[str, bool]:
    return one.printed, one.is_there


def moved(order: Sequence[int], one: int, to: int) -> list[int]:
    """The ids in a new order, ``one`` of them at number ``to`` (from 1; beyond an end is that end)."""
    rest = [id for id in order if id != one]
    at = min(max(to, 1), len(order)) - 1
    return [*rest[:at], one, *rest[at:]]
