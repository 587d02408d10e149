"""A wave's replies as tables: the way from what councils answered to shares with their bases.

What leaves here has no name of who answered; region and type only where the wave says them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from wherewithal.analytics.base import Kind
from wherewithal.analytics.coded import with_codes
from wherewithal.analytics.crossed import crossed, may_group
from wherewithal.analytics.disclosure import may_cross
from wherewithal.analytics.overlaps import Overlap, overlaps
from wherewithal.analytics.replies import SENSES, STATUSES, Reply, as_tables
from wherewithal.analytics.share import Survey, Weighting
from wherewithal.analytics.tabulate import Table, Tallied, tables, tallied
from wherewithal.analytics.tally import Group
from wherewithal.core.coding import Codebook
from wherewithal.core.questions import WRITING, Question, values_told
from wherewithal.core.survey import DIMENSIONS
from wherewithal.extract.profile import weighting_of
from wherewithal.policy.disclosure import rule
from wherewithal.records.asking import asked_in
from wherewithal.records.coders import Held, Stand, stand
from wherewithal.records.coding import as_book, book_in_use
from wherewithal.records.models import Reply as Kept
from wherewithal.records.models import Wave

T = TypeVar("T", bound=str)

_UNITS = {"council": ("council", "councils"), "staff": ("member of staff", "members of staff"),
          "people": ("person", "people")}  # fmt: skip
# Councils answer for an office; members of staff and people answer for themselves.
_RULES = {"council": "councils", "staff": "threshold-10", "people": "threshold-10"}


@dataclass(frozen=True)
class Tables:
    """A table for every question that is chosen or wholly coded; ``waiting`` for the others that are coded,
    by question, why not yet; ``together`` of a question's codes, how many answers bear both of two, where any
    does; ``rule`` the title of the disclosure rule; ``replies`` how many there are.
    """

    tables: tuple[Table, ...]
    together: dict[str, list[Overlap]]
    waiting: dict[str, str]
    rule: str
    replies: int
    weighting: Weighting | None = None


def survey_of(wave: Wave, of: Kind = "answered") -> Survey:
    """What its shares are ``of``: who answered each question, or the whole cohort."""
    unit, units = _UNITS[wave.unit]
    return Survey(wave.title, rule(_RULES[wave.unit]), of=of, unit=unit, units=units)


def replies_of(wave: Wave) -> dict[str, Reply]:
    """The replies that came in time, by their random number; region and type where all of them have both."""
    rows = list(wave.replies.filter(late=False).order_by("id").prefetch_related("judged"))
    told = all(row.region and row.type for row in rows)
    return {
        str(row.pk): Reply(
            answers=row.answers,
            statuses=_judged(row, STATUSES),
            senses=_judged(row, SENSES),
            groups={name: getattr(row, name) for name in DIMENSIONS} if told else {},
        )
        for row in rows
    }


def _judged(row: Kept, of: tuple[T, ...]) -> dict[str, T]:
    """What was said of the reply's answers, by question, as far as it is one of these words."""
    return {one.question: word for one in row.judged.all() for word in of if one.says == word}


@dataclass(frozen=True)
class CodedReplies:
    """``replies`` with the codes that stand, for the questions that are wholly coded, whose codes have
    ``labels`` and of which those in ``exclusive`` have one code an answer; ``waiting`` for the others, why.
    """

    replies: list[Reply]
    labels: dict[str, dict[str, str]] | None
    exclusive: frozenset[str]
    waiting: dict[str, str]


@dataclass(frozen=True)
class Codes:
    """What stands of a wave's codes, whichever of its replies are counted: by question that is wholly coded;
    ``waiting`` for the others, why.
    """

    held: Held
    book: Codebook | None
    stands: dict[str, Stand]
    waiting: dict[str, str]

    def on(self, replies: Mapping[str, Reply]) -> CodedReplies:
        """Replies by their number, with their codes."""
        if not self.book or not self.stands:
            return CodedReplies(list(replies.values()), None, frozenset(), self.waiting)
        part = _only(self.book, self.stands)
        texts = [one for question in self.stands for one in self.held.sources(question)]
        codings = [one for found in self.stands.values() for one in found.codings]
        read = frozenset().union(*(found.read for found in self.stands.values()))
        of_these = [one for one in texts if one.reply in replies]
        given = with_codes(part, replies, of_these, codings, read=read)
        return CodedReplies(given, part.labels, frozenset(part.exclusive), self.waiting)


def codes_of(wave: Wave) -> Codes:
    """What two coders settled on, or one has read, of each question in the codebook that is in use."""
    row, held = book_in_use(wave), Held(wave)
    book = as_book(row) if row else None
    found = {question: stand(held, question, book) for question in book.questions} if book else {}
    waiting = {question: one.why_not for question, one in found.items() if one.why_not}
    return Codes(held, book, {id: one for id, one in found.items() if id not in waiting}, waiting)


def coded_replies(wave: Wave) -> CodedReplies:
    """All that came in time, ready to be counted."""
    return codes_of(wave).on(replies_of(wave))


@dataclass(frozen=True)
class Counted:
    """All of a wave that can be counted, guarded as one: every table, pair and figure is read from it.
    ``coded`` is what was counted.
    """

    made: Tallied
    coded: CodedReplies


def counted(
    wave: Wave,
    *,
    of: Kind = "answered",
    among: Mapping[str, Reply] | None = None,
    codes: Codes | None = None,
    weighted: bool = False,
) -> Counted:
    """Every question that is chosen or wholly coded, of everybody and by every dimension. ``among`` are the
    replies that count, by their number, where not all do; ``codes`` those that stand, where they are at hand;
    ``weighted`` to the field. Raises BadReplies, CannotWeight.
    """
    replies = replies_of(wave) if among is None else among
    asked, found = asked_in(wave), (codes or codes_of(wave)).on(replies)
    given, survey = as_tables(asked, found.replies), survey_of(wave, of)
    made = tallied(asked, given, survey, labels=found.labels, exclusive=found.exclusive)
    if weighted:
        weighting = weighting_of(wave, found.replies, _few(made))
        made = tallied(
            asked, given, survey, weighting=weighting, labels=found.labels, exclusive=found.exclusive
        )
    return Counted(made, found)


def _few(made: Tallied) -> frozenset[Group]:
    """The groups of which too few took part: in that, all questions are alike."""
    asked = made.questionnaire.questions.values()
    [question, *_] = [one.id for one in asked if one.takes_answer]
    return made.whole.too_few(question, "cohort")


def tables_of(wave: Wave, by: str = "", *, of: Kind = "answered", weighted: bool = False) -> Tables:
    """Every table, ``by`` region or type where the wave says them; a question that asks for the one is not
    broken down by the other where the rule lets them not be crossed. ``weighted`` as in ``counted``. Raises
    CannotTabulate, BadReplies, CannotWeight.
    """
    return tables_from(counted(wave, of=of, weighted=weighted), by)


def tables_from(found: Counted, by: str = "") -> Tables:
    """The same of what is counted already. Raises CannotTabulate."""
    survey = found.made.survey
    told = tuple(
        one for one in tables(found.made, by) if not by or _may_be_broken_down(one.question, by, survey)
    )
    together = {} if by else _together(found, told)
    return Tables(
        told, together, found.coded.waiting, survey.rule.title, len(found.coded.replies), found.made.weighting
    )


def crossed_of(wave: Wave, of: str, by: str) -> Table:
    """The table of one question by the answers to another. Raises CannotTabulate, BadReplies."""
    found = coded_replies(wave)
    return crossed(
        asked_in(wave), found.replies, survey_of(wave), of, by, labels=found.labels,
        exclusive=found.exclusive,
    )  # fmt: skip


def can_be_crossed(wave: Wave) -> tuple[list[Question], list[Question]]:
    """The questions that are counted, and those of them that can stand across."""
    found, asked = coded_replies(wave), asked_in(wave)
    labels = found.labels or {}
    counted = [one for one in asked.questions.values() if values_told(one) or one.id in labels]
    return counted, [one for one in counted if may_group(one, found.exclusive)]


def _together(counted: Counted, told: tuple[Table, ...]) -> dict[str, list[Overlap]]:
    """Of questions in words whose answers can bear several codes."""
    questions = counted.made.questionnaire.questions
    found = {
        one.question: [
            pair
            for pair in overlaps(questions[one.question], one, counted.made)
            if pair.cell.figure.numerator != 0
        ]
        for one in told
        if questions[one.question].kind in WRITING and one.question not in counted.coded.exclusive
    }
    return {question: pairs for question, pairs in found.items() if pairs}


def _may_be_broken_down(question: str, by: str, survey: Survey) -> bool:
    return question != by and may_cross((question, by), survey.rule)


def _only(book: Codebook, questions: dict[str, Stand]) -> Codebook:
    return replace(book, codes=tuple(code for code in book.codes if code.question in questions))
