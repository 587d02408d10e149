"""What made-up councils handed in: in different states, and one taken up twice with different results."""

import pytest
from coding_by import coders
from compending import ON
from surveying import draft

from wherewithal.policy.councils import councils
from wherewithal.records.compendium import Screens, on_record, take_ups
from wherewithal.simulate.compendium import hand_in

pytestmark = pytest.mark.django_db


def test_the_examples_stand_where_the_demo_shows_them():
    wave = draft(register=councils()[:6])
    rows, screens = hand_in(wave, coders(), ON), Screens(ON.date())
    states = {row.title: on_record(row, screens).state for row in rows}
    assert states == {
        "Brokers who meet people in the evening": "Published",
        "A leaflet that says what a budget can buy": "Published",
        "Prepaid cards that people may refuse": "Ready for sign-off",
        "Plans below a limit without a panel": "Findings open",
    }
    taken = [(row.example.title, row.result, on_record(row, screens).state) for row in take_ups()]
    evenings = "Brokers who meet people in the evening"
    assert taken == [(evenings, "worked", "Signed off"), (evenings, "not", "New")]


def test_each_is_tagged_as_made_up_since_the_register_is_real():
    rows = hand_in(draft(register=councils()[:6]), coders(), ON)
    assert all("made up" in row.tags for row in rows)
