"""A report to begin from, where a survey has none yet: who took part, every table, what follows."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import chain, count

from wherewithal.core.questions import Questionnaire
from wherewithal.policy.report import ReportDefinition, SectionDefinition


def drafted(
    title: str,
    publisher: str,
    units: str,
    questionnaire: Questionnaire,
    tables: Collection[str],
    *,
    profile: Sequence[str] = (),
    notice: str = "",
) -> ReportDefinition:
    """Sentences that hold of any wave, and a section for each part of the questionnaire that has ``tables``
    (question ids). ``units``: who was asked, such as "councils"; ``profile``: by what the register tells of
    them.
    """
    took_part = f"{{invited}} {units} were invited and {{cohort}} took part, a response rate of {{rate}}."
    method = SectionDefinition(
        "How it was done",
        (
            "The survey was open from {opened} to {closed}. Its promise was: {promise}.",
            "Each share says of how many it is. Who was not asked, gave no answer, gave too little to tell "
            "or would not say is counted apart.",
        ),
    )
    who = SectionDefinition("Who took part", (took_part,), profile=tuple(profile))
    topics = [
        SectionDefinition(section.title, tables=ids)
        for section in questionnaire.sections
        if (ids := tuple(one.id for one in section.questions if one.id in tables))
    ]
    ends = (
        SectionDefinition("Conclusions", messages=True),
        SectionDefinition("What comes next", actions=True),
    )
    return ReportDefinition(
        title=title, publisher=publisher, headline=f"{{cohort}} of {{invited}} {units} took part ({{rate}})",
        summary=(took_part,), contacts=(), sections=_called_apart((method, who, *topics, *ends)),
        notice=notice,
    )  # fmt: skip


def _called_apart(sections: Iterable[SectionDefinition]) -> tuple[SectionDefinition, ...]:
    """No two by one title: a part of a questionnaire may be called as another, or as a section of ours."""
    found: dict[str, SectionDefinition] = {}
    for one in sections:
        titles = chain([one.title], (f"{one.title} ({number})" for number in count(2)))
        title = next(title for title in titles if title not in found)
        found[title] = replace(one, title=title)
    return tuple(found.values())
