"""The measures' policy files: read whole, each with its source, and dated."""

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from spec.events import people

from wherewithal.analytics.count import count
from wherewithal.analytics.groups import BREAKDOWNS
from wherewithal.analytics.people import people as who
from wherewithal.analytics.schema import JOURNEYS
from wherewithal.analytics.year import ReportingYear
from wherewithal.policy import measure as measure_policy
from wherewithal.policy import table
from wherewithal.policy.measure import Breakdown, NoMeasure, beside, definitions, measure, measures
from wherewithal.policy.measure_days import Days
from wherewithal.policy.measure_file import misspelt_word
from wherewithal.policy.measure_kinds import InYear
from wherewithal.policy.series import series_table

OF_OUR_OWN = """
title = "What Madeupshire counts"
kind = "people"
source = "Madeupshire County Council, which is made up"
verified = true
unit = "%"
decimals = 1
breakdowns = ["age", "gender"]
breaks = []
population = "Adults with support at home on the last day"
people_one = "person"
people_many = "people"
base = "with support at home on {last}"
reading = "By the rows of Client Level Data."
who = [{ when = "last-day", rows = "at-home" }]
words = { figure = "Has a personal assistant", base = "Has other support", no = "No support at home" }

[rows]
at-home = [{ Service_Type = ["Long term support: Community"] }]
direct-payment = [{ held = ["Direct payment"] }]

[measures.madeupshire-direct]
title = "Direct payments"
plain = "People with a direct payment"
numerator = "Of these, people with a direct payment"
has = [{ when = "last-day", rows = "direct-payment" }]
"""


def test_every_measure_says_what_it_is_and_where_it_comes_from():
    assert len(measures()) == 46
    for one in measures().values():
        assert one.title
        assert one.plain
        assert len(one.source) > 20
        assert "{last}" in one.base or "{before}" in one.base or one.unit == "per 100,000"
        assert one.people_one != one.people_many
        assert "\n" not in one.reading.strip()


def test_a_definition_changes_when_anything_in_it_does_and_is_its_own():
    definitions = {one.definition for one in measures().values()}
    assert len(definitions) == len(measures())


def test_what_was_published_is_no_part_of_a_definition_and_is_a_series_on_record():
    published = {one.id: one for one in measures().values() if one.published}
    assert set(published) == {
        "ascof-1c-1a", "ascof-1c-1b", "ascof-1c-2a", "ascof-1c-2b", "ascof-3d-1a", "ascof-3d-2a",
    }  # fmt: skip
    for of, series in (one.published for one in published.values()):
        assert series in series_table(of).series
    for family in {one.family for one in published.values()}:
        file = table(f"measures/{family}")
        own = {
            id: {key: own[key] for key in own if key != "published"} for id, own in file["measures"].items()
        }
        for id, without in measure_policy._read("bare.toml", family, {**file, "measures": own}).items():
            assert without.published is None and without.definition == measure(id).definition


def test_every_word_that_a_measure_counts_by_is_a_word_of_client_level_data():
    asked = 0
    for one in measures().values():
        assert misspelt_word(one.counts) == "", one.id
        asked += len(list(one.counts.uses())) if hasattr(one.counts, "uses") else 0
    assert asked > 300


def test_a_measure_is_told_by_breakdowns_that_there_are():
    assert set(get_args(Breakdown)) == set(BREAKDOWNS)
    assert {name for one in measures().values() for name in one.breakdowns} == set(BREAKDOWNS)
    assert measure("ni130-first").breakdowns == ("age",), "there is no population by gender on record"


def test_a_definition_says_how_it_is_rounded():
    assert measure("ascof-3d-1a").rounding == "to 1 decimal, halves up"
    assert measure("budgets-median").rounding == "to whole numbers, halves up"
    assert measure("local-saved-at-review").rounding == "to 2 decimals, halves up"


def test_a_later_definition_stands_on_an_earlier_one_and_says_what_is_its_own():
    of_2009, of_2011 = measure("ni130-revised"), measure("ascof-1c-1")
    assert of_2011.counts == of_2009.counts and of_2011.definition != of_2009.definition
    assert (of_2009.holds_until, of_2011.holds_from) == (date(2011, 3, 31), date(2011, 4, 1))
    assert of_2011.source != of_2009.source and of_2011.breaks != of_2009.breaks
    client, later = measure("ascof-1c-1a"), measure("ascof-3d-1a")
    assert client.counts.settings == later.counts.settings
    assert set(later.counts.counted_ranks) - set(client.counts.counted_ranks) == {6}


def test_measures_of_one_population_share_their_ranks():
    clients = [measure(id).counts for id in ("ascof-3d-1a", "ascof-3d-2a")]
    assert clients[0].settings == clients[1].settings
    assert clients[0].name == clients[1].name
    assert clients[0].name != measure("ascof-3d-1b").counts.name


def test_each_variant_leaves_out_one_thing_more():
    of_ni130 = [one for one in measures().values() if one.family == "ni130"]
    variants = [one.counts.leaves_out for one in of_ni130 if isinstance(one.counts, InYear)]
    assert len(variants) == 5
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
    for one in days:
        assert {one.since, one.until} <= names
    assert {(one.until, one.value) for one in days} == {
        (until, value)
        for until in ("assessed_on", "agreed_on", "first_paid_on")
        for value in ("median", "mean")
    }


def test_an_unknown_measure_is_refused_with_the_nearest_and_where_all_are_listed():
    with pytest.raises(NoMeasure, match=r"nearest to it: ni130-\w+.* “wherewithal measures list” lists all"):
        measure("ni131")


def written(folder: Path, text: str, name: str = "ours.toml") -> Path:
    (folder / name).write_text(text)
    return folder


def test_a_council_adds_a_measure_by_a_file_in_a_folder_of_its_own(tmp_path):
    found = definitions(written(tmp_path, OF_OUR_OWN))
    assert list(found) == ["madeupshire-direct"]
    assert found["madeupshire-direct"].family == "ours"
    assert found["madeupshire-direct"].breakdowns == ("age", "gender")
    assert found["madeupshire-direct"].definition.startswith("madeupshire-direct@")


def test_a_councils_own_measure_is_counted_beside_ours_for_as_long_as_the_block_lasts(tmp_path):
    own = definitions(written(tmp_path, OF_OUR_OWN))
    rows = people(
        "direct payment since 2024-05-01", "managed budget since 2024-05-01", "nursing home since 2024-05-01"
    )
    with beside(own):
        ours, theirs = count(
            rows, ["ascof-3d-2a", "madeupshire-direct"], ReportingYear("2025-26"), by=("council",)
        )
        reasons = who(rows, "madeupshire-direct", ReportingYear("2025-26"))["why"].to_pylist()
    assert (theirs.numerator, theirs.denominator) == (ours.numerator, ours.denominator) == (1, 2)
    assert theirs.base == "2 people with support at home on 31 March 2026"
    assert theirs.definition == own["madeupshire-direct"].definition
    assert reasons == ["Has a personal assistant", "Has other support", "No support at home"]
    with pytest.raises(NoMeasure, match="There is no measure “madeupshire-direct”"):
        measure("madeupshire-direct")


def test_a_file_of_a_council_may_stand_on_one_of_ours(tmp_path):
    more = """
    as_in = "ni130"
    source = "Madeupshire County Council, which is made up"
    [measures.madeupshire-without-sensory]
    title = "NI130 without sensory services"
    plain = "The same, leaving out help with sight or hearing loss"
    leaves_out = ["sensory"]
    """
    (one,) = definitions(written(tmp_path, more)).values()
    assert [out.id for out in one.counts.leaves_out] == ["sensory"]
    assert one.counts.capacities == measure("ni130-revised").counts.capacities


@pytest.mark.parametrize(
    ("was", "wrong", "says"),
    [
        ('title = "Direct payments"', "", "ours.toml, “madeupshire-direct”: “title” is missing") ,
        ('kind = "people"', 'kind = "persons"', "“kind” is “persons” and must be one of services-in-year"),
        ("decimals = 1", 'decimals = "one"', "“decimals” must be a whole number"),
        ("Long term support: Community", "Long term: Community", "is no word of Service_Type"),
        ("Service_Type = [", "Service_Kind = [", "Client Level Data has no field “Service_Kind”"),
        ('rows = "at-home"', 'rows = "home"', "“rows”: “home” is missing"),
        ('when = "last-day", rows = "direct', 'when = "today", rows = "direct', "“when” is “today”"),
        ("{last}", "{end}", "“base” may hold {first}, {last}"),
        ('"gender"]', '"star sign"]', "“breakdowns” has star sign"),
        ("numerator =", "numerater =", "nothing here is called “numerater”"),
        ("breaks = []", "breaks = [1]", "each of “breaks” must be text"),
        ('kind = "people"', "kind = people", "ours.toml is no TOML file"),
        ("[measures.madeupshire-direct]", "[measures.ascof-3d-1a]", "“ascof-3d-1a” is already a measure"),
        ('title = "What', 'as_in = "ni131"\ntitle = "What', "there is no file “ni131” to stand on"),
    ],
)  # fmt: skip
def test_a_fault_in_a_councils_file_names_the_file_the_measure_and_the_key(tmp_path, was, wrong, says):
    assert OF_OUR_OWN.count(was) >= 1
    with pytest.raises(NoMeasure) as fault:
        definitions(written(tmp_path, OF_OUR_OWN.replace(was, wrong, 1)))
    assert says in str(fault.value)


def test_a_folder_without_definitions_and_the_same_measure_twice_are_refused(tmp_path):
    with pytest.raises(NoMeasure, match="There is no definition in"):
        definitions(tmp_path)
    written(tmp_path, OF_OUR_OWN)
    written(tmp_path, OF_OUR_OWN, "again.toml")
    with pytest.raises(NoMeasure, match="Two measures are called “madeupshire-direct”"):
        definitions(tmp_path)
