"""How figures in print are counted from replies to a survey, read from ``surveys/ID-figures.toml``.

The layout stands at the top of that file. Which question a figure hangs on, the questionnaire itself says.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from wherewithal.core.policy import NoPolicy
from wherewithal.core.questions import Given, Question, Questionnaire, cuts
from wherewithal.policy import names, table
from wherewithal.policy.questionnaire import questionnaires
from wherewithal.policy.rows import Misspelt, Row

OF = ("cohort", "invited", "asked", "answered", "where")
COUNTS = ("replies", "invited", "targeted")


@dataclass(frozen=True)
class Where:
    """Only replies with one of these answers to another question; ``called`` names them in the plural."""

    question: str
    any_of: tuple[str, ...]
    called: str


@dataclass(frozen=True)
class Recount:
    """How one published figure is counted; with ``why`` it is not printed as it was, for that reason."""

    id: str
    question: str
    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    at_least: int | str | None = None
    at_most: int | str | None = None
    says: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    counts: str = "replies"
    of: str = "cohort"
    where: Where | None = None
    why: str = ""

    @property
    def reads(self) -> frozenset[str]:
        """The questions whose answers it looks at; none where everybody who took part or was asked counts."""
        own = bool(
            self.any_of or self.all_of or self.none_of or self.says or self.standing
            or self.at_least is not None or self.at_most is not None or self.of in ("asked", "answered")
        )  # fmt: skip
        return frozenset([self.question] * own + ([self.where.question] if self.where else []))


@dataclass(frozen=True)
class Recounts:
    """``published`` names the table of what was printed; ``outside``: by id, why a published figure is no
    count of replies.
    """

    published: str
    counted: tuple[Recount, ...]
    outside: dict[str, str]


def has_recounts(id: str, opened: date) -> bool:
    """Were figures printed of this survey, as it was held from that day? A later one asks the same, and
    others answer it: what was printed of the first is nothing of theirs.
    """
    file = f"surveys/{id}-figures"
    return file in names("surveys") and bool(Row(f"{file}.toml", table(file)).day("opened") == opened)


@cache
def recounts(id: str) -> Recounts:
    """The recounts of a survey. Raises NoPolicy for a survey without, or where its file has a mistake."""
    if f"surveys/{id}-figures" not in names("surveys"):
        raise NoPolicy(f"There are no published figures of a survey “{id}”.")
    file = f"surveys/{id}-figures"
    row = Row(f"{file}.toml", table(file))
    try:
        row.only("title source published opened figures outside")
        questions = _questions([one for one in questionnaires() if one.id == id])
        counted = tuple(_recount(figure, questions) for figure in row.rows("figures", "figure"))
        outside = [(one.text("why"), one.texts("ids")) for one in row.rows("outside", "group")]
    except Misspelt as fault:
        raise NoPolicy(str(fault)) from fault
    return Recounts(row.text("published"), counted, {id: why for why, ids in outside for id in ids})


def _questions(versions: list[Questionnaire]) -> dict[str, Question]:
    """The question of each published figure."""
    return {
        id: question for one in versions for question in one.questions.values() for id in question.published
    }


def _recount(row: Row, questions: dict[str, Question]) -> Recount:
    row.only("id any_of all_of none_of at_least at_most says standing counts of where why")
    id, of, counts = row.text("id"), row.text("of", "cohort"), row.text("counts", "replies")
    if id not in questions:
        raise Misspelt(f"{row.where}: no question of the survey names it")
    if of not in OF or counts not in COUNTS:
        raise Misspelt(f"{row.where}: “of” is one of {', '.join(OF)}; “counts” of {', '.join(COUNTS)}")
    question, least, most = questions[id], _limit(row, "at_least"), _limit(row, "at_most")
    for says in cuts(Given(question.id, at_least=least, at_most=most), {question.id: question}):
        raise Misspelt(f"{row.where}: {says}")
    return Recount(
        id=id,
        question=question.id,
        any_of=row.texts("any_of", ()),
        all_of=row.texts("all_of", ()),
        none_of=row.texts("none_of", ()),
        at_least=least,
        at_most=most,
        says=row.texts("says", ()),
        standing=row.texts("standing", ()),
        counts=counts,
        of=of,
        where=_where(row),
        why=row.text("why", ""),
    )


def _limit(row: Row, key: str) -> int | str | None:
    """A whole number, or a day as ISO text."""
    found: Any = row.body.get(key)
    if found is not None and type(found) not in (int, str):
        raise Misspelt(f"{row.where}: “{key}” must be a whole number or a day like “2011-09-09”")
    limit: int | str | None = found
    return limit


def _where(row: Row) -> Where | None:
    if "where" not in row.body:
        return None
    where = Row(f"{row.where}, where", row.get("where", dict))
    where.only("question any_of called")
    return Where(where.text("question"), where.texts("any_of"), where.text("called"))
