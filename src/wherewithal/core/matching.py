"""Which part of a plan a card line was for: by the names on both sides, and by what things cost.

A match says why it was made, and an officer can change it. Where two parts of a plan fit alike, or none does,
the line stays open: a wrong match is worse than none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wherewithal.core.money import pounds
from wherewithal.core.names import fold, grams, words
from wherewithal.core.period import Period

SHOWN = 40  # characters of a name in the reason, so that two of them and a price fit on a line
TELLING = 4  # letters from which a word that is cut short, or one word alone, still tells who it is

# Words of a name that do not tell one supplier from another.
_COMMON = frozenset({
    "and", "cic", "co", "com", "company", "gb", "limited", "llp", "ltd", "mr", "mrs", "ms", "of", "org",
    "plc", "sumup", "the", "uk", "www", "zettle",
})  # fmt: skip


@dataclass(frozen=True)
class MatchRules:
    """When a line may be matched by itself. ``alike``: the likeness in percent from which two names may be
    one; ``clearly_ahead``: percent by which the best must be ahead of the next; ``late``: how long after its
    last day support may still be paid for; ``most_units``: more units at one price are a coincidence.
    """

    alike: int
    clearly_ahead: int
    late: timedelta
    most_units: int


@dataclass(frozen=True)
class Candidate:
    """One arrangement. ``pence_per_unit`` is None where it has none; ``merchants`` are the names on lines
    that were matched to it by hand.
    """

    reference: str
    what: str
    supplier: str
    days: Period
    pence_per_week: int
    pence_per_unit: int | None = None
    merchants: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Match:
    """``reference`` of the arrangement, and why, in words for the page (140 characters at most)."""

    reference: str
    because: str


def match(
    merchant: str, pence: int, on: date, candidates: Iterable[Candidate], rules: MatchRules
) -> Match | None:
    """The one arrangement that the line was for, or None. ``pence`` below 0 is a refund.

    What was decided by hand for the same name comes first, then the likeness of names, then, for arrangements
    without a named supplier, an amount that is exactly theirs.
    """
    running = [one for one in candidates if _runs(one, on, rules)]
    named = fold(merchant)
    by_hand = [one for one in running if named in {fold(name) for name in one.merchants}]
    if len(by_hand) == 1:
        return Match(by_hand[0].reference, f"“{_short(merchant)}” was matched to it by hand before")
    return _by_name(merchant, pence, by_hand or running, rules) or _by_amount(pence, running, rules)


def likeness(one: str, other: str) -> int:
    """How alike two names are, in percent: 100 when every telling word of one stands in the other.

    Card lines cut names short, so a last word counts when it is the start of the other's word.
    """
    left, right = _telling(one), _telling(other)
    if not left or not right:
        return 0
    few, many = sorted((left, right), key=len)
    if sum(map(len, few)) >= TELLING and all(_stands_in(word, many) for word in few):
        return 100
    a, b = set(grams(left)), set(grams(right))
    return 200 * len(a & b) // (len(a) + len(b))


def times(pence: int, candidate: Candidate, most_units: int) -> str:
    """How the amount follows from a price, in words, or ''."""
    amount = abs(pence)
    if amount == candidate.pence_per_week:
        return f"{pounds(amount)} is the price of a week"
    unit = candidate.pence_per_unit
    if unit and amount % unit == 0 and amount // unit <= most_units:
        return f"{pounds(amount)} is {amount // unit} x {pounds(unit)}"
    return ""


def _by_name(merchant: str, pence: int, running: Sequence[Candidate], rules: MatchRules) -> Match | None:
    ranked = sorted(
        (
            (likeness(merchant, one.supplier), bool(times(pence, one, rules.most_units)), one)
            for one in running
            if one.supplier
        ),
        key=lambda row: row[:2],
        reverse=True,
    )
    if not ranked or ranked[0][0] < rules.alike:
        return None
    best, fits, chosen = ranked[0]
    if len(ranked) > 1 and best - ranked[1][0] < rules.clearly_ahead and fits == ranked[1][1]:
        return None
    because = f"“{_short(merchant)}” is like “{_short(chosen.supplier)}”"
    price = times(pence, chosen, rules.most_units)
    return Match(chosen.reference, f"{because}; {price}" if price else because)


def _by_amount(pence: int, running: Sequence[Candidate], rules: MatchRules) -> Match | None:
    fitting = [one for one in running if abs(pence) == one.pence_per_week]
    if len(fitting) != 1 or fitting[0].supplier:
        return None
    price = times(pence, fitting[0], rules.most_units)
    return Match(fitting[0].reference, f"{price}, and of nothing else in the plan")


def _runs(candidate: Candidate, on: date, rules: MatchRules) -> bool:
    last = candidate.days.last
    return candidate.days.first <= on and (last is None or on <= last + rules.late)


def _telling(name: str) -> list[str]:
    plain = [word for word in words(re.sub(r"[*&/]", " ", name)) if word not in _COMMON]
    return [word for word in plain if len(word) > 1 and not any(letter.isdigit() for letter in word)]


def _stands_in(word: str, others: Sequence[str]) -> bool:
    return word in others or (len(word) >= TELLING and any(other.startswith(word) for other in others))


def _short(name: str) -> str:
    return name if len(name) <= SHOWN else f"{name[: SHOWN - 1]}…"
