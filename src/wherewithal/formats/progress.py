"""A council's take-up as it hands it in: figures by one definition, and what it says of itself.

The layout of the file:

    council = "Exampleshire"
    definition = "..."           # word for word that of the targets it is to be held against
    source = "..."
    rounded_to = 5               # counts were rounded to that; left out where they were not
    of_rounded_to = 5            # the denominators too
    decimals = 1                 # of "percent", where only that is given
    [[mark]]                     # what may stand in a numerator's place
    id = "-"
    says = "from 1 to 4 people"
    low = 1                      # its bounds; without them the figure is left out, and said to be
    high = 4
    [[figure]]
    on = 2010-09-30
    numerator = 1200             # or a mark
    denominator = 8000
    # percent = 15.0             # where the counts are not known
    [[own_word]]                 # what the council says of itself
    target = "30-percent-ongoing"
    on = 2010-10-15
    on_target = true
    source = "..."
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from wherewithal.core.band import Band
from wherewithal.core.period import written
from wherewithal.core.policy import NoPolicy
from wherewithal.core.take_up import NoShare, rounded_count, rounded_percent, share
from wherewithal.core.target import Observation, OwnWord, Progress
from wherewithal.policy import read_table
from wherewithal.policy.rows import Misspelt, Row


@dataclass(frozen=True)
class _Mark:
    says: str
    people: Band | None


def read(path: Path) -> Progress:
    """A council's file. Raises NoPolicy, naming the place, for what cannot be read."""
    return parse(Row(path.name, read_table(path)))


def parse(row: Row) -> Progress:
    """The same from what TOML gives."""
    try:
        row.only("council definition source rounded_to of_rounded_to decimals mark figure own_word")
        marks = {one.text("id"): _mark(one) for one in row.rows("mark", "mark", ())}
        seen: list[Observation] = []
        not_seen: list[str] = []
        gaps: list[date] = []
        days: list[date] = []
        for one in row.rows("figure", "figure"):
            figure = _figure(one, row, marks)
            days.append(one.get("on", date))
            if isinstance(figure, str):
                not_seen.append(figure)
                gaps.append(days[-1])
            else:
                seen.append(figure)
        if days != sorted(set(days)):
            raise Misspelt(f"{row.where}: its figures must be of different days, in order")
        words = tuple(_own_word(one) for one in row.rows("own_word", "own word", ()))
        return Progress(
            row.text("council"), row.text("definition"), row.text("source"), tuple(seen), words,
            tuple(not_seen), tuple(gaps),
        )  # fmt: skip
    except (Misspelt, NoShare) as fault:
        raise NoPolicy(f"{str(fault).rstrip('.')}.") from None


def _figure(row: Row, file: Row, marks: Mapping[str, _Mark]) -> Observation | str:
    """What was seen, or in words why nothing was."""
    row.only("on numerator denominator percent")
    on: date = row.get("on", date)
    if "percent" in row.body:
        if "numerator" in row.body or "denominator" in row.body:
            raise Misspelt(f"{row.where}: give “percent” or the two counts, not both")
        decimals = file.number("decimals", 0) or 0
        percent = rounded_percent(Fraction(str(row.decimal("percent"))), decimals)
        return Observation(on, percent, f"printed with {decimals} decimals")
    denominator = rounded_count(row.number("denominator") or 0, file.number("of_rounded_to", 0) or 0)
    if isinstance(row.body.get("numerator"), str):
        word = row.text("numerator")
        if word not in marks:
            raise Misspelt(f"{row.where}: “{word}” is neither a number nor a mark that the file explains")
        mark = marks[word]
        if mark.people is None:
            return f"{written(on)}: “{word}”, {mark.says}"
        return Observation(on, _share(row, mark.people, denominator), f"“{word}”, {mark.says}")
    to = file.number("rounded_to", 0) or 0
    numerator = rounded_count(row.number("numerator") or 0, to)
    percent = _share(row, numerator, denominator)
    return Observation(on, percent, "" if percent.exact else "its counts were rounded")


def _share(row: Row, numerator: Band, denominator: Band) -> Band:
    try:
        return share(numerator, denominator)
    except NoShare as fault:
        raise Misspelt(f"{row.where}: {fault.says}") from None


def _mark(row: Row) -> _Mark:
    row.only("id says low high")
    low, high = row.number("low", None), row.number("high", None)
    if low is None or high is None:
        return _Mark(row.text("says"), None)
    if not 0 <= low <= high:
        raise Misspelt(f"{row.where}: “low” is at least 0 and at most “high”")
    return _Mark(row.text("says"), Band(Fraction(low), Fraction(low + high, 2), Fraction(high)))


def _own_word(row: Row) -> OwnWord:
    row.only("target on on_target source")
    return OwnWord(row.text("target"), row.get("on", date), row.flag("on_target"), row.text("source"))
