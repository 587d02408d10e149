"""What a fault of a return does to measures: no more and no less than counting shows."""

import pytest
from spec.spec_return_faults import EFFECTS, changed

from wherewithal.formats.cld import fields
from wherewithal.policy.client_level_data import effects, told_of
from wherewithal.policy.measure import InYear, OneSetting, measures


@pytest.mark.parametrize("effect", effects(), ids=lambda one: one.id)
def test_an_effect_names_exactly_the_measures_that_counting_changes(effect):
    shown = [support for id, support, *_ in EFFECTS.rows if id == effect.id]
    assert {id for support in shown for id in changed(effect.id, support)} == set(effect.measures)


def test_the_effects_tell_of_every_share_of_people_that_is_counted_from_the_services_of_a_return():
    of_services = {
        id for id, one in measures().items() if isinstance(one.counts, InYear | OneSetting) and not one.local
    }
    assert set(told_of()) == of_services


def test_the_effects_speak_of_fields_and_words_that_there_are():
    words = {field.name: field.words for field in fields()}
    for effect in effects():
        assert effect.field in words
        for field, of in (effect.only | effect.but).items():
            assert set(of) <= set(words[field])


def test_no_two_effects_of_one_field_and_fault_are_called_alike():
    named = [(effect.field, effect.fault, effect.of) for effect in effects()]
    assert len(named) == len(set(named))
