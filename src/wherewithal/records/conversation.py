"""Conversations with councils as they stand, and what comes next in each."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from wherewithal.core.conversation import Due, Standing, Within, check_open, due
from wherewithal.records.models import Conversation


@dataclass(frozen=True)
class Held:
    """A conversation, how far it is and what comes next; nothing comes of one that is closed."""

    row: Conversation
    standing: Standing
    next: Due | None

    def is_late(self, today: date) -> bool:
        """Is the day past by which the next thing was due?"""
        return self.next is not None and self.next.on < today


def conversations() -> QuerySet[Conversation]:
    """With all that each is judged and shown by."""
    rows = Conversation.objects.select_related("begun_by", "example__door", "example__edition")
    return rows.prefetch_related("talks__by", "talks__corrects", "agreed", "looks__by")


def held(row: Conversation, within: Within) -> Held:
    """One as it stands."""
    standing = row.standing
    return Held(row, standing, due(standing, within))


def held_open(conversation: Conversation) -> Conversation:
    """The row, read anew and locked until the transaction ends. Raises NotThisWay for one that is closed."""
    row = Conversation.objects.select_for_update().get(pk=conversation.pk)
    check_open(row.closed_on)
    return row


def open_ones(within: Within) -> list[Held]:
    """Those that are open; what is due first, and so what is overdue, comes first."""
    rows = [held(row, within) for row in conversations().filter(closed_on=None)]
    return sorted(rows, key=lambda one: (one.next.on if one.next else date.max, one.row.pk))


def closed_ones() -> QuerySet[Conversation]:
    """Those that are closed, the last one first."""
    return conversations().exclude(closed_on=None).order_by("-closed_on", "-id")
