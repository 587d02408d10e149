"""The measures' policy files: read whole, each with its source, and dated."""

from datetime import date
from itertools import pairwise

import pytest

from wherewithal.analytics.schema import JOURNEYS
from wherewithal.policy import measure as measure_policy
from wherewithal.policy import table
from wherewithal.policy.measure import Days, InYear, NoMeasure, OneSetting, measure, measures
from wherewithal.policy.series import series_table

CLD = table("national/client-level-data")["values"]


def test_every_measure_says_what_it_is_and_where_it_comes_from():
    assert len(measures()) == 20
    for one in measures().values():
        assert one.title
        assert one.plain
        assert len(one.source) > 20
        assert "{last}" in one.base or "{before}" in one.base
        assert one.people_one != one.people_many
        assert "\n" not in one.reading.strip()


def test_a_definition_changes_when_anything_in_it_does_and_is_its_own():
    definitions = {one.definition for one in measures().values()}
    assert len(definitions) == len(measures())


def test_what_was_published_is_no_part_of_a_definition_and_is_a_series_on_record(monkeypatch):
    published = {one.id: one for one in measures().values() if one.published}
    assert set(published) == {"ascof-3d-1a", "ascof-3d-2a"}
    for of, series in (one.published for one in published.values()):
        assert series in series_table(of).series
    file = table("measures/ascof-3d")
    bare = {id: {key: own[key] for key in own if key != "published"} for id, own in file["measures"].items()}
    monkeypatch.setattr(measure_policy, "table", lambda name: {**file, "measures": bare})
    for id, one in published.items():
        without = measure_policy._measure("measures/ascof-3d", id)
        assert without.published is None and without.definition == one.definition


def test_every_word_that_a_measure_counts_by_is_a_word_of_client_level_data():
    for one in measures().values():
        counts = one.counts
        if isinstance(counts, InYear):
            matches = [match for out in counts.leaves_out for match in out.any_of]
            used = {
                "Client_Type": {word for capacity in counts.capacities for word in capacity.client_types},
                "Service_Type": {word for capacity in counts.capacities for word in capacity.service_types}
                | {word for match in matches for word in match.service_types},
                "Service_Component": {word for match in matches for word in match.components},
                "Primary_Support_Reason": {word for match in matches for word in match.reasons},
                "Delivery_Mechanism": set(counts.self_directed),
            }
        elif isinstance(counts, OneSetting):
            used = {
                "Client_Type": set(counts.client_types),
                "Service_Type": {setting.service_type for setting in counts.settings},
                "Delivery_Mechanism": {
                    word for setting in counts.settings for word in setting.mechanisms if word
                },
            }
        else:
            continue
        for field, words in used.items():
            assert words <= set(CLD[field]["words"]), (one.id, field)


def test_measures_of_one_population_share_their_ranks():
    clients = [measure(id).counts for id in ("ascof-3d-1a", "ascof-3d-2a")]
    assert clients[0].settings == clients[1].settings
    assert clients[0].name == clients[1].name
    assert clients[0].name != measure("ascof-3d-1b").counts.name


def test_each_variant_leaves_out_one_thing_more():
    variants = [one.counts.leaves_out for one in measures().values() if isinstance(one.counts, InYear)]
    for fewer, more in pairwise(variants):
        assert more[:-1] == fewer


def test_a_measure_knows_the_years_in_which_it_was_the_definition():
    ni130, ascof = measure("ni130-revised"), measure("ascof-3d-1a")
    assert ni130.held(date(2010, 4, 1), date(2011, 3, 31))
    assert not ni130.held(date(2011, 4, 1), date(2012, 3, 31))
    assert ascof.held(date(2025, 4, 1), date(2026, 3, 31))
    assert not ascof.held(date(2023, 4, 1), date(2024, 3, 31))


def test_what_is_not_verified_says_so():
    assert not measure("ni130-revised").verified
    assert "not verified" in measure("ni130-revised").reading
    assert measure("ascof-3d-1a").verified


def test_days_name_two_dates_of_the_journeys():
    names = {column.name for column in JOURNEYS}
    days = [one.counts for one in measures().values() if isinstance(one.counts, Days)]
    assert {days[0].since, days[0].until} <= names
    assert {one.value for one in days} == {"median", "mean"}


def test_an_unknown_measure_is_refused_with_those_that_exist():
    with pytest.raises(NoMeasure, match="There are: ascof-3d-1a"):
        measure("ni131")
