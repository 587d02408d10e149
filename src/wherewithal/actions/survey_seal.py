"""An anonymous answer: sealed at hand-in, opened, mixed and written when the wave closes.

What is written at hand-in is one update of one row, and no time. See ``records/models/survey.py``.
"""

import secrets
from datetime import datetime
from typing import TypeVar

from django.db import connection, models

from wherewithal.actions.record import action, day, locked
from wherewithal.core.period import written
from wherewithal.core.policy import Used
from wherewithal.core.questions import Answers, check, counted
from wherewithal.core.refusal import Refusal
from wherewithal.core.survey import Accepts, Mode, accepts, statuses
from wherewithal.formats import envelope
from wherewithal.policy.sealed_answers import least_opened
from wherewithal.records import grants
from wherewithal.records.asking import asked_in
from wherewithal.records.models import AnswerFile, Invitation, Reply, User, Wave

T = TypeVar("T")


class NotTaken(Refusal):
    """An answer that cannot be sealed: too early, too late, already handed in, or not anonymous."""


class CannotClose(Refusal):
    """A wave that is not open."""


class TooFewToOpen(Refusal):
    """So few answers to an anonymous wave that they could be told, even mixed: the list says who answered."""


@action("hand in a sealed reply")
def seal(*, invitation: Invitation, answers: Answers, by: User, at: datetime) -> None:
    """Seal the answers to the wave's key and mark the invitation as answered, in one update.

    Raises NotTaken, AnswersAtFault, TooLong.
    """
    wave = locked(invitation.wave)
    if wave.mode != Mode.ANONYMOUS:
        raise NotTaken("This survey is not anonymous.")
    taken = accepts(mode=wave.mode, state=wave.state, opens_at=wave.opens_at, closes_at=wave.closes_at, at=at)
    if taken != Accepts.IN_TIME:
        when = f"It opens on {written(day(wave.opens_at))}" if taken == Accepts.NOT_YET else "It has closed"
        raise NotTaken(f"This survey takes no answers now. {when}.")
    questionnaire = asked_in(wave)
    check(questionnaire, answers, whole=True)
    sealed = envelope.seal(wave.sealing_key, counted(questionnaire, answers))
    if not Invitation.objects.filter(pk=invitation.pk, answered=False).update(answered=True, envelope=sealed):
        raise NotTaken("Your answers were handed in already. Nothing was changed.")


@action("close survey wave")
def close(*, wave: Wave, by: User, at: datetime, key: bytes = b"") -> Wave:
    """It takes no more answers in time. An anonymous wave's envelopes are opened with its private key, mixed,
    written as replies under random numbers, and cleared. Afterwards call ``wipe`` outside any transaction.

    Raises CannotClose, TooFewToOpen, NotTheKey.
    """
    wave = _to_close(wave)
    if wave.mode == Mode.ANONYMOUS:
        _open_envelopes(wave, key)
    return _closed(wave, at)


@action("close survey wave unread")
def close_unread(*, wave: Wave, reason: str, by: User, at: datetime) -> Wave:
    """An anonymous wave whose answers nobody is to read, for they are too few, or can, for the key is lost.
    The envelopes are cleared as they are. Afterwards call ``wipe``, as after ``close``. Raises CannotClose.
    """
    wave = _to_close(wave)
    if wave.mode != Mode.ANONYMOUS:
        raise CannotClose("Only the answers of an anonymous survey are sealed. This one is closed with them.")
    wave.invitations.update(envelope=None)
    return _closed(wave, at)


def opened_from(wave: Wave) -> int:
    """How many answers an anonymous wave needs for any to be opened: as it stood when it opened, for that is
    what respondents were told. Raises NoPolicy.
    """
    return least_opened(Used(day(wave.opens_at)))


def wipe() -> None:
    """Rewrite a survey's tables, so that nothing that was cleared is left in their files. Seconds, a lock."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM FULL {', '.join(grants.REWRITTEN)}")


@action("destroy survey keys")
def destroy_keys(*, wave: Wave, by: User, at: datetime) -> Wave:
    """What ties a coded wave's replies to names is deleted, with the files in them and who agreed to be
    quoted, and both sides are written anew, replies in a random order, so that no transaction's number ties
    them either. Raises CannotClose before the wave closes.
    """
    wave = locked(wave)
    if wave.state in (Wave.State.DRAFT, Wave.State.OPEN):
        raise CannotClose("The keys are destroyed after the survey closes.")
    for one in wave.invitations.filter(key__isnull=False).select_related("key"):
        one.key.delete()
    AnswerFile.objects.filter(reply__wave=wave).delete()
    wave.quotations.exclude(answered_by="").update(answered_by="")
    wave.invitations.update(answered=models.F("answered"))
    for reply in _shuffled(list(wave.replies.values_list("pk", flat=True))):
        Reply.objects.filter(pk=reply).update(late=models.F("late"))
    wave.keys_destroyed_on = day(at)
    wave.save(update_fields=["keys_destroyed_on"])
    return wave


def _to_close(wave: Wave) -> Wave:
    wave = locked(wave)
    if wave.state != Wave.State.OPEN:
        raise CannotClose("Only an open survey can be closed.")
    return wave


def _closed(wave: Wave, at: datetime) -> Wave:
    wave.state, wave.closes_at = Wave.State.CLOSED, min(wave.closes_at, at)
    wave.save(update_fields=["state", "closes_at"])
    return wave


def _open_envelopes(wave: Wave, key: bytes) -> None:
    """All, or none where they are fewer than respondents were promised; where none came, no key is asked."""
    sealed = [bytes(one) for one in wave.invitations.values_list("envelope", flat=True) if one]
    least = opened_from(wave)
    if 0 < len(sealed) < least:
        raise TooFewToOpen(
            f"Answers of an anonymous survey are opened from {least} on, and {len(sealed)} came: the list "
            "says who answered, so they could be told. Extend it, or close it with its answers unread."
        )
    if not sealed:
        return
    private = envelope.private_key(key, wave.sealing_key)
    questionnaire = asked_in(wave)
    found = [envelope.unseal(private, one) for one in sealed]
    Reply.objects.bulk_create(
        Reply(wave=wave, answers=answers, statuses=statuses(questionnaire, answers))
        for answers in _shuffled(found)
    )
    wave.invitations.update(envelope=None)


def _shuffled(of: list[T]) -> list[T]:
    """In an order of the operating system's own chance, which nobody can draw again."""
    mixed = list(of)
    secrets.SystemRandom().shuffle(mixed)
    return mixed
