"""The compendium: what councils hand in for each other, what of it may be published, who took it up.

What is handed in is no part of any answer to a survey. As it will be published it is screened like a
quotation (``core/screening``), and signed off by a second person.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from wherewithal.core.quotation import NotASecondPerson, NotYetSignedOff
from wherewithal.core.refusal import Refusal
from wherewithal.core.screening import NAMES_SOMEBODY, Finding, Kept, Kind, still_kept, still_open


class CannotPublish(Refusal):
    """A change that the words to be published do not take; ``field`` names what it is about."""


class CannotHandIn(Refusal):
    """What a council hands in and that lacks something, or cannot be changed any more; ``field`` names it."""


class Evidence(StrEnum):
    NONE = "none"
    OWN = "own"
    EVALUATED = "evaluated"


class Result(StrEnum):
    TRYING = "trying"
    TOO_EARLY = "too_early"
    WORKED = "worked"
    IN_PART = "in_part"
    NOT = "not"


class File(StrEnum):
    """What came with an example, and whether a surveyor has opened it and said that it may be published."""

    NONE = "none"
    NOT_LOOKED_AT = "not looked at"
    LOOKED_AT = "looked at"


EVIDENCES = {
    Evidence.NONE: ("No evidence yet", "It is too early, or nobody has counted"),
    Evidence.OWN: ("Own figures", "The council counted or asked"),
    Evidence.EVALUATED: ("Evaluated", "Somebody outside the project looked at it, with a report"),
}
RESULTS = {
    Result.TRYING: "Trying it",
    Result.TOO_EARLY: "Too early to say",
    Result.WORKED: "It worked",
    Result.IN_PART: "It worked in part",
    Result.NOT: "It did not work",
}
_OF_THEM = {
    Result.WORKED: "it worked for {}",
    Result.IN_PART: "in part for {}",
    Result.NOT: "did not work for {}",
    Result.TOO_EARLY: "too early to say for {}",
    Result.TRYING: "{} still trying",
}
UNNAMED = "A council that is not named"
# What is asked about where the council may be named: of others it promised nothing, but people are not named
# in public unless somebody thought about it.
_ASKED_OF_NAMED = frozenset({Kind.NAME, Kind.ADDRESS})


@dataclass(frozen=True)
class HandedIn:
    """An example as a council writes it: about what (themes of the policy's list, tags of its own), what was
    done, for whom, what came of it and how that is known; whether it may be named; who can be asked, and
    whether other councils may.
    """

    title: str
    themes: tuple[str, ...]
    done: str
    for_whom: str
    came_of: str = ""
    evidence: Evidence = Evidence.NONE
    known: str = ""
    tags: tuple[str, ...] = ()
    named: bool = False
    contact: str = ""
    contact_email: str = ""
    may_be_asked: bool = False


@dataclass(frozen=True)
class Judged:
    """Words to be published as the rules see them. ``findings`` are those of all of them; ``hands``: who
    wrote them first and who changed them last; ``behind``: the council changed its own words since.
    """

    named: bool
    findings: tuple[Finding, ...]
    kept: tuple[Kept, ...]
    hands: frozenset[int]
    file: File = File.NONE
    behind: bool = False
    withdrawal_asked: bool = False

    @property
    def asked(self) -> tuple[Finding, ...]:
        """Of what the screens found, what must be answered."""
        return asked_about(self.named, self.findings)

    @property
    def open(self) -> tuple[Finding, ...]:
        return still_open(self.asked, self.kept)


def asked_about(named: bool, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Of what the screens found, what must be changed away or kept for a reason."""
    return tuple(one for one in findings if not named or one.kind in _ASKED_OF_NAMED)


def tags_of(text: str) -> tuple[str, ...]:
    """Tags that were typed with commas between them: in small letters, each once."""
    found = (" ".join(one.split()).casefold() for one in text.split(","))
    return tuple(dict.fromkeys(filter(None, found)))


def check_handed_in(given: HandedIn, themes: Collection[str], most_tags: int) -> None:
    """Raises CannotHandIn for a theme that the policy does not know, too many tags, a finding without what it
    stands on, or a contact who may be asked but is not told.
    """
    if not given.themes or not set(given.themes) <= set(themes):
        raise CannotHandIn("Choose what it is about, one theme at least.", field="themes")
    if len(given.tags) > most_tags:
        raise CannotHandIn(f"Give {most_tags} tags or fewer; these are {len(given.tags)}.", field="tags")
    if given.evidence != Evidence.NONE and not given.came_of.strip():
        raise CannotHandIn("Say what came of it, since there are figures or an evaluation.", field="came_of")
    if given.evidence != Evidence.NONE and not given.known.strip():
        raise CannotHandIn("Say how it is known: who counted or looked, of how many, when.", field="known")
    if given.may_be_asked and not given.contact.strip():
        raise CannotHandIn("Say whom other councils may ask.", field="contact")
    if given.may_be_asked and not given.contact_email.strip():
        raise CannotHandIn("Give an e-mail address at which they may be asked.", field="contact_email")


def whose(named: bool, name: str) -> str:
    """Of whom an example, or what came of one, is said to be."""
    return name if named else UNNAMED


def contact_is_shown(*, named: bool, may_be_asked: bool) -> bool:
    """A contact would tell which council it is: so only where it may be named, and they may be asked."""
    return named and may_be_asked


def check_kept(judged: Judged, kind: str, words: str, why: str) -> None:
    """May these words stay as they are? Raises CannotPublish."""
    if (kind, words) not in {(one.kind, one.words) for one in judged.asked}:
        raise CannotPublish("This does not stand in the words to be published any more.")
    if not why.strip():
        raise CannotPublish("Say why the words may stay.", field="why")
    if says := _cannot_stay(judged, kind, words):
        raise CannotPublish(says)


def _cannot_stay(judged: Judged, kind: str, words: str) -> str:
    if judged.named or kind not in NAMES_SOMEBODY:
        return ""
    return f"“{words}” must go: the council asked not to be named, and this may name it."


def in_the_way(judged: Judged) -> tuple[str, ...]:
    """What must be done before it can be signed off and published, each in words; nothing where it can."""
    return tuple(_in_the_way(judged))


def _in_the_way(judged: Judged) -> Iterator[str]:
    if judged.withdrawal_asked:
        yield "The council asks to have it withdrawn."
    if judged.behind:
        yield "The council changed what it wrote since. Read it, and save the words to be published again."
    for one in {(one.kind, one.words): one for one in judged.open}.values():
        may_tell = "may name somebody" if judged.named else "may tell which council it is"
        yield f"“{one.words}” {may_tell} ({one.kind}). Change it, or keep it and say why."
    for stays in still_kept(judged.asked, judged.kept):
        if says := _cannot_stay(judged, stays.kind, stays.words):
            yield says
    if judged.file == File.NOT_LOOKED_AT:
        yield "Nobody has opened the file yet and said that it may be published."


def check_sign_off(judged: Judged, by: int) -> None:
    """Raises NotASecondPerson for whoever wrote or last changed it, NotYetSignedOff with what is to do."""
    if by in judged.hands:
        raise NotASecondPerson(
            "You wrote these words, or changed them last.", who_could="another surveyor, who did neither"
        )
    if ways := in_the_way(judged):
        raise NotYetSignedOff(" ".join(ways))


def taken_up(results: Iterable[str]) -> str:
    """How many took an example up, and with what results: "Taken up by 3: it worked for 1, not for 1, 1 still
    trying". '' for nobody. Counts of councils are exact; who they are is told only where each agrees.
    """
    many = Counter(map(Result, results))
    if not many:
        return ""
    parts = [says.format(many[result]) for result, says in _OF_THEM.items() if many[result]]
    return f"Taken up by {many.total()} {'council' if many.total() == 1 else 'councils'}: {', '.join(parts)}"
