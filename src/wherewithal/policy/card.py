"""What is asked about in an account, and how the card provider writes its file, on a day.

The council's thresholds are in ``local/monitoring.toml`` and ``local/card.toml``; the words for merchant
category codes in ``national/merchants.toml``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wherewithal.core.exceptions import FlagRules
from wherewithal.core.matching import MatchRules
from wherewithal.core.policy import Used
from wherewithal.policy import parameters, table

LOCAL = "local/card"
MONITORING = "local/monitoring"
MERCHANTS = "national/merchants"


@dataclass(frozen=True)
class CardFile:
    """``headings``: our column to the provider's, where they differ; ``leave_out``: columns not read."""

    headings: Mapping[str, str]
    leave_out: tuple[str, ...]
    spending_is_below_0: bool


def flag_rules(used: Used) -> FlagRules:
    """The council's rules on ``used.on``, remembered in ``used``. Raises NoPolicy."""
    council, card = parameters(MONITORING), parameters(LOCAL)
    excluded = {
        code: merchant_words(code) or kind["title"].lower()
        for kind in used.value(council, "excluded_merchants")
        for code in kind["codes"]
    }
    return FlagRules(
        excluded_merchants=excluded,
        cash_merchants=frozenset(used.value(council, "cash_merchants")),
        cash_limit_pence=used.value(council, "cash_limit"),
        cash_days=used.value(card, "cash_days"),
        weeks_without_spending=used.value(council, "idle_weeks"),
        weeks_held=used.value(council, "held_weeks"),
    )


def answer_by(raised_on: date) -> date:
    """The day up to which a person may say what it was for, before an officer calls. Raises NoPolicy."""
    days: int = Used(raised_on).value(parameters(MONITORING), "explain_days")
    return raised_on + timedelta(days=days)


def match_rules(used: Used) -> MatchRules:
    """When a line is matched without an officer on ``used.on``, remembered in ``used``. Raises NoPolicy."""
    value = used.value(parameters(LOCAL), "matching")
    return MatchRules(
        alike=value["alike_percent"],
        clearly_ahead=value["clearly_ahead_percent"],
        late=timedelta(days=value["late_days"]),
        most_units=value["most_units"],
    )


def card_file(used: Used) -> CardFile:
    """The provider's layout on ``used.on``, remembered in ``used``. Raises NoPolicy."""
    value = used.value(parameters(LOCAL), "card_file")
    return CardFile(value["headings"], tuple(value["leave_out"]), value["spending_is_below_0"])


def merchant_words(code: str) -> str:
    """What a merchant category code is, in words; '' for a code that we do not name."""
    words: str = table(MERCHANTS)["codes"].get(code, "")
    return words
