"""Shares in words ("most", "a third", "all but one"): whether a count of its base may be called so."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from wherewithal.analytics.claims.shares import WORDS_WITHIN_POINTS
from wherewithal.core.refusal import Refusal

NEARLY_WITHIN_POINTS = 5


class NoSuchWords(Refusal):
    """Words for a share that have no rule here."""


def _near(part: Fraction) -> Callable[[int, int], bool]:
    return lambda count, base: abs(Fraction(count, base) - part) * 100 <= WORDS_WITHIN_POINTS


def _over(percent: int) -> Callable[[int, int], bool]:
    return lambda count, base: 100 * count > percent * base


def _under(part: Fraction) -> Callable[[int, int], bool]:
    return lambda count, base: Fraction(count, base) < part


def _above(part: Fraction) -> Callable[[int, int], bool]:
    return lambda count, base: Fraction(count, base) > part


def _just_under(part: Fraction) -> Callable[[int, int], bool]:
    return lambda count, base: 0 < (part - Fraction(count, base)) * 100 <= NEARLY_WITHIN_POINTS


def _all(count: int, base: int) -> bool:
    return count == base


def _few(count: int, base: int) -> bool:
    return count >= 2 and 10 * count <= base


def _some(count: int, base: int) -> bool:
    return count >= 2 and 2 * count <= base


_PARTS = {
    "half": Fraction(1, 2), "a third": Fraction(1, 3), "two thirds": Fraction(2, 3),
    "a quarter": Fraction(1, 4), "three quarters": Fraction(3, 4), "a fifth": Fraction(1, 5),
}  # fmt: skip
RULES: Mapping[str, Callable[[int, int], bool]] = {
    "all": _all, "every": _all, "each": _all, "everyone": _all,
    "all but one": lambda count, base: count == base - 1,
    "nearly all": _over(90), "almost all": _over(90), "vast majority": _over(80),
    "most": _over(50), "majority": _over(50), "typically": _over(50),
    "many": _above(Fraction(1, 3)), "minority": _under(Fraction(1, 2)),
    **{words: _near(part) for words, part in _PARTS.items()},
    **{f"{more} {words}": _above(part) for words, part in _PARTS.items() for more in ("more than", "over")},
    **{f"{less} {words}": _under(part) for words, part in _PARTS.items()
       for less in ("fewer than", "less than", "under")},
    **{f"{nearly} {words}": _just_under(part) for words, part in _PARTS.items()
       for nearly in ("nearly", "almost", "just under")},
    "some": _some, "several": lambda count, base: count >= 3 and 2 * count <= base,
    "a few": _few, "few": _few, "a handful": _few,
    "a couple": lambda count, base: count == 2,
    "none": lambda count, base: count == 0,
}  # fmt: skip
"""By words, the rule. A fraction is held to be true within two points, nearly one within five below it; many
are more than a third. Of nobody, no words are true. The limits are our own.
"""


def may_say(words: str, count: int, base: int) -> bool:
    """Whether ``count`` of ``base`` may be called ``words``. Raises NoSuchWords."""
    if words not in RULES:
        raise NoSuchWords(f"There is no rule for “{words}”. There are: {', '.join(RULES)}.")
    return base > 0 and 0 <= count <= base and RULES[words](count, base)
