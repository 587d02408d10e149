"""A questionnaire as data: it asks, routes, checks and scores. Good for any questionnaire.

``definition`` and ``conditions`` hold the nouns, ``routing`` what holds, ``checking`` one answer, ``asking``
all of them, ``judging`` all of them let through or refused, ``answers`` the way in from a form and out to a
page, ``attached`` the files among them, ``banding`` what tables tell of them, ``scoring`` points and
comparisons, ``saying`` conditions in words, ``wording`` its other languages, ``views`` who is asked how,
``mistakes`` what is wrong with a definition.
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
from wherewithal.core.questions.attached import (
    Attached,
    attached,
    belies,
    files_in,
    hint_of,
    name_of,
    taken_of,
    without_given_names,
)
from wherewithal.core.questions.banding import cuts, told_as, values_told
from wherewithal.core.questions.checking import fault
from wherewithal.core.questions.conditions import (
    Answer,
    Answers,
    AnswerTo,
    Compared,
    Condition,
    Every,
    Given,
    If,
    SizeOf,
    Some,
    Unless,
    Value,
    Worked,
)
from wherewithal.core.questions.definition import (
    CHOOSING,
    LISTING,
    SILENT,
    WRITING,
    Check,
    Choice,
    Kind,
    NoSuchQuestion,
    Question,
    Questionnaire,
    Section,
    Wording,
)
from wherewithal.core.questions.judging import AnswersAtFault, check
from wherewithal.core.questions.mistakes import mistakes
from wherewithal.core.questions.routing import holds, is_answered, looks_at, parts, work_out, works_from
from wherewithal.core.questions.saying import said
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
from wherewithal.core.questions.views import for_worker, without
from wherewithal.core.questions.wording import places, worded

__all__ = [
    "CHOOSING",
    "LISTING",
    "SILENT",
    "WRITING",
    "Answer",
    "AnswerTo",
    "Answers",
    "AnswersAtFault",
    "Attached",
    "Change",
    "Check",
    "Choice",
    "Compared",
    "Condition",
    "Every",
    "Fault",
    "Given",
    "Heard",
    "If",
    "Kind",
    "NoSuchQuestion",
    "Posted",
    "Progress",
    "Question",
    "Questionnaire",
    "Score",
    "ScoreLine",
    "Section",
    "SizeOf",
    "Some",
    "Unless",
    "Value",
    "Wording",
    "Worked",
    "asked",
    "asked_by_section",
    "attached",
    "belies",
    "carried",
    "changes",
    "check",
    "counted",
    "cuts",
    "differences",
    "fault",
    "faults",
    "files_in",
    "for_worker",
    "hint_of",
    "holds",
    "is_answered",
    "looks_at",
    "mistakes",
    "most_points",
    "name_of",
    "parts",
    "places",
    "points_of",
    "progress",
    "read",
    "said",
    "score",
    "shown",
    "taken_of",
    "told_as",
    "values_told",
    "without",
    "without_given_names",
    "worded",
    "work_out",
    "works_from",
]
