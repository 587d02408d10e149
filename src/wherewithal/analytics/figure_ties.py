"""What ties the counts of figures together, so that one follows from others: for ``disclosure.protect``."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from wherewithal.analytics import groups
from wherewithal.analytics.disclosure import CannotProtect, Shown, protect
from wherewithal.analytics.figures import Figure
from wherewithal.analytics.groups import TOTAL
from wherewithal.analytics.headcounts import Alike
from wherewithal.analytics.otherwise import Sum
from wherewithal.policy.disclosure import Rule
from wherewithal.policy.measure import measure

Cell = Hashable
NOBODY = Shown(0, "ok")  # a cell that is none
MORE = 1000  # times its count is a total worth: it is what figures are looked up for


@dataclass
class Ties:
    """The counts (``cells``), which add up to which, those that nobody prints, and where a figure's two are.

    ``where`` is by measure and group: the cells of the numerator and of the denominator; ``could`` by
    measure: of those in the base who could have what it counts. A cell not among ``cells`` counts nobody.
    ``worth`` says of totals that they are worth more than any group.
    """

    cells: dict[Cell, int] = field(default_factory=dict)
    sums: list[Sum[Cell]] = field(default_factory=list)
    derived: set[Cell] = field(default_factory=set)
    where: dict[tuple[str, str], tuple[Cell, Cell]] = field(default_factory=dict)
    could: dict[str, Cell] = field(default_factory=dict)
    worth: dict[Cell, int] = field(default_factory=dict)

    def unprinted(self, cell: Cell, count: int) -> None:
        self.cells[cell] = count
        self.derived.add(cell)

    def made_of(self, parts: tuple[Cell, ...]) -> Cell:
        """A cell named by its parts, made once, and not of none."""
        if parts and parts not in self.cells:
            self.cells[parts] = sum(self.cells[part] for part in parts)
            self.sums.append(Sum(parts, parts))
        return parts

    def between(self, least: int) -> None:
        """A cell for the few people that one printed set has beyond another: subtraction would tell them."""
        sets = [(self.cells[one.total], frozenset(one.parts)) for one in self.sums]
        for many, wide in sets:
            for few, narrow in sets:
                if 0 < many - few < least and narrow < wide:
                    self.few(tuple(sorted(wide - narrow, key=str)), least)

    def shown(self, rule: Rule) -> dict[Cell, Shown]:
        """Every cell as the rule lets it be shown. All go where they are so small and so many that no end of
        suppressing is found.
        """
        try:
            return protect(self.cells, self.sums, rule, derived=self.derived, worth=self.worth)
        except CannotProtect:
            return dict.fromkeys(self.cells, Shown(None, "c"))

    def few(self, who: tuple[Cell, ...], least: int) -> None:
        """A cell that nobody prints for people who follow from what is printed, where they are few."""
        if len(who) > 1 and who not in self.cells and 0 < sum(self.cells[one] for one in who) < least:
            self.derived.add(self.made_of(who))


def tied(figures: Sequence[Figure], standing: Sequence[Alike], ids: Sequence[str], least: int) -> Ties:
    """The ties of one council's figures: those of the measures ``ids`` count people, who stand alike as in
    ``standing``; below ``least`` people are few.
    """
    ties = Ties()
    for number, one in enumerate(standing):
        ties.unprinted(("alike", number), one.people)
    for figure in figures:
        if figure.measure in ids:
            _of_people(ties, figure, standing, ids)
    ties.between(least)
    _of_no_known_age(ties, standing, least)
    _of_others(ties, [one for one in figures if one.measure not in ids])
    for (_, group), its in ties.where.items():
        if group == TOTAL:
            ties.worth |= {cell: ties.cells[cell] * MORE for cell in its if cell in ties.cells}
    return ties


def _of_people(ties: Ties, figure: Figure, standing: Sequence[Alike], ids: Sequence[str]) -> None:
    """A cell for each set of people that is told, the same one however often, made of who stand alike."""
    id, group = figure.measure, figure.group
    place, of = ids.index(id), measure(id)
    base = [
        number
        for number, one in enumerate(standing)
        if one.in_base(place) and group in groups.rolled_up(one.cell)
    ]
    part = [number for number in base if standing[number].in_numerator(place)]
    ties.where[id, group] = ties.made_of(_alike(part)), ties.made_of(_alike(base))
    if group == TOTAL and of.highest in ids:
        widest = ids.index(of.highest)
        could = [number for number in base if number in part or standing[number].in_base(widest)]
        ties.could[id] = ties.made_of(_alike(could))


def _of_no_known_age(ties: Ties, standing: Sequence[Alike], least: int) -> None:
    """Who is in no age group: what a set of people has beyond those of its ages together."""
    lost = {
        ("alike", number)
        for number, one in enumerate(standing)
        if one.cell.get("age") == groups.AGE_NOT_KNOWN
    }
    for one in list(ties.sums):
        ties.few(tuple(part for part in one.parts if part in lost), least)


def _alike(numbers: Iterable[int]) -> tuple[Cell, ...]:
    return tuple(("alike", number) for number in numbers)


def _of_others(ties: Ties, figures: Iterable[Figure]) -> None:
    """What counts journeys or particulars: each group's base, and of a share the two parts of it."""
    of_measure: dict[str, list[Figure]] = defaultdict(list)
    for one in figures:
        of_measure[one.measure].append(one)
    for id, its in of_measure.items():
        for one in its:
            whole, part, rest = (id, one.group, "d"), (id, one.group, "n"), (id, one.group, "rest")
            ties.cells[whole] = one.denominator
            if one.unit == "%" and one.numerator is not None:
                ties.cells[part] = one.numerator
                ties.unprinted(rest, one.denominator - one.numerator)
                ties.sums.append(Sum(whole, (part, rest)))
            ties.where[id, one.group] = (part, whole)
        for which in ("d", "n"):
            _add_up(ties, id, which, [one.group for one in its if one.group != TOTAL])


def _add_up(ties: Ties, id: str, which: str, ages: Sequence[str]) -> None:
    """The ages of a measure and those of no known age are its total."""
    total: Cell = (id, TOTAL, which)
    if ages and total in ties.cells:
        parts: list[Cell] = [(id, name, which) for name in ages]
        unknown: Cell = (id, groups.AGE_NOT_KNOWN, which)
        ties.unprinted(unknown, ties.cells[total] - sum(ties.cells[one] for one in parts))
        ties.sums.append(Sum(total, (*parts, unknown)))
