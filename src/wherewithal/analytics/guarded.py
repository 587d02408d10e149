"""What of one table's counts may be shown: its answers, who was silent, and its bases, guarded together.

A reader can subtract one of them from another: groups from everybody, answers that exclude each other from
who answered, who was silent from who took part. Each table is guarded by itself: a release whose rule has a
threshold must not rest on that alone, since routing and common totals tie tables together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wherewithal.analytics.base import ALL, Kind
from wherewithal.analytics.disclosure import Shown, Sum, protect
from wherewithal.analytics.tally import NOBODY, Counted
from wherewithal.policy.disclosure import Rule

ASKED_AND_SILENT = ("blank", "insufficient", "refused")
SILENT = ("not asked", *ASKED_AND_SILENT)
"""The statuses of who gave no answer that counts."""
BASES: tuple[Kind, ...] = ("cohort", "asked", "answered")
STATUSES_OF: Mapping[Kind, tuple[str, ...]] = {
    "cohort": ("answered", *SILENT),
    "asked": ("answered", *ASKED_AND_SILENT),
}
"""Who a base is of, by status; a base that is not here is of who answered."""

_Key = tuple[str, str, str]
"""A count of one table: chosen or heard, which answer or status, in which group."""


@dataclass(frozen=True)
class Guarded:
    """Every count of one table as it may be shown."""

    _cells: Mapping[_Key, Shown]

    def chosen(self, value: str, group: str) -> Shown:
        """How many gave an answer."""
        return self._cells["chosen", value, group]

    def bases(self, group: str, kinds: Sequence[Kind]) -> dict[Kind, Shown]:
        """How many each base is of; who was coded is who answered."""
        return {kind: self._cells["heard", "answered" if kind == "coded" else kind, group] for kind in kinds}

    def unheard(self, group: str) -> dict[str, int]:
        """How many gave no answer, by status; one that is suppressed is not there."""
        seen = {status: self._cells["heard", status, group].value for status in SILENT}
        return {status: count for status, count in seen.items() if count is not None}


def guarded(
    question: str,
    values: Sequence[str],
    groups: Sequence[str],
    counted: Counted,
    rule: Rule,
    *,
    several: bool,
) -> Guarded:
    """The counts of a question's ``values`` in ``groups`` (all first, where there are others) under a rule.

    ``several``: one reply may give several answers, which then add up to nothing. Raises CannotProtect.
    """
    cells: dict[_Key, int] = {}
    sums: list[Sum[_Key]] = []
    for group in groups:
        for value in values:
            cells["chosen", value, group] = counted.chosen.get((question, group, value), NOBODY).replies
        for status in ("answered", *SILENT):
            cells["heard", status, group] = counted.heard.get((question, group, status), NOBODY).replies
        of_asked: list[_Key] = [("heard", status, group) for status in STATUSES_OF["asked"]]
        asked, cohort = ("heard", "asked", group), ("heard", "cohort", group)
        cells[asked] = sum(cells[part] for part in of_asked)
        cells[cohort] = cells[asked] + cells["heard", "not asked", group]
        sums += [Sum(asked, tuple(of_asked)), Sum(cohort, (asked, ("heard", "not asked", group)))]
        answers: tuple[_Key, ...] = tuple(("chosen", value, group) for value in values)
        if not several and sum(cells[one] for one in answers) == cells["heard", "answered", group]:
            sums.append(Sum(("heard", "answered", group), answers))
    inner = [group for group in groups if group != ALL]
    whole = [key for key in cells if key[2] == ALL] if inner else []
    sums += [Sum(key, tuple((*key[:2], group) for group in inner)) for key in whole]
    return Guarded(protect(cells, sums, rule))
