"""Which part of a plan a card line was for; when an account is asked about again; money kept for a thing."""

from datetime import date, timedelta

import pytest

from wherewithal.core.asking import Asked, ask_again
from wherewithal.core.exceptions import Flag, FlagRules
from wherewithal.core.left import left_to_spend
from wherewithal.core.matching import Candidate, MatchRules, likeness, match
from wherewithal.core.period import Period
from wherewithal.core.set_aside import set_aside

ON = date(2026, 4, 20)
OPEN = Period(date(2026, 1, 1))
CENTRE = Candidate("PO-1", "Day centre", "Sunny Day Centre Ltd", OPEN, 5400, 1800)
ASSISTANT = Candidate("PO-2", "Personal assistant", "Robin Relief", OPEN, 20000)
SWIMMING = Candidate("PO-3", "Swimming", "", OPEN, 1250)
MATCHED = MatchRules(alike=60, clearly_ahead=10, late=timedelta(days=28), most_units=60)
RULES = FlagRules({}, frozenset(), None, 28, 6, 8)


@pytest.mark.parametrize(
    ("merchant", "pence", "reference", "because"),
    [
        ("SUNNY DAY CENTRE", 5400, "PO-1", "like “Sunny Day Centre Ltd”; £54.00 is the price of a week"),
        ("Sunny Day Centre 0423", 3600, "PO-1", "like “Sunny Day Centre Ltd”; £36.00 is 2 x £18.00"),
        ("SUNNY DAY CENT", 999, "PO-1", "“SUNNY DAY CENT” is like “Sunny Day Centre Ltd”"),
        ("R Relief", 20000, "PO-2", "like “Robin Relief”; £200.00 is the price of a week"),
        ("R Other", 20000, None, ""),
        ("Robin Relief", -20000, "PO-2", "like “Robin Relief”; £200.00 is the price of a week"),
        ("Corner Stores", 1250, "PO-3", "£12.50 is the price of a week, and of nothing else in the plan"),
        ("Corner Stores", 4800, None, ""),
        ("Corner Stores", 20000, None, ""),
    ],
)  # fmt: skip
def test_a_line_is_matched_by_name_then_by_amount_and_says_why(merchant, pence, reference, because):
    found = match(merchant, pence, ON, [CENTRE, ASSISTANT, SWIMMING], MATCHED)
    assert (found.reference if found else None) == reference
    assert (found.because if found else "").endswith(because)


def test_what_was_matched_by_hand_counts_more_than_any_likeness():
    known = Candidate("PO-4", "Trips", "", OPEN, 1000, merchants=frozenset({"Sunny Day Centre"}))
    found = match("SUNNY DAY CENTRE", 5400, ON, [CENTRE, known], MATCHED)
    assert found and found.reference == "PO-4" and "by hand" in found.because


def test_two_that_fit_alike_leave_the_line_open_unless_the_amount_decides():
    other = Candidate("PO-5", "Evening club", "Sunny Day Centre", OPEN, 900)
    assert match("Sunny Day Centre", 777, ON, [CENTRE, other], MATCHED) is None, "neither price"
    assert match("Sunny Day Centre", 1800, ON, [CENTRE, other], MATCHED).reference == "PO-1", (
        "one unit of the first"
    )
    assert match("Sunny Day Centre", 900, ON, [CENTRE, other], MATCHED).reference == "PO-5", (
        "a week of the other"
    )


def test_a_last_bill_may_come_four_weeks_after_the_end():
    over = Candidate(
        "PO-1", "Day centre", "Sunny Day Centre", Period(date(2026, 1, 1), date(2026, 3, 31)), 5400
    )
    assert match("Sunny Day Centre", 5400, date(2026, 4, 28), [over], MATCHED)
    assert match("Sunny Day Centre", 5400, date(2026, 4, 29), [over], MATCHED) is None
    assert match("Sunny Day Centre", 5400, date(2025, 12, 31), [over], MATCHED) is None


def test_likeness_is_of_words_that_tell():
    assert likeness("The Care Company Ltd", "Company of the Care") == 100
    assert likeness("Ltd", "Limited") == 0
    assert likeness("Corner Stores", "Sunny Day Centre") < 60


def silence(since: str) -> Flag:
    return Flag("nothing_spent", f"since {since}", "", "")


@pytest.mark.parametrize(
    ("flag", "earlier", "again"),
    [
        (silence("2026-03-01"), [], True),
        (silence("2026-03-01"), [Asked("nothing_spent", date(2026, 4, 13), None)], False),
        (silence("2026-03-01"), [Asked("nothing_spent", date(2026, 4, 12), date(2026, 4, 14))], False),
        (silence("2026-03-01"), [Asked("nothing_spent", date(2026, 2, 1), date(2026, 4, 14))], True),
        (silence("2026-01-01"), [Asked("nothing_spent", date(2026, 2, 12), date(2026, 3, 9))], True),
        (silence("2026-01-01"), [Asked("nothing_spent", date(2026, 2, 12), date(2026, 3, 10))], False),
        (silence("2026-01-01"), [Asked("more_than_weeks_held", date(2026, 2, 12), None)], True),
        (Flag("more_than_weeks_held", "", "", ""),
         [Asked("more_than_weeks_held", date(2026, 2, 1), date(2026, 2, 24))], False),
        (Flag("more_than_weeks_held", "", "", ""),
         [Asked("more_than_weeks_held", date(2026, 2, 1), date(2026, 2, 23))], True),
    ],
)  # fmt: skip
def test_an_account_is_asked_about_again_only_after_as_long_as_it_takes_to_be_flagged(flag, earlier, again):
    assert ask_again(flag, earlier, RULES, on=ON) is again


def test_money_for_one_thing_that_is_not_bought_yet_is_not_left_to_spend():
    left = left_to_spend(60000, [], on=ON, next_payment_on=date(2026, 5, 18))
    kept = set_aside(left, [("Scooter", 52000), ("Ramp", 0)])
    assert (kept.pence, kept.planned_pence) == (8000, 52000)
    assert [(line.says, line.value) for line in kept.lines] == [
        ("Held now", 60000),
        ("Kept for Scooter", -52000),
        ("Left to spend until 17 May 2026", 8000),
    ]
    assert sum(line.value for line in kept.lines[:-1]) == kept.pence
