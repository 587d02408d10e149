"""Measures that a council sets itself: counted over what Client Level Data has no field for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Particulars:
    """Rows of ``schema.PARTICULARS`` of one kind, or the people who have such rows.

    ``when``: dated in the year, in force on its last day, or on the last day and a year before. ``value``: a
    share; pounds added up (times ``sign``); or how many more there are than a year before. ``about`` and
    ``said`` name what can be counted and what is in the figure; an empty one names everything. ``words`` are
    pairs of what a row says, or how a person stands, and why it is counted so.
    """

    what: Literal["support", "plan", "review", "outcome"]
    each: Literal["row", "person"]
    when: Literal["in-year", "last-day", "a-year-apart"]
    value: Literal["share", "pounds", "growth"]
    about: tuple[str, ...]
    said: tuple[str, ...]
    sign: int
    words: tuple[tuple[str, str], ...]

    @property
    def asks(self) -> tuple[str, str, str]:
        """What it looks at: measures that look at the same are one question."""
        return self.what, self.each, self.when

    def word(self, of: str) -> str:
        """Why something is counted as it is."""
        return dict(self.words)[of]


def particulars(body: Mapping[str, Any]) -> Particulars:
    """What a policy file says of such a measure."""
    return Particulars(
        what=body["what"],
        each=body["each"],
        when=body["when"],
        value=body["value"],
        about=tuple(body["about"]),
        said=tuple(body["said"]),
        sign=body.get("sign", 1),
        words=tuple(body["words"].items()),
    )
