"""The replies to a survey as two tables: what was heard of each question, and what was chosen or coded.

``HEARD`` has one row for each reply and question, so that not asked, blank, insufficient and refused stay
apart; ``CHOSEN`` one for each value that a reply gave, as tables tell it, so that several answers are several
rows. Of a file only that it was given is heard.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pyarrow as pa

from wherewithal.core.questions import Answer, Answers, Questionnaire, asked, is_answered, told_as
from wherewithal.core.refusal import Refusal

Status = Literal["answered", "blank", "insufficient", "refused", "not asked"]
STATUSES: tuple[Status, ...] = get_args(Status)
Sense = Literal["stated", "implied", ""]
SENSES: tuple[Sense, ...] = get_args(Sense)

_WORD = pa.dictionary(pa.int32(), pa.string())
HEARD = pa.schema([("reply", pa.int64()), ("question", _WORD), ("status", _WORD), ("sense", _WORD)])
CHOSEN = pa.schema([("reply", pa.int64()), ("question", _WORD), ("value", _WORD)])


class BadReplies(Refusal):
    """Replies that do not fit their questionnaire, or groups that some lack."""


@dataclass(frozen=True)
class Reply:
    """``answers`` by question id; ``statuses`` where one is insufficient or refused; ``senses`` where it was
    implied and not stated; ``groups`` such as region and type; ``codes`` given to its words, by question.
    """

    answers: Answers
    statuses: Mapping[str, Status] | None = None
    senses: Mapping[str, Sense] | None = None
    groups: Mapping[str, str] | None = None
    codes: Mapping[str, Sequence[str]] | None = None


@dataclass(frozen=True)
class Replies:
    """The tables, and each reply's groups by dimension, in the order of ``reply`` from 0."""

    heard: pa.Table
    chosen: pa.Table
    groups: Mapping[str, Sequence[str]]
    count: int


def as_tables(questionnaire: Questionnaire, replies: Sequence[Reply]) -> Replies:
    """The replies, with what the routing did not ask told apart from what was left blank.

    Raises BadReplies for an answer to a question that does not exist or a reply without a group that
    another has.
    """
    heard: list[tuple[int, str, str, str]] = []
    chosen: list[tuple[int, str, str]] = []
    questions = [question for question in questionnaire.questions.values() if question.kind != "note"]
    for number, reply in enumerate(replies):
        if strange := [id for id in reply.answers if id not in questionnaire.questions]:
            raise BadReplies(
                f"Reply {number + 1} answers “{strange[0]}”, which is not asked.", field=strange[0]
            )
        on = {question.id for question in asked(questionnaire, reply.answers)}
        for question in questions:
            answer = reply.answers.get(question.id)
            status = _status(reply, question.id, answer, question.id in on)
            heard.append((number, question.id, status, (reply.senses or {}).get(question.id, "")))
            if status == "answered" and question.kind != "file":
                coded = (reply.codes or {}).get(question.id)
                values = told_as(question, answer) if coded is None else coded
                chosen += [(number, question.id, value) for value in values]
    return Replies(_table(heard, HEARD), _table(chosen, CHOSEN), _groups(replies), len(replies))


def who_answered(keys: Sequence[str], replies: Replies) -> dict[str, frozenset[str]]:
    """By question, whose reply answered it; ``keys`` name the replies in their order."""
    found: dict[str, set[str]] = {}
    columns = (replies.heard[name].to_pylist() for name in ("reply", "question", "status"))
    for reply, question, status in zip(*columns, strict=True):
        of_question = found.setdefault(question, set())
        if status == "answered":
            of_question.add(keys[reply])
    return {question: frozenset(of) for question, of in found.items()}


def _status(reply: Reply, id: str, answer: Answer, is_on: bool) -> Status:
    if not is_on:
        return "not asked"
    given = (reply.statuses or {}).get(id)
    if given:
        return given
    return "answered" if is_answered(answer) else "blank"


def _groups(replies: Sequence[Reply]) -> dict[str, list[str]]:
    dimensions = list(dict.fromkeys(name for reply in replies for name in reply.groups or {}))
    found: dict[str, list[str]] = {name: [] for name in dimensions}
    for number, reply in enumerate(replies):
        for name in dimensions:
            if name not in (reply.groups or {}):
                raise BadReplies(f"Reply {number + 1} has no {name}, and others have.", field=name)
            found[name].append((reply.groups or {})[name])
    return found


def _table(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns = [[row[place] for row in rows] for place in range(len(schema))]
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
