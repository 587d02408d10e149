"""What a new day changes by itself: support begins on its first day and is over after its last."""

from datetime import datetime

from django.db.models import QuerySet

from wherewithal.actions.record import action, day
from wherewithal.records.models import Agreement, Arrangement, User
from wherewithal.records.models.plan import Held


@action("turn the day")
def turn_day(*, by: User, at: datetime) -> tuple[int, int]:
    """Run once a day, and again as often as you like. Gives how many arrangements began and how many ended.

    Support held as a direct payment begins only under a signed agreement.
    """
    on = day(at)
    waiting = Arrangement.objects.select_for_update().filter(
        state=Arrangement.State.PLANNED, first__lte=on, person__ended_on=None
    )
    signed = Agreement.objects.filter(ended_on=None, signed_on__lte=on).values("person")
    begun = waiting.exclude(held=Held.DIRECT_PAYMENT) | waiting.filter(person__in=signed)
    over = Arrangement.objects.select_for_update().filter(
        state__in=[Arrangement.State.ACTIVE, Arrangement.State.SUSPENDED], last__lt=on
    )
    return _move(begun, Arrangement.State.ACTIVE), _move(over, Arrangement.State.ENDED)


def _move(arrangements: QuerySet[Arrangement], state: str) -> int:
    moved = list(arrangements)
    for arrangement in moved:
        arrangement.state = state
        arrangement.save()
    return len(moved)
