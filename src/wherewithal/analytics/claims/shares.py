"""Each share that a text claims: a count with a percentage, a percentage alone, a fraction with a count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from wherewithal.analytics.claims.bases import UNIT, Base, Bases
from wherewithal.analytics.claims.numbers import Number
from wherewithal.analytics.claims.passages import Section, Sentence
from wherewithal.analytics.rounding import rounded

# "about a third" is held to be true within two points; an exact fraction is nowhere claimed in words.
WORDS_WITHIN_POINTS = 2

_RATE = re.compile(r"\b(?:response|return|reply|completion) rate\b", re.I)
_COHORT = re.compile(
    r"\bof (?:the |all |our )?(?:total |whole |full )?(?:cohort|sample|respondents|responses|participants|"
    r"(?:participating|responding) \w+|\w+ (?:participating|responding|who (?:took part|responded)))",
    re.I,
)
_OUT_OF = re.compile(r"\s+(?:out )?of (?:the |all |these )?", re.I)
_LIMIT = re.compile(r"\b(?:than|least|most|over|under|above|below|exceeds?|exceeding|up to)\s*$", re.I)


def fits(number: Number, count: int, base: int) -> bool:
    """Whether a count of a base prints as the percentage, halves up; as the fraction, within 2 points."""
    if not base > 0 or count > base:
        return False
    exact = Fraction(100 * count, base)
    if number.kind == "percent":
        return rounded(exact, number.decimals) == number.value
    if number.kind == "most":
        return exact > 50
    return abs(exact - 100 * number.value) <= WORDS_WITHIN_POINTS


@dataclass(frozen=True)
class Share:
    """``percent`` (or ``words``: 1/3) is said of ``count`` out of ``base``; what is not said is None.

    ``base_said`` are the report's own words for the base, empty where it has none.
    """

    sentence: Sentence
    section: Section
    count: int | None
    percent: Number | None
    words: Number | None
    base: Base | None
    base_said: str

    @property
    def printed(self) -> str:
        """What is said of the count, as the report prints it: ``97%``, ``a third``."""
        number = self.percent or self.words
        return number.text if number else ""

    def fits(self, base: int) -> bool:
        """Whether the count of the base prints as the percentage, halves up; in words, within 2 points."""
        number = self.percent or self.words
        return self.count is not None and number is not None and fits(number, self.count, base)

    def fitting(self) -> tuple[int, int] | None:
        """The smallest and the largest base that the share fits; None when no whole number does."""
        if not self.count:
            return None
        rate = self.percent.value / 100 if self.percent else self.words.value if self.words else Fraction(0)
        if not rate:
            return None
        middle = int(self.count / rate)
        reach = range(max(self.count, middle - middle // 4 - 2), middle + middle // 4 + 3)
        found = [base for base in reach if self.fits(base)]
        return (found[0], found[-1]) if found else None


def shares(section: Section, bases: Bases) -> Iterator[Share]:
    """Every share claimed in the section, in order."""
    for sentence in section.sentences:
        yield from _shares(section, sentence, bases)


def _shares(section: Section, sentence: Sentence, bases: Bases) -> Iterator[Share]:
    used: set[Number] = set()
    for number in sentence.numbers:
        if number.kind not in ("percent", "fraction", "most"):
            continue
        count = _count_of(sentence, number, used)
        if count is None and (number.kind != "percent" or _is_limit(sentence, number)):
            continue
        if count is not None:
            used.add(count)
        base, said = _base_of(sentence, number, count, bases, section)
        yield Share(
            sentence=sentence,
            section=section,
            count=None if count is None else int(count.value),
            percent=number if number.kind == "percent" else None,
            words=None if number.kind == "percent" else number,
            base=base,
            base_said=said,
        )


def _count_of(sentence: Sentence, share: Number, used: set[Number]) -> Number | None:
    """The count that the percentage is said of: in brackets after it, or before its own brackets."""
    text = sentence.text
    after = [one for one in sentence.numbers if one.kind == "count" and one.at >= share.to]
    if (
        after
        and re.fullmatch(r"[^()]*\(\s*(?:n\s*=\s*)?", text[share.to : after[0].at])
        and re.match(r"\s*(?:\)|of\b|out of\b|[\w-]+\)|[\w-]+ of\b)", text[after[0].to :])
    ):
        return after[0]
    opens = text.rfind("(", 0, share.at)
    if opens < 0 or ")" in text[opens : share.at]:
        return None
    before = [one for one in sentence.numbers if one.kind != "other" and one.to <= opens and one not in used]
    if not before or before[-1].kind != "count":
        return None
    nearest = before[-1]
    if len(before) > 1 and _OUT_OF.fullmatch(text[before[-2].to : nearest.at]):
        nearest = before[-2]  # "18 of 24 councils (75%)": the first is counted, the second is the base
    # "29 councils (50%) ... and 23 councils": a percentage between the two belongs to another count.
    return nearest if re.search(r"[.;]\s", text[nearest.to : opens]) is None else None


def _base_of(
    sentence: Sentence, share: Number, count: Number | None, bases: Bases, section: Section
) -> tuple[Base | None, str]:
    text = sentence.text
    opens, closes = text.rfind("(", 0, share.at), text.find(")", share.at)
    inside = text[max(opens, 0) : closes if closes > 0 else len(text)]
    if _RATE.search(inside) or (count is None and _RATE.search(text)):
        return bases.invited, "response rate"
    for number in sentence.numbers:
        if number is count or number.kind != "count" or number.value < (count.value if count else 1):
            continue
        before, after = text[: number.at], text[number.to :]
        out_of = re.search(r"\b(?:out )?of (?:the |all |these |those )?$", before, re.I)
        close_by = number.at > share.at - 60 and number.at < share.to + 40
        if (
            out_of
            and (close_by or number is sentence.numbers[0])
            and re.match(rf"\s+(?:[\w-]+\s+)?(?:{UNIT}|who|that|which)\b|\s*[),]", after)
        ):
            said = " ".join((out_of[0] + number.text + after[:24]).split(",")[0].split())
            explicit = _COHORT.search(inside)
            if explicit and bases.cohort:
                return bases.cohort, explicit[0]
            return Base(int(number.value), said, "subgroup", sentence.place, section.chapter), said
    near = inside if opens >= 0 else text[share.to : share.to + 60]
    for where in (near, text[closes + 1 : closes + 40] if closes > 0 else "", text[share.to : share.to + 40]):
        if (said_so := _COHORT.search(where)) and bases.cohort:
            return bases.cohort, said_so[0]
    return None, ""


def _is_limit(sentence: Sentence, number: Number) -> bool:
    """Whether a percentage alone is a limit or a target and not a share of those who were asked."""
    text = sentence.text
    before, after = text[: number.at].strip(), text[number.to :]
    begins = before in ("", "“", "‘", "'", '"') or before.lower() in (
        "only",
        "nearly",
        "almost",
        "about",
        "over",
    )
    of_unit = re.match(rf"\s+of\s+(?:the\s+|all\s+)?(?:[\w-]+\s+){{0,2}}?{UNIT}", after, re.I) is not None
    return not (begins or (of_unit and not _LIMIT.search(before)))
