"""A bridge as it may be told: no step of it gives away how few people it is about."""

from dataclasses import replace

from wherewithal.analytics.bridge import Bridge, Step, Take, Who
from wherewithal.analytics.figure_ties import NOBODY, Cell, Ties
from wherewithal.policy.disclosure import Rule


def protected(exact: Bridge, rule: Rule) -> Bridge:
    """The bridge as the rule lets it be told: a count that is kept back, or follows from others, is None."""
    told = _Told(exact, rule)
    steps = tuple(
        Step(
            told.take(step.before),
            told.take(step.after),
            tuple(replace(change, people=told.count(change.who)) for change in step.changes),
        )
        for step in exact.steps
    )
    return replace(exact, steps=steps, alike=())


class _Told:
    """What may be told of every count of a bridge, all guarded at once."""

    def __init__(self, exact: Bridge, rule: Rule) -> None:
        self._together = rule.together
        ties = Ties()
        for place, people in enumerate(exact.alike):
            ties.unprinted(place, people)
        for who in _printed(exact):
            ties.made_of(_cell(who))
        ties.between(rule.suppress_under)
        self._shown = ties.shown(rule)

    def count(self, who: Who) -> int | None:
        """A number that is too low to be told is not told either: 0 is for nobody."""
        shown = self._shown.get(_cell(who), NOBODY)
        return None if shown.status == "low" else shown.value

    def take(self, one: Take) -> Take:
        part, whole = self.count(one.part), self.count(one.whole)
        hidden = part is None or whole is None
        return replace(
            one,
            numerator=None if hidden else part,
            could=None if hidden else self.count(one.able),
            denominator=None if hidden and self._together else whole,
        )


def _printed(exact: Bridge) -> list[Who]:
    takes = [exact.steps[0].before, *(step.after for step in exact.steps)]
    sets = [who for take in takes for who in (take.part, take.whole, take.able)]
    return sets + [change.who for step in exact.steps for change in step.changes]


def _cell(who: Who) -> tuple[Cell, ...]:
    return tuple(sorted(who))
