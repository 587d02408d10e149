"""The survey of 2011 after its coding: words quoted, messages agreed, its report released and corrected."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from wherewithal.actions import key_message, quotation, report
from wherewithal.core.coding import Source, passage_of
from wherewithal.core.quotation import Consent
from wherewithal.extract.key_messages import Heard
from wherewithal.extract.release import Telling, release
from wherewithal.policy.codebook import codebook
from wherewithal.policy.report import ReportDefinition
from wherewithal.policy.report import report as definition
from wherewithal.records.coding import source_of
from wherewithal.records.models import Quotation, Release, Reply, User, Wave
from wherewithal.records.quotation import Desk, on_record
from wherewithal.simulate.clock import moment
from wherewithal.simulate.survey_2011 import LABEL

QUOTED_ON, WRITTEN_ON, AGREED_ON, BUILT_ON, CORRECTED_ON = (
    date(2011, 9, 28), date(2011, 10, 3), date(2011, 10, 5), date(2011, 10, 12), date(2011, 11, 2),
)  # fmt: skip
DUE_ON = date(2012, 3, 31)
UNSAID = "They chose to, and they are not like the rest by type, so these figures are theirs alone."
CORRECTS = (
    "The summary of version 1 did not say that the councils chose to take part and are not like the rest, "
    "so that its figures are theirs alone."
)
_TOLD: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def release_2011(wave: Wave, surveyors: Sequence[User]) -> list[Release]:
    """Of a wave that is closed and coded. Version 1 is built under the embargo of the notice to the press;
    version 2 puts into the summary what stood further down only.
    """
    for wanted in _TOLD["quotations"]:
        _quote(wave, wanted, surveyors)
    for wanted in _TOLD["vignettes"]:
        _tell(wave, wanted, surveyors)
    whole = replace(definition(wave.questionnaire), notice=LABEL)
    [first, *others] = whole.summary
    short = replace(whole, summary=(first.replace(UNSAID, "").strip(), *others))
    report.write(wave=wave, definition=short, by=surveyors[0], at=moment(WRITTEN_ON))
    _agree(Wave.objects.get(pk=wave.pk), surveyors[0])
    return [
        _build(wave, short, "", BUILT_ON, surveyors),
        _build(wave, whole, CORRECTS, CORRECTED_ON, surveyors),
    ]


def _quote(wave: Wave, wanted: Mapping[str, str], surveyors: Sequence[User]) -> None:
    """Picked by one surveyor, and where whoever is quoted agreed signed off by the other."""
    reply, source, words = next(_said(wave, wanted))
    row = _pick(reply, source, words, surveyors[0])
    _sign(row, "", Consent(wanted["consent"]), surveyors)


def _tell(wave: Wave, wanted: Mapping[str, Any], surveyors: Sequence[User]) -> None:
    """The words of several councils under one title."""
    row: Quotation | None = None
    told: set[Any] = set()
    for code in wanted["codes"]:
        one = {"question": wanted["question"], "code": code, "consent": Consent.GIVEN.value}
        reply, source, words = next(said for said in _said(wave, one) if said[0].pk not in told)
        told.add(reply.pk)
        row = _pick(reply, source, words, surveyors[0], row)
    assert row is not None
    _sign(row, wanted["title"], Consent.GIVEN, surveyors)


def _pick(reply: Reply, source: Source, words: str, by: User, into: Quotation | None = None) -> Quotation:
    on, at = passage_of(source, words), moment(QUOTED_ON)
    place: dict[str, Any] = {
        "reply": reply, "question": source.question, "start": on.start, "end": on.end, "by": by, "at": at,
    }  # fmt: skip
    return quotation.add_passage(quotation=into, **place) if into else quotation.pick(**place)


def _sign(row: Quotation, title: str, consent: Consent, surveyors: Sequence[User]) -> None:
    picks, signs = surveyors
    at, asked_on = moment(QUOTED_ON), QUOTED_ON - timedelta(days=7)
    may_tell = on_record(row, Desk(row.wave, QUOTED_ON)).quoted.may_tell
    quotation.word(quotation=row, printed=row.printed, telling=may_tell[-1], title=title, by=picks, at=at)
    quotation.note_consent(
        quotation=row, consent=consent, asked_on=asked_on,
        answered_on=None if consent == Consent.ASKED else asked_on + timedelta(days=2),
        answered_by="" if consent == Consent.ASKED else "The director", by=picks, at=at,
    )  # fmt: skip
    if consent == Consent.GIVEN:
        quotation.sign_off(quotation=row, by=signs, at=moment(QUOTED_ON, 16))


def _said(wave: Wave, wanted: Mapping[str, str]) -> Iterator[tuple[Reply, Source, str]]:
    """Whose words fit, by the register: their answer, and the words of it that bear the code."""
    [words] = codebook(wave.questionnaire).code[wanted["code"]].examples
    agrees = wanted["consent"] == Consent.GIVEN
    for reply in wave.replies.select_related("wave").order_by("key__invitation__code"):
        source = source_of(reply, wanted["question"])
        may_be_quoted = reply.answers.get("quote_consent") == "yes"
        if source and words in source.text and may_be_quoted == agrees:
            yield reply, source, words


def _agree(wave: Wave, by: User) -> None:
    doing: dict[str, Any] = {"by": by, "at": moment(AGREED_ON)}
    for wanted in _TOLD["messages"]:
        message = key_message.write(
            wave=wave, says=wanted["says"], owner=wanted["owner"], action=wanted["action"], due_on=DUE_ON,
            **doing,
        )  # fmt: skip
        for figure in wanted.get("figures", ()):
            question, _, value = figure.partition("=")
            key_message.stand_on_figure(message=message, question=question, value=value, **doing)
        for code in wanted.get("themes", ()):
            key_message.stand_on_theme(message=message, code=code, **doing)
    heard, messages = Heard(wave), list(wave.key_messages.all())
    heard.prepare(messages)
    for message in messages:
        key_message.agree(
            message=message, evidence=heard.evidence(message), overstated=heard.overstated(message), **doing
        )


def _build(wave: Wave, of: ReportDefinition, changed: str, on: date, surveyors: Sequence[User]) -> Release:
    """Written by one surveyor; the other looks at what few said; then it is built."""
    writes, looks = surveyors
    report.write(wave=wave, definition=of, by=writes, at=moment(on - timedelta(days=2)))
    telling = Telling(Wave.objects.get(pk=wave.pk), moment(on, 15), publisher=of.publisher)
    for one in telling.few:
        report.look(wave=wave, figure=one.figure, count=one.count, base=one.base, by=looks, at=moment(on, 10))
    return release(telling=telling, changed=changed, by=writes)
