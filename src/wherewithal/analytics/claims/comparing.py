"""Two documents that tell the same: a base that widened on the way, a limit dropped, another number."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from rapidfuzz import fuzz

from wherewithal.analytics.claims.bases import UNIT, Bases
from wherewithal.analytics.claims.fault import Fault
from wherewithal.analytics.claims.numbers import Number
from wherewithal.analytics.claims.passages import Section
from wherewithal.analytics.claims.shares import Share
from wherewithal.analytics.rounding import rounded

# How alike, of 100, two sentences must be to tell the same of two numbers that differ.
SAME_WORDS = 85
# How many words of weight two sentences share before an equal number is held to be the same claim.
SHARED_WORDS = 2

SAMPLED = re.compile(
    r"\b(?:respondents?|cohort|sample|participat\w+|respond(?:ed|ing)|responses?|"
    r"(?:who|that|which) (?:took part|answered|replied))\b",
    re.I,
)
_OF_WHOM = re.compile(
    rf"\s*(?:\([^)]*\)\s*)?of (?:the |all |these )?(?P<who>(?:[\w’'-]+ ){{0,2}}?{UNIT})\b", re.I
)
_LIMITS = {
    "at least": re.compile(r"\bat least\s*$|\bminimum of\s*$", re.I),
    "more than": re.compile(r"\b(?:more|greater|higher) than\s*$|\b(?:over|above|exceeding)\s*$", re.I),
    "less than": re.compile(r"\b(?:less|fewer|lower) than\s*$|\b(?:under|below)\s*$", re.I),
    "nearly": re.compile(r"\b(?:nearly|almost|about|around|approximately)\s*$", re.I),
}
_OR_MORE = re.compile(r"^\s*or (?P<way>above|more|over|less|below|under|fewer)\b|^\s*(?P<plus>\+)", re.I)
_NO_WEIGHT = """
about above after already also among authorities authority because been before being below between
both cent could council councils does doing during each from further have having here itself just
more most other over percent respondents said same says should some such than that their them then
there these they this those through under until very were what when where which while will with
would your
"""
_PLAIN = frozenset(_NO_WEIGHT.split())


def share(told: Share, among: Sequence[Share], bases: Bases) -> Iterator[Fault]:
    """What changed between a share and the one, ``among`` the first document's, that tells the same."""
    origin = _origin(told, among)
    if origin is not None:
        yield from _base(origin, told, bases)
        yield from _limits(origin, told)


def _origin(share: Share, among: Sequence[Share]) -> Share | None:
    """The share of the other document that tells the same: an equal percentage or count, in words alike."""
    words = _weight(share.sentence.text)
    alike = [
        (len(words & _weight(one.sentence.text)), one)
        for one in among
        if _percent(one) is not None and _percent(one) == _percent(share)
        and (share.count is None or one.count is None or share.count == one.count)
    ]  # fmt: skip
    best = max(alike, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] >= SHARED_WORDS else None


def _base(origin: Share, share: Share, bases: Bases) -> Iterator[Fault]:
    base = origin.base or next((b for b in bases.near(origin.section) if origin.fits(b.value)), None)
    if base is None or base.kind not in ("cohort", "given", "subgroup") or _sampled(share):
        return
    who = _whom(share)
    said = f"{_printed(origin)} at {origin.sentence.place} is of {base}"
    if who is None:
        why = f"{said}; here nobody says of whom."
        kind = "base lost"
    else:
        why = f"{said}; here it is said of “{who}”, which reads as all of them.{_of_all(origin, bases)}"
        kind = "base widened"
    yield Fault(kind, share.sentence.place, share.sentence.text, why)


def _of_all(origin: Share, bases: Bases) -> str:
    if bases.invited is None or origin.count is None:
        return ""
    exact = Fraction(100 * origin.count, bases.invited.value)
    return f" Of {bases.invited} the {origin.count} are {float(rounded(exact, 1)):.1f}%."


def _sampled(share: Share) -> bool:
    """Whether the sentence itself says that it is of those who answered."""
    return bool(share.base_said) or SAMPLED.search(share.sentence.text) is not None


def _whom(share: Share) -> str | None:
    number = share.percent or share.words
    if number is None:
        return None
    found = _OF_WHOM.match(share.sentence.text[number.to :])
    if found:
        return found["who"]
    if share.count is None:
        return None
    before = re.search(rf"{share.count}\s+((?:[\w-]+ )?{UNIT})\b", share.sentence.text, re.I)
    return before[1] if before else None


def _limits(origin: Share, share: Share) -> Iterator[Fault]:
    """A number that always has a limit in the first ("60% or above") and none, or another, in the second."""
    before, now = _limited(origin), _limited(share)
    for value, (text, limits) in now.items():
        _, had = before.get(value, ("", set()))
        if had and "" not in had and not limits <= had:
            new = " and ".join(sorted(f"{limit} {text}".strip() for limit in limits - had))
            yield Fault(
                "limit dropped", share.sentence.place, share.sentence.text,
                f"{origin.sentence.place} says {' and '.join(sorted(had))} {text}; here it is {new}.",
            )  # fmt: skip


def _limited(share: Share) -> dict[tuple[str, Fraction], tuple[str, set[str]]]:
    """By value: the number as printed, and every limit that the sentence sets to it, "" for none."""
    found: dict[tuple[str, Fraction], tuple[str, set[str]]] = {}
    for number in _others(share):
        _, limits = found.setdefault(_value(number), (number.text, set()))
        limits.add(_limit(share.sentence.text, number))
    return found


def _others(share: Share) -> list[Number]:
    return [n for n in share.sentence.numbers if n.kind in ("percent", "count") and n is not share.percent]


def _value(number: Number) -> tuple[str, Fraction]:
    return number.kind, number.value


def _limit(text: str, number: Number) -> str:
    after = _OR_MORE.match(text[number.to :])
    if after:
        way = (after["way"] or "more").lower()
        return "at least" if way in ("above", "more", "over") else "at most"
    before = text[: number.at]
    return next((limit for limit, pattern in _LIMITS.items() if pattern.search(before)), "")


def other_numbers(first: Sequence[Section], second: Sequence[Section]) -> Iterator[Fault]:
    """Sentences alike in both that tell other counts or percentages."""
    told = [s for section in first for s in section.sentences if _numbers(s.numbers)]
    for section in second:
        for sentence in section.sentences:
            mine = _numbers(sentence.numbers)
            if not mine:
                continue
            best = max(told, key=lambda one: fuzz.ratio(one.text, sentence.text), default=None)
            if best is None or fuzz.ratio(best.text, sentence.text) < SAME_WORDS:
                continue
            if not mine <= _numbers(best.numbers):
                yield Fault(
                    "other number", sentence.place, sentence.text,
                    f"{best.place} of the first document tells the same with other numbers: “{best.text}”",
                )  # fmt: skip


def _numbers(found: tuple[Number, ...]) -> set[tuple[str, Fraction]]:
    return {_value(number) for number in found if number.kind in ("count", "percent")}


def _percent(share: Share) -> Fraction | None:
    return share.percent.value if share.percent else 100 * share.words.value if share.words else None


def _printed(share: Share) -> str:
    return f"“{share.printed}” ({share.count})" if share.count is not None else f"“{share.printed}”"


def _weight(text: str) -> set[str]:
    """The beginnings of the words that carry what a sentence says."""
    words = re.findall(r"[a-z]{4,}", text.lower())
    return {word[:5] for word in words if word not in _PLAIN}
