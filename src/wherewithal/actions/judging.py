"""An analyst says how one reply answers one question, where the answer alone does not tell."""

from datetime import datetime

from wherewithal.actions.record import action, locked
from wherewithal.core.survey import CannotJudge, Judgement, check_judgement
from wherewithal.records.models import Judged, Reply, User


@action("judge answer")
def judge(
    *, reply: Reply, question: str, says: Judgement | None, by: User, at: datetime, why: str = ""
) -> Judged | None:
    """Said again, the later counts; None takes it back. Raises CannotJudge."""
    locked(reply.wave)
    if reply.late:
        raise CannotJudge("This reply came late: it is kept apart and not counted.")
    if says is None:
        Judged.objects.filter(reply=reply, question=question).delete()
        return None
    check_judgement(reply.statuses.get(question, ""), says)
    found, _ = Judged.objects.update_or_create(
        reply=reply, question=question, defaults={"says": says.value, "why": why.strip(), "by": by}
    )
    return found
