"""What a wave asks, from the definition that it keeps; read once a process, for an open one never changes.

A wave keeps the whole definition, so that a draft may promise something else; it does not ask what would
break its promise by telling who answers.
"""

from functools import lru_cache

from wherewithal.core.questions import Question, Questionnaire
from wherewithal.core.survey import asked_with
from wherewithal.policy.questionnaire import read
from wherewithal.records.models import Wave


def asked_in(wave: Wave) -> Questionnaire:
    """The wave's own questionnaire, whatever became of it since, as its promise lets it be asked. Raises
    BadQuestionnaire.
    """
    return _read(wave.questionnaire, wave.definition, wave.mode)


def left_out(wave: Wave) -> tuple[Question, ...]:
    """What a wave does not ask of its questionnaire, since it would tell who answers. Raises
    BadQuestionnaire.
    """
    asked = asked_in(wave).questions
    whole = _read(wave.questionnaire, wave.definition, "").questions
    return tuple(question for id, question in whole.items() if id not in asked)


@lru_cache(maxsize=16)
def _read(name: str, text: str, mode: str) -> Questionnaire:
    return asked_with(read(name, text), mode)
