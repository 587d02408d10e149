"""Questionnaires: one TOML file a version in ``questionnaires/`` or, of the sector's surveys, ``surveys/``.

Read and checked once. Beside a survey lie its codes (``ID-codebook.toml``) and figures (``ID-figures.toml``).

The layout of a file, beside the words of a questionnaire:

    id = "sds-adult"                        # the same for all its versions
    version = "1"
    first = 2011-04-01                      # in force until the next version; or to “last”
    [[sections]]
    id = "eating"
    title = "Eating and drinking"
    [[sections.questions]]
    id = "eating_need"
    text = "How do you manage?"
    kind = "one"                            # core.questions.Kind; yes_no needs no choices
    choices = [{ value = "own", text = "On my own", points = 0 }]
    check = { min = 0, max = 168, longest = 500, pattern = "postcode", files = ["pdf"], says = "..." }
    choices = [{ value = "5", text = "Agree", pole = "positive" }]   # of a likert; or negative, or neither
    relevant = { question = "lives_alone", is = "no" }   # on a section or a choice too; looks back only
    must = { value = { answer_to = "eating_need" }, at_most = { answer_to = "hours" } }   # beside the others
    value = { plus = [{ answer_to = "hours" }, 1] }      # of a question that is calculated
    published = ["R2.1"]                    # figures in print that the answers bear on, by id
    worker = "How do they manage?"          # the wording for the worker; on a section and a choice too
    worker_hint = "..."                     # on a section too
    own_view = true                         # asked of the person only
    identifies = true                       # not asked in an anonymous survey; in words, in no coded one
    [translations."Welsh (cy)"]                          # core.questions.wording names the places
    "title" = "..."

``policy/conditions.py`` says how conditions and values are written.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from wherewithal.core.period import written
from wherewithal.core.questions import (
    Check,
    Choice,
    Condition,
    Question,
    Questionnaire,
    Section,
    Wording,
    for_worker,
    mistakes,
)
from wherewithal.core.refusal import Refusal
from wherewithal.policy import names, table
from wherewithal.policy.conditions import condition, limit, value
from wherewithal.policy.rows import Misspelt, Row

BESIDE = ("-codebook", "-figures")
"""How the names end of files in ``surveys/`` that are no questionnaires."""

_YES_NO = ({"value": "yes", "text": "Yes"}, {"value": "no", "text": "No"})


class BadQuestionnaire(Refusal):
    """A definition with mistakes: says the file and, for each, the section and the question."""


class NoQuestionnaire(Refusal):
    """No questionnaire of that id, or none in force on that day."""


def questionnaires() -> list[Questionnaire]:
    """Every version of every questionnaire, by id and first day. Raises BadQuestionnaire."""
    return list(_all())


def questionnaire(id: str, on: date) -> Questionnaire:
    """The version in force on a day: the last that started, unless it ended. Raises NoQuestionnaire."""
    versions = [one for one in _all() if one.id == id]
    if not versions:
        raise NoQuestionnaire(f"There is no questionnaire called “{id}”.")
    started = [one for one in versions if one.first <= on]
    if not started or (started[-1].last is not None and started[-1].last < on):
        raise NoQuestionnaire(f"No version of “{versions[0].title}” is in force on {written(on)}.")
    return started[-1]


@cache
def questionnaire_version(id: str, version: str, view: str = "own") -> Questionnaire:
    """The version that a response was given to, whether still in force or not, as it is asked in that view:
    the person's ``own``, or the ``worker``'s. Raises NoQuestionnaire.
    """
    for one in _all():
        if (one.id, one.version) == (id, version):
            return for_worker(one) if view == "worker" else one
    raise NoQuestionnaire(f"There is no version {version} of a questionnaire called “{id}”.")


def parse(file: str, body: Mapping[str, Any]) -> Questionnaire:
    """A definition as TOML reads it; ``file`` is named in the refusal. Raises BadQuestionnaire."""
    try:
        found = _questionnaire(Row("the questionnaire", body))
    except Misspelt as misspelt:
        raise BadQuestionnaire(f"{file}.toml: {misspelt}.") from misspelt
    if wrong := mistakes(found) or mistakes(for_worker(found)):
        raise BadQuestionnaire(f"{file}.toml: {'; '.join(wrong)}.")
    return found


def read(file: str, text: str) -> Questionnaire:
    """A definition from the text of its file. Raises BadQuestionnaire, for what is no TOML at all too."""
    try:
        body = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadQuestionnaire(f"{file}.toml: {wrong}.") from wrong
    return parse(file, body)


def in_order(versions: Iterable[Questionnaire]) -> tuple[Questionnaire, ...]:
    """By id and first day. Raises BadQuestionnaire where two of one id share a version or a first day."""
    found = sorted(versions, key=lambda one: (one.id, one.first))
    for what in ("version", "first"):
        seen = set()
        for one in found:
            key = (one.id, getattr(one, what))
            if key in seen:
                raise BadQuestionnaire(f"Two versions of “{one.id}” have the same “{what}”.")
            seen.add(key)
    return tuple(found)


@cache
def surveys() -> tuple[Questionnaire, ...]:
    """Every version of the questionnaires that the sector is asked, by id and first day."""
    return in_order(parse(name, table(name)) for name in names("surveys") if not name.endswith(BESIDE))


@cache
def _all() -> tuple[Questionnaire, ...]:
    return in_order([*map(_of_people, names("questionnaires")), *surveys()])


def _of_people(name: str) -> Questionnaire:
    """A questionnaire of an assessment or a review, whose answers are kept without files."""
    found = parse(name, table(name))
    if files := [one.id for one in found.questions.values() if one.kind == "file"]:
        raise BadQuestionnaire(f"{name}.toml: question “{files[0]}”: only a survey asks for files.")
    return found


def _questionnaire(row: Row) -> Questionnaire:
    row.only("id version title about first last source hint language sections translations")
    return Questionnaire(
        id=row.text("id"),
        version=row.text("version"),
        title=row.text("title"),
        about=row.text("about"),
        first=row.get("first", date),
        last=row.day("last", None),
        source=row.text("source"),
        sections=tuple(map(_section, row.rows("sections", "section"))),
        hint=row.text("hint", ""),
        language=row.text("language", ""),
        translations=tuple(_translations(Row("translations", row.get("translations", dict, {})))),
    )


def _translations(row: Row) -> Iterator[Wording]:
    for language in row.body:
        texts = Row(f"translations, {language}", row.get(language, dict))
        yield Wording(language, tuple((place, texts.text(place)) for place in texts.body))


def _section(row: Row) -> Section:
    row.only("id title hint relevant questions worker worker_hint")
    return Section(
        id=row.text("id"),
        title=row.text("title"),
        hint=row.text("hint", ""),
        questions=tuple(map(_question, row.rows("questions", "question"))),
        relevant=_asked_when(row, "relevant"),
        worker=row.text("worker", ""),
        worker_hint=row.text("worker_hint", ""),
    )


def _question(row: Row) -> Question:
    row.only(
        "id text kind short hint choices required relevant must value check outcome outcome_from_points "
        "published worker worker_hint own_view bands identifies"
    )
    kind = row.text("kind")
    return Question(
        id=row.text("id"),
        text=row.text("text"),
        kind=kind,  # type: ignore[arg-type]  # mistakes() refuses a kind that is none
        short=row.text("short", ""),
        hint=row.text("hint", ""),
        choices=tuple(map(_choice, row.rows("choices", "choice", _YES_NO if kind == "yes_no" else ()))),
        required=row.flag("required", False),
        relevant=_asked_when(row, "relevant"),
        check=_check(Row(f"{row.where}, check", row.get("check", dict, {}))),
        outcome=row.text("outcome", ""),
        outcome_from_points=row.number("outcome_from_points", None),
        published=row.texts("published", ()),
        must=_asked_when(row, "must"),
        value=value(f"{row.where}, value", row.body["value"]) if "value" in row.body else None,
        worker=row.text("worker", ""),
        worker_hint=row.text("worker_hint", ""),
        own_view=row.flag("own_view", False),
        bands=tuple(row.get("bands", list, ())),
        identifies=row.flag("identifies", False),
    )


def _choice(row: Row) -> Choice:
    row.only("value text points hint alone relevant worker pole")
    return Choice(
        value=row.text("value"),
        text=row.text("text"),
        points=row.get("points", int, 0),
        hint=row.text("hint", ""),
        alone=row.flag("alone", False),
        relevant=_asked_when(row, "relevant"),
        worker=row.text("worker", ""),
        pole=row.text("pole", ""),
    )


def _check(row: Row) -> Check:
    row.only("min max step longest pattern files says")
    return Check(
        least=limit(row, "min"),
        most=limit(row, "max"),
        step=row.decimal("step", None),
        longest=row.number("longest", None),
        pattern=row.text("pattern", ""),
        files=row.texts("files", ()),
        says=row.text("says", ""),
    )


def _asked_when(row: Row, key: str) -> Condition | None:
    return condition(f"{row.where}, {key}", row.body[key]) if key in row.body else None
