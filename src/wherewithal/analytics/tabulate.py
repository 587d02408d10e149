"""A survey's tables: every question at once, each share with its base, and who gave no answer, apart.

A few sums over the replies give every count, every weight and every standard error (``tally.py``); what of
them may be shown is decided for all of them together (``guarded.py``), so that no two tables tell more.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from wherewithal.analytics.base import ALL, Base, Kind
from wherewithal.analytics.disclosure import Shown, may_cross
from wherewithal.analytics.guarded import BASES, Whole, guarded
from wherewithal.analytics.replies import Replies
from wherewithal.analytics.share import CannotTabulate, Cell, Survey, Weighting, cell_of, figure_of
from wherewithal.analytics.tally import EVERYBODY, NOBODY, Group, added, tally
from wherewithal.analytics.ties import Counting
from wherewithal.core.questions import Question, Questionnaire, values_told

PUT_FIRST = "Asked for an order: counted is what was put first."
IN_BANDS = "Answered with a number, which is told in bands."


@dataclass(frozen=True)
class Row:
    """One answer, its cells by group (``all`` first), how many said it outright and how many implied it.

    These two are None where a count of the row is not shown, or is rounded: they would add up to it.
    ``pole`` is that of a step on a scale, or of several together.
    """

    value: str
    label: str
    cells: Mapping[str, Cell]
    stated: int | None
    implied: int | None
    pole: str = ""


@dataclass(frozen=True)
class Table:
    """One question. ``bases`` by group and kind; ``unheard`` by group and status: who gave no answer.

    ``steps``: its rows are the steps of a scale in their order. ``together``: of each pole that has more than
    one step, all its steps as one row, where each is told of everybody.
    """

    question: str
    title: str
    by: str
    groups: tuple[str, ...]
    rows: tuple[Row, ...]
    bases: Mapping[str, Mapping[Kind, Base]]
    unheard: Mapping[str, Mapping[str, int]]
    several: bool
    notes: tuple[str, ...]
    steps: bool = False
    together: tuple[Row, ...] = ()


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
        return values_told(question)


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
    several |= {question.id for question in questionnaire.questions.values() if question.kind == "several"}
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
    return [question for question in asked if made.values(question)]


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
    few = whole.too_few(question.id, kind) if by or made.weighting else frozenset()
    hidden = frozenset(group for group, key in keys.items() if key in few)
    asked = _Asked(made, question, kind, keys, {group: of[kind] for group, of in bases.items()}, few)
    rows = tuple(asked.row(value, label) for value, label in made.values(question).items())
    unheard = {group: whole.unheard(question.id, key) for group, key in keys.items()}
    several = question.id in made.several
    notes = _notes(survey, several, made.weighting, groups, bases, hidden, kind)
    if question.kind == "rank":
        notes = (PUT_FIRST, *notes)
    if question.bands:
        notes = (IN_BANDS, *notes)
    return Table(
        question.id, question.label, by, groups, rows, bases, unheard, several, notes,
        steps=question.kind == "likert", together=tuple(asked.together()),
    )  # fmt: skip


@dataclass(frozen=True)
class _Asked:
    """One question with what each of its rows is counted by: groups by their name, the base of each, and
    ``few``, the groups of which no share is shown.
    """

    made: Tallied
    question: Question
    kind: Kind
    keys: Mapping[str, Group]
    bases: Mapping[str, Base]
    few: frozenset[Group]

    def row(self, value: str, label: str) -> Row:
        """One answer."""
        choice = self.question.choice.get(value)
        told = self._row(value, label, (value,), choice.pole if choice else "")
        if not _is_told(told.cells.values(), self.made.survey):
            return told
        stated, implied = (
            self.made.whole.sense(self.question.id, value, sense) for sense in ("stated", "implied")
        )
        return replace(told, stated=stated, implied=implied)

    def together(self) -> Iterator[Row]:
        """The steps of a pole as one, in the order of the scale. What is not shown must not follow from their
        sum, and rounded counts add up to another: where one of them is not told as it is, there is no sum.
        """
        for pole in dict.fromkeys(choice.pole for choice in self.question.choices if choice.pole):
            steps = [choice for choice in self.question.choices if choice.pole == pole]
            label = f"{pole.capitalize()} together: {', '.join(step.text for step in steps)}"
            told = self._row(pole, label, tuple(step.value for step in steps), pole)
            is_told = told.cells[ALL].figure.value is not None
            if len(steps) > 1 and is_told and not self.made.survey.rule.round_people_to:
                yield told

    def _row(self, value: str, label: str, values: Sequence[str], pole: str) -> Row:
        may = all(_may_be_weighted(self.made, self.question.id, one, self.kind, self.few) for one in values)
        cells = {group: self._cell(value, label, values, group, weighted=may) for group in self.keys}
        return Row(value, label, cells, None, None, pole)

    def _cell(self, value: str, label: str, values: Sequence[str], group: str, *, weighted: bool) -> Cell:
        whole, survey, key = self.made.whole, self.made.survey, self.keys[group]
        parts = [whole.counted.chosen.get((self.question.id, key, one), NOBODY) for one in values]
        sums, base = reduce(added, parts), self.bases[group]
        told = all(whole.shown(self.question.id, one, key).status == "ok" for one in parts)
        seen = (
            Shown(None, "c")
            if key in self.few or (len(parts) > 1 and not told)
            else whole.shown(self.question.id, sums, key)
        )
        exact = whole.base(self.question.id, key, self.kind)
        figure = figure_of(self.question, value, label, group, base, seen, sums, exact, survey)
        return cell_of(figure, base, sums, exact, survey, self.made.weighting if weighted else None)


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
