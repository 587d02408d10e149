"""Words of a reply that a report may print: what is told of whose they are, consent, who signs them off."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wherewithal.core.refusal import Refusal
from wherewithal.core.screening import NAMES_SOMEBODY, Finding, Kept, still_kept, still_open
from wherewithal.core.survey import MODE_WORDS, Mode


class CannotQuote(Refusal):
    """A change that a quotation does not take; ``field`` names what it is about."""


class NotYetSignedOff(Refusal):
    """Something stands in the way of printing it."""


class NotASecondPerson(Refusal):
    """Whoever wrote a quotation does not sign it off."""


class Telling(StrEnum):
    """What a report says of whose words they are; never a name."""

    NOTHING = "nothing"
    TYPE = "type"
    REGION = "region"  # with the type


class Consent(StrEnum):
    NOT_ASKED = "not_asked"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"


TELLINGS = {
    Telling.NOTHING: "Nothing",
    Telling.TYPE: "Its type",
    Telling.REGION: "Its type and region",
}
CONSENTS = {
    Consent.NOT_ASKED: "Not asked",
    Consent.ASKED: "Asked, no answer yet",
    Consent.GIVEN: "Given",
    Consent.REFUSED: "Refused",
}
# Of whom a wave asks: what one of them is called where nothing more is told.
ONE_OF = {"council": "A council", "staff": "A member of staff", "people": "A person who draws on support"}
SEVERAL_OF = {"council": "councils", "staff": "members of staff", "people": "people who draw on support"}
_NUMBERS = ("Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
_TYPES = {"County": "county council"}
_NO_ARTICLE = ("London", "Yorkshire and the Humber")


@dataclass(frozen=True)
class Quoted:
    """A quotation as the rules see it. ``findings`` are those of all that is printed of it; ``may_tell`` what
    may be told of whose they are; ``hands``: who picked it and who changed it last. One of several
    ``passages`` is a vignette, which has a ``title``.
    """

    mode: str
    consent: Consent
    telling: Telling
    may_tell: tuple[Telling, ...]
    findings: tuple[Finding, ...]
    kept: tuple[Kept, ...]
    hands: frozenset[int]
    passages: int = 1
    title: str = ""

    @property
    def open(self) -> tuple[Finding, ...]:
        """Findings that nobody has answered: neither changed away nor kept."""
        return still_open(self.findings, self.kept)


def tellings(
    answered: Mapping[tuple[str, str], int], whose: Iterable[tuple[str, str]], fewest: int
) -> tuple[Telling, ...]:
    """What may be told, by how many answered of each (region, type); ``whose``: of those that are quoted.

    A type is told where at least ``fewest`` of it answered, with its region where as many of both did, and
    where everybody who is quoted has the same; not where the type names it (London boroughs). Nothing may be
    told always.
    """
    of = set(whose)
    may = [Telling.NOTHING]
    types, regions = {type for _, type in of}, {region for region, _ in of}
    of_type = sum(many for (_, type), many in answered.items() if type in types)
    if len(types) == 1 and "" not in types and of_type >= fewest:
        may.append(Telling.TYPE)
        region, type = next(iter(of))
        more = len(regions) == 1 and region not in ("", *type.split())
        if more and answered.get((region, type), 0) >= fewest:
            may.append(Telling.REGION)
    return tuple(may)


def told(telling: str, unit: str, region: str = "", type: str = "", many: int = 1) -> str:
    """The line under a quotation: "A county council in the South East"; of ``many``, "Two councils"."""
    if telling == Telling.NOTHING or not type:
        return ONE_OF[unit] if many == 1 else f"{_how_many(many)} {SEVERAL_OF[unit]}"
    name = _TYPES.get(type, type if type.startswith("London") else type[:1].lower() + type[1:])
    article = "An" if name[0] in "aeio" else "A"  # a unitary authority
    one = f"{article} {name}" if many == 1 else f"{_how_many(many)} {_plural(name)}"
    if telling == Telling.TYPE:
        return one
    return f"{one} in {region if region in _NO_ARTICLE else f'the {region}'}"


def _how_many(many: int) -> str:
    return _NUMBERS[many - 2] if many - 2 < len(_NUMBERS) else str(many)


def _plural(name: str) -> str:
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


def check_consent(mode: str, *, keys_gone: bool, was: str, becomes: str) -> None:
    """May it be noted that consent is so now? Raises CannotQuote where nobody can tell whom to ask."""
    if becomes == Consent.NOT_ASKED:
        return
    if mode == Mode.ANONYMOUS:
        raise CannotQuote(
            "Nobody can tell whose words these are, so nobody can be asked. They are printed only where they "
            "pass every screen.",
            field="consent",
        )
    if keys_gone and was == Consent.NOT_ASKED:
        raise CannotQuote(
            "What tied replies to names was destroyed, so nobody can be asked any more.", field="consent"
        )


def check_kept(quoted: Quoted, kind: str, words: str, why: str) -> None:
    """May these words stay as they are? Raises CannotQuote."""
    if (kind, words) not in {(one.kind, one.words) for one in quoted.findings}:
        raise CannotQuote("This does not stand in the words to be printed any more.")
    if not why.strip():
        raise CannotQuote("Say why the words may stay.", field="why")
    if says := _cannot_stay(quoted, kind, words):
        raise CannotQuote(says)


def _cannot_stay(quoted: Quoted, kind: str, words: str) -> str:
    if quoted.mode == Mode.ANONYMOUS:
        return f"“{words}” must go: what is anonymous is printed only where it passes every screen."
    if quoted.mode == Mode.CODED and quoted.consent != Consent.GIVEN and kind in NAMES_SOMEBODY:
        promise = MODE_WORDS[Mode.CODED][0].lower()
        return f"“{words}” must go, or whoever is quoted agrees: what is {promise} names nobody."
    return ""


def in_the_way(quoted: Quoted) -> tuple[str, ...]:
    """What must be done before it can be signed off, each in words; nothing where it can."""
    return tuple(_in_the_way(quoted))


def _in_the_way(quoted: Quoted) -> Iterator[str]:
    if quoted.consent == Consent.REFUSED:
        yield "Whoever is quoted refused. It cannot be printed: withdraw it."
    if quoted.consent == Consent.ASKED:
        yield "Whoever is quoted was asked, and has not answered yet."
    if quoted.passages > 1 and not quoted.title:
        yield "A vignette has a heading in the report: give it a title."
    if quoted.telling not in quoted.may_tell:
        yield "Too few like whoever is quoted answered to say where it is from. Say less."
    for one in quoted.open:
        yield f"“{one.words}” may tell whose words these are ({one.kind}). Change it, or keep it and say why."
    for stays in still_kept(quoted.findings, quoted.kept):
        if says := _cannot_stay(quoted, stays.kind, stays.words):
            yield says


def check_sign_off(quoted: Quoted, by: int) -> None:
    """Raises NotASecondPerson for whoever picked or last changed it, NotYetSignedOff with what is to do."""
    if by in quoted.hands:
        raise NotASecondPerson(
            "You picked these words, or changed them last.", who_could="another surveyor, who did neither"
        )
    if ways := in_the_way(quoted):
        raise NotYetSignedOff(" ".join(ways))
