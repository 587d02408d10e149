"""Figures held against a target, as its page and its files tell it."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from django.utils.text import capfirst

from wherewithal.analytics.arrival import Arrival, Needed, arrivals, needed, percent
from wherewithal.analytics.pace import Acceleration, acceleration
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.targets import Checked, check
from wherewithal.core.band import Band
from wherewithal.core.period import written
from wherewithal.core.target import Observation, Target
from wherewithal.formats.target_chart import Goal, Seen
from wherewithal.web.sheets import Sheet
from wherewithal.web.target_control import Charted, charted, watched_words
from wherewithal.web.target_form import Given

COLOURS = {"met": "green", "late": "yellow", "missed": "red", "not due yet": "blue", "cannot be told": "grey"}


@dataclass(frozen=True)
class Against:
    """All that the figures tell of one target."""

    given: Given
    checked: Checked
    acceleration: Acceleration | None
    needed: Needed
    arrivals: tuple[Arrival, ...]

    @property
    def verdict(self) -> str:
        held = self.checked.steps[-1].held
        return held.verdict if held else "cannot be told"

    @property
    def colour(self) -> str:
        return COLOURS[self.verdict]

    @property
    def base(self) -> str:
        """The last figure's counts in words, '' where only a percentage was given."""
        return self.given.bases.get(self.given.progress.last.on, "")

    @property
    def last(self) -> str:
        """The last figure, no finer than it is known."""
        return _within(self.given.progress.last)

    @property
    def left_open(self) -> bool:
        """Do the bounds of a figure hold both, so that nobody can tell whether it was met?"""
        goal = self.checked.target.percent
        seen = self.given.progress.observations
        return self.verdict == "cannot be told" and any(
            one.percent.low < goal <= one.percent.high for one in seen
        )

    @property
    def within_bounds(self) -> bool:
        return any(not one.percent.exact for one in self.given.progress.observations)

    @property
    def watched(self) -> list[str]:
        """Which figures are more than the usual up and down, and whether years have a trend; or why not."""
        return watched_words(self.given.progress)

    @cached_property
    def charted(self) -> Charted | None:
        """The control chart of the figures; None where they are too few."""
        return charted(self.given.progress)

    @property
    def on_target(self) -> str:
        """As computed, and why."""
        beside = self.checked.on_target
        said = "" if beside.why.startswith(beside.computed) else f"{capfirst(beside.computed)}. "
        return f"{said}{capfirst(beside.why.rstrip('.'))}."

    @property
    def drawn(self) -> str:
        """What the picture shows, for who cannot see it."""
        first, last, target = self.given.progress.first, self.given.progress.last, self.checked.target
        began = f"From {percent(first.percent.central, 1)} on {written(first.on)} to "
        return (
            f"{began if first is not last else ''}{percent(last.percent.central, 1)} on {written(last.on)}; "
            f"{percent(target.percent)} is to be reached by {written(target.due)}."
        )


def against(target: Target, given: Given) -> Against:
    """Raises AnotherDefinition or NothingSeen, in words."""
    progress = given.progress
    checked = check(progress, target)
    comes = tuple(arrivals(progress, target, given.pace))
    return Against(given, checked, acceleration(progress), needed(progress, target), comes)


def seen_of(held: Against | None) -> list[Seen]:
    """What a picture draws of the figures; nothing where there are none."""
    if held is None:
        return []
    return [
        Seen(one.on, float(one.percent.low), float(one.percent.central), float(one.percent.high))
        for one in held.given.progress.observations
    ]


def gaps_of(held: Against | None) -> tuple[date, ...]:
    """Days over which a picture draws no line."""
    return held.given.progress.gaps if held else ()


def goals_of(target: Target | None) -> list[Goal]:
    """What a picture draws of the target: its milestones that are shares, and itself."""
    if target is None:
        return []
    on_the_way = [Goal(one.due, float(one.percent)) for one in target.milestones if one.percent is not None]
    return [*on_the_way, Goal(target.due, float(target.percent))]


def sheets(target: Target, held: Against | None) -> list[Sheet]:
    """The page's tables: milestones always, the others once there are figures."""
    if held is None:
        return [_milestones(target)]
    return [_steps(held), _figures(held), _arrivals(held)]


def _milestones(target: Target) -> Sheet:
    rows = [
        (written(one.due), _goal(one.percent), one.says, one.source) for one in target.milestones
    ] + [(written(target.due), percent(target.percent), target.title, target.source)]  # fmt: skip
    return Sheet("milestones", "Milestones and target", ("By", "Share", "What", "Source"), rows, (1,))


def _steps(held: Against) -> Sheet:
    rows = [
        (written(step.due), _goal(step.percent),
         *((step.held.verdict, step.held.why) if step.held else ("not told by these figures", step.says)))
        for step in held.checked.steps
    ]  # fmt: skip
    return Sheet("milestones", "Met, late or missed", ("By", "Share", "Verdict", "Why"), rows, (1,))


def _figures(held: Against) -> Sheet:
    seen, because = held.given.progress.observations, "Known only within bounds because"
    rows = [(written(one.on), held.given.bases.get(one.on, ""), _within(one), one.remark) for one in seen]
    plain = [
        (one.on.isoformat(), held.given.bases.get(one.on, ""), *_three(one.percent), one.remark)
        for one in seen
    ]
    return Sheet(
        "figures", "What was seen", ("Day", "Count", "Share", because), rows, (1, 2),
        ("Day", "Count", "Low, %", "Share, %", "High, %", because), plain,
    )  # fmt: skip


def _arrivals(held: Against) -> Sheet:
    rows = [
        (one.scenario, f"{rounded(one.points_a_month.central, 2)}", _day(one.day)) for one in held.arrivals
    ]
    plain = [
        (one.scenario, f"{rounded(one.points_a_month.central, 2)}",
         *(day.isoformat() if day else "never" for day in (one.earliest, one.day, one.latest)), one.says)
        for one in held.arrivals
    ]  # fmt: skip
    return Sheet(
        "arrivals", "When it is reached", ("Scenario", "Points a month", "Day"), rows, (1, 2),
        ("Scenario", "Points a month", "Earliest", "Day", "Latest", "In words"), plain,
    )  # fmt: skip


def _within(one: Observation) -> str:
    """``15.0%``; ``30% (29.5% to 30.5%)`` where it is known no better than that."""
    low, central, high = _three(one.percent)
    if low == high:
        return f"{central}%"
    whole = percent(one.percent.central, 0 if one.percent.width >= 1 else 1)
    return f"{whole} ({_short(one.percent.low)} to {_short(one.percent.high)})"


def _short(bound: Fraction) -> str:
    return f"{rounded(bound, 2).normalize():f}%"


def _three(of: Band) -> tuple[str, str, str]:
    """Bounds a digit finer than a share, so that one below a target is not printed as at it."""
    decimals = 1 if of.exact else 2
    return str(rounded(of.low, decimals)), str(rounded(of.central, 1)), str(rounded(of.high, decimals))


def _goal(of: Fraction | None) -> str:
    return percent(of) if of is not None else "no share"


def _day(day: date | None) -> str:
    return written(day) if day else "never"
