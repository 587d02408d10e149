"""A wave is designed from a questionnaire or cloned from another, changed while a draft, opened, extended."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import ProtectedError
from django.utils.text import slugify

from wherewithal.actions.record import action, day, locked
from wherewithal.core.period import written
from wherewithal.core.questions import Questionnaire
from wherewithal.core.refusal import Refusal
from wherewithal.core.survey import MODE_WORDS, Mode, check_promise
from wherewithal.core.survey_link import COMPENDIUM, hashed, token
from wherewithal.formats import envelope
from wherewithal.policy.councils import CouncilRow, councils_on
from wherewithal.policy.questionnaire_text import text
from wherewithal.records.asking import asked_in
from wherewithal.records.models import Door, Invitation, User, Wave


class NameTaken(Refusal):
    """Two waves at one address."""


class BadTimes(Refusal):
    """A wave that closes before it opens, or whose embargo or keys end before it closes."""


class NotADraft(Refusal):
    """A change to what was already asked."""


class NotOpen(Refusal):
    """A wave that is not open any more, or not yet."""


class NotWithThisMode(Refusal):
    """What the chosen mode excludes or needs."""


class KeyNotHeld(Refusal):
    """An anonymous wave whose private key nobody has shown to hold, or one person alone holds."""


class AnotherKeyMade(Refusal):
    """A key was made since the one was looked at that is to be replaced."""


@action("design survey wave")
def design(
    *,
    title: str,
    questionnaire: Questionnaire,
    mode: str,
    opens_at: datetime,
    closes_at: datetime,
    by: User,
    at: datetime,
    unit: str = "council",
    says: str = "",
    needs_approval: bool = False,
    embargo_until: datetime | None = None,
    destroy_keys_on: date | None = None,
    cloned_from: Wave | None = None,
    register: Sequence[CouncilRow] | None = None,
) -> Wave:
    """A draft with the whole questionnaire. Where it asks councils, it lists all of the register at once
    (``register`` None: the councils that there are on the day it opens). Raises NameTaken, BadTimes,
    NotWithThisMode, TellsWhoseItIs, NoPolicy.
    """
    slug = slugify(title)[:60].strip("-")
    if not slug:
        raise NameTaken(f"“{title}” gives no address. Use some letters or digits in it.", field="title")
    if slug == "new" or Wave.objects.filter(slug=slug).exists():
        raise NameTaken(f"There is a survey called “{title}” already. Give this one another.", field="title")
    _check_mode(mode, needs_approval, destroy_keys_on)
    check_promise(questionnaire, mode)
    _check_times(mode, opens_at, closes_at, embargo_until, destroy_keys_on)
    wave = Wave.objects.create(
        slug=slug, title=title.strip(), says=says.strip(), unit=unit, mode=mode, opens_at=opens_at,
        needs_approval=needs_approval, closes_at=closes_at, embargo_until=embargo_until, by=by, made_at=at,
        destroy_keys_on=destroy_keys_on if mode == Mode.CODED else None, cloned_from=cloned_from,
        **_questions(questionnaire),
    )  # fmt: skip
    if unit == Wave.Unit.COUNCIL:
        asked = councils_on(day(opens_at)) if register is None else register
        Invitation.objects.bulk_create(
            Invitation(
                wave=wave, code=one.code, name=one.name, region=one.region, type=one.type,
                token_hash=hashed(token(settings.SECRET_KEY, slug, one.code)),
            )
            for one in asked
        )  # fmt: skip
        _make_doors(mode, asked)
    return wave


@action("change survey questions")
def change_questions(*, wave: Wave, questionnaire: Questionnaire, by: User, at: datetime) -> Wave:
    """Another questionnaire, or a corrected one, while nobody was asked. Raises NotADraft, TellsWhoseItIs."""
    wave = _draft(wave)
    check_promise(questionnaire, wave.mode)
    questions = _questions(questionnaire)
    for name, value in questions.items():
        setattr(wave, name, value)
    wave.save(update_fields=[*questions])
    return wave


@action("change survey wave")
def change(
    *,
    wave: Wave,
    title: str,
    says: str,
    mode: str,
    needs_approval: bool,
    opens_at: datetime,
    closes_at: datetime,
    embargo_until: datetime | None,
    destroy_keys_on: date | None,
    by: User,
    at: datetime,
) -> Wave:
    """All of a draft but its questions and whom it asks; its address stays, and with another promise a key
    that was made for sealing is none any more. Raises NotADraft, NameTaken, BadTimes, NotWithThisMode,
    TellsWhoseItIs.
    """
    wave = _draft(wave)
    if Wave.objects.exclude(pk=wave.pk).filter(title__iexact=title.strip()).exists():
        raise NameTaken(f"There is a survey called “{title}” already. Give this one another.", field="title")
    _check_mode(mode, needs_approval, destroy_keys_on)
    check_promise(asked_in(wave), mode)
    _check_times(mode, opens_at, closes_at, embargo_until, destroy_keys_on)
    if wave.unit == Wave.Unit.COUNCIL and councils_on(day(opens_at)) != councils_on(day(wave.opens_at)):
        raise BadTimes(
            "On that day there are other councils than those that are listed. Clone it to ask those.",
            field="opens_on",
        )
    changed = {
        "title": title.strip(), "says": says.strip(), "mode": mode, "needs_approval": needs_approval,
        "opens_at": opens_at, "closes_at": closes_at, "embargo_until": embargo_until,
        "destroy_keys_on": destroy_keys_on if mode == Mode.CODED else None,
        "sealing_key": wave.sealing_key if mode == Mode.ANONYMOUS else "",
    }  # fmt: skip
    for name, value in changed.items():
        setattr(wave, name, value)
    wave.save(update_fields=[*changed])
    if wave.unit == Wave.Unit.COUNCIL:
        _make_doors(mode, wave.invitations.all())
    return wave


@action("throw survey draft away")
def throw_away(*, wave: Wave, by: User, at: datetime) -> None:
    """A draft of which nobody was told, with its list; the history keeps that it was. Raises NotADraft, also
    where something was written for it that would be lost.
    """
    wave = _draft(wave)
    wave.invitations.all().delete()
    try:
        wave.delete()
    except ProtectedError as error:
        kinds = sorted({str(one._meta.verbose_name) for one in error.protected_objects})
        raise NotADraft(f"There is more of this survey than its draft: {', '.join(kinds)}.") from error


@action("make sealing key")
def make_key(*, wave: Wave, by: User, at: datetime, instead_of: str = "") -> bytes:
    """A new pair of keys for an anonymous wave: keeps the public one, gives the private one and forgets it.

    The key made before, ``instead_of`` which it comes (the public one; '' for none), is worthless then.
    Raises NotADraft, NotWithThisMode, AnotherKeyMade.
    """
    wave = _draft(wave)
    if wave.mode != Mode.ANONYMOUS:
        raise NotWithThisMode("Only an anonymous survey is sealed.")
    if wave.sealing_key != instead_of:
        raise AnotherKeyMade("A key was made already. If you have its file, go on with that; this made none.")
    public, private = envelope.new_keys()
    wave.sealing_key = public
    wave.save(update_fields=["sealing_key"])
    return private


@action("open survey wave")
def open_wave(*, wave: Wave, by: User, at: datetime, key: bytes = b"", holders: Sequence[str] = ()) -> Wave:
    """From now on it takes answers, within its times; its questions are fixed.

    An anonymous wave wants its private key shown (it is not kept) and the two people who hold it: without the
    key its replies are lost. Raises NotADraft, BadTimes, KeyNotHeld, NotTheKey.
    """
    wave = _draft(wave)
    if at >= wave.closes_at:
        raise BadTimes(f"It closes on {written(day(wave.closes_at))}, which is past. Change that first.")
    if wave.mode == Mode.ANONYMOUS:
        wave.key_holders = _held(wave, key, holders)
    wave.state = Wave.State.OPEN
    wave.save(update_fields=["state", "key_holders"])
    return wave


@action("extend survey wave")
def extend(*, wave: Wave, closes_at: datetime, reason: str, by: User, at: datetime) -> Wave:
    """A later closing time, while it is open or a draft. Raises NotOpen, BadTimes."""
    wave = locked(wave)
    if wave.state not in (Wave.State.DRAFT, Wave.State.OPEN):
        raise NotOpen("This survey is closed, so its time cannot be extended. Late answers are kept apart.")
    if closes_at <= max(wave.closes_at, at):
        raise BadTimes("Choose a closing time after the present one.", field="closes_on")
    _check_times(wave.mode, wave.opens_at, closes_at, wave.embargo_until, wave.destroy_keys_on)
    wave.closes_at = closes_at
    wave.save(update_fields=["closes_at"])
    return wave


def _make_doors(mode: str, asked: Iterable[CouncilRow | Invitation]) -> None:
    """Each council's own way into the compendium, once for all waves. An anonymous wave makes none and tells
    of none: who writes the same words at both would say which reply is theirs.
    """
    if mode == Mode.ANONYMOUS:
        return
    doors = (
        Door(
            code=one.code, name=one.name,
            token_hash=hashed(token(settings.SECRET_KEY, "", one.code, COMPENDIUM)),
        )
        for one in asked
    )  # fmt: skip
    Door.objects.bulk_create(doors, ignore_conflicts=True)


def _questions(questionnaire: Questionnaire) -> dict[str, Any]:
    return {
        "definition": text(questionnaire),
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "fingerprint": questionnaire.fingerprint,
    }


def _held(wave: Wave, key: bytes, holders: Sequence[str]) -> list[str]:
    names = [name.strip() for name in holders if name.strip()]
    if len(names) != 2 or names[0].casefold() == names[1].casefold():
        raise KeyNotHeld("Name two different people who hold the key.", field="holders")
    if not wave.sealing_key or not key:
        raise KeyNotHeld("Make the key, keep its file, and choose that file here.", field="key")
    envelope.private_key(key, wave.sealing_key)
    return names


def _draft(wave: Wave) -> Wave:
    wave = locked(wave)
    if wave.state != Wave.State.DRAFT:
        raise NotADraft("This survey was opened, so what it asks stays as it is. Clone it to ask anew.")
    return wave


def _check_mode(mode: str, needs_approval: bool, destroy_keys_on: date | None) -> None:
    if mode == Mode.ANONYMOUS and needs_approval:
        raise NotWithThisMode(
            "An anonymous answer has no draft, so no director can approve it.", field="needs_approval"
        )
    if mode == Mode.CODED and destroy_keys_on is None:
        raise NotWithThisMode(
            f"“{MODE_WORDS[Mode.CODED][0]}” needs the day on which the keys are destroyed.",
            field="destroy_keys_on",
        )


def _check_times(
    mode: str, opens_at: datetime, closes_at: datetime, embargo: datetime | None, destroy_on: date | None
) -> None:
    if closes_at <= opens_at:
        raise BadTimes("It must close after it opens.", field="closes_on")
    if embargo is not None and embargo < closes_at:
        raise BadTimes("The embargo must end after the survey closes.", field="embargo_until")
    if mode == Mode.CODED and destroy_on is not None and destroy_on <= day(closes_at):
        raise BadTimes("The keys are destroyed after the survey closes.", field="destroy_keys_on")


def new_seed() -> int:
    """A seed for a sample: it is kept, so that anybody can draw the same again."""
    return secrets.randbelow(2**31)
