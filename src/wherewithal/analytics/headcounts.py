"""Shares of people: whoever stands alike in every measure is counted together, and figures are sums of those.

How somebody stands is a number, their mask: a bit for each measure whose base they are in, and one for each
whose numerator. So one question answers every measure, and tells which people two figures share.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wherewithal.analytics import groups
from wherewithal.analytics.any_year import YearAsked
from wherewithal.analytics.counted import Counted, Key, share
from wherewithal.analytics.ever import as_bits
from wherewithal.analytics.groups import By
from wherewithal.analytics.measures import answer, kinds_of_people
from wherewithal.policy.measure import Measure

AT_ONCE = 30  # measures whose two bits a number of 64 bits holds, the sign left alone
Mask = tuple[int, ...]  # a number for each AT_ONCE measures


@dataclass(frozen=True)
class Alike:
    """So many people of one council and one crossed group, who stand alike in every measure."""

    council: str
    cell: Mapping[str, str]
    mask: Mask
    people: int

    def in_base(self, measure: int) -> bool:
        """Of the measure of that number, in the order asked."""
        return bool(self.mask[measure // AT_ONCE] >> (2 * (measure % AT_ONCE)) & 1)

    def in_numerator(self, measure: int) -> bool:
        return bool(self.mask[measure // AT_ONCE] >> (2 * (measure % AT_ONCE) + 1) & 1)


def alike_asked(events: Any, beside: Any, measures: tuple[Measure, ...], period: YearAsked, by: By) -> Any:
    """A row for each council, crossed group and mask there is (``m0``, ``m1``...), with how many people."""
    people = kinds_of_people(events, measures, period, by)
    answers = [answer(people, one, period) for one in measures]
    masks = [
        as_bits([flag for one in answers[first : first + AT_ONCE] for flag in (one.counted, one.numerator)])
        for first in range(0, max(len(answers), 1), AT_ONCE)
    ]
    found = people.select(
        place=groups.place(people, by),
        **groups.keys(people, by),
        **{f"m{number}": mask for number, mask in enumerate(masks)},
        people=people.people,
    )
    keys = ["place", *by.breakdowns, *(f"m{number}" for number in range(len(masks)))]
    return found.group_by(keys).aggregate(people=found.people.sum())


def alike(rows: Iterable[Mapping[str, Any]], by: By) -> list[Alike]:
    """What ``alike_asked`` answered."""
    return [
        Alike(
            row["place"],
            {name: row[name] for name in by.breakdowns},
            tuple(row[name] for name in sorted(key for key in row if key[0] == "m" and key[1:].isdigit())),
            row["people"],
        )
        for row in rows
    ]


def shares(
    found: Sequence[Alike], measures: Sequence[Measure]
) -> tuple[dict[str, list[str]], dict[Key, Counted]]:
    """The groups that each council has, the total first, and what was counted of each."""
    told: dict[str, dict[str, None]] = {}
    parts: Counter[Key] = Counter()
    wholes: Counter[Key] = Counter()
    based: dict[Mask, list[tuple[str, bool]]] = {}  # of each mask, worked out once
    for one in found:
        names = groups.rolled_up(one.cell)
        told.setdefault(one.council, {}).update(dict.fromkeys(names))
        if one.mask not in based:
            based[one.mask] = [
                (measure.id, one.in_numerator(number))
                for number, measure in enumerate(measures)
                if one.in_base(number)
            ]
        for id, in_numerator in based[one.mask]:
            for group in names:
                wholes[one.council, id, group] += one.people
                if in_numerator:
                    parts[one.council, id, group] += one.people
    counted = {
        key: share(parts[key], wholes[key])
        for council, names in told.items()
        for measure in measures
        for group in names
        for key in [(council, measure.id, group)]
    }
    return {council: groups.in_order(names) for council, names in told.items()}, counted
