"""A wave's report with its figures as they count now: what it says, what stands in the way, its files.

What leaves here has no name of who answered: figures with their bases, and words that were signed off.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from wherewithal.actions.record import day
from wherewithal.actions.release import Built, keep
from wherewithal.analytics.cohort import Profile
from wherewithal.analytics.report import holding
from wherewithal.analytics.report.assemble import Fault, Issue, Said, assemble, faults
from wherewithal.analytics.report.drafting import drafted
from wherewithal.analytics.report.holding import Check, Few
from wherewithal.analytics.report.sentences import Counted
from wherewithal.analytics.since import shown, since
from wherewithal.analytics.tabulate import Table
from wherewithal.core import key_message as messages
from wherewithal.core import report as parts
from wherewithal.core.period import written
from wherewithal.core.release import content
from wherewithal.core.survey import MODE_WORDS, Mode
from wherewithal.extract import survey
from wherewithal.extract.key_messages import Heard, shares_of
from wherewithal.extract.profile import profile_of
from wherewithal.extract.survey import Tables, survey_of, tables_from
from wherewithal.policy.report import ReportDefinition, parse
from wherewithal.records.asking import asked_in
from wherewithal.records.models import KeyMessage, Quotation, Release, User, Wave
from wherewithal.records.quotation import OnRecord, quotations
from wherewithal.records.release import is_public, looked_at

AGREED = (KeyMessage.State.AGREED, KeyMessage.State.ACTED_ON)


@dataclass(frozen=True)
class Telling:
    """The report of a wave at a moment. ``publisher`` and ``notice`` are of a report that is not written yet.

    Each property is worked out when it is asked for, and then once.
    """

    wave: Wave
    at: datetime
    publisher: str
    notice: str = ""

    @cached_property
    def definition(self) -> ReportDefinition:
        """As it is on record; before, what there is to begin from."""
        if hasattr(self.wave, "report"):
            return parse(self.wave.report.definition)
        units = survey_of(self.wave).units
        return drafted(
            self.wave.title, self.publisher, units, asked_in(self.wave),
            [table.question for table in self.tables.tables],
            profile=[one.dimension for one in self.profile.breakdowns], notice=self.notice,
        )  # fmt: skip

    @cached_property
    def codes(self) -> survey.Codes:
        return survey.codes_of(self.wave)

    @cached_property
    def made(self) -> survey.Counted:
        """Shares are of whom the report on record tells them, or will once it is written."""
        return survey.counted(self.wave, of=shares_of(self.wave), codes=self.codes)

    @cached_property
    def tables(self) -> Tables:
        return tables_from(self.made)

    @cached_property
    def counted(self) -> Counted:
        opened, closed = (written(day(at)) for at in (self.wave.opens_at, self.wave.closes_at))
        promise = MODE_WORDS[Mode(self.wave.mode)][0].lower()
        return Counted(
            {table.question: table for table in self.tables.tables},
            self.profile,
            facts={"opened": opened, "closed": closed, "promise": promise},
        )

    @cached_property
    def profile(self) -> Profile:
        return profile_of(self.wave)

    @cached_property
    def faults(self) -> list[Fault]:
        """What cannot stand in the report; a table that waits for its coding says so."""
        return [
            replace(fault, says=self.tables.waiting.get(fault.what, fault.says))
            for fault in faults(self.definition, self.counted)
        ]

    @cached_property
    def said(self) -> Said:
        """Words that were signed off, and messages that were agreed with what they stood on then."""
        quotes: dict[str, list[parts.Quote | parts.Vignette]] = {}
        for one in quotations(self.wave, day(self.at)):
            if one.row.state == Quotation.State.SIGNED_OFF:
                quotes.setdefault(one.passages[0].question, []).append(_as_printed(one))
        agreed = list(self.wave.key_messages.filter(state__in=AGREED))
        return Said(quotes, tuple(_with_evidence(one) for one in agreed), tuple(map(_action, agreed)))

    def report(self, changed: str = "") -> parts.Report | None:
        """The next version; nothing where a sentence or a table cannot stand in it."""
        if self.faults:
            return None
        last = self.wave.releases.first()
        held = not is_public(self.wave, self.at)
        issue = Issue(
            str(last.version + 1 if last else 1), day(self.at), self.wave.embargo_until if held else None,
            " ".join(changed.split()) if last else "",
        )  # fmt: skip
        return assemble(self.definition, self.counted, issue, self.said)

    @cached_property
    def next(self) -> parts.Report | None:
        """The next version before it is said what it corrects."""
        return self.report()

    @cached_property
    def few(self) -> list[Few]:
        """Figures of very few that would be printed."""
        return holding.few(self.next, self.counted) if self.next else []

    def checks(self, by: User) -> list[Check]:
        """What must hold before ``by`` builds it: none of the second looks is their own."""
        closed = self.wave.state in (Wave.State.CLOSED, Wave.State.RELEASED)
        found = [
            Check("Closed", () if closed else ("The survey still takes answers. Close it first.",)),
            Check("Sentences", tuple(fault.says for fault in self.faults)),
        ]
        made = self.next
        if made is None:
            return found
        signed = [quote.text for several in self.said.quotes.values() for quote in several]
        return [
            *found,
            Check("Key messages", tuple(self._no_longer())),
            Check("Beside the version before", tuple(self._given_away(made))),
            *holding.checklist(
                made, self.counted, looked_at=looked_at(self.wave, but=[by.pk]), signed_off=signed,
                is_public=is_public(self.wave, self.at),
            ),
        ]  # fmt: skip

    def printed(self, made: parts.Report) -> list[Table]:
        """The tables that stand in a report, as they were counted."""
        names = {table.name for table in made.tables()}
        return [table for table in self.tables.tables if table.question in names]

    def _given_away(self, made: parts.Report) -> list[str]:
        """Counts of few that this version and the one before give away together."""
        last = self.wave.releases.first()
        before: dict[Any, int | None] = {tuple(key): count for *key, count in (last.shown if last else [])}
        return [one.says for one in since(before, self.printed(made), survey_of(self.wave).rule)]

    def _no_longer(self) -> list[str]:
        """Agreed messages whose figures are others by now."""
        if not any(section.messages or section.actions for section in self.definition.sections):
            return []
        heard = Heard(self.wave, self.codes, self.made)
        agreed = list(self.wave.key_messages.filter(state__in=AGREED))
        heard.prepare(agreed)
        return [
            f"{one} was agreed on other figures than those of now. Open it again, and agree it anew."
            for one in agreed
            if messages.changes(map(messages.Evidence.from_kept, one.stood_on), heard.evidence(one))
        ]


def release(*, telling: Telling, changed: str, by: User) -> Release:
    """Build the next version of a report that is on record, and keep it. Raises CannotRelease."""
    # What draws and sets pages takes a second to come in, and is needed here alone.
    from wherewithal.formats.report.release import build

    made = telling.report(changed)
    faults = tuple(f"{one.name}: {one.faults[0]}" for one in telling.checks(by) if not one.holds)
    files = build(made) if made and not faults else None
    built = Built(
        written=telling.wave.report.definition if hasattr(telling.wave, "report") else "",
        content=content(made) if made else {},
        content_hash=files.hash if files else "",
        files=files.files if files else {},
        embargo=made.embargo if made else None,
        shown=[[*key, count] for key, count in shown(telling.printed(made)).items()] if made else [],
        faults=faults,
    )
    return keep(wave=telling.wave, built=built, changed=changed, by=by, at=telling.at)


def _as_printed(one: OnRecord) -> parts.Quote | parts.Vignette:
    if one.is_vignette:
        return parts.Vignette(one.row.title, one.row.printed, one.line)
    return parts.Quote(one.row.printed, one.line)


def _with_evidence(message: KeyMessage) -> str:
    stood = [messages.Evidence.from_kept(one) for one in message.stood_on]
    return f"{message.says.rstrip('.')} ({'; '.join(f'{one.says}: {one.printed}' for one in stood)})."


def _action(message: KeyMessage) -> str:
    by_when = f", by {written(message.due_on)}" if message.due_on else ""
    done = f" Done: {message.done}" if message.done else ""
    return f"{message.action.rstrip('.')}. Who: {message.owner}{by_when}.{done}"
