"""The answer to a question that asks for a file: which file it is and what it is called, and nothing in it.

The file itself is kept beside the answers. Its id is drawn by chance, so an answer tells nothing of a file
that is gone.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from wherewithal.core.file_kind import DOCUMENTS, KINDS, in_words
from wherewithal.core.questions.conditions import Answer, Answers
from wherewithal.core.questions.definition import Question, Questionnaire

LONGEST_NAME = 100
_SPELT = re.compile(r"([0-9a-f]{32}) (.{1,100})")
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\"]"
)  # would hide or turn it


@dataclass(frozen=True)
class Attached:
    """A file that was given as an answer: its ``id`` (32 hex digits) and its name, with its kind's ending."""

    id: str
    name: str

    @property
    def answer(self) -> str:
        """As it stands among the answers."""
        return f"{self.id} {self.name}"


def attached(answer: Answer) -> Attached | None:
    """The file that an answer means, None where it means none."""
    found = _SPELT.fullmatch(answer) if isinstance(answer, str) else None
    return Attached(found[1], found[2]) if found else None


def taken_of(question: Question, kinds: Collection[str]) -> tuple[str, ...]:
    """The kinds of file that a question takes: of those that are taken (``kinds``), what it asks for;
    documents where it does not say.
    """
    wanted = question.check.files or DOCUMENTS
    return tuple(kind for kind in KINDS if kind in wanted and kind in kinds)


def hint_of(question: Question, kinds: Collection[str], largest: int) -> str:
    """What is said beside a question that asks for a file; ``largest`` in bytes."""
    takes = f"{in_words(taken_of(question, kinds))}, up to {largest // 1_000_000} MB."
    stays = "The names of its authors are taken out; what is written in it stays."
    return f"{question.hint} {takes} {stays}".strip()


def name_of(given: str, kind: str) -> str:
    """What a file is called here: as its giver calls it, without folders and what cannot be seen, and with
    the ending of its kind.
    """
    last = _UNSEEN.sub("", given.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    stem, dot, ending = last.rpartition(".")
    known = {one for kind in KINDS.values() for one in kind.endings}
    stem = stem if dot and (ending.lower() in known or len(ending) <= 4) else last
    ending = KINDS[kind].ending
    return f"{stem.strip()[: LONGEST_NAME - len(ending) - 1] or 'file'}.{ending}"


def belies(given: str, kind: str) -> str:
    """The kind that a file's name claims, where it is another than what is in it; '' where it is not."""
    ending = given.rpartition(".")[2].lower()
    claimed = next((key for key, one in KINDS.items() if ending in one.endings), kind)
    return "" if claimed == kind else claimed


def files_in(questionnaire: Questionnaire, answers: Answers) -> dict[str, Attached]:
    """The files that the answers mean, by question."""
    found = {
        id: attached(answers.get(id)) for id, one in questionnaire.questions.items() if one.kind == "file"
    }
    return {id: one for id, one in found.items() if one is not None}


def without_given_names(questionnaire: Questionnaire, answers: Answers) -> dict[str, Answer]:
    """The answers with each file called after its question: what people call theirs tells whose it is."""
    renamed = {
        id: Attached(one.id, f"{id}.{one.name.rpartition('.')[2]}").answer
        for id, one in files_in(questionnaire, answers).items()
    }
    return {**answers, **renamed}
