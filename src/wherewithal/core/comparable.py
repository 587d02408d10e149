"""Which questions of two questionnaires are one: text, kind, choices, bands and routing alike."""

from collections.abc import Iterator

from wherewithal.core.policy import fingerprint
from wherewithal.core.questions import Condition, Question, Questionnaire, Section, looks_at, works_from


def meaning(of: Questionnaire, id: str) -> str:
    """A hash that changes when what is asked, how it is answered, or of whom it is asked does.

    Of whom: by the routing of the question and its section, and by what the questions mean that it looks at.
    Hints, limits and which tables a question stands in are no part of it. Raises NoSuchQuestion.
    """
    question, section = of.question(id), section_of(of, id)
    return fingerprint(
        {
            "text": question.text,
            "kind": question.kind,
            "choices": _choices(question),
            "bands": list(question.bands),
            "routing": _routing(question, section),
            "after": [meaning(of, one) for one in _asked_after(question, section)],
        }
    )


def why_not(first: Questionnaire, second: Questionnaire, id: str) -> str:
    """Why a question of both is not comparable, as a sentence; '' where it is. Raises NoSuchQuestion."""
    if meaning(first, id) == meaning(second, id):
        return ""
    one, other = first.question(id), second.question(id)
    places = section_of(first, id), section_of(second, id)
    if one.text != other.text:
        return "Its words changed."
    if one.kind != other.kind:
        return "It is answered in another way."
    if _choices(one) != _choices(other):
        return "The answers to choose from changed."
    if one.bands != other.bands:
        return "It is told in other bands."
    if _routing(one, places[0]) != _routing(other, places[1]):
        return "It is asked of others: what leads to it changed."
    before = next(
        before for before in _asked_after(one, places[0]) if meaning(first, before) != meaning(second, before)
    )
    return f"It is asked of others: “{first.question(before).label}”, which leads to it, changed."


def section_of(of: Questionnaire, id: str) -> Section:
    """The section that a question stands in. Raises StopIteration where it stands in none."""
    return next(section for section in of.sections if any(one.id == id for one in section.questions))


def needs(question: Question, section: Section) -> tuple[str, ...]:
    """The ids of every other question without which it cannot be asked, answered or checked as it is."""
    found = dict.fromkeys((*_asked_after(question, section), *looks_at(question.must)))
    return tuple(id for id in found if id != question.id)


def _asked_after(question: Question, section: Section) -> tuple[str, ...]:
    """What its routing, its choices and its value look at; what its check does is no part of the routing."""
    return tuple(dict.fromkeys(_looked_at(question, section)))


def _looked_at(question: Question, section: Section) -> Iterator[str]:
    conditions: list[Condition | None] = [section.relevant, question.relevant]
    for condition in (*conditions, *(choice.relevant for choice in question.choices)):
        yield from looks_at(condition)
    if question.value is not None:
        yield from works_from(question.value)


def _choices(question: Question) -> list[str]:
    told = ((one.value, one.text, one.alone, one.relevant) for one in question.choices)
    return [repr(one) for one in told]


def _routing(question: Question, section: Section) -> str:
    return repr((section.relevant, question.relevant, question.value))
