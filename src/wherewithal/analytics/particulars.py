"""What a council sets itself, counted over the particulars: support, plans, reviews and outcomes. Each row
tells its person's age, since support and plans may run without an event in the year.

``looked_at`` gives what measures of one question look at, a row or a person; ``answer`` how one measure
counts each of them, and why.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import ibis

from wherewithal.analytics import services
from wherewithal.analytics.ages import adult, aged
from wherewithal.analytics.answer import PERSON, Answer
from wherewithal.analytics.any_year import Day, YearAsked, day
from wherewithal.analytics.counted import Counted, Key
from wherewithal.analytics.groups import By, place, total, within
from wherewithal.policy.measure import Measure
from wherewithal.policy.measure_particulars import Particulars

Local = tuple[Measure, Particulars]


def together(asked: Sequence[Measure]) -> list[tuple[Local, ...]]:
    """The measures of particulars, those that look at the same rows together: they are one question."""
    found: dict[tuple[str, str, str], list[Local]] = {}
    for one in asked:
        if isinstance(one.counts, Particulars):
            found.setdefault(one.counts.asks, []).append((one, one.counts))
    return [tuple(of_one) for of_one in found.values()]


def looked_at(rows: Any, of_one: Sequence[Local], period: YearAsked) -> Any:
    """What measures of one question look at, with the person's age; or a row a person."""
    counts = of_one[0][1]
    found = rows.filter(rows.what == counts.what).mutate(
        now=_runs_on(rows, period.last),
        before=_runs_on(rows, period.year_before),
        about=rows.about.fill_null(""),
        born_on=rows.Date_of_Birth,
    )
    found = found.filter(_in_time(found, counts, period))
    if counts.each == "person":
        facts: dict[str, Any] = {"born_on": found.born_on.min()}
        for one, its in of_one:
            facts |= _of_person(found, one, its)
        found = found.group_by(PERSON).aggregate(**facts)
    return aged(found, period)


def answer(found: Any, one: Measure, counts: Particulars) -> Answer:
    """How the measure counts each of what it looks at; of growth, the base is those of a year before."""
    return _of_people(found, one, counts) if counts.each == "person" else _of_each_row(found, counts)


def _of_people(found: Any, one: Measure, counts: Particulars) -> Answer:
    grown_up = adult(found)
    base, figure = found[f"{one.id} base"], found[f"{one.id} figure"]
    told = ("both", "new", "gone", "") if counts.value == "growth" else ("yes", "", "base", "no")
    both, new, gone, neither = (counts.word(of) if of else "" for of in told)

    def why() -> Any:
        return ibis.cases(
            (~grown_up, "Under 18"), (base & figure, both), (figure, new), (base, gone), else_=neither
        )

    return Answer(base & grown_up, figure & grown_up, why)


def _of_each_row(found: Any, counts: Particulars) -> Answer:
    grown_up = adult(found)
    known = _of_those(found, counts) & grown_up
    if counts.value == "pounds":
        known = known & found.pence_per_week.notnull()

    def why() -> Any:
        return ibis.cases(
            (~grown_up, "Under 18"),
            (~_of_those(found, counts), dict(counts.words).get("other", "")),
            *((found.said == said, words) for said, words in counts.words),
            else_="Not written down",
        )

    return Answer(known, known & _in_figure(found, counts), why)


def sums_asked(events: Any, rows: Any, of_one: tuple[Local, ...], period: YearAsked, by: By) -> Any:
    """A row a council: for each measure and group what is in the figure, and what in the base."""
    found = looked_at(rows, of_one, period)
    parts = {}
    for number, (one, counts) in enumerate(of_one):
        counted = answer(found, one, counts)
        for index, group in enumerate(by.ages):
            of_group = within(found, group)
            parts[f"d{number}_{index}"] = total(counted.counted & of_group)
            figure = counted.numerator & of_group
            if counts.value == "pounds":
                parts[f"n{number}_{index}"] = counts.sign * found.pence_per_week.sum(where=figure).fill_null(
                    0
                )
            else:
                parts[f"n{number}_{index}"] = total(figure)
    return found.group_by(place=place(found, by)).aggregate(**parts)


def sums(rows: Iterable[Mapping[str, Any]], of_one: Sequence[Local], by: By) -> dict[Key, Counted]:
    """What ``sums_asked`` answered."""
    found: dict[Key, Counted] = {}
    for row in rows:
        for number, (one, counts) in enumerate(of_one):
            for index, group in enumerate(by.ages):
                part, whole = int(row[f"n{number}_{index}"]), int(row[f"d{number}_{index}"])
                found[row["place"], one.id, group] = Counted(part, whole, _exact(counts, part, whole))
    return found


def rows_asked(events: Any, rows: Any, of_one: tuple[Local, ...], period: YearAsked) -> Any:
    """Each of what is looked at, by person: how each measure counts it, and what the row itself says."""
    found = looked_at(rows, of_one, period)
    columns: dict[str, Any] = {}
    for one, counts in of_one:
        counted = answer(found, one, counts)
        columns |= {
            f"{one.id} in_numerator": counted.numerator,
            f"{one.id} in_denominator": counted.counted,
            f"{one.id} why": counted.why(),
        }
    kept = [name for name in ("first", "last", "said", "about", "pence_per_week") if name in found.columns]
    return found.select(*PERSON, *kept, **columns).order_by(*PERSON, *kept)


def councils_asked(events: Any, rows: Any, by: By) -> Any:
    """The councils that have particulars, whether or not they have events."""
    return rows.select(place=place(rows, by)).distinct()


def _exact(counts: Particulars, part: int, whole: int) -> Fraction | None:
    if not whole:
        return None
    if counts.value == "pounds":
        return Fraction(part, 100)
    return Fraction(100 * (part - whole if counts.value == "growth" else part), whole)


def _in_time(rows: Any, counts: Particulars, period: YearAsked) -> Any:
    if counts.when == "in-year":
        return (rows.first >= day(period.first)) & (rows.first <= day(period.last))
    return rows.now if counts.when == "last-day" else rows.now | rows.before


def _of_person(rows: Any, one: Measure, counts: Particulars) -> dict[str, Any]:
    """Whether the person is in the base, and in the figure."""
    mine = _of_those(rows, counts)
    if counts.value == "growth":
        base, figure = mine & rows.before, mine & rows.now
    else:
        base, figure = mine, mine & _in_figure(rows, counts)
    return {f"{one.id} base": base.any(), f"{one.id} figure": figure.any()}


def _of_those(rows: Any, counts: Particulars) -> Any:
    """Whether what the row is about is among what the measure names."""
    return _about(rows, counts.about)


def _in_figure(rows: Any, counts: Particulars) -> Any:
    """Whether what the row says, and what it is about, is in the figure."""
    says = services.among(rows.said, counts.said) if counts.said else rows.what.notnull()
    return says & _about(rows, counts.said_about)


def _about(rows: Any, codes: Sequence[str]) -> Any:
    """Whether what the row is about is one of the codes; anything is where there are none."""
    if not codes:
        return rows.what.notnull()
    spaced = ibis.literal(" ") + rows.about + " "
    return ibis.or_(*(spaced.contains(f" {code} ") for code in codes))


def _runs_on(rows: Any, on: Day) -> Any:
    when = day(on)
    return ((rows.first <= when) & (rows["last"].isnull() | (rows["last"] >= when))).fill_null(False)
