"""What a wave asks, from the definition that it keeps; read once a process, for an open one never changes.

An anonymous wave keeps the whole definition, so that a draft may promise something else; it does not ask what
identifies who answers.
"""

from functools import lru_cache

from wherewithal.core.questions import Question, Questionnaire, for_anonymous
from wherewithal.core.survey import Mode
from wherewithal.policy.questionnaire import read
from wherewithal.records.models import Wave


def asked_in(wave: Wave) -> Questionnaire:
    """The wave's own questionnaire, whatever became of it since; in an anonymous wave without what identifies
    who answers. Raises BadQuestionnaire.
    """
    return _read(wave.questionnaire, wave.definition, wave.mode == Mode.ANONYMOUS)


def left_out(wave: Wave) -> tuple[Question, ...]:
    """What an anonymous wave does not ask of its questionnaire, since it identifies who answers; none in any
    other. Raises BadQuestionnaire.
    """
    asked = asked_in(wave).questions
    whole = _read(wave.questionnaire, wave.definition, False).questions
    return tuple(question for id, question in whole.items() if id not in asked)


@lru_cache(maxsize=16)
def _read(name: str, text: str, is_anonymous: bool) -> Questionnaire:
    whole = read(name, text)
    return for_anonymous(whole) if is_anonymous else whole
