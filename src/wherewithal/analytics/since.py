"""A correction beside what was printed before: which counts of the few that changed both give away together.

Two releases of one wave count nearly the same replies. What one shows less what the other shows is a count
too, of those that came, went or were put right since. And where each hides other counts beside the same
small one, what the first tells of a sum less what the second tells of its parts is nearly that.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wherewithal.analytics.base import ALL
from wherewithal.analytics.tabulate import Table
from wherewithal.analytics.ties import ASKED_AND_SILENT, SILENT
from wherewithal.policy.disclosure import Rule

Key = tuple[str, str, str, str]
"""Question, dimension and group (both as for everybody), and an answer, a status or a base."""
Shown = Mapping[Key, int | None]


@dataclass(frozen=True)
class GivenAway:
    """What gives a small count away: of which question, in which group, of what.

    ``by``: how many more there are now (fewer where negative). It is None for a count that only one of the
    two shows, beside others that neither does: whoever takes it that few changed works those out.
    """

    question: str
    group: str
    what: str
    by: int | None
    now: bool

    @property
    def says(self) -> str:
        """``“Do you have a plan?”, “Yes”: 2 more than before.``"""
        where = "" if self.group == ALL else f", {self.group}"
        if self.by is None:
            told = "told now and not before" if self.now else "told before and not now"
            found = f"{told}, beside what is told in neither"
        else:
            found = f"{abs(self.by)} {'more' if self.by > 0 else 'fewer'} than before"
        return f"“{self.question}”{where}, “{self.what}”: {found}."


def since(before: Shown, now: Iterable[Table], rule: Rule) -> list[GivenAway]:
    """What the tables of ``now`` would give away beside what those ``before`` showed, in the order of the
    new tables; each may be of everybody and by several dimensions.

    Two counts that differ by 1 to below the rule's threshold, and in a sum of which something is suppressed
    in both, what only one of the two shows. Empty where the rule has no threshold. A question that only one
    of the two has gives nothing away.
    """
    if not rule.suppress_under:
        return []
    new = list(now)
    were, are = before, shown(new)
    found: dict[Key, int | None] = {}
    for key in are.keys() & were.keys():
        was, count = were[key], are[key]
        if was is not None and count is not None and 0 < abs(count - was) < rule.suppress_under:
            found[key] = count - was
    for one in _sums(new):
        hid, hides = ({key for key in one if key in seen and seen[key] is None} for seen in (were, are))
        if hid & hides:
            found |= dict.fromkeys(key for key in hid ^ hides if key in were)
    words = _words(new)
    return [GivenAway(*words[key], found[key], are[key] is not None) for key in are if key in found]


def shown(tables: Iterable[Table]) -> dict[Key, int | None]:
    """Every count that tables show; None for one that is suppressed."""
    found: dict[Key, int | None] = {}
    for table in tables:
        for group in table.groups:
            at = _at(table, group)
            for row in table.rows:
                found[*at, f"={row.value}"] = row.cells[group].figure.numerator
            for kind, base in table.bases[group].items():
                found[*at, kind] = None if base.hidden else base.count
            for status in SILENT:
                found[*at, status] = table.unheard[group].get(status)
    return found


def _sums(tables: Iterable[Table]) -> Iterator[tuple[Key, ...]]:
    """Counts that add up: the first is what the others come to."""
    for table in tables:
        for group in table.groups:
            at = _at(table, group)
            yield (*at, "asked"), (*at, "answered"), *((*at, status) for status in ASKED_AND_SILENT)
            yield (*at, "cohort"), (*at, "asked"), (*at, "not asked")
            if not table.several:
                yield (*at, "answered"), *((*at, f"={row.value}") for row in table.rows)
        whole, parts = _at(table, ALL), [_at(table, group) for group in table.groups if group != ALL]
        counts = [f"={row.value}" for row in table.rows]
        for what in (*counts, *table.bases[ALL], *SILENT) if parts else ():
            yield (*whole, what), *((*part, what) for part in parts)


def _at(table: Table, group: str) -> tuple[str, str, str]:
    return table.question, "" if group == ALL else table.by, group


def _words(tables: Iterable[Table]) -> dict[Key, tuple[str, str, str]]:
    """The question, the group and what was counted, as a reader has them."""
    found = {}
    for table in tables:
        labels = {f"={row.value}": row.label for row in table.rows}
        for group in table.groups:
            for what in (*labels, *table.bases[group], *SILENT):
                found[*_at(table, group), what] = (table.title, group, labels.get(what, what))
    return found
