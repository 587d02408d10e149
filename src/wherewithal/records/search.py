"""Finding people although the name was heard, not read; and whoever may be on record already.

The database narrows (people whose names share three letters in a row with what was asked, most in common
first), then names are compared letter by letter. Limits: a name that shares no three letters with what was
typed is not found; beyond ``WIDTH`` candidates the least alike are not looked at; nicknames are found only
where they are on record as what the person is known as.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import F, Func, IntegerField, Q, QuerySet, Value
from rapidfuzz.distance import JaroWinkler

from wherewithal.core.names import fold, grams, words
from wherewithal.core.nhs import bare
from wherewithal.core.period import written
from wherewithal.records.models import Person

WIDTH = 300
FOUND_FROM = 0.82  # how alike each word must be on average, 1 being the same, to be worth showing
ALIKE_FROM = 0.88  # the same for a likely duplicate
FIGURES = "0123456789"
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


class Name(NamedTuple):
    """What comparing needs of a person."""

    pk: int
    given_name: str
    family_name: str
    known_as: str
    born_on: date | None


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

    Two queries. A reference, an NHS number or a birth date narrows to those that have it; the words
    of a name rank what is left.
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
    ids = _ranked(queryset, asked.name)[:limit]
    known = queryset.select_related("team", "worker").in_bulk(ids)
    return [known[pk] for pk in ids]


def alike(
    given: str, family: str, born_on: date | None = None, nhs_number: str = "", limit: int = 5
) -> list[Alike]:
    """Everyone on record who may be this person, with reasons in words, most reasons first.

    The same NHS number; or names alike together with a birth date that is the same, one slip away (day and
    month changed over, one figure different) or not known on one side. Two queries.
    """
    same = Q(nhs_number=nhs_number) if nhs_number else Q(pk=None)
    reasons = dict.fromkeys(Person.objects.filter(same).values_list("pk", flat=True), ("same NHS number",))
    near = Person.objects.all()
    if born_on:
        near = near.filter(Q(born_on=None) | Q(born_on__in=_slips(born_on)))
    for one in _candidates(near, [words(given), words(family)]):
        name, born = _name_reason(given, family, one), _birth_reason(born_on, one.born_on)
        if name and born:
            reasons[one.pk] = (*reasons.get(one.pk, ()), name, born)
    people = Person.objects.select_related("team", "worker").in_bulk(reasons)
    return sorted((Alike(people[pk], why) for pk, why in reasons.items()), key=_pressing)[:limit]


def likeness(asked: Iterable[str], names: Iterable[str]) -> float:
    """How alike on average each asked word is to the nearest of ``names``: 0 to 1.

    A word that a name begins with counts nearly as the whole name, so that half a name finds it. Of three
    words or more, one may be missing: a second name that is not on record.
    """
    known = list(names)
    best = sorted((max((near(word, name) for name in known), default=0.0) for word in asked), reverse=True)
    counted = best[:-1] if len(best) > 2 else best
    return sum(counted) / len(counted) if counted else 0.0


def near(word: str, name: str) -> float:
    """How alike a word that was asked is to one on record: 0 to 1; half a word counts nearly as the whole."""
    if len(word) > 1 and name.startswith(word):
        return 1.0 if word == name else 0.97
    return JaroWinkler.similarity(word, name)


def _ranked(queryset: QuerySet[Person], asked: Sequence[str]) -> list[int]:
    """Ids of those whose names are like enough, the most alike first."""
    together = [[word] for word in asked] if len(asked) < 3 else [asked]
    scored = [
        (-likeness(asked, words(one.given_name, one.family_name, one.known_as)), one)
        for one in _candidates(queryset, together)
    ]
    found = [
        (score, one.family_name, one.given_name, one.pk) for score, one in scored if -score >= FOUND_FROM
    ]
    return [pk for _, _, _, pk in sorted(found)]


def _candidates(queryset: QuerySet[Person], asked: Iterable[Sequence[str]]) -> list[Name]:
    """The nearest names by the threes in common, of those that share some with each group of words."""
    groups = [grams(group) for group in asked]
    for wanted in groups:
        queryset = queryset.filter(name_grams__overlap=wanted)
    column = Person._meta.get_field("name_grams")
    everything = Value(sorted({one for group in groups for one in group}), output_field=column)
    nearest = queryset.annotate(in_common=_InCommon(F("name_grams"), everything))
    rows = nearest.order_by("-in_common", "id").values_list(*Name._fields)[:WIDTH]
    return [Name(*row) for row in rows]


def _name_reason(given: str, family: str, other: Name) -> str:
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
    if other == _changed_over(one):
        return f"birth date with day and month changed over ({written(other)})"
    return f"birth date nearly the same ({written(other)})" if other in _slips(one) else ""


def _slips(day: date) -> set[date]:
    """The day itself, with day and month changed over, and every day that is one figure away."""
    text = day.isoformat()
    spelt = [
        f"{text[:at]}{figure}{text[at + 1 :]}" for at in range(10) if at not in (4, 7) for figure in FIGURES
    ]
    found = {_real(one) for one in spelt} | {_changed_over(day)}
    return {one for one in found if one is not None}


def _changed_over(day: date) -> date | None:
    return _real(f"{day.year:04d}-{day.day:02d}-{day.month:02d}")


def _real(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


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
