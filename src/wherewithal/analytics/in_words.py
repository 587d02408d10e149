"""Shares in words ("most", "a third", "all but one"): whether a count of its base may be called so."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from wherewithal.analytics.claims.shares import WORDS_WITHIN_POINTS
from wherewithal.core.refusal import Refusal


class NoSuchWords(Refusal):
    """Words for a share that have no rule here."""


def _near(part: Fraction) -> Callable[[int, int], bool]:
    return lambda count, base: abs(Fraction(count, base) - part) * 100 <= WORDS_WITHIN_POINTS


def _over(percent: int) -> Callable[[int, int], bool]:
    return lambda count, base: 100 * count > percent * base


def _all(count: int, base: int) -> bool:
    return count == base


def _few(count: int, base: int) -> bool:
    return count >= 2 and 10 * count <= base


def _some(count: int, base: int) -> bool:
    return count >= 2 and 2 * count <= base


RULES: Mapping[str, Callable[[int, int], bool]] = {
    "all": _all, "every": _all, "each": _all, "everyone": _all,
    "all but one": lambda count, base: count == base - 1,
    "nearly all": _over(90), "vast majority": _over(80),
    "most": _over(50), "majority": _over(50), "more than half": _over(50), "typically": _over(50),
    "two thirds": _near(Fraction(2, 3)), "half": _near(Fraction(1, 2)), "a third": _near(Fraction(1, 3)),
    "a quarter": _near(Fraction(1, 4)), "a fifth": _near(Fraction(1, 5)),
    "some": _some, "a few": _few, "few": _few, "a handful": _few,
    "a couple": lambda count, base: count == 2,
    "three quarters": _near(Fraction(3, 4)), "fewer than half": lambda count, base: 2 * count < base,
    "none": lambda count, base: count == 0,
}  # fmt: skip
"""By words, the rule. A fraction is held to be true within two points; of nobody, no words are true."""


def may_say(words: str, count: int, base: int) -> bool:
    """Whether ``count`` of ``base`` may be called ``words``. Raises NoSuchWords."""
    if words not in RULES:
        raise NoSuchWords(f"There is no rule for “{words}”. There are: {', '.join(RULES)}.")
    return base > 0 and 0 <= count <= base and RULES[words](count, base)
