"""How everybody stands is kept without anybody's number, and read again as it was."""

import json

import pytest
from spec.events import people
from spec.spec_measures import TEN

from wherewithal.analytics.bridge import across
from wherewithal.analytics.standing import bridge, stands
from wherewithal.analytics.stands import NotCounted, Stands
from wherewithal.analytics.year import ReportingYear

YEAR = ReportingYear("2025-26")
IDS = ("ni130-revised", "ni130-without-short-term", "ascof-3d-1a", "ascof-3d-2a")


def of_ten() -> Stands:
    return stands(people(*TEN.values()), IDS, YEAR, council="999")


def test_what_is_kept_is_read_again_and_holds_nobodys_number():
    found = of_ten()
    kept = json.loads(json.dumps(found.kept()))
    assert Stands.from_kept(kept) == found
    assert sum(row[0] for row in kept["rows"]) == 10
    assert "person_key" not in json.dumps(kept)


def test_a_bridge_across_what_was_kept_is_that_of_the_events():
    events = people(*TEN.values())
    made = bridge(events, "ascof-3d-1a", "ascof-3d-2a", YEAR, council="999")
    [step] = across(of_ten(), "ascof-3d-1a", "ascof-3d-2a", YEAR, council="999").steps
    assert [(one.people, one.before, one.after) for one in step.changes] == [
        (one.people, one.before, one.after) for one in made.steps[0].changes
    ]


def test_a_definition_that_was_not_counted_has_no_bridge_and_no_highest():
    with pytest.raises(NotCounted, match=r"NI130 without reablement.* was not counted here"):
        across(of_ten(), "ni130-revised", "ni130-without-short-term", YEAR, council="999")
    assert of_ten().highest("ni130-without-reablement") is None
    assert of_ten().highest("ni130-revised") == (6, 10)
