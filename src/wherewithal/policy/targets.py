"""Targets as data: ``policy/targets/*.toml``, and a council's own in a file of the same format.

The layout of a file:

    title = "Targets of the time"
    [[target]]
    id = "30-percent-ongoing"
    title = "30% of people with ongoing support by March 2011"
    says = "..."                 # the target in our own words
    definition = "..."           # exactly as the figures' own definition says it
    measure = "..."              # what is counted, of whom
    percent = 30
    due = 2011-03-31             # the last day on which it counts as met
    printed_day = "..."          # the day as the source has it
    reading = "..."              # why it is held against that day; may be left out
    set_by = "..."
    source = "..."
    [[target.milestones]]        # points on the way, where a source has them
    due = 2010-10-01
    percent = 15                 # left out where it is of something else than take-up
    says = "..."
    source = "..."
"""

from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from wherewithal.core.policy import NoPolicy
from wherewithal.core.target import Milestone, Target
from wherewithal.policy import names, read_table, table
from wherewithal.policy.measure import measures
from wherewithal.policy.rows import Misspelt, Row


@cache
def targets() -> dict[str, Target]:
    """Every target on record by its id, in the order of the files. Raises NoPolicy naming a fault's place."""
    found: dict[str, Target] = {}
    for name in names("targets"):
        for target in parse(Row(f"{name}.toml", table(name))):
            if target.id in found:
                raise NoPolicy(f"{name}.toml: the target “{target.id}” is there twice.")
            found[target.id] = target
    return found


def target(id: str) -> Target:
    """One target. Raises NoPolicy, naming those that there are."""
    if id not in targets():
        raise NoPolicy(f"There is no target “{id}”. There are: {', '.join(targets())}.")
    return targets()[id]


@cache
def council_targets() -> tuple[Target, ...]:
    """The council's own, ``local/targets.toml``: each one's definition is the id of a measure that is counted
    from the record, in percent. Raises NoPolicy naming a fault's place.
    """
    return of_shares(Row("local/targets.toml", table("local/targets")))


def of_shares(row: Row) -> tuple[Target, ...]:
    """The targets of one file, each of a measure in percent: only a share can be held against one. Raises
    NoPolicy naming the place.
    """
    found = parse(row)
    for one in found:
        measure = measures().get(one.definition)
        if measure and measure.unit != "%":
            raise NoPolicy(
                f"{row.where}, target “{one.id}”: “definition” must be a measure in %, and "
                f"“{one.definition}” is told in “{measure.unit}”."
            )
    return found


def own_targets(path: Path) -> tuple[Target, ...]:
    """The targets of a file that somebody gives. Raises NoPolicy where it cannot be read."""
    return parse(Row(path.name, read_table(path)))


def parse(row: Row) -> tuple[Target, ...]:
    """The targets of one file. Raises NoPolicy naming the place."""
    try:
        row.only("title target")
        row.text("title")
        return tuple(_target(one) for one in row.rows("target", "target"))
    except Misspelt as fault:
        raise NoPolicy(f"{fault}.") from None


def _target(row: Row) -> Target:
    row.only("id title says definition measure percent due printed_day reading set_by source milestones")
    due = _day(row)
    milestones = tuple(_milestone(one, due) for one in row.rows("milestones", "milestone", ()))
    if [one.due for one in milestones] != sorted({one.due for one in milestones}):
        raise Misspelt(f"{row.where}: its milestones must be on different days, in order")
    percent = _percent(row)
    if percent is None:
        raise Misspelt(f"{row.where}: “percent” is missing")
    return Target(
        id=row.text("id"), title=row.text("title"), says=row.text("says"),
        definition=row.text("definition"), measure=row.text("measure"), percent=percent, due=due,
        printed_day=row.text("printed_day"), reading=row.text("reading", ""), set_by=row.text("set_by"),
        source=row.text("source"), milestones=milestones,
    )  # fmt: skip


def _milestone(row: Row, before: date) -> Milestone:
    row.only("due percent says source")
    due = _day(row)
    if due >= before:
        raise Misspelt(f"{row.where}: a milestone is due before its target, which is due on {before}")
    return Milestone(due, _percent(row), row.text("says"), row.text("source"))


def _percent(row: Row) -> Fraction | None:
    number = row.decimal("percent", None)
    if number is None:
        return None
    if not 0 < number <= 100:
        raise Misspelt(f"{row.where}: “percent” is above 0 and at most 100")
    return Fraction(str(number))


def _day(row: Row) -> date:
    day: date = row.get("due", date)
    return day
