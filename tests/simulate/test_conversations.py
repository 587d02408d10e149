"""The made-up conversations of the demo: one as far as each can be, every word of them marked as made up."""

import compending
import pytest
from coding_by import coders
from making import at

from wherewithal.core.conversation import Within
from wherewithal.records.conversation import closed_ones, open_ones
from wherewithal.simulate.conversations import hold

pytestmark = pytest.mark.django_db


def test_there_is_one_at_each_stage_with_what_is_overdue_first_and_all_of_it_says_it_is_made_up():
    ends = at(2026, 11, 28)
    made = hold(coders(), [compending.published()], ends)
    shown = open_ones(Within(talk=28, agree=14))
    stages = [one.standing.stage for one in shown] + [one.standing.stage for one in closed_ones()]
    assert sorted(stages) == ["Action agreed", "Begun", "Closed", "Looked at again", "Spoken"]
    late = [one.is_late(ends.date()) for one in shown]
    assert any(late) and late == sorted(late, reverse=True)
    for row in made:
        said = [one.said for one in row.talks.all()] + [one.what for one in row.agreed.all()]
        said += [one.came_of for one in row.looks.all()] + [row.outcome_says] * bool(row.outcome_says)
        assert row.made_up and all(words.startswith("Made up: ") for words in said)
    agreed = next(one.row for one in shown if one.standing.stage == "Action agreed")
    assert agreed.ahead and agreed.example and len(agreed.notes) == 1 and agreed.talks.count() == 2
