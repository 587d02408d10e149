"""A closed survey with its report written and everything on its checklist in order, for tests of releases."""

import surveying
from coding_by import coders
from making import at

from wherewithal.actions import report, survey_seal
from wherewithal.extract.release import Telling
from wherewithal.extract.release import release as build
from wherewithal.policy.report import ReportDefinition, SectionDefinition
from wherewithal.records.models import Release, Wave

EMBARGO = at(2126, 12, 1, 0)
DEFINITION = ReportDefinition(
    title="Budgets in made-up councils",
    publisher="Nobody",
    headline="{share budgets=yes} give everybody a budget",
    summary=("{invited} were invited and {cohort} took part ({rate}).",),
    contacts=("Press desk, press@example.org",),
    sections=(SectionDefinition("Brokerage", ("{share brokerage=own} offer it.",), ("brokerage",)),),
)


def closed(answers: int = 8, **more) -> Wave:
    """So many councils answered; all but one offer brokerage themselves."""
    wave, _ = surveying.opened(embargo_until=EMBARGO, **more)
    for number in range(answers):
        surveying.answer(surveying.one_of(wave, number), brokerage="own" if number else "bought")
    return survey_seal.close(wave=wave, **surveying.doing(surveying.LATE))


def written(wave: Wave, of: ReportDefinition = DEFINITION) -> Wave:
    report.write(wave=wave, definition=of, by=coders()[0], at=at(2026, 6, 1))
    return Wave.objects.get(pk=wave.pk)


def telling(wave: Wave, moment=None) -> Telling:
    return Telling(Wave.objects.get(pk=wave.pk), moment or at(2026, 6, 2), publisher="Nobody")


def look_at_all(wave: Wave, by) -> None:
    for one in telling(wave).few:
        report.look(wave=wave, figure=one.figure, count=one.count, base=one.base, by=by, at=at(2026, 6, 1))


def released(wave: Wave | None = None, changed: str = "", moment=None) -> Release:
    """Built by Sol Surveyor, after Sky Second looked at what few said."""
    wave = wave or written(closed())
    look_at_all(wave, coders()[1])
    return build(telling=telling(wave, moment), changed=changed, by=coders()[0])
