"""From rows to the values of ``core/quotation``: passages, findings, what may be told of whose they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wherewithal.core.coding import as_text
from wherewithal.core.policy import Used
from wherewithal.core.quotation import Consent, Quoted, Telling, in_the_way, tellings, told
from wherewithal.core.screening import Finding, Kept, Words, screen
from wherewithal.policy.quotation import fewest_told, screened_by
from wherewithal.records.models import Quotation, QuotedPassage, Wave


def words_of(passage: QuotedPassage) -> str:
    """The words as they stood."""
    return as_text(passage.reply.answers[passage.question])[passage.start : passage.end]


class Desk:
    """What the quotations of a wave are judged by on a day, read once: word lists, and who answered."""

    def __init__(self, wave: Wave, on: date) -> None:
        self.wave, self._used = wave, Used(on)

    @cached_property
    def words(self) -> Words:
        """The policy's lists, with the names of all councils that the wave asks."""
        names = (
            self.wave.invitations.values_list("name", flat=True)
            if self.wave.unit == Wave.Unit.COUNCIL
            else ()
        )
        return screened_by(self._used, names)

    @cached_property
    def answered(self) -> Counter[tuple[str, str]]:
        """Replies in time by (region, type)."""
        return Counter(self.wave.replies.filter(late=False).values_list("region", "type"))

    @cached_property
    def fewest(self) -> int:
        return fewest_told(self._used)

    def screen(self, text: str) -> tuple[Finding, ...]:
        return screen(text, self.words)


@dataclass(frozen=True)
class OnRecord:
    """A quotation with its passages (each with its reply) as they stand."""

    row: Quotation
    passages: Sequence[QuotedPassage]
    desk: Desk

    @cached_property
    def quoted(self) -> Quoted:
        row = self.row
        return Quoted(
            mode=row.wave.mode,
            consent=Consent(row.consent),
            telling=Telling(row.telling),
            may_tell=tellings(self.desk.answered, self._whose, self.desk.fewest),
            findings=(*self.desk.screen(row.title), *self.desk.screen(row.printed)),
            kept=tuple(Kept(**one) for one in row.kept),
            hands=frozenset({row.by_id, row.changed_by_id}),
            passages=len(self.passages),
            title=row.title,
        )

    @property
    def is_vignette(self) -> bool:
        return len(self.passages) > 1

    @property
    def _whose(self) -> list[tuple[str, str]]:
        return [(one.reply.region, one.reply.type) for one in self.passages]

    @property
    def too_few(self) -> bool:
        """Is there more to tell of whose it is, that may not be told because too few answered?"""
        every = tellings(dict.fromkeys(self._whose, 1), self._whose, 1)
        return len(self.quoted.may_tell) < len(every)

    def told(self, telling: str) -> str:
        """From whom it is, if so much is told."""
        region, type = self._whose[0]
        many = len({one.reply_id for one in self.passages})
        return told(telling, self.row.wave.unit, region, type, many)

    @property
    def line(self) -> str:
        """The line under it, as it is printed: of a vignette also whether they agreed."""
        agreed = self.is_vignette and self.row.consent == Consent.GIVEN
        return f"{self.told(self.row.telling)}{', with their consent' if agreed else ''}"

    @property
    def state(self) -> str:
        """Where it stands, in a word or two."""
        if self.row.state != Quotation.State.OPEN:
            return self.row.get_state_display()
        if self.row.consent == Consent.REFUSED:
            return "Consent refused"
        if self.quoted.open:
            return "Findings open"
        return "Something to do" if in_the_way(self.quoted) else "Ready for sign-off"


def on_record(row: Quotation, desk: Desk) -> OnRecord:
    """``row`` with all that it is judged by."""
    return OnRecord(row, list(row.passages.select_related("reply")), desk)


def quotations(wave: Wave, on: date) -> list[OnRecord]:
    """All of a wave, in the order in which they were picked."""
    desk = Desk(wave, on)
    rows = wave.quotations.select_related("wave", "by", "changed_by", "signed_by")
    return [OnRecord(row, list(row.passages.all()), desk) for row in rows.prefetch_related("passages__reply")]
