"""What of a survey's counts may be shown: all that any page or release of it may print, guarded as one.

A reader can subtract: groups from everybody, answers that exclude each other from who answered, who was
silent from who took part, one table from another that is tied to it. So every count of every question, of
everybody and by every dimension, is put to the rule once, and whatever is shown is read from that.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property

from wherewithal.analytics.base import Kind
from wherewithal.analytics.disclosure import CannotProtect, Shown, as_shown, protect
from wherewithal.analytics.otherwise import Sum
from wherewithal.analytics.tally import EVERYBODY, NOBODY, Counted, Group, Sums, added
from wherewithal.analytics.ties import OTHERS, SILENT, Cell, Counting, members, same_groups, ties
from wherewithal.policy.disclosure import Rule

BASES: tuple[Kind, ...] = ("cohort", "asked", "answered")
_Same = Sequence[tuple[Group, tuple[Group, ...]]]


@dataclass(frozen=True)
class Whole:
    """Every count of a survey as it may be shown: a set of replies is told everywhere or nowhere.

    ``withheld`` are the groups, of every dimension, of which nothing is told at all; ``untold`` the questions
    that are not broken down by a dimension.
    """

    counted: Counted
    rule: Rule
    withheld: frozenset[Group] = frozenset()
    untold: frozenset[tuple[str, str]] = frozenset()
    _hidden: frozenset[Cell] = frozenset()

    @property
    def hides(self) -> bool:
        """Is any count not shown?"""
        return bool(self._hidden or self.withheld or self.untold)

    def shown(self, question: str, sums: Sums, group: Group = EVERYBODY) -> Shown:
        """How many replies there are of a set, of a group's or of everybody's."""
        is_untold = group in self.withheld or (question, group[0]) in self.untold
        hidden = is_untold or not self._hidden.isdisjoint(((question, sums.mark), ("", sums.mark)))
        return Shown(None, "c") if hidden else as_shown(sums.replies, self.rule)

    def base(self, question: str, group: Group, kind: Kind) -> Sums:
        """Who a base is of, as counted and weighted, before anything is suppressed."""
        return self.counted.heard.get((question, group, kind if kind in BASES else "answered"), NOBODY)

    def unheard(self, question: str, group: Group) -> dict[str, int]:
        """How many gave no answer, by status; one that is suppressed is not there."""
        seen = {
            status: self.shown(
                question, self.counted.heard.get((question, group, status), NOBODY), group
            ).value
            for status in SILENT
        }
        return {status: count for status, count in seen.items() if count is not None}

    def sense(self, question: str, value: str, sense: str) -> int | None:
        """How many stated a value, or implied it; None where that is not told as it is."""
        seen = self.shown(question, self.counted.senses.get((question, value, sense), NOBODY))
        return None if self.rule.round_people_to else seen.value

    def too_few(self, question: str, kind: Kind) -> frozenset[Group]:
        """The groups whose shares of a question are not shown, by the least base of the rule."""
        bases = {group: self.base(question, group, kind) for group in _groups(self.counted)}
        everybody = self.base(question, EVERYBODY, kind)
        alike = (everybody, *bases.values())  # questions that the same replies answered
        if alike not in self._few:
            least = self.rule.smallest_base
            self._few[alike] = _too_few(bases, everybody, least, self.counted, self._same)
        return self._few[alike] | self.withheld

    @cached_property
    def _few(self) -> dict[tuple[Sums, ...], frozenset[Group]]:
        return {}

    @cached_property
    def _same(self) -> _Same:
        return same_groups(self.counted)


def guarded(questions: Sequence[Counting], counted: Counted, rule: Rule) -> Whole:
    """The counts of these questions under a rule; ``counted`` by every dimension that may be printed.

    Where the rule suppresses, nothing is told of a group of which fewer than its threshold took part.
    """
    if not rule.suppress_under:
        return Whole(counted, rule)
    took_part = members(counted)
    everybody = took_part.pop(EVERYBODY, NOBODY)
    few = _too_few(took_part, everybody, rule.suppress_under, counted, same_groups(counted))
    untold = frozenset(_untold(questions, counted))
    for withheld in (few, frozenset(took_part)):  # rather no breakdown than no table
        found = ties(questions, _folded(counted, withheld), rule.suppress_under, untold)
        known = {("", sums.mark) for group, sums in took_part.items() if group not in withheld}
        # Who took part is shown if it can be, for all questions hang on it.
        for fixed in ({*known, ("", everybody.mark)}, set[Cell]()):
            large = {cell for cell in fixed if found.counts.get(cell, 0) >= rule.suppress_under}
            with suppress(CannotProtect):
                seen = protect(found.counts, found.sums, rule, derived=found.derived, shown_before=large)
                hidden = frozenset(
                    cell for cell, one in seen.items() if one.status == "c" and cell not in found.derived
                )
                return Whole(counted, rule, withheld, untold, hidden)
    # With all hidden, there could be one more reply like any that there is.
    hidden = frozenset(cell for cell, count in found.counts.items() if count)
    return Whole(counted, rule, withheld, untold, hidden)


def _untold(questions: Sequence[Counting], counted: Counted) -> Iterator[tuple[str, str]]:
    """A question whose every answer comes from one group of a dimension tells that dimension again: broken
    down by another it would be the table of both. Not where the dimension is made of a question's answers.
    """
    asked = {one.question for one in questions}
    for one in questions:
        for name, names in counted.groups.items():
            keys = [[(one.question, (name, group), value) for group in names] for value in one.values]
            groups = [sum(counted.chosen.get(key, NOBODY).replies > 0 for key in of) for of in keys]
            if name not in asked and len(names) > 1 and max(groups, default=0) == 1:
                yield from ((one.question, other) for other in counted.groups if other != name)


def _groups(counted: Counted) -> list[Group]:
    return [(name, one) for name, names in counted.groups.items() for one in names]


def _folded(counted: Counted, few: Collection[Group]) -> Counted:
    """With the ``few`` groups of a dimension as one, which follows from everybody and the others."""

    def folded(sums_of: Mapping[tuple[str, Group, str], Sums]) -> dict[tuple[str, Group, str], Sums]:
        found: dict[tuple[str, Group, str], Sums] = {}
        for (question, group, what), sums in sums_of.items():
            key = (question, (group[0], OTHERS) if group in few else group, what)
            found[key] = added(found[key], sums) if key in found else sums
        return found

    groups = {
        name: (*(one for one in names if (name, one) not in few), OTHERS)
        if any((name, one) in few for one in names)
        else names
        for name, names in counted.groups.items()
    }
    return replace(counted, groups=groups, heard=folded(counted.heard), chosen=folded(counted.chosen))


def _too_few(
    bases: Mapping[Group, Sums], everybody: Sums, least: int, counted: Counted, same: _Same
) -> frozenset[Group]:
    """The groups with a base below the least, and others with them until what is left of everybody, or of one
    group beside those that are in it, is not small either.
    """
    few = {group for group, base in bases.items() if base.replies < least}
    if not any(bases[group].replies for group in few):
        return frozenset(few)
    cells = {base.mark: base.replies for base in (*bases.values(), everybody) if base.replies}
    wholes = [(everybody.mark, [(name, one) for one in names]) for name, names in counted.groups.items()] + [
        (bases[total].mark, list(parts)) for total, parts in same
    ]
    sums = [
        Sum(total, there)
        for total, parts in wholes
        if len(there := tuple(bases[one].mark for one in parts if bases[one].replies)) > 1
    ]
    stricter = Rule("", "", "", "", suppress_under=least, secondary=True)
    try:
        seen = protect(cells, sums, stricter, shown_before=(everybody.mark,))
    except CannotProtect:
        return frozenset(bases)
    hidden = {mark for mark, one in seen.items() if one.status == "c"}
    return frozenset(few | {group for group, base in bases.items() if base.mark in hidden})
