"""A bridge between two definitions as pages and files tell it, whoever's people it is of."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from wherewithal.analytics.bridge import Bridge, Change, Take
from wherewithal.analytics.count import base_in_words
from wherewithal.core.report import Table
from wherewithal.formats.waterfall_chart import Moved, Total, svg

FIRST, LAST = "ni130-revised", "ascof-3d-1a"  # from the official count of 2011 to that of today
NOT_TOLD = "[c]"
HEAD = ("Step", "From", "To", "Counted before", "Counted after", "People", "In the figure", "In the base")
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class ToldTake:
    """A definition's figure: ``61.4%``, ``4,812 of 7,838``, or marks where it is not told."""

    take: Take

    @property
    def value(self) -> str:
        return NOT_TOLD if self.take.value is None else f"{self.take.value}%"

    @property
    def short(self) -> str:
        return f"{_number(self.take.numerator)} of {_number(self.take.denominator)}"


@dataclass(frozen=True)
class ToldBridge:
    """The bridge, its picture, and its rows."""

    bridge: Bridge

    @cached_property
    def takes(self) -> list[ToldTake]:
        steps = self.bridge.steps
        return [ToldTake(steps[0].before), *(ToldTake(step.after) for step in steps)]

    @property
    def title(self) -> str:
        first, last = self.takes[0].take.measure, self.takes[-1].take.measure
        return f"From {first.title} to {last.title}, {self.bridge.period.label}"

    @property
    def says(self) -> str:
        """All of it in sentences, for who does not see the picture."""
        told = [f"{self.takes[0].take.measure.title}: {self.takes[0].value}, {self.takes[0].short}."]
        for step, take in zip(self.bridge.steps, self.takes[1:], strict=True):
            told += [f"{_signed(one.denominator)} in the base: {_why(one)}." for one in step.changes]
            told.append(f"{take.take.measure.title}: {take.value}, {take.short}.")
        return " ".join(told)

    @property
    def can_be_drawn(self) -> bool:
        """A picture needs a count to start from and one to end at."""
        return all(one.take.denominator is not None for one in (self.takes[0], self.takes[-1]))

    @property
    def picture(self) -> Markup:
        return Markup(svg(list(self._rows())) if self.can_be_drawn else "")  # noqa: S704 - names of our own

    @property
    def comes(self) -> bool:
        """Does anybody come to a base on the way?"""
        return any(one.to_denominator > 0 for step in self.bridge.steps for one in step.changes)

    @property
    def file(self) -> bytes:
        return svg(list(self._rows()), title=self.title, says=self.says).encode()

    def steps(self) -> Iterator[tuple[ToldTake, list[tuple[str, str, str]], ToldTake]]:
        """Before, the lines of its table (who, in the figure, in the base), and after."""
        for at, step in enumerate(self.bridge.steps):
            lines = [(_why(one), _signed(one.numerator), _signed(one.denominator)) for one in step.changes]
            yield self.takes[at], lines, self.takes[at + 1]

    @property
    def table(self) -> Table:
        rows = tuple(
            (str(number), step.before.measure.title, step.after.measure.title, one.before, one.after,
             _number(one.people), _signed(one.numerator), _signed(one.denominator))
            for number, step in enumerate(self.bridge.steps, 1)
            for one in step.changes
        )  # fmt: skip
        takes = (
            f"{one.take.measure.title}: {one.value}, {one.short}. "
            f"{base_in_words(one.take.measure, self.bridge.period, 'total', one.take.denominator)}."
            for one in self.takes
        )
        return Table("Bridge", self.title, HEAD, rows, tuple(takes))

    def _rows(self) -> Iterator[Total | Moved]:
        """The bars: of a count that is not told, none."""
        yield from self._total(self.takes[0])
        for step, take in zip(self.bridge.steps, self.takes[1:], strict=True):
            moved = [one for one in step.changes if one.to_denominator]
            names = [_short(one) for one in moved]
            for one, name in zip(moved, names, strict=True):
                yield Moved(name if names.count(name) == 1 else _why(one), one.denominator)
            yield from self._total(take)

    def _total(self, one: ToldTake) -> Iterator[Total]:
        if one.take.denominator is not None:
            yield Total(
                f"{one.take.measure.title}: {one.value}", one.take.denominator, one.take.numerator or 0
            )


def _why(one: Change) -> str:
    return f"{one.before} → {one.after}"


def _short(one: Change) -> str:
    """Who leaves, by what the next definition says; who comes, by what the one before said."""
    return one.after if one.to_denominator < 0 else one.before


def _number(number: int | None) -> str:
    return NOT_TOLD if number is None else f"{number:,}"


def _signed(number: int | None) -> str:
    return NOT_TOLD if number is None else f"{number:+,}".replace("-", MINUS) if number else "0"
