"""A form's words in its languages: one is the questionnaire's own, the others become translations."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wherewithal.core.questions import Wording
from wherewithal.formats.xlsform.headings import SPOKEN
from wherewithal.formats.xlsform.workbook import Line, Sheet

_LABELLED = ("label", "hint")
WITHIN = re.compile(r"\$\{\s*([^{}\s]+)\s*\}")
"""An answer that is to be put into the words."""


@dataclass
class Words:
    """Collects what was said in other languages than the form's ``own``, by place; ``others`` has a place for
    each, in the order in which the form names them.
    """

    own: str
    others: dict[str, dict[str, str]]

    def at(self, place: str, words: Mapping[str, str], otherwise: str = "") -> str:
        """The words in the form's own language, which is also the one that is not named; where there are
        none, those of its first other language, or ``otherwise``. Where an answer is to be put into the
        words, its name stands in brackets.
        """
        words = {language: WITHIN.sub(r"[\1]", said) for language, said in words.items()}
        mine = words.get(self.own) or words.get("", "")
        text = mine or next(iter(words.values()), otherwise)
        for language, other in words.items():
            if language not in ("", self.own) and text:
                self.others[language][place] = other
        return text

    def numbered(self, line: Line, column: str) -> dict[str, str]:
        """What stands in a column of our choices by language: ``column``, then ``column_1`` and so on."""
        found = {self.own: line.get(column)} | {
            language: line.get(f"{column}_{nth}") for nth, language in enumerate(self.others, 1)
        }
        return {language: said for language, said in found.items() if said}

    def translations(self, places: Iterable[str]) -> tuple[Wording, ...]:
        """By language, in the order of the places; what is said at other places is left out."""
        order = list(places)
        found = (
            Wording(language, tuple((place, said[place]) for place in order if place in said))
            for language, said in self.others.items()
        )
        return tuple(wording for wording in found if wording.texts)


def words_of(sheets: Iterable[Sheet], default: str) -> Words:
    """The form's own language is the one in its settings, else the one that is not named, else the first."""
    heads = [head for sheet in sheets for head in sheet.headings if head.column in SPOKEN]
    labelled = [head.language for head in heads if head.column in _LABELLED]
    own = "" if "" in labelled or not labelled else labelled[0]
    if default:
        own = next((language for language in labelled if language.lower() == default.lower()), default)
    return Words(own, {head.language: {} for head in heads if head.language not in ("", own)})
