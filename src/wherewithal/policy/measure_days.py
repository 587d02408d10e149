"""Measures of days: how long people wait from one day to another."""

from dataclasses import dataclass
from typing import Literal, cast, get_args

from wherewithal.policy.measure_kinds import Uses
from wherewithal.policy.rows import Row

Value = Literal["median", "mean"]
Source = Literal["journeys", "events"]


@dataclass(frozen=True)
class Days:
    """Calendar days between two dates, for people whose ``until`` falls in the period.

    The dates stand in the journeys of our own record, or are found in the events of any Client Level Data:
    from the request to the first of ``assessments`` that was finished in the period, by the last request
    whose outcome is one of ``led_on``, or where none is, the last. ``words`` say why somebody is not counted
    (``waits``, ``elsewhere``, ``unknown``, ``before``) and what the dates are (``since``, ``until``).
    """

    since: str
    until: str
    value: Value
    source: Source
    words: tuple[tuple[str, str], ...]
    assessments: tuple[str, ...] = ()
    led_on: tuple[str, ...] = ()

    @property
    def asks(self) -> tuple[object, ...]:
        """What it looks at: measures of the same wait are one question."""
        return self.source, self.since, self.until, self.assessments, self.led_on

    def uses(self) -> Uses:
        yield from (("Assessment_Type", word) for word in self.assessments)
        yield from (("Event_Outcome", word) for word in self.led_on)

    def word(self, of: str) -> str:
        """Why somebody is not counted, or what one of the dates is."""
        return dict(self.words)[of]


def days(row: Row) -> Days:
    """What a policy file says of such a measure. Raises Misspelt."""
    words = row.inner("words")
    said = ("waits", "elsewhere", "unknown", "before", "since", "until")
    return Days(
        row.text("from"),
        row.text("to"),
        cast(Value, row.one_of("value", get_args(Value))),
        cast(Source, row.one_of("source_of_days", get_args(Source))),
        tuple((key, words.text(key)) for key in said),
        row.texts("assessments", ()),
        row.texts("led_on", ()),
    )
