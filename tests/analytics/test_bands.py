"""Numbers in a survey's tables: in bands, with base, weights and disclosure as any other answer."""

from datetime import date

import pytest

from wherewithal.analytics.crossed import GAVE_NONE, crossed, may_group
from wherewithal.analytics.replies import Reply, as_tables
from wherewithal.analytics.share import Survey, Weighting
from wherewithal.analytics.tabulate import IN_BANDS, tabulate
from wherewithal.core.questions import Check, Choice, Question, Questionnaire, Section
from wherewithal.policy.disclosure import rule

MANY = Question("many", "How many?", "whole_number", bands=(0, 10, 100), check=Check(0))
OPEN = Question("open", "How many others?", "whole_number")
OWN = Question("own", "Your own?", "yes_no", choices=(Choice("yes", "Yes"), Choice("no", "No")))
FORM = Questionnaire(
    "q", "1", "Q", "survey", date(2026, 1, 1), None, "made up", (Section("s", "S", (MANY, OPEN, OWN)),)
)


def replies(*numbers, own="yes"):
    return [Reply({"many": one, "open": one, "own": own}, groups={"region": "north"}) for one in numbers]


def table(given, id="councils", **more):
    found = tabulate(FORM, as_tables(FORM, given), Survey("made up", rule(id)), **more)
    assert [one.question for one in found] == ["many", "own"], "a number without bands stands in no table"
    return found[0]


def counts(of):
    return {row.label: row.cells["all"].figure.numerator for row in of.rows}


def test_every_band_stands_there_zeros_too_and_says_that_it_is_one():
    found = table(replies(0, 9, 10, 99, 5))
    assert counts(found) == {"0 to 9": 3, "10 to 99": 2, "100 or more": 0}
    assert found.notes[0] == IN_BANDS and not found.several


def test_a_band_of_few_is_suppressed_and_another_with_it_so_that_none_follows():
    found = table(replies(*[5] * 30, *[50] * 20, *[500] * 3), "threshold-10")
    assert counts(found) == {"0 to 9": 30, "10 to 99": None, "100 or more": None}


def test_a_band_is_weighted_as_any_answer():
    found = table(replies(5, 50), weighting=Weighting([3.0, 1.0], "by region"))
    assert [row.cells["all"].weighted for row in found.rows] == [75, 25, 0]


def test_a_band_can_stand_across_and_who_wrote_no_number_apart():
    given = [*replies(5, 5, 50), *replies(50, own="no"), Reply({"own": "no"}, groups={"region": "north"})]
    found = crossed(FORM, given, Survey("made up", rule("councils")), "own", "many")
    assert found.groups == ("all", "0 to 9", "10 to 99", GAVE_NONE)
    yes = {group: cell.base.count for group, cell in found.rows[0].cells.items()}
    assert yes == {"all": 5, "0 to 9": 2, "10 to 99": 2, GAVE_NONE: 1}


@pytest.mark.parametrize(("question", "may"), [(MANY, True), (OPEN, False)])
def test_a_number_without_bands_cannot(question, may):
    assert may_group(question, ()) is may
