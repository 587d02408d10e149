"""A bridge between two definitions as pages and files tell it, whoever's people it is of."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from markupsafe import Markup

from wherewithal.analytics import bridge_words as words
from wherewithal.analytics.bridge import Bridge, Take, bridged
from wherewithal.core.report import Table
from wherewithal.formats.waterfall_chart import svg

FIRST, LAST = "ni130-revised", "ascof-3d-1a"  # from the official count of 2011 to that of today
HEAD = ("Step", "From", "To", "Counted before", "Counted after", "People", "In the figure", "In the base")


def chosen(request: HttpRequest) -> tuple[str, str]:
    """The definitions that ``?from=`` and ``?to=`` name. Raises Http404 for what is none."""
    ids = {one.id for one in bridged()}
    from_id, to_id = request.GET.get("from", FIRST), request.GET.get("to", LAST)
    if strange := {from_id, to_id} - ids:
        raise Http404(f"No bridge leads to “{min(strange)}”.")
    return from_id, to_id


@dataclass(frozen=True)
class ToldTake:
    """A definition's figure: ``61.4%``, ``4,812 of 7,838``, or marks where it is not told."""

    take: Take

    @property
    def value(self) -> str:
        return words.value(self.take)

    @property
    def short(self) -> str:
        return f"{words.short(self.take)}{words.at_most(self.take)}"


@dataclass(frozen=True)
class ToldBridge:
    """The bridge, its picture, and its rows."""

    bridge: Bridge

    @property
    def title(self) -> str:
        return words.title(self.bridge)

    @property
    def says(self) -> str:
        return words.says(self.bridge)

    @property
    def picture(self) -> Markup:
        """As SVG for a page; '' where a count to start from or to end at is not told."""
        bars = words.bars(self.bridge)
        return Markup(svg(bars) if bars else "")  # noqa: S704 - drawn from numbers and names of our own

    @property
    def comes(self) -> bool:
        """Does anybody come to a base on the way?"""
        return any(one.to_denominator > 0 for step in self.bridge.steps for one in step.changes)

    @property
    def file(self) -> bytes:
        """The picture as a file that says what it shows; b"" where there is none."""
        bars = words.bars(self.bridge)
        return svg(bars, title=self.title, says=self.says).encode() if bars else b""

    def steps(self) -> Iterator[tuple[ToldTake, list[tuple[str, str, str]], ToldTake]]:
        """Before, the lines of its table (who, in the figure, in the base), and after."""
        for step in self.bridge.steps:
            lines = [
                (words.why(one), words.signed(one.numerator), words.signed(one.denominator))
                for one in step.changes
            ]
            yield ToldTake(step.before), lines, ToldTake(step.after)

    @property
    def table(self) -> Table:
        """A row for each change of each step; the figure of each definition is a note."""
        rows = tuple(
            (str(place), step.before.measure.title, step.after.measure.title, one.before, one.after,
             words.number(one.people), words.signed(one.numerator), words.signed(one.denominator))
            for place, step in enumerate(self.bridge.steps, 1)
            for one in step.changes
        )  # fmt: skip
        return Table("Bridge", self.title, HEAD, rows, tuple(self._notes()))

    @property
    def named(self) -> str:
        """What files of it are called."""
        first, *_, last = words.takes(self.bridge)
        return f"{first.measure.id}-to-{last.measure.id}-{self.bridge.period.name}"

    def _notes(self) -> Iterator[str]:
        return (words.sentence(one) for one in words.takes(self.bridge))
