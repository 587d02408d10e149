"""What a fault of a return does to measures: no more and no less than counting shows."""

import pytest
from spec.spec_return_faults import EFFECTS, changed

from wherewithal.formats.cld import fields
from wherewithal.policy.client_level_data import effects, told_of
from wherewithal.policy.measure import measures
from wherewithal.policy.measure_kinds import InYear, OneSetting
from wherewithal.policy.measure_rows import Amounts, People


@pytest.mark.parametrize("effect", effects(), ids=lambda one: one.id)
def test_an_effect_names_exactly_the_measures_that_counting_changes(effect):
    shown = [support for id, support, *_ in EFFECTS.rows if id == effect.id]
    assert {id for support in shown for id in changed(effect.id, support)} == set(effect.measures)


def test_the_effects_tell_of_every_measure_of_take_up_and_of_budgets_that_a_return_can_count():
    counted = {
        id
        for id, one in measures().items()
        if isinstance(one.counts, InYear | OneSetting | Amounts)
        or (isinstance(one.counts, People) and one.family == "budgets")
    }
    assert set(told_of()) == counted


def test_the_effects_speak_of_fields_and_words_that_there_are():
    words = {field.name: field.words for field in fields()}
    for effect in effects():
        assert effect.field in words
        for field, of in (effect.only | effect.but).items():
            assert set(of) <= set(words[field])


def test_no_two_effects_of_one_field_and_fault_are_called_alike():
    named = [(effect.field, effect.fault, effect.of) for effect in effects()]
    assert len(named) == len(set(named))
