"""What a wave asks, from the definition that it keeps; read once a process, for an open one never changes."""

from functools import lru_cache

from wherewithal.core.questions import Questionnaire
from wherewithal.policy.questionnaire import read
from wherewithal.records.models import Wave


def asked_in(wave: Wave) -> Questionnaire:
    """The wave's own questionnaire, whatever became of it since. Raises BadQuestionnaire."""
    return _read(wave.questionnaire, wave.definition)


@lru_cache(maxsize=16)
def _read(name: str, text: str) -> Questionnaire:
    return read(name, text)
