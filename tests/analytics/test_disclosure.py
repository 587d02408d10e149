"""An attacker with the published cells, the rule and patience does not find what was suppressed."""

from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wherewithal.analytics.disclosure import CannotProtect, Shown, protect
from wherewithal.analytics.otherwise import Sum
from wherewithal.policy.disclosure import Rule, rule, rules

LEGACY = rule("nhsd-ascof-legacy")
SIDE = 3


def square(counts: list[int]) -> tuple[dict[str, int], list[Sum]]:
    """A 3 x 3 table with its row totals, column totals and grand total."""
    cells = {f"{row}{column}": counts[row * SIDE + column] for row, column in product(range(SIDE), repeat=2)}
    sums = []
    for line in range(SIDE):
        along = tuple(f"{line}{column}" for column in range(SIDE))
        down = tuple(f"{row}{line}" for row in range(SIDE))
        for total, parts in ((f"row{line}", along), (f"column{line}", down)):
            cells[total] = sum(cells[part] for part in parts)
            sums.append(Sum(total, parts))
    for side in ("row", "column"):
        sums.append(Sum("all", tuple(f"{side}{line}" for line in range(SIDE))))
    cells["all"] = sum(counts)
    return cells, sums


def another(key: str, cells: dict[str, int], shown: dict[str, Shown], sums: list[Sum], most: int) -> bool:
    """Whether the published cells leave another value for a hidden inner cell than its true one.

    Tried out near the true table first; hidden totals bind nothing.
    """
    inner = [key, *(k for k, one in shown.items() if one.value is None and len(k) == 2 and k != key)]
    binding = [one for one in sums if shown[one.total].value is not None and len(one.parts[0]) == 2]

    def fits(so_far: dict[str, int]) -> bool:
        for one in binding:
            known = [so_far.get(part, shown[part].value) for part in one.parts]
            have, missing = sum(v for v in known if v is not None), known.count(None)
            if have + missing > shown[one.total].value or (not missing and have != shown[one.total].value):
                return False
        return True

    def found(index: int, so_far: dict[str, int]) -> bool:
        if index == len(inner):
            return True
        name = inner[index]
        near = sorted(range(1, most + 1), key=lambda value: abs(value - cells[name]))
        values = [value for value in near if index or value != cells[name]]
        return any(
            fits(so_far | {name: value}) and found(index + 1, so_far | {name: value}) for value in values
        )

    return found(0, {})


@settings(max_examples=60)
@given(st.lists(st.integers(0, 9), min_size=9, max_size=9))
@example([1, 4, 9, 4, 1, 9, 9, 9, 9])
@example([3, 0, 0, 0, 0, 0, 0, 0, 0])
@example([1, 0, 4, 1, 4, 0, 0, 0, 1])  # follows from four sums together
@example([0, 9, 1, 1, 3, 1, 1, 3, 1])  # follows because a count that is not shown is not 0
@example([4, 9, 0, 1, 1, 3, 1, 0, 2])
def test_no_suppressed_count_is_found_by_trying_out_every_table(counts):
    cells, sums = square(counts)
    shown = protect(cells, sums, LEGACY)
    for key, one in shown.items():
        if one.value is None and len(key) == 2 and cells[key] < LEGACY.suppress_under:
            assert another(key, cells, shown, sums, most=12), (key, counts)


@given(st.lists(st.integers(0, 60), min_size=9, max_size=9), st.sampled_from(rules()))
def test_what_is_shown_is_true_and_what_is_small_is_not_shown(counts, id):
    cells, sums = square(counts)
    named = rule(id)
    for key, one in protect(cells, sums, named).items():
        if one.value is None:
            assert cells[key] > 0
        elif one.status == "low":
            assert 0 < cells[key] <= named.zero_at_most
        else:
            assert abs(one.value - cells[key]) <= named.round_people_to / 2
            assert not 0 < cells[key] < named.suppress_under


def test_two_waves_that_share_people_are_guarded_together():
    """The second release says how many there are now and how many came: less them is the first."""
    cells = {"before": 12, "came": 3, "now": 15}
    sums = [Sum("now", ("before", "came"))]
    shown = protect(cells, sums, rule("threshold-10"), shown_before=["before"])
    assert shown["before"].value == 12
    assert shown["came"].value is None and shown["now"].value is None


def test_what_was_shown_and_gives_a_count_away_is_refused():
    cells = {"before": 12, "came": 3, "now": 15}
    with pytest.raises(CannotProtect, match="came"):
        protect(cells, [Sum("now", ("before", "came"))], rule("threshold-10"), shown_before=["before", "now"])


def test_tables_that_share_a_total_are_guarded_together():
    """By sex and by age of the same 60 people: a cell that only one table hides would follow."""
    cells = {"women": 51, "men": 9, "young": 20, "old": 40, "all": 60}
    sums = [Sum("all", ("women", "men")), Sum("all", ("young", "old"))]
    shown = protect(cells, sums, rule("threshold-10"))
    assert [key for key, one in shown.items() if one.value is None] == ["women", "men"]


def test_a_rule_without_secondary_suppression_says_so_and_hides_only_the_small():
    plain = Rule("plain", "Plain", "1", "made up", suppress_under=10)
    shown = protect({"a": 3, "b": 40, "all": 43}, [Sum("all", ("a", "b"))], plain)
    assert [one.status for one in shown.values()] == ["c", "ok", "ok"]
