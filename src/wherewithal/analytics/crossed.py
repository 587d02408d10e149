"""One question's answers by another's: a table that is made whole or not at all.

Beside the other tables of a survey it could give small counts away that those hide. So under a rule with a
threshold it is made only where nothing in it is hidden, and nothing more need be hidden elsewhere for it.
Two such tables are not held against each other.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from wherewithal.analytics.base import ALL
from wherewithal.analytics.disclosure import may_cross
from wherewithal.analytics.replies import Reply, as_tables
from wherewithal.analytics.share import CannotTabulate, Survey
from wherewithal.analytics.since import shown
from wherewithal.analytics.tabulate import Table, Tallied, tables, tallied
from wherewithal.analytics.ties import SILENT
from wherewithal.core.questions import LISTING, Question, Questionnaire, told_as, values_told

GAVE_NONE = "Gave no answer"


def may_group(question: Question, exclusive: Collection[str]) -> bool:
    """Does each reply give one answer at most to a question, so that it can stand across?"""
    told_once = bool(values_told(question)) and question.kind not in LISTING
    return told_once or question.id in exclusive


def crossed(
    questionnaire: Questionnaire,
    replies: Sequence[Reply],
    survey: Survey,
    of: str,
    by: str,
    *,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    exclusive: Collection[str] = (),
) -> Table:
    """The table of the question ``of``, by the answers to the question ``by`` and those who gave none.

    ``labels`` and ``exclusive`` as in ``tallied``. Raises CannotTabulate, in words, where the rule does not
    let the two stand together, where a reply may give several answers to ``by``, or where it would tell of
    few.
    """
    across = questionnaire.questions[by]
    if of == by:
        raise CannotTabulate("Choose two different questions.")
    if not may_group(across, exclusive):
        raise CannotTabulate(f"“{across.label}” may have several answers, so it cannot stand across.")
    if not may_cross((of, by), survey.rule):
        raise CannotTabulate(
            f"Both together could tell who it is: “{survey.rule.title}” makes no such table."
        )
    words = (labels or {}).get(by) or values_told(across)
    grouped = [replace(one, groups={**(one.groups or {}), by: _said(one, across, words)}) for one in replies]
    made = tallied(
        questionnaire, as_tables(questionnaire, grouped), survey, labels=labels, exclusive=exclusive
    )
    table = next((one for one in tables(made, by) if one.question == of), None)
    if table is None:
        raise CannotTabulate(f"“{questionnaire.questions[of].label}” is not counted.")
    if survey.rule.suppress_under:
        own = tallied(
            questionnaire, as_tables(questionnaire, replies), survey, labels=labels, exclusive=exclusive
        )
        if not _is_whole(table) or _hides_more(made, own):
            raise CannotTabulate(f"It would tell of few: “{survey.rule.title}” lets none of it be shown.")
    order = [label for label in (*words.values(), GAVE_NONE) if label in table.groups]
    return replace(table, groups=(ALL, *order))


def _said(reply: Reply, across: Question, words: Mapping[str, str]) -> str:
    """The answer in words; of who was silent, or gave too little to tell, that."""
    if (reply.statuses or {}).get(across.id):
        return GAVE_NONE
    coded = (reply.codes or {}).get(across.id)
    given = told_as(across, reply.answers.get(across.id)) if coded is None else coded
    return words.get(next(iter(given), ""), GAVE_NONE)


def _is_whole(table: Table) -> bool:
    """Is every count of a table told: of each answer, of each base, of those who gave none?"""
    cells = [cell for row in table.rows for cell in row.cells.values()]
    told = all(cell.figure.status in ("ok", "x") and not cell.base.hidden for cell in cells)
    return told and all(len(silent) == len(SILENT) for silent in table.unheard.values())


def _hides_more(made: Tallied, own: Tallied) -> bool:
    """Would something be hidden beside this table that the survey's own tables show?"""
    dimensions = ("", *own.whole.counted.groups)
    before, now = (shown(table for by in dimensions for table in tables(one, by)) for one in (own, made))
    return any(count is not None and now[key] is None for key, count in before.items())
