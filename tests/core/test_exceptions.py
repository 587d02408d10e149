"""Flags ask, block nothing, and follow the council's dated policy."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core import exceptions
from wherewithal.core.exceptions import FlagRules, Holding, HouseholdMember, Spend
from wherewithal.core.policy import NoPolicy, Used
from wherewithal.policy import table
from wherewithal.policy.card import card_file, flag_rules, merchant_words

ON = date(2026, 5, 17)
RULES = flag_rules(Used(ON))
NONE = FlagRules({}, frozenset({"6011"}), None, 28, None, None)
QUIET = Holding(10_000, 20_800, ON - timedelta(days=7))

spends = st.lists(
    st.builds(
        Spend,
        st.uuids().map(str),
        st.dates(date(2026, 1, 1), ON),
        st.integers(-50_000, 50_000),
        st.sampled_from(["Corner Stores", "P EXAMPLE", "Lucky Nag"]),
        st.sampled_from(["", "5411", "7995", "6011"]),
    ),
    max_size=20,
)


@given(spends)
def test_a_council_without_rules_asks_nothing_but_what_the_law_does(made):
    members = [HouseholdMember("Pat Example", "spouse")]
    assert exceptions.flags(made, [], QUIET, NONE, on=ON) == ()
    found = exceptions.flags(made, members, QUIET, NONE, on=ON)
    assert {flag.code for flag in found} <= {"household_payee"}
    assert all(flag.source == "SI 2014/2871 reg 3" for flag in found)


@given(spends)
def test_a_flag_is_raised_once_for_a_line_and_never_for_money_that_came_back(made):
    members = [HouseholdMember("Pat Example", "spouse")]
    found = exceptions.flags(made, members, QUIET, RULES, on=ON)
    assert len({(flag.code, flag.about) for flag in found}) == len(found)
    refunds = {spend.line_id for spend in made if spend.pence <= 0}
    assert not refunds & {flag.about for flag in found}


@given(spends)
def test_cash_is_asked_about_exactly_where_the_days_before_are_over_the_limit(made):
    cash = [spend for spend in made if spend.merchant_code == "6011" and spend.pence > 0]
    flagged = {flag.about for flag in exceptions.cash_above(made, RULES)}
    for spend in cash:
        window = [
            one.pence for one in cash if timedelta(0) <= spend.on - one.on < timedelta(days=RULES.cash_days)
        ]
        alone_on_its_day = sum(one.on == spend.on for one in cash) == 1
        if alone_on_its_day:
            assert (spend.line_id in flagged) == (sum(window) > RULES.cash_limit_pence)


def test_words_fit_a_phone_and_accuse_nobody():
    long_name = "A shop whose name goes on and on until nobody reads it any more, and then some more of it"
    member = HouseholdMember("Bartholomew Featherstonehaugh-Example", "partner, living as a spouse")
    made = [
        Spend("L1", date(2026, 9, 30), 99_999_999, long_name, "7995"),
        Spend("L2", date(2026, 9, 30), 99_999_999, "B Featherstonehaugh-Example"),
        Spend("L3", date(2026, 9, 30), 99_999_999, long_name, "6011"),
    ]
    later = date(2026, 12, 31)
    found = exceptions.flags(made, [member], Holding(99_999_999, 100, ON), RULES, on=later)
    assert {flag.code for flag in found} == set(exceptions.FlagCode.__args__)
    for flag in found:
        assert len(flag.for_person) <= 240
        assert len(flag.for_officer) <= 240
        assert len(flag.code) <= 24
        assert not re.search(
            r"must not|breach|misuse|fraud|suspicious|wrong use|client|customer", flag.for_person
        )


@pytest.mark.parametrize(
    "payee, same",
    [
        ("Pat Example", True),
        ("MRS. P. EXAMPLE", True),
        ("pat  éxample", True),
        ("Paul Example", False),
        ("Pat Examples", False),
        ("P", False),
        ("", False),
    ],
)
def test_a_name_is_known_by_surname_and_first_name_or_initial(payee, same):
    flag = exceptions.household_payee(
        Spend("L1", ON, 500, payee), [HouseholdMember("Pat Example", "brother")]
    )
    assert (flag is not None) == same


def test_silence_is_one_question_until_something_is_bought():
    made = [Spend("L1", date(2026, 3, 1), 500, "Corner Stores")]
    abouts = {
        exceptions.nothing_spent(made, QUIET, RULES, on=date(2026, 4, 12) + timedelta(days=count)).about
        for count in range(30)
    }
    assert abouts == {"since 2026-03-01"}


def test_nothing_is_asked_before_the_first_payment():
    never_paid = Holding(10_000, 20_800, None)
    assert exceptions.nothing_spent([], never_paid, RULES, on=ON) is None


def test_every_code_on_the_councils_list_has_words_of_its_own():
    named = table("national/merchants")["codes"]
    assert all(re.fullmatch(r"\d{4}", code) and words for code, words in named.items())
    assert set(RULES.excluded_merchants) | RULES.cash_merchants <= set(named)
    assert merchant_words("7995") == "betting"
    assert merchant_words("0000") == ""


def test_the_rules_that_were_read_are_remembered():
    used = Used(ON)
    flag_rules(used)
    assert len(used.record()) == 6
    assert card_file(used).headings == {}
    with pytest.raises(NoPolicy):
        flag_rules(Used(date(2010, 1, 1)))
