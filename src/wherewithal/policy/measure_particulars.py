"""Measures that a council sets itself: counted over what Client Level Data has no field for."""

from dataclasses import dataclass
from typing import Literal, cast, get_args

from wherewithal.policy.rows import Row

What = Literal["support", "plan", "review", "outcome", "chance", "review_due"]
Each = Literal["row", "person"]
When = Literal["in-year", "last-day", "a-year-apart"]
Value = Literal["share", "pounds", "growth"]


@dataclass(frozen=True)
class Particulars:
    """Rows of ``schema.PARTICULARS`` of one kind, or the people who have such rows.

    ``when``: dated in the year, in force on its last day, or on the last day and a year before. ``value``: a
    share; pounds added up (times ``sign``); or how many more there are than a year before. ``about`` and
    ``said`` name what can be counted and what is in the figure, ``said_about`` what it must be about to be in
    the figure; an empty one names everything. ``words`` are pairs of what a row says, or how a person stands,
    and why it is counted so.
    """

    what: What
    each: Each
    when: When
    value: Value
    about: tuple[str, ...]
    said: tuple[str, ...]
    sign: int
    words: tuple[tuple[str, str], ...]
    said_about: tuple[str, ...] = ()

    @property
    def asks(self) -> tuple[str, str, str]:
        """What it looks at: measures that look at the same are one question."""
        return self.what, self.each, self.when

    def word(self, of: str) -> str:
        """Why something is counted as it is."""
        return dict(self.words)[of]


def particulars(row: Row) -> Particulars:
    """What a policy file says of such a measure. Raises Misspelt."""
    words = row.inner("words")
    return Particulars(
        what=cast(What, row.one_of("what", get_args(What))),
        each=cast(Each, row.one_of("each", get_args(Each))),
        when=cast(When, row.one_of("when", get_args(When))),
        value=cast(Value, row.one_of("value", get_args(Value))),
        about=row.texts("about"),
        said=row.texts("said"),
        sign=cast(int, row.number("sign", 1)),
        words=tuple((key, words.text(key)) for key in words.body),
        said_about=row.texts("said_about", ()),
    )
