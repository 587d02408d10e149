"""All answers together, let through or refused."""

from collections.abc import Collection

from wherewithal.core.questions.asking import Fault, faults
from wherewithal.core.questions.conditions import Answers
from wherewithal.core.questions.definition import Questionnaire
from wherewithal.core.refusal import Refusal


class AnswersAtFault(Refusal):
    """Answers that cannot be kept, or are missing; ``faults`` gives the words for each by question."""

    def __init__(self, found: Collection[Fault]) -> None:
        self.faults = {fault.question: fault.says for fault in found}
        says = list(self.faults.values())
        more = f" {len(says) - 1} more answers need another look." if len(says) > 1 else ""
        super().__init__(says[0] + more, field=next(iter(self.faults)))


def check(questionnaire: Questionnaire, answers: Answers, *, whole: bool) -> None:
    """Raises AnswersAtFault with every fault; ``whole`` also wants every required answer (as ``faults``)."""
    if wrong := faults(questionnaire, answers, whole=whole):
        raise AnswersAtFault(wrong)
