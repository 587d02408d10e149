"""The question bank: every question that was ever asked, and a questionnaire of those that are chosen."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from wherewithal.core.comparable import meaning, needs
from wherewithal.core.questions import Question, Questionnaire, Section, mistakes
from wherewithal.core.refusal import Refusal

TITLE = "Questions from the bank"


class NothingChosen(Refusal):
    """A questionnaire without questions."""


class OthersNeeded(Refusal):
    """A question whose routing looks at one that was not chosen."""


class TwoWordings(Refusal):
    """Two questions of one name, of which a questionnaire has one."""


class NotInThisOrder(Refusal):
    """Questions that cannot stand in one questionnaire as they are."""


@dataclass(frozen=True)
class Asked:
    """A questionnaire and where it was asked: the title of a wave; '' for one that nobody was asked yet."""

    where: str
    questionnaire: Questionnaire


@dataclass(frozen=True)
class Entry:
    """One question as it was asked, ``where`` all it was asked in the same way. ``key`` is its own."""

    key: str
    question: Question
    section: Section
    of: Questionnaire
    where: tuple[str, ...]

    @property
    def known_from(self) -> str:
        """Where it was asked first, or what it is defined in."""
        return self.where[0] if self.where else self.of.title


@dataclass(frozen=True)
class Shelf:
    """A section of the bank, with the questions that stand in no section before it."""

    title: str
    of: str
    entries: tuple[Entry, ...]


def key_of(of: Questionnaire, id: str) -> str:
    """The key of a question in the bank: the same wherever it is comparable."""
    return f"{id}-{meaning(of, id)[:12]}"


def shelves(asked: Iterable[Asked]) -> tuple[Shelf, ...]:
    """All that was asked, each comparable question once, where it was asked first; empty shelves left out."""
    found: dict[str, Entry] = {}
    placed: list[tuple[str, str, list[str]]] = []
    for one in asked:
        for section in one.questionnaire.sections:
            keys = []
            for question in section.questions:
                key = key_of(one.questionnaire, question.id)
                if key not in found:
                    found[key] = Entry(key, question, section, one.questionnaire, ())
                    keys.append(key)
                entry = found[key]
                found[key] = replace(
                    entry, where=tuple(dict.fromkeys((*entry.where, *filter(None, [one.where]))))
                )
            placed.append((section.title, one.questionnaire.title, keys))
    return tuple(Shelf(title, of, tuple(found[key] for key in keys)) for title, of, keys in placed if keys)


def shelves_without(bank: Iterable[Shelf], out: Callable[[Question], bool]) -> tuple[Shelf, ...]:
    """Without the questions that are ``out`` and whatever hangs on them; empty shelves left out."""
    gone: set[str] = set()
    found = []
    for shelf in bank:
        for one in shelf.entries:
            after = (key_of(one.of, id) for id in needs(one.question, one.section))
            if out(one.question) or any(key in gone for key in after):
                gone.add(one.key)
        found.append(replace(shelf, entries=tuple(one for one in shelf.entries if one.key not in gone)))
    return tuple(shelf for shelf in found if shelf.entries)


def needed(bank: Sequence[Shelf], chosen: Collection[str]) -> tuple[tuple[Entry, Entry], ...]:
    """What was not chosen and is looked at: pairs of a question and the one that it cannot do without,
    whole chains of them.
    """
    entries = _by_key(bank)
    having = {key for key in chosen if key in entries}
    found: list[tuple[Entry, Entry]] = []
    waiting = [entries[key] for key in entries if key in having]
    while waiting:
        entry = waiting.pop(0)
        for id in needs(entry.question, entry.section):
            other = entries[key_of(entry.of, id)]
            if other.key not in having:
                having.add(other.key)
                found.append((entry, other))
                waiting.append(other)
    return tuple(found)


def choose(bank: Sequence[Shelf], chosen: Collection[str], *, id: str, on: date) -> Questionnaire:
    """A questionnaire of the chosen questions, in the order of the bank, with the sections they stood in.

    It keeps the name of the one that they are from (where all are from versions of one), so that the codes of
    its words go on; else it is called ``id``. Translations are left out. Raises NothingChosen, OthersNeeded,
    TwoWordings, NotInThisOrder.
    """
    entries = [entry for entry in _by_key(bank).values() if entry.key in set(chosen)]
    if not entries:
        raise NothingChosen("Choose at least one question.")
    _check(bank, chosen, entries)
    sources = list({entry.of.id: entry.of for entry in entries}.values())
    alone = sources[0] if len(sources) == 1 else None
    made = Questionnaire(
        id=alone.id if alone else id,
        version=f"chosen {on.isoformat()}",
        title=alone.title if alone else TITLE,
        about="survey",
        first=on,
        last=None,
        source="; ".join(dict.fromkeys(entry.of.source for entry in entries)),
        sections=_sections(entries),
        hint=alone.hint if alone else "",
    )
    if wrong := mistakes(made):
        raise NotInThisOrder(f"These cannot be asked together as they are: {'; '.join(wrong)}.")
    return made


def _check(bank: Sequence[Shelf], chosen: Collection[str], entries: Sequence[Entry]) -> None:
    names: dict[str, Entry] = {}
    for entry in entries:
        first = names.setdefault(entry.question.id, entry)
        if first is not entry:
            raise TwoWordings(
                f"“{entry.question.label}” is chosen twice: as in “{first.known_from}”, and as in "
                f"“{entry.known_from}”. Choose one of the two."
            )
    if missing := needed(bank, chosen):
        told = "; ".join(
            f"“{one.question.label}” is asked by what is answered to “{other.question.label}”"
            + (f" as in “{other.known_from}”" if other.question.id in names else "")
            for one, other in missing
        )
        raise OthersNeeded(f"Routing looks at what is not chosen: {told}.")


def _sections(entries: Iterable[Entry]) -> tuple[Section, ...]:
    """Sections of one title and one routing become one; each has an id of its own."""
    found: dict[tuple[str, str], Section] = {}
    for entry in entries:
        place = (entry.section.title, repr(entry.section.relevant))
        section = found.get(place)
        if section is None:
            taken = {one.id for one in found.values()}
            own = entry.section.id
            number = next(n for n in range(1, len(taken) + 2) if _named(own, n) not in taken)
            section = replace(entry.section, id=_named(own, number), questions=())
        found[place] = replace(section, questions=(*section.questions, entry.question))
    return tuple(found.values())


def _named(id: str, number: int) -> str:
    return id if number == 1 else f"{id}_{number}"


def _by_key(bank: Iterable[Shelf]) -> dict[str, Entry]:
    return {entry.key: entry for shelf in bank for entry in shelf.entries}
