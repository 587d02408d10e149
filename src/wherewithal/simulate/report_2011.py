"""The report of the survey of 2011 straight from its made-up replies, without a record and what is quoted.

The demo goes the whole path (``wave_2011``, ``release_2011``); this is what that must come to.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from wherewithal.analytics.cohort import profile
from wherewithal.analytics.replies import as_tables
from wherewithal.analytics.report.assemble import Issue, assemble
from wherewithal.analytics.report.sentences import Counted
from wherewithal.analytics.share import Survey
from wherewithal.analytics.tabulate import tabulate
from wherewithal.core.period import written
from wherewithal.core.report import Report
from wherewithal.policy.disclosure import rule
from wherewithal.policy.report import report as definition
from wherewithal.simulate.survey_2011 import CLOSED, LABEL, OPENED, made_up_survey

WAVE = "Personalisation survey, September 2011"
DIMENSIONS = ("region", "type")


@dataclass(frozen=True)
class Told:
    """The report, and what it was counted from."""

    report: Report
    counted: Counted


@cache
def counted() -> Counted:
    """Every table of the made-up replies, and who took part beside the field."""
    survey = made_up_survey()
    tables = tabulate(
        survey.questionnaire,
        as_tables(survey.questionnaire, [one.reply for one in survey.replies]),
        Survey(WAVE, rule("councils"), of="cohort"),
        labels=survey.book.labels,
        exclusive=survey.book.exclusive,
    )
    answered = {one.council.code for one in survey.replies}
    field = [{"region": council.region, "type": council.type} for council in survey.invited]
    who = profile(field, [council.code in answered for council in survey.invited], DIMENSIONS)
    facts = {"opened": written(OPENED), "closed": written(CLOSED), "promise": "confidential (coded)"}
    return Counted({table.question: table for table in tables}, who, facts=facts)


def told(*, on: date, embargo: datetime, version: str = "1") -> Told:
    """The report as it would be told from ``embargo`` on; every file says that its replies are made up."""
    of = replace(definition("personalisation-2011"), notice=LABEL)
    return Told(assemble(of, counted(), Issue(version, on, embargo)), counted())
