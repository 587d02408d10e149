"""Flags by exception: what is worth a question in an account, and how to ask it kindly.

A flag blocks nothing and accuses nobody: money is spent first, and asked about only where a rule of the
council says so. Every rule is dated policy, and a council may have none. The household rule is regulation 3
of SI 2014/2871; the others are the council's own.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from wherewithal.core.money import pounds
from wherewithal.core.period import written

FlagCode = Literal[
    "excluded_merchant", "household_payee", "cash_above_limit", "nothing_spent", "more_than_weeks_held"
]

PAYEE_SHOWN = 50  # characters: a question is read on a phone
HOUSEHOLD_SOURCE = "SI 2014/2871 reg 3"
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "rev", "sir", "lady"})


@dataclass(frozen=True)
class FlagRules:
    """A council's thresholds on a day. An empty mapping or None switches its rule off.

    ``excluded_merchants`` is a merchant category code and what it is in words; ``cash_merchants`` are the
    codes of cash. More than ``cash_limit_pence`` of cash within ``cash_days`` is flagged.
    """

    excluded_merchants: Mapping[str, str]
    cash_merchants: frozenset[str]
    cash_limit_pence: int | None
    cash_days: int
    weeks_without_spending: int | None
    weeks_held: int | None


@dataclass(frozen=True)
class Spend:
    """One card or bank line; ``pence`` below 0 is a refund."""

    line_id: str
    on: date
    pence: int
    payee: str
    merchant_code: str = ""


@dataclass(frozen=True)
class HouseholdMember:
    """A spouse, partner, or relative in the same household. ``may_be_paid``: agreed as an exception."""

    name: str
    relation: str
    may_be_paid: bool = False


@dataclass(frozen=True)
class Holding:
    """How the account stands. ``suspended`` (in hospital): silence is not asked about."""

    held_pence: int
    pence_per_week: int
    first_paid_on: date | None
    suspended: bool = False


@dataclass(frozen=True)
class Flag:
    """One question. ``about`` is the line's id, or "since" and a day, so that a flag is raised once.

    ``for_officer`` states what was seen, ``for_person`` asks.
    """

    code: FlagCode
    about: str
    for_officer: str
    for_person: str
    source: str = ""


def flags(
    spends: Sequence[Spend],
    household: Sequence[HouseholdMember],
    holding: Holding,
    rules: FlagRules,
    *,
    on: date,
) -> tuple[Flag, ...]:
    """Every flag on the account on ``on``: those on lines in the order of the lines, then the account's."""
    on_lines = [
        flag
        for spend in spends
        for flag in (excluded_merchant(spend, rules), household_payee(spend, household))
        if flag is not None
    ]
    whole = (nothing_spent(spends, holding, rules, on=on), more_than_weeks_held(holding, rules, on=on))
    return (*on_lines, *cash_above(spends, rules), *(flag for flag in whole if flag is not None))


def excluded_merchant(spend: Spend, rules: FlagRules) -> Flag | None:
    """A purchase from a kind of merchant on the council's own list."""
    kind = rules.excluded_merchants.get(spend.merchant_code)
    if kind is None or spend.pence <= 0:
        return None
    return Flag(
        "excluded_merchant",
        spend.line_id,
        f"{_seen(spend)}: {kind} (merchant code {spend.merchant_code}) is on the council's list.",
        f"{_asked(spend)} The card lists it under {kind}, and lists can be wrong. What was it for?",
    )


def household_payee(spend: Spend, household: Iterable[HouseholdMember]) -> Flag | None:
    """A payee whose name is that of someone in the household who may not be paid without agreement.

    Names match by surname and first name or initial; titles, case, accents and full stops do not count.
    """
    if spend.pence <= 0:
        return None
    for member in household:
        if not member.may_be_paid and _same_name(spend.payee, member.name):
            return Flag(
                "household_payee",
                spend.line_id,
                f"{_seen(spend)}: the name is that of {member.name} ({member.relation}), "
                "and no exception is on record.",
                f"{_asked(spend)} Is this someone you live with? That can be fine when we agree it first. "
                "Please tell us more.",
                HOUSEHOLD_SOURCE,
            )
    return None


def cash_above(spends: Iterable[Spend], rules: FlagRules) -> tuple[Flag, ...]:
    """Each withdrawal by which the cash of ``cash_days`` days, up to and with its own, is over the limit."""
    if rules.cash_limit_pence is None:
        return ()
    cash = sorted(
        (spend for spend in spends if spend.merchant_code in rules.cash_merchants and spend.pence > 0),
        key=lambda spend: spend.on,
    )
    found, total, oldest = [], 0, 0
    for spend in cash:
        total += spend.pence
        while spend.on - cash[oldest].on >= timedelta(days=rules.cash_days):
            total -= cash[oldest].pence
            oldest += 1
        if total > rules.cash_limit_pence:
            found.append(_cash_flag(spend, total, rules))
    return tuple(found)


def nothing_spent(spends: Iterable[Spend], holding: Holding, rules: FlagRules, *, on: date) -> Flag | None:
    """Money is held and nothing was bought for ``weeks_without_spending`` weeks or longer.

    Counted from the last purchase, or from the first payment where there is none.
    """
    if rules.weeks_without_spending is None or holding.suspended or holding.held_pence <= 0:
        return None
    starts = [spend.on for spend in spends if spend.pence > 0 and spend.on <= on]
    since = max(starts, default=holding.first_paid_on)
    if since is None or on - since < timedelta(weeks=rules.weeks_without_spending):
        return None
    weeks = (on - since).days // 7
    return Flag(
        "nothing_spent",
        f"since {since.isoformat()}",
        f"Nothing spent for {weeks} weeks, since {written(since)}; {pounds(holding.held_pence)} is held.",
        f"You have not used your budget since {written(since)}. Is everything all right, "
        "and can we help you to get the support you planned?",
    )


def more_than_weeks_held(holding: Holding, rules: FlagRules, *, on: date) -> Flag | None:
    """More is held than ``weeks_held`` weeks of the person's direct payment."""
    limit_pence = holding.pence_per_week * (rules.weeks_held or 0)
    if rules.weeks_held is None or holding.pence_per_week <= 0 or holding.held_pence <= limit_pence:
        return None
    return Flag(
        "more_than_weeks_held",
        "",
        f"{pounds(holding.held_pence)} is held on {written(on)}: more than {rules.weeks_held} weeks at "
        f"{pounds(holding.pence_per_week)} a week ({pounds(limit_pence)}).",
        f"You have {pounds(holding.held_pence)} in your budget. Are you saving for something in your plan, "
        "or is a bill still to come? If not, we can look at the plan together.",
    )


def _cash_flag(spend: Spend, total_pence: int, rules: FlagRules) -> Flag:
    limit = pounds(rules.cash_limit_pence or 0)
    return Flag(
        "cash_above_limit",
        spend.line_id,
        f"{_seen(spend)}: {pounds(total_pence)} of cash in {rules.cash_days} days; the limit is {limit}.",
        f"You took out {pounds(total_pence)} in cash in the {rules.cash_days} days up to "
        f"{written(spend.on)}. Please tell us in a few words what it was for.",
    )


def _seen(spend: Spend) -> str:
    payee = spend.payee if len(spend.payee) <= PAYEE_SHOWN else f"{spend.payee[: PAYEE_SHOWN - 1]}…"
    return f"{pounds(spend.pence)} to {payee} on {written(spend.on)}"


def _asked(spend: Spend) -> str:
    return f"You paid {_seen(spend)}."


def _same_name(payee: str, name: str) -> bool:
    seen, known = _name_parts(payee), _name_parts(name)
    if len(seen) < 2 or len(known) < 2 or seen[-1] != known[-1]:
        return False
    first, other = seen[0], known[0]
    return first == other or (1 in (len(first), len(other)) and first[0] == other[0])


def _name_parts(name: str) -> list[str]:
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", name.casefold())
        if not unicodedata.combining(letter)
    )
    return [part for part in re.findall(r"[\w'’-]+", plain) if part not in _TITLES]
