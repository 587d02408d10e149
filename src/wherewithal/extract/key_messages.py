"""What a key message stands on, as it counts now: figures, and codes with the passages that stand under them.

Names and keys are not read. Shares are told of whom the wave's report tells them, so that a message and the
report say the same. A code that is not wholly coded is counted of the answers that were read to their end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from wherewithal.analytics.base import ALL, Base
from wherewithal.analytics.coded import with_codes
from wherewithal.analytics.figures import Figure
from wherewithal.analytics.replies import Reply, as_tables
from wherewithal.analytics.said_of import Stood, overstated
from wherewithal.analytics.tabulate import Table, tables, tabulate
from wherewithal.core.coding import Codebook, Source
from wherewithal.core.key_message import Evidence
from wherewithal.core.questions import Questionnaire, values_told
from wherewithal.extract.survey import Codes, Counted, codes_of, counted, replies_of, survey_of
from wherewithal.policy.report import SharesOf, parse
from wherewithal.records.asking import asked_in
from wherewithal.records.coders import Held, Stand, stand
from wherewithal.records.models import KeyMessage, Wave


@dataclass(frozen=True)
class Themes:
    """The codes of one question: the table of those whose answer was read, and what stands of the codings."""

    table: Table
    sources: dict[str, Source]
    stand: Stand

    def passages(self, code: str) -> list[tuple[Source, str]]:
        """Each passage that stands under a code: the answer it is of, and its words."""
        return [
            (source, source.text[one.passage.start : one.passage.end])
            for one in self.stand.codings
            if one.code == code and (source := self.sources.get(one.passage.source))
        ]


class Heard:
    """One wave, counted when something of it is asked for, and then once. Where they are at hand, ``codes``
    are those that stand, and ``made`` is the wave counted by them, with shares of whom its report tells them.
    """

    def __init__(self, wave: Wave, codes: Codes | None = None, made: Counted | None = None) -> None:
        self.wave, self._given, self._made = wave, codes, made
        self.questionnaire: Questionnaire = asked_in(wave)
        self.of = shares_of(wave)
        self._themes: dict[str, Themes] = {}

    @cached_property
    def field(self) -> int:
        """How many there are on the wave's list, whether they answered or not."""
        return self.wave.invitations.count()

    @cached_property
    def replies(self) -> dict[str, Reply]:
        """Those that came in time, by the reply's number."""
        return replies_of(self.wave)

    @property
    def book(self) -> Codebook | None:
        """The codebook in use."""
        return self.codes.book

    @cached_property
    def codes(self) -> Codes:
        """What stands of them."""
        return self._given or codes_of(self.wave)

    @property
    def held(self) -> Held:
        """What was coded."""
        return self.codes.held

    @cached_property
    def counted(self) -> dict[str, Table]:
        """Every table of everybody, by question."""
        made = self._made or counted(self.wave, of=self.of, among=self.replies, codes=self.codes)
        return {table.question: table for table in tables(made.made)}

    def tables(self, questions: Iterable[str]) -> dict[str, Table]:
        """Those of the questions that are told by choices or in bands; others are left out."""
        asked = self.questionnaire.questions
        wanted = [id for id in dict.fromkeys(questions) if id in asked and values_told(asked[id])]
        return {id: self.counted[id] for id in wanted}

    def themes(self, question: str) -> Themes | None:
        """The codes of a question; None where the codebook in use has none for it."""
        if self.book is None or question not in self.book.questions:
            return None
        if question not in self._themes:
            self._count(self.book, [question])
        return self._themes[question]

    def prepare(self, messages: Iterable[KeyMessage]) -> None:
        """Count what many messages stand on together, which takes little longer than for one of them."""
        several = list(messages)
        self.tables(key.partition("=")[0] for message in several for key in message.figures)
        if self.book:
            codes = [self.book.code.get(id) for message in several for id in message.themes]
            questions = dict.fromkeys(code.question for code in codes if code)
            self._count(self.book, [id for id in questions if id not in self._themes])

    def _count(self, book: Codebook, questions: Sequence[str]) -> None:
        """Those that are wholly coded were counted with all else; the others are of the answers that were
        read.
        """
        stands = {id: self.codes.stands.get(id) or stand(self.held, id, book) for id in questions}
        answers = {id: self.held.sources(id) for id in questions}
        read = {id: [one for one in answers[id] if one.key in stands[id].read] for id in questions}
        whole = [id for id in questions if len(read[id]) == len(answers[id])]
        ready = [id for id in whole if id in self.counted]
        for id in ready:
            self._themes[id] = Themes(self.counted[id], {one.key: one for one in read[id]}, stands[id])
        waiting = [id for id in whole if id not in ready]
        everybody, those_read = survey_of(self.wave, self.of), survey_of(self.wave)
        parts = [(waiting, self.replies, everybody)] if waiting else []
        for id in questions:
            if id not in whole:
                parts.append(([id], {one.reply: self.replies[one.reply] for one in read[id]}, those_read))
        for ids, replies, survey in parts:
            texts = [one for id in ids for one in read[id]]
            keys = {one.key for one in texts}
            codings = [one for id in ids for one in stands[id].codings if one.passage.source in keys]
            coded = with_codes(book, replies, texts, codings, read=keys)
            for table in tabulate(
                _only(self.questionnaire, ids), as_tables(self.questionnaire, coded), survey,
                labels=book.labels, exclusive=book.exclusive,
            ):  # fmt: skip
                of = table.question
                self._themes[of] = Themes(table, {one.key: one for one in read[of]}, stands[of])

    def evidence(self, message: KeyMessage) -> list[Evidence]:
        """What a message stands on, figures first, as it counts now."""
        tables = self.tables(key.partition("=")[0] for key in message.figures)
        return [
            *(self._figure(key, tables) for key in message.figures),
            *(self._theme(code) for code in message.themes),
        ]

    def overstated(self, message: KeyMessage) -> tuple[str, ...]:
        """What in the message's wording holds of none of its figures."""
        stood = []
        tables = self.tables(key.partition("=")[0] for key in message.figures)
        for key in message.figures:
            figure, base = _found(tables.get(key.partition("=")[0]), key.partition("=")[2])
            if figure is not None and base is not None and figure.numerator is not None:
                stood.append(Stood(self._figure(key, tables).says, figure.numerator, base))
        return overstated(message.says, stood, self.field)

    def _figure(self, key: str, tables: dict[str, Table]) -> Evidence:
        id, _, value = key.partition("=")
        figure, _ = _found(tables.get(id), value)
        question = self.questionnaire.questions.get(id)
        label = values_told(question).get(value, value) if question else value
        return _evidence("figure", key, f"{question.label if question else id}: {label}", figure)

    def _theme(self, id: str) -> Evidence:
        code = self.book.code.get(id) if self.book else None
        themes = self.themes(code.question) if code else None
        figure, _ = _found(themes.table if themes else None, id)
        return _evidence("theme", id, code.label if code else id.replace("_", " "), figure)


def shares_of(wave: Wave) -> SharesOf:
    """Of whom the wave's report tells shares; before it is written, of who answered each question."""
    return parse(wave.report.definition).shares_of if hasattr(wave, "report") else "answered"


def _evidence(kind: str, key: str, says: str, figure: Figure | None) -> Evidence:
    if figure is None:
        return Evidence(kind, key, says, 0, 0, "", is_there=False)  # type: ignore[arg-type]
    percent = "" if figure.value is None else f"{figure.value}%"
    return Evidence(kind, key, says, figure.numerator, figure.denominator, figure.base, percent)  # type: ignore[arg-type]


def _found(table: Table | None, value: str) -> tuple[Figure | None, Base | None]:
    """An answer's figure of everybody, with its base; nothing where the table has no such answer."""
    for row in table.rows if table else ():
        if row.value == value:
            return row.cells[ALL].figure, row.cells[ALL].base
    return None, None


def _only(questionnaire: Questionnaire, ids: Sequence[str]) -> Questionnaire:
    """The questionnaire with these questions alone, for tables of them; routing needs it whole."""
    sections = [
        replace(section, questions=tuple(one for one in section.questions if one.id in ids))
        for section in questionnaire.sections
    ]
    return replace(questionnaire, sections=tuple(sections))
