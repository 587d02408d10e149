"""Which arrangements are support, and when."""

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from wherewithal.records.models import Arrangement, Price
from wherewithal.records.models.plan import Held


def ran(on: date, since: date) -> Any:
    """Support that had begun by ``on`` and was not over before ``since``, with its ``pence_per_week`` then.

    A direct payment waits for its agreement; what was taken back before it began stands as one day at no
    price, and is no support.
    """
    price = Price.objects.filter(arrangement=OuterRef("pk"), first__lte=on).order_by("-first")
    return (
        Arrangement.objects.filter(Q(last=None) | Q(last__gte=since), first__lte=on)
        .exclude(state=Arrangement.State.PLANNED, held=Held.DIRECT_PAYMENT)
        .annotate(pence_per_week=Subquery(price.values("pence_per_week")[:1]))
        .exclude(state=Arrangement.State.ENDED, last=F("first"), line__isnull=False, pence_per_week=0)
    )
