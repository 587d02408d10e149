"""The desk at which one answer is coded: the answers to a question, what its coder put on them, the codes."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404

from wherewithal.core.coding import Code, Codebook, Coding, Source, runs
from wherewithal.records.coding import as_book, as_coding, book_in_use, sources
from wherewithal.records.models import Coded, Judged, ReadThrough, User, Wave
from wherewithal.web.clock import now
from wherewithal.web.survey_field import Standing

# A code is put on by its key; the digits come first, then letters.
KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
COLOURS = 8  # as many as coding.css tells apart; a code's name stands beside its colour always
AGAIN = {
    "reworded": "The code was reworded",
    "split": "The code was split",
    "removed": "The code was removed",
}


@dataclass(frozen=True)
class Put:
    """One of the coder's codings: its code's name and colour, the words, why it is looked at again."""

    of: Coded
    label: str
    colour: int
    words: str
    again: str
    can_stay: bool


class Desk:
    """One question's answers as one coder works through them. Raises Http404 for a question without codes."""

    def __init__(self, wave: Wave, question: str, coder: User, reply: str = "") -> None:
        self.wave, self.coder = wave, coder
        row = book_in_use(wave)
        if row is None or question not in as_book(row).questions:
            raise Http404("The codebook in use has no codes for this question.")
        self.book: Codebook = as_book(row)
        self.question = Standing(wave, now()).questionnaire.questions[question]
        self.sources = sources(wave, question)
        self._wanted = reply

    @cached_property
    def read(self) -> set[str]:
        """The replies whose answer the coder has read to its end."""
        of = ReadThrough.objects.filter(reply__wave=self.wave, question=self.question.id, coder=self.coder)
        return {str(reply) for reply in of.values_list("reply", flat=True)}

    @cached_property
    def rows(self) -> list[Coded]:
        """All that the coder has put on answers to the question."""
        of = Coded.objects.filter(reply__wave=self.wave, question=self.question.id, coder=self.coder)
        return list(of.order_by("start", "end", "id"))

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(str(row.reply_id) for row in self.rows)

    @cached_property
    def to_see_again(self) -> set[str]:
        return {str(row.reply_id) for row in self.rows if row.again}

    @cached_property
    def source(self) -> Source | None:
        """The answer on the desk: the one that was asked for, else the first that is not read."""
        asked = [one for one in self.sources if one.reply == self._wanted]
        if self._wanted and not asked:
            raise Http404("There is no such answer to this question.")
        unread = [one for one in self.sources if one.reply not in self.read]
        return next(iter([*asked, *unread, *self.sources]), None)

    @property
    def place(self) -> int:
        """Of the answer on the desk among all, from 1."""
        return self.sources.index(self.source) + 1 if self.source else 0

    def beside(self, step: int) -> str:
        """The reply before (-1) or after (1) the one on the desk; '' at either end."""
        place = self.place - 1 + step
        return self.sources[place].reply if 0 <= place < len(self.sources) else ""

    @property
    def next_unread(self) -> str:
        """Where to go on: the next answer that is not read, from here round to here."""
        at = self.place
        round = [*self.sources[at:], *self.sources[: at - 1]]
        return next((one.reply for one in round if one.reply not in self.read), "")

    @cached_property
    def puts(self) -> list[Put]:
        """What stands on the answer."""
        if self.source is None:
            return []
        text, reply = self.source.text, self.source.reply
        return [
            Put(
                of=row,
                label=self._label(row.code),
                colour=self.colour(row.code),
                words=text[row.start : row.end],
                again=AGAIN.get(row.again, ""),
                can_stay=row.code in self.book.code,
            )
            for row in self.rows
            if str(row.reply_id) == reply
        ]

    @property
    def judged(self) -> str:
        """How the answer is to be read, where somebody said so, as a sentence."""
        if self.source is None:
            return ""
        found = Judged.objects.filter(reply__id=self.source.reply, question=self.question.id).first()
        return f"{found.get_says_display()}." if found else ""

    @property
    def pieces(self) -> list[dict[str, Any]]:
        """The text cut where codings begin and end: its words, the colour and the names of what covers it."""
        if self.source is None:
            return []
        text = self.source.text
        found = runs(text, [as_coding(put.of) for put in self.puts])
        return [
            {"start": run.start, "words": text[run.start : run.end], **self._drawn(run.codings)}
            for run in found
        ]

    @property
    def codes(self) -> list[dict[str, Any]]:
        """The codes of the question as the codebook beside the text shows them."""
        keys = iter(KEYS)
        used = Counter(row.code for row in self.rows)
        return [
            {"of": code, "depth": depth, "key": next(keys, ""), "colour": self.colour(code.id),
             "used": used[code.id]}
            for depth, code in self.book.tree(self.question.id)
        ]  # fmt: skip

    def colour(self, code: str) -> int:
        ids = [one.id for one in self.book.questions[self.question.id]]
        return ids.index(code) % COLOURS if code in ids else COLOURS

    def _label(self, code: str) -> str:
        found: Code | None = self.book.code.get(code)
        return found.label if found else code.replace("_", " ")

    def _drawn(self, codings: tuple[Coding, ...]) -> dict[str, Any]:
        return {
            "colour": self.colour(codings[0].code) if codings else None,
            "many": len(codings) > 1,
            "labels": ", ".join(dict.fromkeys(self._label(one.code) for one in codings)),
        }
