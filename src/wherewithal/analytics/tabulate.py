"""A survey's tables: every question at once, each share with its base, and who gave no answer, apart.

A few sums over the replies give every count, every weight and every standard error (``tally.py``); what of
them may be shown is decided for all of them together (``guarded.py``), so that no two tables tell more.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from wherewithal.analytics.base import ALL, Base, Kind
from wherewithal.analytics.disclosure import Shown, may_cross, wants_a_second_look
from wherewithal.analytics.figures import Figure, Status
from wherewithal.analytics.guarded import BASES, Whole, guarded
from wherewithal.analytics.interval import standard_error, wilson
from wherewithal.analytics.replies import Replies
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.tally import EVERYBODY, NOBODY, Group, Sums, tally
from wherewithal.analytics.ties import Counting
from wherewithal.analytics.weights import effective
from wherewithal.core.questions import CHOOSING, LISTING, Question, Questionnaire
from wherewithal.core.refusal import Refusal
from wherewithal.policy.disclosure import Rule


class CannotTabulate(Refusal):
    """A table that must not or cannot be made; ``says`` why."""


@dataclass(frozen=True)
class Weighting:
    """One weight a reply, in the replies' order, and what they were made by, in words.

    ``apart`` are the groups to which the weights give each its own share.
    """

    weights: Sequence[float]
    says: str
    apart: frozenset[Group] = frozenset()

    @property
    def note(self) -> str:
        return f"Weighted {self.says}."

    @property
    def effective(self) -> float:
        """How many replies without weights would tell as much."""
        return effective(self.weights)


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
    """One answer, its cells by group (``all`` first), how many said it outright and how many implied it.

    These two are None where a count of the row is not shown, or is rounded: they would add up to it.
    """

    value: str
    label: str
    cells: Mapping[str, Cell]
    stated: int | None
    implied: int | None


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


@dataclass(frozen=True)
class Tallied:
    """A survey's replies added up and guarded as a whole: what every table of it is read from.

    ``labels`` are the codes of questions answered in words; ``several`` the questions of which one reply may
    give more than one answer.
    """

    questionnaire: Questionnaire
    survey: Survey
    whole: Whole
    weighting: Weighting | None
    labels: Mapping[str, Mapping[str, str]]
    several: frozenset[str]

    def values(self, question: Question) -> Mapping[str, str]:
        """What is counted of a question, with its words."""
        if question.id in self.labels:
            return self.labels[question.id]
        return {choice.value: choice.text for choice in question.choices}


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
    """``tables`` of what is ``tallied`` here. Raises CannotTabulate."""
    made = tallied(questionnaire, replies, survey, weighting=weighting, labels=labels, exclusive=exclusive)
    return tables(made, by)


def tallied(
    questionnaire: Questionnaire,
    replies: Replies,
    survey: Survey,
    *,
    weighting: Weighting | None = None,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    exclusive: Collection[str] = (),
) -> Tallied:
    """Every question that is chosen or coded, of everybody and by each dimension of the replies that the rule
    lets stand, guarded together.

    ``labels`` are the codes of questions answered in words, of which those ``exclusive`` get one code each.
    The questionnaire must be whole: a question that is left out here and printed elsewhere is not guarded.
    """
    coded = labels or {}
    several = {id for id in coded if id not in exclusive}
    several |= {question.id for question in questionnaire.questions.values() if question.kind in LISTING}
    dimensions = [name for name in replies.groups if may_cross((name, *name.split(" x ")), survey.rule)]
    paired = [id for id in coded if id in several]
    counted = tally(replies, dimensions, None if weighting is None else weighting.weights, paired)
    made = Tallied(questionnaire, survey, Whole(counted, survey.rule), weighting, coded, frozenset(several))
    counting = [
        Counting(question.id, tuple(made.values(question)), question.id in several)
        for question in _counted(made)
    ]
    return replace(made, whole=guarded(counting, counted, survey.rule))


def tables(made: Tallied, by: str = "") -> list[Table]:
    """A table for every question that was tallied, in their order; ``by`` a dimension of the groups.

    Raises CannotTabulate for a dimension that is not there, or that the rule does not let stand.
    """
    rule, groups = made.survey.rule, made.whole.counted.groups
    if by and not may_cross((by, *by.split(" x ")), rule):
        raise CannotTabulate(f"By {by} a reply could be known: “{rule.title}” makes no such table.")
    if by and by not in groups:
        raise CannotTabulate(f"There is no “{by}” to break down by. There are: {', '.join(groups)}.")
    return [_table(made, question, by) for question in _counted(made)]


def _counted(made: Tallied) -> list[Question]:
    asked = made.questionnaire.questions.values()
    return [question for question in asked if question.kind in CHOOSING or question.id in made.labels]


def _table(made: Tallied, question: Question, by: str) -> Table:
    survey, whole, coded = made.survey, made.whole, question.id in made.labels
    kind: Kind = "coded" if coded and survey.of == "answered" else survey.of
    keys = {ALL: EVERYBODY} | {name: (by, name) for name in whole.counted.groups.get(by, ())}
    groups = tuple(keys)
    of_kinds = (*BASES, "coded") if coded else BASES
    bases = {
        group: {
            of: _base(of, whole.shown(question.id, whole.base(question.id, key, of), key), survey)
            for of in of_kinds
        }
        for group, key in keys.items()
    }
    exact = {group: whole.base(question.id, key, kind) for group, key in keys.items()}
    few = whole.too_few(question.id, kind) if by or made.weighting else frozenset()
    hidden = frozenset(group for group, key in keys.items() if key in few)
    rows = []
    for value, label in made.values(question).items():
        counts = {
            group: whole.counted.chosen.get((question.id, key, value), NOBODY) for group, key in keys.items()
        }
        seen = {
            group: Shown(None, "c") if group in hidden else whole.shown(question.id, sums, keys[group])
            for group, sums in counts.items()
        }
        weighting = made.weighting if _may_be_weighted(made, question.id, value, kind, few) else None
        cells = {
            group: cell_of(
                figure_of(
                    question, value, label, group, bases[group][kind], seen[group], sums, exact[group], survey
                ),
                bases[group][kind], sums, exact[group], survey, weighting,
            )
            for group, sums in counts.items()
        }  # fmt: skip
        stated, implied = (
            whole.sense(question.id, value, sense) if _is_told(cells.values(), survey) else None
            for sense in ("stated", "implied")
        )
        rows.append(Row(value, label, cells, stated, implied))
    unheard = {group: whole.unheard(question.id, key) for group, key in keys.items()}
    several = question.id in made.several and question.kind != "rank"
    notes = _notes(survey, several, made.weighting, groups, bases, hidden, kind)
    return Table(question.id, question.label, by, groups, tuple(rows), bases, unheard, several, notes)


def _may_be_weighted(made: Tallied, question: str, value: str, kind: Kind, few: frozenset[Group]) -> bool:
    """Weights of groups are known, so a weighted count is one more sum of the groups' counts: under a rule
    that suppresses, it is told only where all of those are; under one of small groups, where none of these
    has a weight of its own.
    """
    whole = made.whole
    if made.weighting is None:
        return False
    if any(whole.base(question, group, kind).replies for group in few & made.weighting.apart):
        return False
    if not whole.hides:
        return True
    groups = [(name, one) for name, names in whole.counted.groups.items() for one in names]
    return all(
        whole.shown(question, sums, group).value is not None
        for group in groups
        for sums in (
            whole.counted.chosen.get((question, group, value), NOBODY),
            whole.base(question, group, kind),
        )
    )


def _is_told(cells: Iterable[Cell], survey: Survey) -> bool:
    """Is every count of a row shown as it is?"""
    rule = survey.rule
    return not rule.round_people_to and all(cell.figure.status == "ok" for cell in cells)


def _base(kind: Kind, seen: Shown, survey: Survey) -> Base:
    return Base(kind, seen.value or 0, survey.unit, survey.units, hidden=seen.value is None)


def figure_of(
    question: Question,
    value: str,
    label: str,
    group: str,
    base: Base,
    seen: Shown,
    sums: Sums,
    whole: Sums,
    survey: Survey,
) -> Figure:
    """The share of a base that has a value, as it is printed: ``seen`` of what ``sums`` and ``whole`` are."""
    rule, status, percent = survey.rule, seen.status, None
    if base.hidden:
        status = "c"
    count = None if status == "c" else seen.value
    part, of = (seen.value, base.count) if rule.percent_of_rounded else (sums.replies, whole.replies)
    if count is not None and part is not None and of:
        percent = rounded(Fraction(100 * part, of), rule.percent_decimals)
    says: Status = "x" if percent is None and status == "ok" else status
    return Figure(
        measure=f"{question.id}:{value}", period=survey.wave, council=ALL, group=group, numerator=count,
        denominator=base.count, value=percent, status=says, unit="%", base=base.says,
        definition=f"{question.text} {label}", source=survey.wave, verified=True,
    )  # fmt: skip


def cell_of(
    figure: Figure, base: Base, sums: Sums, whole: Sums, survey: Survey, weighting: Weighting | None
) -> Cell:
    """The figure with what stands beside it where it applies."""
    look = wants_a_second_look(sums.replies, whole.replies, survey.rule)
    if figure.value is None:
        return Cell(figure, base, look)
    weighted, error = _weighted(sums, whole) if weighting is not None else (None, None)
    interval = _interval(sums, whole, survey) if figure.group == ALL else None
    return Cell(figure, base, look, weighted, error, interval)


def _weighted(sums: Sums, whole: Sums) -> tuple[float | None, float | None]:
    """The weighted share in percent and its standard error in points; nothing where no weight is."""
    if not whole.weight:
        return None, None
    error = standard_error(whole.replies, whole.weight, whole.squares, sums.weight, sums.squares)
    return 100 * sums.weight / whole.weight, 100 * error


def _interval(sums: Sums, whole: Sums, survey: Survey) -> tuple[float, float] | None:
    if survey.field is None:
        return None
    low, high = wilson(sums.replies, whole.replies, survey.field)
    return 100 * low, 100 * high


def _notes(
    survey: Survey,
    several: bool,
    weighting: Weighting | None,
    groups: tuple[str, ...],
    bases: Mapping[str, Mapping[Kind, Base]],
    hidden: frozenset[str],
    kind: Kind,
) -> tuple[str, ...]:
    says = [f"Shares are of {bases[ALL][kind].says}."]
    if several:
        says.append(f"One {survey.unit} may give several answers, so shares can add to more than 100%.")
    if survey.field is None:
        says.append(f"The {survey.units} chose to answer, so no interval can be given.")
    if weighting is not None:
        says.append(weighting.note)
    if hidden:
        names = ", ".join(group for group in groups if group in hidden)
        least = survey.rule.smallest_base or survey.rule.suppress_under
        says.append(f"Fewer than {least} answered, or the rest would tell of fewer: {names}; shown as [c].")
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
