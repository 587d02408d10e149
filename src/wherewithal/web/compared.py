"""Answers side by side: the person's own view beside the worker's, this time beside last time."""

from dataclasses import dataclass

from wherewithal.core.questions import Change, asked_by_section, changes, differences, is_answered, shown
from wherewithal.web.paper import Paper


@dataclass(frozen=True)
class Row:
    """One question: both answers in words, '' where there is none; ``differs`` where both are given and
    are not the same, and then ``points`` is what the worker's answer is worth more (or less, below 0).
    """

    label: str
    own: str
    worker: str
    differs: bool
    points: int


def side_by_side(own: Paper, worker: Paper) -> list[tuple[str, list[Row]]]:
    """The answered questions of each part with its title; parts without an answer are left out."""
    apart = {
        change.question: change.points_change
        for change in differences(own.questionnaire, own.answers, worker.answers)
    }
    theirs, ours = own.answers, worker.answers
    asked = {
        question.id
        for paper in (own, worker)
        for _, questions in asked_by_section(paper.questionnaire, paper.answers)
        for question in questions
    }
    found = []
    titles = {section.id: section.title for section in worker.questionnaire.sections}
    put_to_worker = worker.questionnaire.questions
    for section in own.questionnaire.sections:
        rows = [
            Row(
                question.label,
                shown(question, theirs.get(question.id)),
                shown(put_to_worker.get(question.id, question), ours.get(question.id)),
                question.id in apart,
                apart.get(question.id, 0),
            )
            for question in section.questions
            if question.id in asked
            and (is_answered(theirs.get(question.id)) or is_answered(ours.get(question.id)))
        ]
        if rows:
            found.append((titles.get(section.id, section.title), rows))
    return found


def since_last_time(now: Paper, before: Paper | None) -> tuple[Change, ...]:
    """What one side answers differently from last time; nothing where there is no last time."""
    if before is None:
        return ()
    return changes(now.questionnaire, before.answers, now.answers)
