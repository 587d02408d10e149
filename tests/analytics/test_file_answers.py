"""A file as an answer is counted as given or not; what it is called and what is in it is counted nowhere."""

from dataclasses import replace

from surveying import with_files

from wherewithal.analytics.replies import Reply, as_tables
from wherewithal.analytics.share import Survey
from wherewithal.analytics.tabulate import tables, tallied
from wherewithal.core.questions import Attached, Question, Section
from wherewithal.policy.disclosure import rule

GIVEN = Attached("0" * 32, "Kent.pdf").answer


def test_a_file_is_heard_as_answered_blank_or_not_asked_and_nothing_of_it_is_chosen():
    asked = with_files()
    replies = as_tables(asked, [Reply({"budgets": "yes", "paper": GIVEN}), Reply({"budgets": "no"})])
    heard = {(row["reply"], row["question"]): row["status"] for row in replies.heard.to_pylist()}
    assert (heard[0, "paper"], heard[1, "paper"], heard[1, "how_many"]) == ("answered", "blank", "not asked")
    assert {row["question"] for row in replies.chosen.to_pylist()} == {"budgets"}


def test_a_survey_that_begins_with_a_file_is_tabulated_as_any_other():
    first = Section("files", "Files", (Question("f", "Your paper", "file"),))
    asked = replace(with_files(), sections=(first, *with_files().sections))
    replies = as_tables(asked, [Reply({"f": GIVEN, "budgets": "yes"}, groups={"region": "London"})] * 12)
    made = tallied(asked, replies, Survey("Files", rule("councils"), unit="council", units="councils"))
    assert made.whole.too_few("f", "cohort") == frozenset()
    assert [one.question for one in tables(made)] == ["budgets", "brokerage"]
