"""The made-up council sends its return twice, and has a few faults in it, as councils have."""

from collections import Counter
from datetime import date

from simulate.test_council import YEARS, few_answer_the_survey, make  # noqa: F401 (a fixture)

from wherewithal.extract.submission_changes import changes
from wherewithal.records.models import Opening, Submission
from wherewithal.simulate.persona import persona


def test_the_second_return_tells_what_changed_since_the_first_and_why(db):
    make()
    second, first = Submission.objects.all()
    assert (first.last, second.last) == (date(2025, 12, 31), date(2026, 3, 31))
    assert {str(one.made_by) for one in (first, second)} == {"Ana Analyst"}
    found = changes(second, first)
    assert {one.done for one in found} >= {"new"}
    assert {one.why.kind for one in found} <= {"time", "action"}, "the record knows why"
    traced = Opening.objects.filter(page="submission", at=second.made_at)
    assert traced.count() == second.people_count > 0


def test_a_few_who_need_help_for_a_while_are_not_asked_everything():
    people = [persona(number, 1, YEARS) for number in range(1, 201)]
    assert {one.becomes for one in people if one.not_asked} == {"short_term"}
    few = Counter(one.not_asked for one in people if one.not_asked)
    assert set(few) == {"born_on", "support_reason"}
    assert all(1 < many < 10 for many in few.values())
