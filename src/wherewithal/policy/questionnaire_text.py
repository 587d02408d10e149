"""A questionnaire as the text of its file: what ``policy.questionnaire.parse`` reads back the same."""

from collections.abc import Iterator
from typing import Any

from wherewithal.core.questions import Check, Choice, Question, Questionnaire, Section
from wherewithal.policy.conditions import condition_body, limit_body, value_body
from wherewithal.policy.toml import given, pairs, quoted, toml

_YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))


def text(questionnaire: Questionnaire) -> str:
    """TOML, a table a section and a question."""
    return "\n".join(_lines(questionnaire)) + "\n"


def _lines(of: Questionnaire) -> Iterator[str]:
    head = {key: getattr(of, key) for key in ("id", "version", "title", "about", "first", "last", "source")}
    yield from pairs(head | {"hint": of.hint, "language": of.language})
    for section in of.sections:
        yield from ("", "[[sections]]", *pairs(_section(section)))
        for question in section.questions:
            yield from ("", "[[sections.questions]]", *pairs(_question(question)))
            if question.choices and not (question.kind == "yes_no" and question.choices == _YES_NO):
                yield "choices = ["
                yield from (f"  {toml(_choice(choice))}," for choice in question.choices)
                yield "]"
    for wording in of.translations:
        yield from ("", f"[translations.{quoted(wording.language)}]")
        yield from (f"{quoted(place)} = {quoted(words)}" for place, words in wording.texts)


def _section(of: Section) -> dict[str, Any]:
    relevant = condition_body(of.relevant) if of.relevant else None
    words = {"id": of.id, "title": of.title, "hint": of.hint, "relevant": relevant}
    return words | {"worker": of.worker, "worker_hint": of.worker_hint}


def _question(of: Question) -> dict[str, Any]:
    return {
        "id": of.id,
        "text": of.text,
        "kind": of.kind,
        "short": of.short,
        "hint": of.hint,
        "required": of.required or None,
        "relevant": condition_body(of.relevant) if of.relevant else None,
        "check": _check(of.check) or None,
        "must": condition_body(of.must) if of.must else None,
        "value": None if of.value is None else value_body(of.value),
        "outcome": of.outcome,
        "outcome_from_points": of.outcome_from_points,
        "published": list(of.published) or None,
        "worker": of.worker,
        "worker_hint": of.worker_hint,
        "own_view": of.own_view or None,
        "bands": list(of.bands) or None,
        "identifies": of.identifies or None,
    }


def _choice(of: Choice) -> dict[str, Any]:
    found = {"value": of.value, "text": of.text, "points": of.points or None, "hint": of.hint or None}
    relevant = condition_body(of.relevant) if of.relevant else None
    more = {"alone": of.alone or None, "relevant": relevant, "worker": of.worker or None}
    return given(found | more | {"pole": of.pole or None})


def _check(of: Check) -> dict[str, Any]:
    limits = {
        key: None if limit is None else limit_body(limit)
        for key, limit in (("min", of.least), ("max", of.most))
    }
    more = {"step": of.step, "longest": of.longest, "pattern": of.pattern or None}
    return given(limits | more | {"files": list(of.files) or None, "says": of.says or None})
