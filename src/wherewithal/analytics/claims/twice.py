"""A sentence that comes back with other numbers."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rapidfuzz import fuzz

from wherewithal.analytics.claims.fault import Fault
from wherewithal.analytics.claims.passages import Section, Sentence

# Two sentences that say the same: this alike, of 100, once their numbers are taken out.
SAME_SENTENCE = 92


def said_twice(sections: Sequence[Section]) -> Iterator[Fault]:
    """A sentence that comes back with other numbers."""
    told = [(s, _without_numbers(s)) for section in sections for s in section.sentences if len(s.text) > 60]
    told = [(s, bare) for s, bare in told if any(n.kind in ("count", "percent") for n in s.numbers)]
    for index, (first, bare) in enumerate(told):
        for second, other in told[index + 1 :]:
            if _values(first) != _values(second) and fuzz.ratio(bare, other) >= SAME_SENTENCE:
                yield Fault(
                    "said twice", second.place, second.text,
                    f"The same is said at {first.place} with other numbers: “{first.text}”",
                )  # fmt: skip


def _without_numbers(sentence: Sentence) -> str:
    text = sentence.text
    for number in reversed(sentence.numbers):
        text = text[: number.at] + "#" + text[number.to :]
    return text


def _values(sentence: Sentence) -> list[Fraction]:
    return [number.value for number in sentence.numbers if number.kind in ("count", "percent")]
