"""A survey of members of staff is never told as one of councils: not a share, not a number, in no file."""

from datetime import UTC, date, datetime

import pytest
from reporting import FORM

from wherewithal.analytics.base import Base
from wherewithal.analytics.cohort import profile
from wherewithal.analytics.replies import Reply, as_tables
from wherewithal.analytics.report.assemble import Issue, assemble
from wherewithal.analytics.report.drafting import drafted
from wherewithal.analytics.report.reach import SaysMore
from wherewithal.analytics.report.sentences import Counted, fill
from wherewithal.analytics.said_of import Stood, overstated
from wherewithal.analytics.share import Survey
from wherewithal.analytics.tabulate import tabulate
from wherewithal.core.release import content
from wherewithal.policy.disclosure import rule

STAFF = Survey("made up", rule("threshold-10"), unit="member of staff", units="members of staff")
REPLIES = [Reply({"plan": "yes"})] * 40 + [Reply({"plan": "no"})] * 20
COUNTED = Counted(
    {table.question: table for table in tabulate(FORM, as_tables(FORM, REPLIES), STAFF)},
    profile([{}] * 152, [number < 60 for number in range(152)], ()),
    facts={"opened": "1 May 2026", "closed": "1 June 2026", "promise": "anonymous"},
)


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("{percent plan=yes} of councils have a plan.", "is no share of councils"),
        ("{Word most plan=yes} councils have a plan.", "is no share of councils"),
        ("{Word most plan=yes} of the councils that answered have one.", "is no share of councils"),
        ("In {percent plan=yes} of authorities there is a plan.", "is no share of authorities"),
        ("{count plan=yes} councils have a plan.", "is no number of councils"),
        ("{cohort} councils took part.", "is no number of councils"),
        ("{invited} authorities were invited.", "is no number of authorities"),
    ],
)
def test_a_sentence_that_tells_staff_as_councils_is_refused(sentence, says):
    with pytest.raises(SaysMore) as refused:
        fill(sentence, COUNTED)
    assert says in refused.value.says
    assert "members of staff" in refused.value.says


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("{share plan=yes} know it.", "40 of 60 members of staff that answered this (67%) know it."),
        (
            "{percent plan=yes} of staff say that councils have one.",
            "67% of staff say that councils have one.",
        ),
        ("{cohort} of {invited} members of staff took part.", "60 of 152 members of staff took part."),
    ],
)
def test_what_staff_say_is_told_of_staff(sentence, printed):
    assert fill(sentence, COUNTED) == printed


@pytest.mark.parametrize(
    "words", ["67% of councils know it.", "40 councils know it.", "Most authorities do."]
)
def test_no_key_message_tells_staff_as_councils(words):
    [found] = overstated(words, [Stood("A: Yes", 40, Base("answered", 60, STAFF.unit, STAFF.units))], 60)
    assert "councils" in found or "authorities" in found


def test_a_report_that_is_drafted_of_staff_speaks_of_no_council_anywhere():
    definition = drafted("Working with budgets", "Nobody", STAFF.units, FORM, list(COUNTED.tables))
    made = assemble(definition, COUNTED, Issue("1", date(2026, 6, 1), datetime(2026, 7, 1, tzinfo=UTC)))
    said = str(content(made))
    assert "60 of 152 members of staff took part (39%)" in said
    assert "Shares are of 60 members of staff that answered this." in said
    assert "council" not in said.lower() and "authorit" not in said.lower()
