"""Made-up answers dealt out to made-up councils, so that each answer is given as often as was asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from random import Random
from typing import Any

from wherewithal.analytics.replies import Reply, Sense, Status
from wherewithal.core.coding import Code, Codebook
from wherewithal.core.questions import Answer, Question, Questionnaire, holds
from wherewithal.policy.councils import CouncilRow


@dataclass
class Draft:
    """One council's reply while it is being made up."""

    council: CouncilRow
    answers: dict[str, Answer] = field(default_factory=dict)
    codes: dict[str, list[str]] = field(default_factory=dict)
    statuses: dict[str, Status] = field(default_factory=dict)
    senses: dict[str, Sense] = field(default_factory=dict)

    def has(self, code: str) -> bool:
        return any(code in codes for codes in self.codes.values())

    def gave(self, question: str, among: Sequence[str]) -> bool:
        """Answered the question: with one of ``among``, as a choice or a code; with anything if empty."""
        given = self.codes.get(question) or self.answers.get(question) or ()
        values = [given] if isinstance(given, str) else given
        return bool(values) and (not among or any(value in among for value in values))  # type: ignore[union-attr]

    def reply(self, questionnaire: Questionnaire) -> Reply:
        """As the tables count it, its answers and codes in the questionnaire's order."""
        order = questionnaire.questions
        groups = {"region": self.council.region, "type": self.council.type}
        return Reply(
            {id: self.answers[id] for id in order if id in self.answers}, self.statuses, self.senses, groups,
            {id: tuple(self.codes[id]) for id in order if id in self.codes},
        )  # fmt: skip


@dataclass(frozen=True)
class Dealer:
    """Deals one question after another, in the questionnaire's order, to all drafts."""

    questionnaire: Questionnaire
    book: Codebook
    drafts: Sequence[Draft]
    rng: Random
    insufficient: str

    def deal(self, wanted: Mapping[str, Any]) -> None:
        """One entry of ``[[questions]]``. Raises ValueError where the numbers cannot all come out."""
        question = self.questionnaire.question(wanted["id"])
        pool = self._pool(question, wanted.get("within"))
        if "texts" in wanted:
            for draft in pool[: wanted.get("answered", len(pool))]:
                draft.answers[question.id] = self.rng.choice(wanted["texts"])
            return
        codes = {code.id: code for code in self.book.questions.get(question.id, ())}
        alone = {value: n for value, n in wanted["give"].items() if _is_alone(question, codes, value)}
        shared = {value: n for value, n in wanted["give"].items() if value not in alone}
        answered = wanted.get("answered", len(pool) if shared else sum(alone.values()))
        who, rest = pool[:answered], pool[answered:]
        given = self._given(question.id, who, alone, shared)
        for extra in wanted.get("also", ()):
            self._also(question.id, who, given, extra, sum(alone.values()))
        for draft, values in zip(who, given, strict=True):
            _answer(draft, question, codes, values)
        self._unanswered(question.id, rest, wanted)

    def tell(self, told: Mapping[str, str]) -> None:
        """One council that has the code adds a sentence to what it wrote."""
        id = told["question"]
        draft = next(draft for draft in self.drafts if draft.has(told["having"]) and id in draft.answers)
        draft.answers[id] = f"{draft.answers[id]} {told['text']}"

    def _pool(self, question: Question, within: Mapping[str, Any] | None) -> list[Draft]:
        """Who is asked and may answer, in a new order."""
        pool = [
            draft
            for draft in self.drafts
            if (question.relevant is None or holds(question.relevant, draft.answers))
            and (within is None or draft.gave(within["question"], within.get("any_of", ())))
        ]
        self.rng.shuffle(pool)
        return pool

    def _given(
        self, id: str, who: Sequence[Draft], alone: Mapping[str, int], shared: Mapping[str, int]
    ) -> list[list[str]]:
        """What each gives: first the values that stand alone, then the others in turn, round and round."""
        given: list[list[str]] = [[value] for value, n in alone.items() for _ in range(n)]
        places = len(who) - len(given)
        if places < 0 or (shared and max(shared.values()) > places):
            raise ValueError(f"{id}: {len(who)} answer, too few for {dict(alone)} and {dict(shared)}.")
        turns = cycle(range(places)) if places else iter(())
        others: list[list[str]] = [[] for _ in range(places)]
        for value, n in shared.items():
            for place in islice(turns, n):
                others[place].append(value)
        if not all(others):
            raise ValueError(f"{id}: {sum(not one for one in others)} of {len(who)} would have no answer.")
        return given + others

    def _also(
        self, id: str, who: Sequence[Draft], given: list[list[str]], extra: Mapping[str, Any], alone: int
    ) -> None:
        """The code too for some of those who have the other one; the first ``alone`` stand alone."""
        code, of, count = extra["code"], extra["of"], extra["count"]
        fit = [
            place
            for place in range(alone, len(given))
            if code not in given[place] and (of in given[place] or who[place].has(of))
        ]
        if len(fit) < count:
            raise ValueError(f"{id}: only {len(fit)} have “{of}” and not “{code}”; {count} should.")
        for place in self.rng.sample(fit, count):
            given[place].append(code)

    def _unanswered(self, id: str, rest: Sequence[Draft], wanted: Mapping[str, Any]) -> None:
        refused, insufficient = wanted.get("refused", 0), wanted.get("insufficient", 0)
        for draft in rest[:refused]:
            draft.statuses[id] = "refused"
        for draft in rest[refused : refused + insufficient]:
            draft.statuses[id] = "insufficient"
            draft.answers[id] = self.insufficient


def _is_alone(question: Question, codes: Mapping[str, Code], value: str) -> bool:
    return codes[value].alone if codes else question.kind != "several"


def _answer(draft: Draft, question: Question, codes: Mapping[str, Code], values: Sequence[str]) -> None:
    if codes:
        ordered = [id for id in codes if id in values]
        draft.codes[question.id] = ordered
        draft.answers[question.id] = " ".join(codes[id].examples[0] for id in ordered)
    elif question.kind == "several":
        draft.answers[question.id] = [choice.value for choice in question.choices if choice.value in values]
    else:
        draft.answers[question.id] = values[0]
