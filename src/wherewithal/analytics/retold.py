"""What was printed of a survey beside what its replies give: the same, another number, or fewer claims."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from wherewithal.analytics.base import ALL, Base, Kind
from wherewithal.analytics.disclosure import wants_a_second_look
from wherewithal.analytics.in_words import RULES, may_say
from wherewithal.analytics.replies import Reply, as_tables
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.since import Shown
from wherewithal.core.questions import Answers, Questionnaire
from wherewithal.core.questions.routing import reaches
from wherewithal.policy.disclosure import Rule
from wherewithal.policy.published import PublishedFigure
from wherewithal.policy.retold import Recount, Recounts

Verdict = Literal["same", "another number", "says more", "held back", "outside"]
HELD_BACK = (
    "So few replies say so, or do not, that it is told only where the release tells it, which it does not"
)


@dataclass(frozen=True)
class Retold:
    """One published figure again. ``count`` of ``base`` is what the replies give; None of what is no count.

    ``verdict``: the same is printed; another number is; the number holds, but it says more than was asked; it
    is held back, and so is whether it holds; or it is no count of replies. ``why`` says why it is not the
    same.
    """

    figure: PublishedFigure
    verdict: Verdict
    count: int | None
    base: Base | None
    why: str

    @property
    def instead(self) -> str:
        """What the true path prints, with its base: ``55 of 58 councils that took part (95%)``."""
        if self.count is None or self.base is None or not self.base.count:
            return ""
        percent = rounded(Fraction(100 * self.count, self.base.count), 0)
        return f"{self.count} of {self.base.says} ({percent}%)"


def retell(
    figures: Iterable[PublishedFigure],
    recounts: Recounts,
    questionnaire: Questionnaire,
    replies: Sequence[Reply],
    *,
    invited: int,
    targeted: int,
) -> list[Retold]:
    """Each published figure again, in their order, from the replies and the register's two numbers.

    A figure that has no recount is outside. Raises KeyError for one that is neither counted nor outside.
    """
    counted = {recount.id: recount for recount in recounts.counted}
    heard = _Heard(questionnaire, replies, invited, targeted)
    return [
        _retold(figure, counted[figure.id], heard)
        if figure.id in counted
        else Retold(figure, "outside", None, None, recounts.outside[figure.id])
        for figure in figures
    ]


def held_back(told: Iterable[Retold], recounts: Recounts, rule: Rule, released: Shown) -> list[Retold]:
    """The same, with nothing told of few that a release does not tell: neither the count nor whether it is as
    it was printed.

    ``released`` is what the tables of the release show. Any other count is held back that the rule wants
    looked at by a second person, or is of so few that the rule breaks nothing down to them; under a rule that
    suppresses every other, for it was not guarded beside those.
    """
    counted = {one.id: one for one in recounts.counted}
    return [
        one if _may_be_told(one, counted.get(one.figure.id), rule, released)
        else Retold(one.figure, "held back", None, None, HELD_BACK)
        for one in told
    ]  # fmt: skip


def _may_be_told(one: Retold, recount: Recount | None, rule: Rule, released: Shown) -> bool:
    if recount is None or one.count is None or one.base is None or recount.counts != "replies":
        return True
    counts = (*(f"={value}" for value in (*recount.any_of, *recount.all_of)), *recount.standing)
    if recount.where is None and len(counts) == 1:
        at = (recount.question, "", ALL)
        base = one.base.count if one.base.kind == "invited" else released.get((*at, one.base.kind))
        if (released.get((*at, counts[0])), base) == (one.count, one.base.count):
            return True
    too_few = recount.where is not None and one.base.count < rule.smallest_base
    return not (rule.suppress_under or too_few or wants_a_second_look(one.count, one.base.count, rule))


class _Heard:
    """The replies by question: each one's status and values."""

    def __init__(
        self, questionnaire: Questionnaire, replies: Sequence[Reply], invited: int, targeted: int
    ) -> None:
        self.replies, self.cohort = replies, range(len(replies))
        self.invited, self.targeted = invited, targeted
        tables = as_tables(questionnaire, replies)
        self.status: Mapping[str, dict[int, str]] = defaultdict(dict)
        self.values: Mapping[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in tables.heard.to_pylist():
            self.status[row["question"]][row["reply"]] = row["status"]
        for row in tables.chosen.to_pylist():
            self.values[row["question"]][row["reply"]].add(row["value"])

    def of(self, recount: Recount) -> Base:
        """The base, counted as the recount asks."""
        if recount.where is not None:
            return Base("population", len(self._within(recount)), recount.where.called, recount.where.called)
        if recount.of == "invited":
            return Base("invited", self.invited)
        if recount.of == "cohort":
            return Base("cohort", len(self.cohort))
        wanted: dict[str, tuple[Kind, set[str]]] = {
            "asked": ("asked", {"answered", "blank", "insufficient", "refused"}),
            "answered": ("answered", {"answered"}),
        }
        kind, statuses = wanted[recount.of]
        found = self.status[recount.question]
        return Base(kind, sum(found[reply] in statuses for reply in self.cohort))

    def count(self, recount: Recount) -> int:
        if recount.counts != "replies":
            return self.invited if recount.counts == "invited" else self.targeted
        return sum(self._counts(recount, reply) for reply in self._within(recount))

    def _within(self, recount: Recount) -> list[int]:
        where = recount.where
        return [
            reply
            for reply in self.cohort
            if where is None or self.values[where.question][reply] & set(where.any_of)
        ]

    def _counts(self, recount: Recount, reply: int) -> bool:
        if not recount.reads:
            return True
        status, values = self.status[recount.question][reply], self.values[recount.question][reply]
        if recount.standing:
            return status in recount.standing
        if recount.none_of:
            return status != "not asked" and not values & set(recount.none_of)
        if recount.says:
            words = str(self.replies[reply].answers.get(recount.question, ""))
            return all(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", words) for one in recount.says)
        if recount.any_of or recount.all_of:
            return bool(values & set(recount.any_of)) or (
                bool(recount.all_of) and values >= set(recount.all_of)
            )
        if recount.at_least is not None or recount.at_most is not None:
            return status == "answered" and _lies_within(self.replies[reply].answers, recount)
        return True


def _lies_within(answers: Answers, recount: Recount) -> bool:
    answer = answers.get(recount.question)
    return reaches(answer, recount.at_least) and reaches(recount.at_most, answer)


def _retold(figure: PublishedFigure, recount: Recount, heard: _Heard) -> Retold:
    base, count = heard.of(recount), heard.count(recount)
    if not _holds(figure, recount, count, base.count):
        return Retold(figure, "another number", count, base, recount.why)
    return Retold(figure, "says more" if recount.why else "same", count, base, recount.why)


def _holds(figure: PublishedFigure, recount: Recount, count: int, base: int) -> bool:
    """Whether every part of the figure that is printed comes out."""
    if recount.says:
        return count > 0
    exact = Fraction(100 * count, base) if base else Fraction(0)
    percent = figure.percentage
    decimals = 0 if percent is None else max(0, -int(percent.as_tuple().exponent))
    return (
        figure.numerator in (None, count)
        and figure.denominator in (None, base)
        and (percent is None or rounded(exact, decimals) == Fraction(percent))
        and (figure.words not in RULES or may_say(figure.words, count, base))
    )
