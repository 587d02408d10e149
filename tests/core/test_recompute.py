"""An allocation worked out again from what was kept, also after a trip through JSON, for any scheme."""

import json
import random
from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core.allocation import allocate
from wherewithal.core.circumstances import Circumstances
from wherewithal.core.questions import ScoreLine
from wherewithal.core.recompute import NotKept, kept_scheme, recompute
from wherewithal.core.scheme import UNPAID_CARE
from wherewithal.policy.allocation import schemes

CIRCUMSTANCES = st.builds(
    Circumstances, st.sampled_from(UNPAID_CARE), st.booleans(), st.booleans(), st.booleans()
)


def shuffled(value):
    """The same JSON with the keys of every mapping in another order, as a database may give it back."""
    if isinstance(value, dict):
        items = list(value.items())
        random.Random(7).shuffle(items)
        return {key: shuffled(one) for key, one in items}
    return [shuffled(one) for one in value] if isinstance(value, list) else value


@given(st.sampled_from(schemes()), st.lists(st.integers(0, 12), min_size=1, max_size=9), CIRCUMSTANCES)
def test_every_scheme_on_file_is_rebuilt_from_its_own_record(scheme, points, circumstances):
    lines = [ScoreLine(f"q{number}", "Question", "Answer", each) for number, each in enumerate(points)]
    first = allocate(
        scheme, points=sum(points), score_lines=lines, circumstances=circumstances, on=scheme.first
    )
    inputs = {"on": scheme.first.isoformat(), "points": sum(points), "lines": [asdict(one) for one in lines],
              "circumstances": asdict(circumstances)}  # fmt: skip
    kept_inputs, kept_policy = shuffled(json.loads(json.dumps([inputs, list(first.policy)])))
    again = recompute(kept_inputs, kept_policy)
    assert (again.pence_per_week, again.pence_per_year) == (first.pence_per_week, first.pence_per_year)
    assert again.fingerprint == first.fingerprint
    assert again.workings.record() == first.workings.record()


def test_a_scheme_rebuilt_holds_the_one_price_that_was_in_force():
    scheme = next(one for one in schemes() if one.id == "adult-points-2024")
    on = date(2025, 6, 1)
    first = allocate(scheme, points=40, circumstances=Circumstances(), on=on)
    rebuilt = kept_scheme(first.policy)
    assert rebuilt.price.at(on).value == 425
    assert (rebuilt.version, rebuilt.free_points) == ("2024.1", 10)


def test_rows_that_hold_no_scheme_are_refused():
    with pytest.raises(NotKept, match="which scheme"):
        kept_scheme([])
