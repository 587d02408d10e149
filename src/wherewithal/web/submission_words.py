"""What changed between two submissions, and why, as a page says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wherewithal.core.period import written
from wherewithal.web.history_verbs import heading
from wherewithal.web.templating import role

if TYPE_CHECKING:
    from wherewithal.extract.submission_changes import Change, Why

EVENTS: Mapping[str, str] = {
    "Request": "request", "Assessment": "assessment", "Service": "service", "Review": "review",
}  # fmt: skip
# Fields that are called otherwise than by their names, and words of names.
CALLED = {
    "Event_Start_Date": "Start date",
    "Event_End_Date": "End date",
    "Event_Outcome": "Outcome",
    "Client_Type": "Person or carer",
    "Client_Funding_Status": "Funding status",
}
WORDS = {"nhs": "NHS", "gp": "GP", "id": "number", "cqc": "CQC", "la": "council’s"}
TIME = {
    "new": "It happened since",
    "gone": "It was over before these twelve months began",
    "changed": "Its day came since",
}
UNKNOWN = "The record does not say"
HEAD = ("What changed", "Rows", "Why", "Who", "When")


@dataclass(frozen=True)
class Said:
    """One line: what changed, in how many rows, why, who did it (a role) and when; '' where nobody did.

    ``by_time``: the twelve months moved on, and nothing was changed.
    """

    what: str
    rows: str
    why: str
    who: str
    when: str
    by_time: bool

    @property
    def cells(self) -> tuple[str, ...]:
        return self.what, self.rows, self.why, self.who, self.when


def said(change: "Change") -> Said:
    """A change in words: ``Delivery mechanism of services``."""
    events = f"{EVENTS[change.what]}s"
    if change.field:
        what = f"{field_words(change.field)} of {events}"
    else:
        what = f"{events.capitalize()} that {'came' if change.done == 'new' else 'went'}"
    by_time = change.why.kind == "time"
    return Said(what, f"{change.rows:,}", _why(change), _who(change.why), _when(change.why), by_time)


def field_words(name: str) -> str:
    """A field of Client Level Data as people say it: ``NHS number``, ``Delivery mechanism``."""
    if name in CALLED:
        return CALLED[name]
    first, *others = (WORDS.get(word.lower(), word.lower()) for word in name.split("_"))
    return " ".join((first[0].upper() + first[1:], *others))


def _why(change: "Change") -> str:
    if change.why.kind == "action":
        return heading(change.why.verb)
    return TIME[change.done] if change.why.kind == "time" else UNKNOWN


def _who(why: "Why") -> str:
    if why.kind != "action":
        return ""
    return ", ".join(role(one) for one in why.roles) or "by itself"


def _when(why: "Why") -> str:
    if why.first is None or why.last is None:
        return ""
    return written(why.first) if why.first == why.last else f"{written(why.first)} to {written(why.last)}"
