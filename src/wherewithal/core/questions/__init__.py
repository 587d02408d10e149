"""A questionnaire as data: it asks, routes, checks and scores. Good for any questionnaire.

``definition`` holds the nouns, ``routing`` the conditions, ``checking`` one answer, ``asking`` all of
them, ``answers`` the way in from a form and out to a page, ``scoring`` points and comparisons,
``views`` who is asked how, ``mistakes`` what is wrong with a definition.
"""

from wherewithal.core.questions.answers import Heard, Posted, carried, read, shown
from wherewithal.core.questions.asking import (
    Fault,
    Progress,
    asked,
    asked_by_section,
    counted,
    faults,
    progress,
)
from wherewithal.core.questions.checking import fault
from wherewithal.core.questions.definition import (
    CHOOSING,
    WRITING,
    Check,
    Choice,
    Kind,
    NoSuchQuestion,
    Question,
    Questionnaire,
    Section,
)
from wherewithal.core.questions.mistakes import mistakes
from wherewithal.core.questions.routing import (
    Answer,
    Answers,
    Condition,
    Every,
    Given,
    Some,
    Unless,
    holds,
    is_answered,
)
from wherewithal.core.questions.scoring import (
    Change,
    Score,
    ScoreLine,
    changes,
    differences,
    most_points,
    points_of,
    score,
)
from wherewithal.core.questions.views import for_worker

__all__ = [
    "CHOOSING",
    "WRITING",
    "Answer",
    "Answers",
    "Change",
    "Check",
    "Choice",
    "Condition",
    "Every",
    "Fault",
    "Given",
    "Heard",
    "Kind",
    "NoSuchQuestion",
    "Posted",
    "Progress",
    "Question",
    "Questionnaire",
    "Score",
    "ScoreLine",
    "Section",
    "Some",
    "Unless",
    "asked",
    "asked_by_section",
    "carried",
    "changes",
    "counted",
    "differences",
    "fault",
    "faults",
    "for_worker",
    "holds",
    "is_answered",
    "mistakes",
    "most_points",
    "points_of",
    "progress",
    "read",
    "score",
    "shown",
]
