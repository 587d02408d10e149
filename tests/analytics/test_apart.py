"""Nobody finds out what one or two councils said by taking one group's figures from another's."""

from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from wherewithal.analytics.apart import least_group, may_stand, part_may_stand, told_apart
from wherewithal.analytics.beside import matched
from wherewithal.analytics.own import beside
from wherewithal.policy.disclosure import Rule, rule

COUNCILS, PEOPLE = rule("councils"), rule("threshold-10")
LEAST = least_group(COUNCILS)
EVERYBODY = range(14)
groups = st.frozensets(st.sampled_from(EVERYBODY))


def attacked(shown: list[frozenset], least: int, known: frozenset = frozenset()) -> set[frozenset]:
    """Small groups that come out of adding and subtracting, each figure up to twice, by trying out all."""
    found = set()
    for factors in product((-2, -1, 0, 1, 2), repeat=len(shown)):
        counted = {
            one: sum(factor for factor, group in zip(factors, shown, strict=True) if one in group)
            for one in EVERYBODY if one not in known
        }  # fmt: skip
        within = frozenset(one for one, times in counted.items() if times == 1)
        if set(counted.values()) <= {0, 1} and 0 < len(within) < least:
            found.add(within)
    return found


def test_the_least_group_is_what_the_rule_protects():
    assert (LEAST, least_group(PEOPLE)) == (5, 10)
    assert least_group(Rule("plain", "Plain", "1", "made up", flag_within=2)) == 3


@given(st.lists(groups, max_size=4), st.frozensets(st.sampled_from(EVERYBODY), max_size=1))
@example([frozenset(range(10)), frozenset(range(8))], frozenset())
@example([frozenset(range(10)), frozenset(range(6)), frozenset(range(4, 10))], frozenset())  # both less all
@example([frozenset(range(6))], frozenset({0}))  # who knows their own answer takes it off
@settings(max_examples=60)
def test_what_trying_out_finds_is_known_to_be_told(shown, known):
    assert attacked(shown, LEAST, known) <= told_apart(shown, LEAST, known)


@given(st.lists(groups, max_size=4))
@settings(max_examples=60)
def test_what_is_said_to_be_told_is_small_and_follows(shown):
    for one in told_apart(shown, LEAST):
        assert 0 < len(one) < LEAST
        assert told_apart([*shown, one], LEAST) == told_apart(shown, LEAST), "it tells nothing new"


def test_a_group_may_stand_beside_another_unless_few_lie_between():
    whole = frozenset(range(12))
    assert may_stand([whole], whole, LEAST), "the same figures once more"
    assert may_stand([whole], frozenset(range(7)), LEAST)
    assert not may_stand([whole], frozenset(range(10)), LEAST)
    assert not may_stand([whole], frozenset(range(3)), LEAST), "few themselves"
    assert not may_stand([whole], frozenset(range(5)), LEAST, known={0}), "few beside whoever reads it"


def whole_and_regions(answered: frozenset, regions: dict) -> list[frozenset]:
    """Whose figures two tables show: all, and their regions where none of these is small."""
    parts = [frozenset(one for one in answered if regions[one] == name) for name in "NS"]
    return [answered, *parts] if all(len(part) >= LEAST for part in parts) else [answered]


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans(), st.sampled_from("NS")),
                min_size=14, max_size=14))  # fmt: skip
@settings(max_examples=80)
def test_suppression_cannot_be_undone_by_subtraction_between_waves(councils):
    """Three waves with their tables, each pair with the same councils: no few are told that were not."""
    answered = {wave: frozenset(one for one, told in enumerate(councils) if told[wave]) for wave in range(3)}
    regions = {one: told[3] for one, told in enumerate(councils)}
    shown = {wave: whole_and_regions(of, regions) for wave, of in answered.items()}
    found = matched([(0, 1), (0, 2), (1, 2)], answered, shown, COUNCILS)
    for wave, before in shown.items():
        beside = [of for pair, of in found.items() if wave in pair]
        assert attacked([*before, *beside], LEAST) <= attacked(before, LEAST) | told_apart(before, LEAST)
    for (first, second), of in found.items():
        assert of == answered[first] & answered[second]
        assert all(not 0 < len(answered[wave] - of) < LEAST for wave in (first, second))


def test_the_older_pair_stands_and_a_later_one_that_differs_by_few_does_not():
    answered = {0: frozenset(range(14)), 1: frozenset(range(8)), 2: frozenset(range(7))}
    shown = {wave: [of] for wave, of in answered.items()}
    found = matched([(0, 1), (0, 2)], answered, shown, COUNCILS)
    assert found == {(0, 1): answered[1]}, "the eight less the seven would be one council"


@given(st.integers(0, 30), st.data())
def test_no_count_that_the_rule_suppresses_is_left_when_a_part_is_taken_off(yes, data):
    part = data.draw(st.integers(0, yes))
    if part_may_stand({"yes": yes}, {"yes": part}, PEOPLE) and not 0 < yes < PEOPLE.suppress_under:
        assert not 0 < yes - part < PEOPLE.suppress_under
        assert not 0 < part < PEOPLE.suppress_under


@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from("NS"), st.sampled_from("CU")), min_size=14, max_size=14)
)
@settings(max_examples=80)
def test_what_a_council_reads_beside_its_own_answer_tells_of_no_few_others(councils):
    """It knows what itself said: all, its region and its type, less itself and less each other."""
    who = frozenset(one for one, told in enumerate(councils) if told[0])
    groups = {
        "all": who,
        "region": frozenset(one for one in who if councils[one][1] == councils[0][1]),
        "type": frozenset(one for one in who if councils[one][2] == councils[0][2]),
    }
    shown = [groups[name] for name in beside(0, groups, COUNCILS)]
    assert not attacked(shown, LEAST, frozenset({0}))
    assert len(who - {0}) < LEAST or who in shown, "all are shown where they are no few without it"


def test_a_group_of_five_with_the_council_itself_is_left_out_and_of_six_is_shown():
    everybody = frozenset(range(14))
    assert beside(0, {"all": everybody, "type": frozenset(range(5))}, COUNCILS) == ("all",)
    assert beside(0, {"all": everybody, "type": frozenset(range(6))}, COUNCILS) == ("all", "type")
    assert beside(0, {"all": everybody, "region": frozenset(range(11))}, COUNCILS) == ("all",), (
        "three beside it"
    )
