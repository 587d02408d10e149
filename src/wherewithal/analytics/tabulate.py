"""A survey's tables: every question at once, each share with its base, and who gave no answer, apart.

Two grouped sums over the replies give every count, every weight and every standard error.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import ibis
import pyarrow as pa

from wherewithal.analytics.base import Base, Kind
from wherewithal.analytics.disclosure import Sum, may_cross, protect, wants_a_second_look
from wherewithal.analytics.figures import Figure, Status
from wherewithal.analytics.interval import standard_error, wilson
from wherewithal.analytics.measures import engine, run
from wherewithal.analytics.replies import Replies
from wherewithal.core.money import half_up
from wherewithal.core.questions import CHOOSING, Question, Questionnaire
from wherewithal.core.refusal import Refusal
from wherewithal.policy.disclosure import Rule

ALL = "all"


class CannotTabulate(Refusal):
    """A table that must not or cannot be made; ``says`` why."""


@dataclass(frozen=True)
class Weighting:
    """One weight a reply, in the replies' order, and what they were made by, in words."""

    weights: Sequence[float]
    says: str


@dataclass(frozen=True)
class Cell:
    """One share. ``figure`` is what is printed; the rest is beside it where it applies.

    ``second_look``: so few said so (or did not) that a second person looks first. ``weighted`` in percent;
    ``error`` its standard error in points; ``interval`` in percent, of a probability sample only.
    """

    figure: Figure
    base: Base
    second_look: bool = False
    weighted: float | None = None
    error: float | None = None
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Row:
    """One answer, its cells by group (``all`` first), how many said it outright and how many implied it."""

    value: str
    label: str
    cells: Mapping[str, Cell]
    stated: int
    implied: int


@dataclass(frozen=True)
class Table:
    """One question. ``bases`` by group and kind; ``unheard`` by group and status: who gave no answer."""

    question: str
    title: str
    by: str
    groups: tuple[str, ...]
    rows: tuple[Row, ...]
    bases: Mapping[str, Mapping[Kind, Base]]
    unheard: Mapping[str, Mapping[str, int]]
    several: bool
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Survey:
    """What a survey's tables have in common: its name, whose words it is in, what answers it, by which rule.

    ``field`` is the size of what a probability sample was drawn from; None for who chose to answer.
    """

    wave: str
    rule: Rule
    unit: str = "council"
    units: str = "councils"
    of: Kind = "answered"
    field: int | None = None


def tabulate(
    questionnaire: Questionnaire,
    replies: Replies,
    survey: Survey,
    *,
    by: str = "",
    weighting: Weighting | None = None,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    exclusive: Collection[str] = (),
) -> list[Table]:
    """A table for every question that is chosen or coded, in their order; ``by`` a dimension of the groups.

    ``labels`` are the codes of questions answered in words, of which those ``exclusive`` get one code each.
    Raises CannotTabulate for a dimension that is not there, or that the rule does not let stand.
    """
    if by and by not in replies.groups:
        raise CannotTabulate(f"There is no “{by}” to break down by. There are: {', '.join(replies.groups)}.")
    if by and not may_cross((by, *by.split(" x ")), survey.rule):
        raise CannotTabulate(f"By {by} a reply could be known: “{survey.rule.title}” makes no such table.")
    counted = _count(replies, by, weighting)
    groups = (ALL, *sorted(set(replies.groups[by]))) if by else (ALL,)
    coded = labels or {}
    several = {id for id in coded if id not in exclusive}
    several |= {question.id for question in questionnaire.questions.values() if question.kind == "several"}
    return [
        _table(
            question, counted, survey, by, groups, weighting, coded.get(question.id), question.id in several
        )
        for question in questionnaire.questions.values()
        if question.kind in CHOOSING or question.id in coded
    ]


@dataclass(frozen=True)
class _Sums:
    replies: int = 0
    weight: float = 0.0
    squares: float = 0.0


_NONE = _Sums()


@dataclass(frozen=True)
class _Counted:
    """``heard`` by question, group and status, ``chosen`` by value; ``senses`` by question, value, sense."""

    heard: Mapping[tuple[str, str, str], _Sums]
    chosen: Mapping[tuple[str, str, str], _Sums]
    senses: Mapping[tuple[str, str, str], int]


def _count(replies: Replies, by: str, weighting: Weighting | None) -> _Counted:
    heard = _with(replies.heard, replies, by, weighting)
    chosen = _with(replies.chosen, replies, by, weighting)
    told = heard.filter((heard.status == "answered") & (heard.sense != ""))
    both = chosen.join(told, ["question", "reply"]).select("question", "value", sense=told.sense)
    with engine() as connection:  # opening one costs more than a question
        statuses = _sums(heard, ("question", "status"), bool(by), connection)
        values = _sums(chosen, ("question", "value"), bool(by), connection)
        rows = run(both.group_by("question", "value", "sense").aggregate(count=both.count()), connection)
    senses = {(row["question"], row["value"], row["sense"]): row["count"] for row in rows.to_pylist()}
    return _Counted(statuses, values, senses)


def _with(table: pa.Table, replies: Replies, by: str, weighting: Weighting | None) -> Any:
    """The table with each row's group and weight, as expressions of plain words."""
    at = table["reply"].combine_chunks()
    if by:
        groups = pa.array(replies.groups[by]).dictionary_encode()
        table = table.append_column("group", groups.take(at))
    if weighting is not None:
        table = table.append_column("weight", pa.array(weighting.weights, pa.float64()).take(at))
    return ibis.memtable(table)


def _sums(
    rows: Any, keys: tuple[str, str], grouped: bool, connection: Any
) -> dict[tuple[str, str, str], _Sums]:
    """By the keys, for every group and for all together."""
    weighted = "weight" in rows.columns
    sums = {"replies": rows.count()}
    if weighted:
        sums |= {"weight": rows.weight.sum(), "squares": (rows.weight * rows.weight).sum()}
    by = (*keys, "group") if grouped else keys
    found: dict[tuple[str, str, str], _Sums] = {}
    for row in run(rows.group_by(*by).aggregate(**sums), connection).to_pylist():
        one = _Sums(row["replies"], row.get("weight", row["replies"]), row.get("squares", row["replies"]))
        whole = (row[keys[0]], ALL, row[keys[1]])
        found[whole] = _added(found.get(whole, _NONE), one)
        if grouped:
            found[row[keys[0]], row["group"], row[keys[1]]] = one
    return found


def _added(first: _Sums, second: _Sums) -> _Sums:
    return _Sums(first.replies + second.replies, first.weight + second.weight, first.squares + second.squares)


def _table(
    question: Question,
    counted: _Counted,
    survey: Survey,
    by: str,
    groups: tuple[str, ...],
    weighting: Weighting | None,
    labels: Mapping[str, str] | None,
    several: bool,
) -> Table:
    values = labels if labels is not None else {choice.value: choice.text for choice in question.choices}
    bases = {group: _bases(question.id, group, counted, survey, labels is not None) for group in groups}
    kind: Kind = "coded" if labels is not None and survey.of == "answered" else survey.of
    shown = _shown(question.id, tuple(values), groups, counted, survey.rule, several)
    rows = []
    for value, label in values.items():
        cells = {
            group: _cell(question, value, group, bases[group][kind], counted, survey, shown, weighting, label)
            for group in groups
        }
        senses = [counted.senses.get((question.id, value, sense), 0) for sense in ("stated", "implied")]
        rows.append(Row(value, label, cells, *senses))
    unheard = {
        group: {
            status: counted.heard.get((question.id, group, status), _NONE).replies
            for status in ("not asked", "blank", "insufficient", "refused")
        }
        for group in groups
    }
    notes = _notes(survey, several, weighting, question, groups, bases, kind)
    return Table(question.id, question.label, by, groups, tuple(rows), bases, unheard, several, notes)


def _bases(question: str, group: str, counted: _Counted, survey: Survey, is_coded: bool) -> dict[Kind, Base]:
    by_status = {
        status: counted.heard.get((question, group, status), _NONE).replies
        for status in ("answered", "blank", "insufficient", "refused", "not asked")
    }
    cohort = sum(by_status.values())
    counts: dict[Kind, int] = {
        "cohort": cohort,
        "asked": cohort - by_status["not asked"],
        "answered": by_status["answered"],
    }
    if is_coded:
        counts["coded"] = by_status["answered"]
    return {kind: Base(kind, count, survey.unit, survey.units) for kind, count in counts.items()}


def _shown(
    question: str,
    values: tuple[str, ...],
    groups: tuple[str, ...],
    counted: _Counted,
    rule: Rule,
    several: bool,
) -> Mapping[tuple[str, str], Any]:
    """Every count as the rule lets it be shown, guarded over groups and over answers that exclude."""
    cells = {
        (value, group): counted.chosen.get((question, group, value), _NONE).replies
        for value in values
        for group in groups
    }
    inner = tuple(group for group in groups if group != ALL)
    sums = [Sum((value, ALL), tuple((value, group) for group in inner)) for value in values if inner]
    if not several:
        for group in groups:
            cells["answered", group] = sum(cells[value, group] for value in values)
            sums.append(Sum(("answered", group), tuple((value, group) for value in values)))
    return protect(cells, sums, rule)


def _cell(
    question: Question,
    value: str,
    group: str,
    base: Base,
    counted: _Counted,
    survey: Survey,
    shown: Mapping[tuple[str, str], Any],
    weighting: Weighting | None,
    label: str,
) -> Cell:
    sums = counted.chosen.get((question.id, group, value), _NONE)
    seen = shown[value, group]
    too_few = group != ALL and base.count < survey.rule.smallest_base
    status: Status = "c" if too_few else seen.status
    count = None if status == "c" else seen.value
    percent = None
    if count is not None and base.count:
        exact = Fraction(100 * (seen.value if survey.rule.percent_of_rounded else sums.replies), base.count)
        decimals = survey.rule.percent_decimals
        percent = Decimal(half_up(exact * 10**decimals)).scaleb(-decimals)
    elif status == "ok":
        status = "x"
    figure = Figure(
        measure=f"{question.id}:{value}", period=survey.wave, council=ALL, group=group, numerator=count,
        denominator=base.count, value=percent, status=status, unit="%", base=base.says,
        definition=f"{question.text} {label}", source=survey.wave, verified=True,
    )  # fmt: skip
    look = wants_a_second_look(sums.replies, base.count, survey.rule)
    if percent is None:
        return Cell(figure, base, look)
    return Cell(
        figure, base, look, *_weighted(question.id, group, sums, base, counted, weighting),
        interval=_interval(sums.replies, base, survey) if group == ALL else None,
    )  # fmt: skip


def _weighted(
    question: str, group: str, sums: _Sums, base: Base, counted: _Counted, weighting: Weighting | None
) -> tuple[float | None, float | None]:
    if weighting is None:
        return None, None
    wanted: dict[Kind, Iterable[str]] = {
        "cohort": ("answered", "blank", "insufficient", "refused", "not asked"),
        "asked": ("answered", "blank", "insufficient", "refused"),
    }
    whole = _NONE
    for status in wanted.get(base.kind, ("answered",)):
        whole = _added(whole, counted.heard.get((question, group, status), _NONE))
    if not whole.weight:
        return None, None
    error = standard_error(whole.replies, whole.weight, whole.squares, sums.weight, sums.squares)
    return 100 * sums.weight / whole.weight, 100 * error


def _interval(count: int, base: Base, survey: Survey) -> tuple[float, float] | None:
    if survey.field is None:
        return None
    low, high = wilson(count, base.count, survey.field)
    return 100 * low, 100 * high


def _notes(
    survey: Survey,
    several: bool,
    weighting: Weighting | None,
    question: Question,
    groups: tuple[str, ...],
    bases: Mapping[str, Mapping[Kind, Base]],
    kind: Kind,
) -> tuple[str, ...]:
    says = [f"Shares are of {bases[ALL][kind].says}."]
    if several:
        says.append(f"One {survey.unit} may give several answers, so shares can add to more than 100%.")
    if survey.field is None:
        says.append(f"The {survey.units} chose to answer, so no interval can be given.")
    if weighting is not None:
        says.append(f"Weighted {weighting.says}.")
    least = survey.rule.smallest_base
    broken = groups[1:] if groups[0] == ALL else groups
    small = [group for group in broken if bases[group][kind].count < least]
    if small:
        says.append(f"Fewer than {least} answered of: {', '.join(small)}; shown as [c].")
    return tuple(says)


def change(first: Cell, second: Cell, *, comparable: bool, same_field: bool) -> Decimal:
    """Points from the first wave to the second.

    Raises CannotTabulate, in words, where the two do not compare: another question, another kind of base, or
    respondents that are not of the same field.
    """
    if not comparable:
        raise CannotTabulate("The question changed between the waves, so its shares are not compared.")
    if first.base.kind != second.base.kind:
        raise CannotTabulate(f"One share is of {first.base}, the other of {second.base}.")
    if not same_field:
        raise CannotTabulate("Other respondents answered: a difference could be theirs and not a change.")
    if first.figure.value is None or second.figure.value is None:
        raise CannotTabulate("One of the two is not shown.")
    return second.figure.value - first.figure.value
