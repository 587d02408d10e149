"""A sentence beside the figures that it stands on: each word and number of quantity in it must hold of one.

Whether a word, a fraction or a percentage holds is ``in_words`` and ``claims``; here is only what the
sentence says it of. "Most councils" is said of every council: of those that answered it must hold whatever
the silent ones would have said, unless the sentence tells of whom it is.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wherewithal.analytics.base import Base
from wherewithal.analytics.claims.bases import UNIT
from wherewithal.analytics.claims.comparing import SAMPLED
from wherewithal.analytics.claims.numbers import Number, numbers
from wherewithal.analytics.claims.passages import Sentence, sections
from wherewithal.analytics.claims.shares import fits
from wherewithal.analytics.in_words import RULES, may_say
from wherewithal.core.document import Block

_BY_NUMBER = {
    words for words in RULES if any((one.text, one.kind) == (words, "fraction") for one in numbers(words))
}
_WORDS = re.compile(
    r"(?<!\bat )(?<!\bhow )\b(?!each other\b)(?:"
    + "|".join(sorted((w.replace(" ", "[ -]") for w in RULES if w not in _BY_NUMBER), key=len, reverse=True))
    + r")\b",
    re.IGNORECASE,
)
_WHO = re.compile(rf"\s*(?:of )?(?:[\w’'-]+ ){{0,2}}?(?P<who>{UNIT})\b", re.IGNORECASE)
_COUNCILS = re.compile(r"council|authorit", re.IGNORECASE)
_ANYBODY = re.compile(r"respon|repl|participant|organisation", re.IGNORECASE)


@dataclass(frozen=True)
class Stood:
    """A figure that a sentence stands on, as it is shown: ``says`` is its question and answer."""

    says: str
    count: int
    base: Base

    def __str__(self) -> str:
        return f"“{self.says}” is {self.count:,} of {self.base.says}"


@dataclass(frozen=True)
class _Quantity:
    """A quantity that a sentence tells, in its own words, the rule that it must meet, and who it is of."""

    text: str
    holds: Callable[[int, int], bool]
    who: str
    is_share: bool


def overstated(text: str, figures: Sequence[Stood], field: int) -> tuple[str, ...]:
    """Each word or number of quantity in a text that holds of none of the figures, and what it would need.

    ``field`` is how many of the figures' unit there are: all that were asked, whether they answered or not.
    """
    found = []
    for sentence, told in _read(text):
        found += [
            _why_not(one, figures, field, sentence)
            for one in told
            if not any(_holds(one, figure, field, sentence) for figure in figures)
        ]
    return tuple(dict.fromkeys(found))


def widened(text: str, figures: Sequence[Stood], field: int) -> tuple[str, ...]:
    """Each share in a text that holds of a figure's base alone, and is said of everybody; and why."""
    found = []
    for sentence, told in _read(text):
        for one in told:
            if any(_holds(one, figure, field, sentence) for figure in figures):
                continue
            said = [figure for figure in figures if _is_widened(one, figure, field, sentence)]
            found += [f"“{one.text}”: {_beside(one, figure, field, sentence)}." for figure in said]
    return tuple(dict.fromkeys(found))


def of_others(text: str, figures: Sequence[Stood]) -> tuple[str, ...]:
    """Each quantity in a text that is said of councils, where its figures count none: a survey of staff or of
    people is never told as one of councils.
    """
    found = []
    for _, told in _read(text):
        for one in told:
            if figures and all(_counts_no_councils(one, figure) for figure in figures):
                found.append(f"“{one.text} … {one.who}”: {_beside_councils(one, figures[0])}.")
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=512)  # a sentence of a report is asked twice, and again for each page that prints it
def _read(text: str) -> tuple[tuple[Sentence, tuple[_Quantity, ...]], ...]:
    """Each sentence of a text, with the quantities that it tells."""
    found = sections([Block("paragraph", " ".join(text.split()), "the text")])
    return tuple((one, tuple(_quantities(one))) for section in found for one in section.sentences)


def _quantities(sentence: Sentence) -> Iterator[_Quantity]:
    text, taken = sentence.text, []
    for match in _WORDS.finditer(text):
        words = match[0].lower().replace("-", " ")
        taken.append(match.span())
        yield _Quantity(match[0], _rule(words), _who(text[match.end() :]), True)
    for number in sentence.numbers:
        inside = any(number.at < end and number.to > start for start, end in taken)
        if inside or number.kind == "other" or number.text.lower() == "one":
            continue
        if number.kind == "count":
            yield _Quantity(number.text, _counted(number), _who(text[number.to :]), False)
        else:
            yield _Quantity(number.text, _printed(number), _who(text[number.to :]), True)


def _rule(words: str) -> Callable[[int, int], bool]:
    return lambda count, base: may_say(words, count, base)


def _printed(number: Number) -> Callable[[int, int], bool]:
    return lambda count, base: fits(number, count, base)


def _counted(number: Number) -> Callable[[int, int], bool]:
    return lambda count, base: number.value in (count, base)


def _who(after: str) -> str:
    found = _WHO.match(after)
    return found["who"] if found else ""


def _holds(one: _Quantity, figure: Stood, field: int, sentence: Sentence) -> bool:
    count, base = figure.count, figure.base.count
    if _counts_no_councils(one, figure):
        return False
    if not one.is_share:
        return one.holds(count, base)
    if not _is_of(one.who, figure.base):
        return False
    if not _says_all(one, figure, field, sentence):
        return one.holds(count, base)
    return one.holds(count, field) and one.holds(count + field - base, field)


def _is_of(who: str, base: Base) -> bool:
    """Whether a figure that counts ``base`` can be said of them: a share of councils is none of people."""
    if not who or _ANYBODY.match(who):
        return True
    return bool(_COUNCILS.match(who)) == (base.unit == "council")


def _counts_no_councils(one: _Quantity, figure: Stood) -> bool:
    """Whether it is said of councils, and the figure is of people who answered for themselves."""
    return bool(_COUNCILS.match(one.who)) and figure.base.unit != "council"


def _says_all(one: _Quantity, figure: Stood, field: int, sentence: Sentence) -> bool:
    """Whether the sentence says it of everybody, and the figure is of a part."""
    base = figure.base.count
    tells = not one.who or _ANYBODY.match(one.who) or SAMPLED.search(sentence.text)
    return not tells and base < field and not any(number.value == base for number in sentence.numbers)


def _is_widened(one: _Quantity, figure: Stood, field: int, sentence: Sentence) -> bool:
    """Whether it holds of those whom the figure counts, and is said of all."""
    holds = one.is_share and _is_of(one.who, figure.base) and one.holds(figure.count, figure.base.count)
    return holds and _says_all(one, figure, field, sentence)


def _why_not(one: _Quantity, figures: Sequence[Stood], field: int, sentence: Sentence) -> str:
    if not figures:
        return f"“{one.text}” stands on no figure. Add the figure that it is said of."
    says = "; ".join(_beside(one, figure, field, sentence) for figure in figures)
    return f"“{one.text}” holds of no figure that the message stands on: {says}."


def _beside(one: _Quantity, figure: Stood, field: int, sentence: Sentence) -> str:
    base = figure.base
    if _counts_no_councils(one, figure):
        return _beside_councils(one, figure)
    if one.is_share and not _is_of(one.who, base):
        return f"{figure}, and is no share of {one.who}"
    if _is_widened(one, figure, field, sentence):
        return (
            f"{figure}, and “{one.text} … {one.who}” is said of all {field:,}: "
            f"write “{one.who} that answered”, or stand it on a figure of all of them"
        )
    wanted = [count for count in range(base.count + 1) if one.holds(count, base.count)]
    if not wanted:
        return f"{figure}, of which no count is that"
    least, most = wanted[0], wanted[-1]
    need = f"{least:,}" if least == most else f"{least:,} to {most:,}"
    return f"{figure}, and would have to be {need}"


def _beside_councils(one: _Quantity, figure: Stood) -> str:
    return f"{figure}, and is no {'share' if one.is_share else 'number'} of {one.who}"
