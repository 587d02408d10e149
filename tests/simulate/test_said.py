"""What made-up reviews say."""

from itertools import pairwise
from random import Random

import pytest
from making import at
from reviewing import ready, running

from wherewithal.actions import review_held
from wherewithal.records.reviewing import still_to_say
from wherewithal.simulate.said import SENTENCES, at_review

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["plan", "direct_payment"])
def test_every_review_is_whole_and_no_two_running_say_the_same(kind):
    plan, summaries = running(), []
    for month in range(6, 13):
        who = {"by": plan.author, "at": at(2026, month, 1)}
        made = ready(plan, kind, who["at"])
        said = at_review(Random(month), made, surplus_back_pence=0)
        made = review_held.write_down(review=made, said=said, **who)
        assert still_to_say(made, who["at"].date()) == []
        summaries.append(review_held.finish(review=made, **who).summary)
    fitting = {sentence for (of, _), all_of in SENTENCES.items() for sentence in all_of if of == kind}
    assert fitting >= set(summaries)
    assert all(one != following for one, following in pairwise(summaries))


def test_there_is_something_else_to_say_however_it_goes():
    assert all(len(set(sentences)) > 1 for sentences in SENTENCES.values())
