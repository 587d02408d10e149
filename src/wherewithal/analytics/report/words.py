"""What a quantity in words may stand on: "most" is more than half, "all" is all."""

from collections.abc import Callable
from fractions import Fraction

from wherewithal.core.refusal import Refusal

# How far, in points, a fraction in words may be from its share; the claim checker allows as much.
WITHIN_POINTS = 2

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class WordDoesNotHold(Refusal):
    """A word that says more, or other, than its figure."""


def _near(part: Fraction) -> Callable[[int, int], bool]:
    return lambda count, base: abs(Fraction(count, base) - part) * 100 <= WITHIN_POINTS


WORDS: dict[str, tuple[Callable[[int, int], bool], str]] = {
    "all": (lambda count, base: count == base, "every one"),
    "every": (lambda count, base: count == base, "every one"),
    "nearly all": (lambda count, base: Fraction(9, 10) <= Fraction(count, base) < 1, "nine tenths or more"),
    "most": (lambda count, base: 2 * count > base, "more than half"),
    "the majority": (lambda count, base: 2 * count > base, "more than half"),
    "more than half": (lambda count, base: 2 * count > base, "more than half"),
    "fewer than half": (lambda count, base: 2 * count < base, "fewer than half"),
    "half": (_near(Fraction(1, 2)), f"half, within {WITHIN_POINTS} points"),
    "two thirds": (_near(Fraction(2, 3)), f"two thirds, within {WITHIN_POINTS} points"),
    "a third": (_near(Fraction(1, 3)), f"a third, within {WITHIN_POINTS} points"),
    "three quarters": (_near(Fraction(3, 4)), f"three quarters, within {WITHIN_POINTS} points"),
    "a quarter": (_near(Fraction(1, 4)), f"a quarter, within {WITHIN_POINTS} points"),
    "some": (lambda count, base: count > 2 and 2 * count <= base, "more than two, and no more than half"),
    "a few": (lambda count, base: 2 < count <= 5, "three to five"),
    "none": (lambda count, base: count == 0, "nobody"),
}


def check(word: str, count: int, base: int, base_says: str) -> None:
    """Raises WordDoesNotHold when the word is not true of ``count`` of ``base``, named by ``base_says``."""
    if word in NUMBERS:
        holds, means = count == NUMBERS.index(word), f"exactly {NUMBERS.index(word)}"
    elif word in WORDS:
        rule, means = WORDS[word]
        holds = base > 0 and rule(count, base)
    else:
        raise WordDoesNotHold(
            f"“{word}” is no quantity that is known. Known: {', '.join((*NUMBERS, *WORDS))}."
        )
    if not holds:
        share = f"{float(Fraction(100 * count, base)):.1f}%" if base else "of nobody"
        raise WordDoesNotHold(f"“{word}” means {means}; it stands on {count} of {base_says} ({share}).")
