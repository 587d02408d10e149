"""Sentences whose figures are computed.

    {count plan=yes}          57
    {percent plan=yes}        98%
    {share plan=yes}          57 of 58 councils that took part (98%)
    {base plan}               58 councils that took part
    {invited} {cohort} {rate} 152, 58, 38%
    {opened} {closed}         8 August 2011, 9 September 2011: what else is known of the wave
    {word most plan=yes}      most, if it is
    {say 2013}                a year or a name, which is no figure of this survey

Several values are added where answers exclude each other: ``{count rate=good,very_good}``. A digit or a
quantity in words outside braces is refused, so that nothing is printed that was not counted.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from wherewithal.analytics.base import ALL, Base
from wherewithal.analytics.cohort import Profile
from wherewithal.analytics.in_words import RULES, may_say
from wherewithal.analytics.report.reach import check_reach
from wherewithal.analytics.rounding import rounded
from wherewithal.analytics.said_of import Stood
from wherewithal.analytics.tabulate import Table
from wherewithal.core.refusal import Refusal

_TOKEN = re.compile(r"\{(?P<verb>\w+)(?: (?P<rest>[^{}]*))?\}")
_OF_A_FIGURE = ("word", "Word", "count", "percent", "share")
_OF_THE_FIELD = ("invited", "cohort", "rate")
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_QUANTITIES = (
    *(words for words in RULES if words != "each"),  # "each share" tells of no quantity
    *_NUMBERS, "thirds?", "quarters?", "fifths?", "none of", "dozens?", "hundreds?",
)  # fmt: skip
_UNCOUNTED = re.compile(
    rf"\d|(?<!\bhow )\b(?:{'|'.join(sorted(_QUANTITIES, key=len, reverse=True))})\b", re.IGNORECASE
)


class BadSentence(Refusal):
    """A sentence whose figure cannot be computed, or that holds one which was not."""


class WordDoesNotHold(Refusal):
    """A word that says more, or other, than the figure it stands on."""


@dataclass(frozen=True)
class Counted:
    """What sentences draw on: the survey's tables by question, who answered beside who was invited, and
    ``facts`` of the wave in words, by the name that stands in braces.
    """

    tables: Mapping[str, Table]
    profile: Profile
    decimals: int = 0
    facts: Mapping[str, str] = field(default_factory=dict)

    def of(self, selector: str) -> tuple[int, Base]:
        """The count and base of ``question=value`` or ``question=value,value``. Raises BadSentence."""
        question, _, values = selector.partition("=")
        table = self.table(question)
        rows = {row.value: row for row in table.rows}
        wanted = values.split(",")
        if strange := [value for value in wanted if value not in rows]:
            raise BadSentence(f"“{question}” has no answer “{strange[0]}”. It has: {', '.join(rows)}.")
        if len(wanted) > 1 and table.several:
            raise BadSentence(f"Answers to “{question}” do not exclude each other, so they are not added.")
        cells = [rows[value].cells[ALL] for value in wanted]
        if hidden := [
            value for value, cell in zip(wanted, cells, strict=True) if cell.figure.numerator is None
        ]:
            raise BadSentence(f"“{question}={hidden[0]}” is suppressed and cannot be told.")
        return sum(cell.figure.numerator or 0 for cell in cells), cells[0].base

    def base(self, question: str) -> Base:
        """The base of a question's shares. Raises BadSentence."""
        table = self.table(question)
        return table.rows[0].cells[ALL].base

    @property
    def everybody(self) -> Base:
        """All that were invited, in the survey's own unit: councils, or people. There must be a table."""
        told = next(iter(self.tables))
        return replace(self.base(told), kind="invited", count=self.profile.invited, hidden=False)

    def table(self, question: str) -> Table:
        if question not in self.tables:
            raise BadSentence(f"No table counts “{question}”.")
        return self.tables[question]


def fill(sentence: str, counted: Counted) -> str:
    """The sentence as it is printed.

    Raises BadSentence, WordDoesNotHold, NoSuchWords, SaysMore or NotForTheNation, and names it.
    """
    bare = _TOKEN.sub("", sentence)
    if found := _UNCOUNTED.search(bare):
        raise BadSentence(f"“{found[0]}” stands in a sentence and was not counted: {sentence}")
    try:
        printed = _TOKEN.sub(lambda token: _filled(token, counted), sentence)
        check_reach(printed, list(_figures(sentence, counted)), counted.profile)
    except Refusal as refusal:
        raise type(refusal)(f"{refusal.says} In: {sentence}") from refusal
    return printed


def _figures(sentence: str, counted: Counted) -> Iterator[Stood]:
    """What a sentence stands on."""
    for token in _TOKEN.finditer(sentence):
        if token["verb"] in _OF_A_FIGURE:
            selector = token["rest"].strip().rpartition(" ")[2]
            yield Stood(selector, *counted.of(selector))
        elif token["verb"] in _OF_THE_FIELD and counted.tables:
            yield Stood("who took part", counted.profile.answered, counted.everybody)


def _filled(token: re.Match[str], counted: Counted) -> str:
    verb, rest = token["verb"], (token["rest"] or "").strip()
    if verb in ("say", "Say"):
        return rest
    if verb in ("word", "Word"):
        word, _, selector = rest.rpartition(" ")
        count, base = counted.of(selector)
        if not may_say(word, count, base.count):
            raise WordDoesNotHold(f"“{word}” stands on {count} of {base.says}, which is not that.")
        return word[0].upper() + word[1:] if verb == "Word" else word
    if verb == "base":
        return counted.base(rest).says
    whole = {
        "invited": str(counted.profile.invited),
        "cohort": str(counted.profile.answered),
        "rate": _percent(counted.profile.response_rate, counted.decimals),
    }
    whole |= counted.facts
    if verb in whole:
        return whole[verb]
    if verb not in ("count", "percent", "share"):
        raise BadSentence(f"“{{{verb}}}” is nothing that can be filled in.")
    count, base = counted.of(rest)
    if not base.count:
        raise BadSentence(f"Nobody answered “{rest.partition('=')[0]}”.")
    percent = _percent(Fraction(100 * count, base.count), counted.decimals)
    return {"count": f"{count:,}", "percent": percent, "share": f"{count:,} of {base.says} ({percent})"}[verb]


def _percent(exact: Fraction, decimals: int) -> str:
    return f"{rounded(exact, decimals)}%"
