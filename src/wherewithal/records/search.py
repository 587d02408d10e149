"""Finding people although the name was heard, not read; and whoever may be on record already.

The database narrows (people whose names share three letters in a row with what was asked, most in common
first), then names are compared letter by letter. Limits: a name that shares no three letters with what was
typed is not found; beyond ``WIDTH`` candidates the least alike are not looked at; nicknames are found only
where they are on record as what the person is known as.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Func, IntegerField, QuerySet, Value
from rapidfuzz.distance import JaroWinkler

from wherewithal.core.names import fold, grams, words
from wherewithal.core.nhs import bare
from wherewithal.core.period import written
from wherewithal.records.models import Person

WIDTH = 300
FOUND_FROM = 0.82  # how alike each word must be on average, 1 being the same, to be worth showing
ALIKE_FROM = 0.88  # the same for a likely duplicate
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

_DATE = re.compile(r"\b(\d{1,2})[\s./-]+(\d{1,2}|[a-z]{3,9})[\s./-]+(\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b")
_NHS = re.compile(r"\b\d{3}[\s-]?\d{3}[\s-]?\d{4}\b")
_REF = re.compile(r"\b[a-z]{1,4}\d{3,}\b")


@dataclass(frozen=True)
class Asked:
    """What a search's text holds: any of a reference, an NHS number, a birth date and words of a name."""

    ref: str = ""
    nhs_number: str = ""
    born_on: date | None = None
    name: tuple[str, ...] = ()


@dataclass(frozen=True)
class Alike:
    """Someone who may be the same person, and why, in words."""

    person: Person
    reasons: tuple[str, ...]


class _InCommon(Func):
    """How many elements of an array column are among those given."""

    template = "(SELECT count(*) FROM unnest(%(expressions)s))"
    arg_joiner = ") AS gram WHERE gram = ANY("
    output_field = IntegerField()


def understood(text: str) -> Asked:
    """``pat 12/5/1948`` holds a name and a birth date; ``999 012 3456`` an NHS number, ``EX10234`` a ref."""
    rest = text.lower()
    born_on, rest = _taken_date(rest)
    nhs = _NHS.search(rest)
    rest = _NHS.sub(" ", rest)
    ref = _REF.search(rest)
    rest = _REF.sub(" ", rest)
    return Asked(
        ref=ref[0].upper() if ref else "",
        nhs_number=bare(nhs[0]) if nhs else "",
        born_on=born_on,
        name=tuple(words(rest)),
    )


def search(queryset: QuerySet[Person], text: str, limit: int = 25) -> list[Person]:
    """At most ``limit`` people of ``queryset`` for what somebody typed, best first; none for nothing.

    One query. A reference, an NHS number or a birth date narrows to those that have it; the words of a name
    rank what is left.
    """
    asked = understood(text)
    if asked == Asked():
        return []
    if asked.ref:
        queryset = queryset.filter(ref__startswith=asked.ref)
    if asked.nhs_number:
        queryset = queryset.filter(nhs_number=asked.nhs_number)
    if asked.born_on:
        queryset = queryset.filter(born_on=asked.born_on)
    if not asked.name:
        return list(queryset.order_by("family_name", "given_name", "id")[:limit])
    scored = [(likeness(asked.name, words_of(one)), one) for one in _candidates(queryset, asked.name)]
    found = [(score, one) for score, one in scored if score >= FOUND_FROM]
    found.sort(key=lambda pair: (-pair[0], pair[1].family_name, pair[1].given_name, pair[1].pk))
    return [one for _, one in found[:limit]]


def alike(
    given: str, family: str, born_on: date | None = None, nhs_number: str = "", limit: int = 5
) -> list[Alike]:
    """Everyone on record who may be this person, with reasons in words, most reasons first.

    The same NHS number; or names alike together with a birth date that is the same, one slip away (day and
    month changed over, one figure different) or not known on one side. At most two queries.
    """
    found: dict[int, Alike] = {}
    if nhs_number:
        for one in Person.objects.filter(nhs_number=nhs_number):
            found[one.pk] = Alike(one, ("same NHS number",))
    asked = words(given, family)
    for one in _candidates(Person.objects.all(), asked) if asked else []:
        name, born = _name_reason(given, family, one), _birth_reason(born_on, one.born_on)
        if name and born:
            before = found[one.pk].reasons if one.pk in found else ()
            found[one.pk] = Alike(one, (*before, name, born))
    return sorted(found.values(), key=_pressing)[:limit]


def likeness(asked: Iterable[str], names: Iterable[str]) -> float:
    """How alike on average each asked word is to the nearest of ``names``: 0 to 1.

    A word that a name begins with counts nearly as the whole name, so that half a name finds it.
    """
    known = list(names)
    best = [max((_near(word, name) for name in known), default=0.0) for word in asked]
    return sum(best) / len(best) if best else 0.0


def words_of(person: Person) -> list[str]:
    return words(person.given_name, person.family_name, person.known_as)


def _near(word: str, name: str) -> float:
    if len(word) > 1 and name.startswith(word):
        return 1.0 if word == name else 0.97
    return JaroWinkler.similarity(word, name)


def _candidates(queryset: QuerySet[Person], asked: Iterable[str]) -> QuerySet[Person]:
    wanted = grams(asked)
    column = Person._meta.get_field("name_grams")
    given = Value(wanted, output_field=column)
    near = queryset.filter(name_grams__overlap=wanted).select_related("team", "worker")
    return near.annotate(in_common=_InCommon(F("name_grams"), given)).order_by("-in_common", "id")[:WIDTH]


def _name_reason(given: str, family: str, other: Person) -> str:
    names = [(other.given_name, other.family_name), (other.known_as or other.given_name, other.family_name)]
    if (fold(given), fold(family)) in [(fold(first), fold(last)) for first, last in names]:
        return "same name"
    if (fold(given), fold(family)) == (fold(other.family_name), fold(other.given_name)):
        return "same name, given and family name changed over"
    near = max(
        min(_whole(given, first), _whole(family, last))
        for first, last in [*names, (other.family_name, other.given_name)]
    )
    return "name sounds alike" if near >= ALIKE_FROM else ""


def _whole(one: str, other: str) -> float:
    return JaroWinkler.similarity(fold(one), fold(other))


def _birth_reason(one: date | None, other: date | None) -> str:
    if one is None or other is None:
        return "birth date not known"
    if one == other:
        return "same birth date"
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return f"birth date with day and month changed over ({written(other)})"
    slips = sum(left != right for left, right in zip(one.isoformat(), other.isoformat(), strict=True))
    return f"birth date nearly the same ({written(other)})" if slips == 1 else ""


def _pressing(found: Alike) -> tuple[bool, bool, bool, int]:
    reasons = found.reasons
    return (
        "same NHS number" not in reasons,
        "same birth date" not in reasons,
        "same name" not in reasons,
        found.person.pk,
    )


def _taken_date(text: str) -> tuple[date | None, str]:
    found = _DATE.search(text)
    if not found:
        return None, text
    try:
        if found[4]:
            day = date(int(found[4]), int(found[5]), int(found[6]))
        else:
            month = found[2]
            number = int(month) if month.isdigit() else MONTHS.index(month[:3]) + 1
            day = date(int(found[3]), number, int(found[1]))
    except ValueError:
        return None, text
    return day, text[: found.start()] + " " + text[found.end() :]
