"""What a report's percentages can be of: the counts that it calls invited, responding or answering."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from wherewithal.analytics.claims.passages import Section, Sentence

Kind = Literal["given", "invited", "cohort", "answered", "subgroup"]

#: Who a survey of councils, people or staff counts.
UNIT = (
    r"(?:councils?|authorit(?:y|ies)|respondents?|responses?|repl(?:y|ies)|participants?|organisations?|"
    r"professionals?|practitioners?|people|persons?|adults?|users?|carers?|employees?|workers?|members?)"
)
_FEW_WORDS = r"(?:[\w-]+\s+){0,3}?"
_ANSWERED = re.compile(
    rf"\s+(?:{_FEW_WORDS}{UNIT}\s+)?(?:who|which|that)\s+(?:responded|answered|replied)\b", re.I
)
_INVITED = re.compile(
    rf"\s+{_FEW_WORDS}{UNIT}\s+(?:were\s+)?(?:invited|approached|contacted|asked to take part)", re.I
)
_COHORT = re.compile(
    rf"\s+{_FEW_WORDS}{UNIT}\s+(?:(?:had been|were|have been)\s+received|responding|responded|replied|"
    r"took part|chose to take part|participated|participating|completed)",
    re.I,
)
# "152 councils were invited and 58 responded": of whom it was said who was invited.
_SAID_INVITED = re.compile(rf"{UNIT}\s+(?:were\s+)?(?:invited|approached|contacted)\b", re.I)
_THOSE = re.compile(
    r"\s+(?:had\s+)?(?:responded|replied|answered|took part|participated)\b(?!\s+(?:that|with|by|to))", re.I
)
_OF_THE = re.compile(r"\bof (?:the|all|these|those) $", re.I)
_RESPONDING = re.compile(rf"\s+{_FEW_WORDS}(?:respondents|responses|replies|participants)\b(?!\s*\()", re.I)
_SECURED = re.compile(r"\b(?:secured|received|got|gathered|collected|attracted) $", re.I)
_DID_NOT = re.compile(r"\b(?:did not|didn[’']t|failed to|declined to)\s+(?:\w+\s+or\s+)?"
                      r"(?:respond|answer|reply|offer|provide|give)\b", re.I)  # fmt: skip


@dataclass(frozen=True)
class Base:
    """A count that a share may be of, what the report calls it, and where; ``section`` is where it holds."""

    value: int
    label: str
    kind: Kind
    place: str = ""
    section: str = ""

    def __str__(self) -> str:
        return f"{self.value} ({self.label})" if self.label else str(self.value)


@dataclass(frozen=True)
class Bases:
    """All bases of a report; "of respondents" means ``cohort``, ``invited`` is the whole field."""

    all: tuple[Base, ...]
    cohort: Base | None
    invited: Base | None

    def near(self, section: Section) -> list[Base]:
        """Those that a share in the section may be of: the report's and the section's, each value once."""
        seen: dict[int, Base] = {}
        for base in self.all:
            if base.kind in ("given", "invited", "cohort") or base.section == section.chapter:
                seen.setdefault(base.value, base)
        return list(seen.values())


def find(sections: Sequence[Section], given: Iterable[Base] = (), *, at_least: int = 0) -> Bases:
    """Every base that the text states, after those ``given``.

    The cohort is the first given, else the one named oftenest. Nothing below ``at_least`` (the largest count
    with a percentage) can be what the report is of: "two councils participating" is a part.
    """
    given = list(given)
    stated = [
        base for section in sections for sentence in section.sentences for base in _in(section, sentence)
    ]
    stated = [base for base in stated if base.kind == "answered" or base.value >= at_least]
    times = Counter(base.value for base in stated if base.kind == "cohort")
    cohorts = [base for base in stated if base.kind == "cohort"]
    cohort = given[0] if given else max(cohorts, key=lambda base: times[base.value], default=None)
    invited = max(
        (base for base in stated if base.kind == "invited"), key=lambda base: base.value, default=None
    )
    return Bases((*given, *stated), cohort, invited)


def did_not_answer(sentence: Sentence) -> list[int]:
    """The counts in the sentence of those who did not answer: "seven councils did not respond"."""
    found = []
    for match in _DID_NOT.finditer(sentence.text):
        before = [one for one in sentence.numbers if one.kind == "count" and one.to <= match.start()]
        found += [int(one.value) for one in before[-1:]]
    return found


def _in(section: Section, sentence: Sentence) -> Iterable[Base]:
    for number in sentence.numbers:
        if number.kind != "count":
            continue
        before, after = sentence.text[: number.at], sentence.text[number.to :]
        kind = _kind(before, after)
        if kind:
            yield Base(int(number.value), _label(kind, after), kind, sentence.place, section.chapter)


def _kind(before: str, after: str) -> Kind | None:
    if _ANSWERED.match(after):
        return "answered"
    if _INVITED.match(after):
        return "invited"
    if (
        _COHORT.match(after)
        or (_THOSE.match(after) and _SAID_INVITED.search(before))
        or (_RESPONDING.match(after) and (_OF_THE.search(before) or _SECURED.search(before)))
    ):
        return "cohort"
    return None


def _label(kind: Kind, after: str) -> str:
    unit = re.search(UNIT, after, re.I)
    noun = unit[0].lower() if unit else "respondents"
    return {"invited": f"{noun} invited", "answered": "who answered"}.get(kind, noun)
