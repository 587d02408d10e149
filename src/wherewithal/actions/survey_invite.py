"""Whom a wave asks: addresses, the sample, letters that went out or came back, refusals."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from wherewithal.actions.record import action, locked
from wherewithal.core.refusal import Refusal
from wherewithal.core.sampling import draw, replacement
from wherewithal.core.survey import why_not_reminded
from wherewithal.core.survey_link import hashed, token
from wherewithal.records.models import Invitation, User, Wave


class NotInTheRegister(Refusal):
    """An address for somebody whom the wave does not list."""


class NotAnAddress(Refusal):
    """What cannot be an e-mail address."""


class SampleDrawn(Refusal):
    """A second sample, or a sample after invitations went out."""


class NoReplacement(Refusal):
    """Nobody left in the stratum, or somebody who is not in the sample or was replaced already."""


class NotNow(Refusal):
    """A letter that may not go out: not open, already answered, refused, or told a short while ago."""


@dataclass(frozen=True)
class Addressee:
    """One of a list of addresses. ``name``, ``region`` and ``type`` only where no register gives them;
    ``row`` is where it stands in its sheet, 0 where it stands in none.
    """

    code: str
    email: str
    name: str = ""
    region: str = ""
    type: str = ""
    row: int = 0


@action("give survey addresses")
def give_addresses(*, wave: Wave, addresses: Collection[Addressee], by: User, at: datetime) -> int:
    """The e-mail address of each; how many changed. A wave of staff or people takes new codes, one of
    councils none. A bounced address that is mended may be invited again. All or nothing: raises
    NotInTheRegister, NotAnAddress (also where two rows give one code two addresses).
    """
    wave = locked(wave)
    rows: dict[str, tuple[int, str]] = {}
    known = {one.code: one for one in wave.invitations.select_for_update()}
    changed = 0
    for place, given in enumerate(addresses, 1):
        number = given.row or place
        _check_address(number, given)
        first, email = rows.setdefault(given.code, (number, given.email))
        if email != given.email:
            raise NotAnAddress(
                f"Row {number} ({given.code}): row {first} gives this code another address. "
                "Nothing was taken in.",
                field="addresses",
            )
        found = known.get(given.code)
        if found is None:
            found = known[given.code] = _new(wave, number, given)
            changed += 1
        elif found.email != given.email:
            found.email = given.email
            if found.state == Invitation.State.BOUNCED:
                found.state, found.note = Invitation.State.LISTED, ""
            found.save(update_fields=["email", "state", "note"])
            changed += 1
    return changed


@action("draw survey sample")
def draw_sample(*, wave: Wave, size: int, seed: int, by: User, at: datetime) -> Wave:
    """Mark a sample as targeted, by region and type, and keep its seed. Raises SampleDrawn, NoSample."""
    wave = locked(wave)
    if wave.sample_seed is not None or wave.invitations.exclude(state=Invitation.State.LISTED).exists():
        raise SampleDrawn("A sample is drawn once, before the first invitation goes out.")
    sample = draw(_strata(wave), size, seed)
    for one in wave.invitations.filter(code__in=sample.drawn):
        one.targeted = True
        one.save(update_fields=["targeted"])
    wave.sample_seed = seed
    wave.save(update_fields=["sample_seed"])
    return wave


@action("replace in survey sample")
def replace(*, invitation: Invitation, by: User, at: datetime, reason: str) -> Invitation:
    """The next of the same region and type takes the place of one of the sample. Raises NoReplacement."""
    wave = locked(invitation.wave)
    lost = locked(invitation)
    if not lost.targeted or wave.sample_seed is None or lost.replaced_by.exists():
        raise NoReplacement("Only somebody of the sample can be replaced, and once.")
    taken = set(wave.invitations.filter(targeted=True).values_list("code", flat=True))
    code = replacement(_strata(wave), lost.code, taken, wave.sample_seed)
    if code is None:
        raise NoReplacement(f"Nobody else is left of {lost.region}, {lost.type}. The sample stays one short.")
    found = wave.invitations.get(code=code)
    found.targeted, found.replaces = True, lost
    found.save(update_fields=["targeted", "replaces"])
    return found


def may_be_told(invitation: Invitation, wave: Wave, at: datetime) -> bool:
    """May a letter go out: the first to who is listed with an address, a reminder to who has not answered?"""
    if wave.state != Wave.State.OPEN or not wave.opens_at <= at < wave.closes_at or not invitation.email:
        return False
    if invitation.state == Invitation.State.LISTED:
        return not invitation.answered
    return not why_not_told_again(invitation, at)


def why_not_told_again(invitation: Invitation, at: datetime) -> str:
    """Why somebody who was invited gets no reminder now, in words; '' where they may."""
    told = [*map(datetime.fromisoformat, invitation.reminded)]
    told += [invitation.invited_at] if invitation.invited_at else []
    why = why_not_reminded(state=invitation.state, answered=invitation.answered, told_at=told, at=at)
    return why or ("" if invitation.email else "has no address")


@action("tell survey respondent")
def told(*, invitation: Invitation, by: User, at: datetime, bounced: str = "") -> Invitation:
    """A letter went out, the invitation or a reminder; or (``bounced``) the mail server would not take it.

    Raises NotNow, so that one who was told by somebody else meanwhile is not told twice.
    """
    wave = invitation.wave
    invitation = locked(invitation)
    if not may_be_told(invitation, wave, at):
        raise NotNow(f"{invitation.name} has answered, or heard from us a short while ago.")
    if bounced:
        invitation.state, invitation.note = Invitation.State.BOUNCED, bounced[:200]
    elif invitation.state == Invitation.State.LISTED:
        invitation.state, invitation.invited_at = Invitation.State.INVITED, at
    else:
        invitation.reminded = [*invitation.reminded, at.isoformat()]
    invitation.save(update_fields=["state", "note", "invited_at", "reminded"])
    return invitation


@action("note survey bounce or refusal")
def note(*, invitation: Invitation, state: str, note: str, by: User, at: datetime) -> Invitation:
    """The e-mail came back later, somebody will not answer, or (``invited``) will after all.

    Raises NotNow for one who answered or was never invited.
    """
    invitation = locked(invitation)
    if invitation.answered or invitation.state == Invitation.State.LISTED or state == Invitation.State.LISTED:
        raise NotNow(f"{invitation.name} has answered, or was not invited yet. Nothing was noted.")
    invitation.state, invitation.note = state, note.strip()[:200]
    invitation.save(update_fields=["state", "note"])
    return invitation


def _new(wave: Wave, number: int, given: Addressee) -> Invitation:
    if wave.unit == Wave.Unit.COUNCIL or not given.code:
        raise NotInTheRegister(
            f"Row {number}: the register of this survey has no code “{given.code}”. Nothing was taken in.",
            field="addresses",
        )
    return Invitation.objects.create(
        wave=wave, code=given.code, name=given.name or given.code, region=given.region, type=given.type,
        email=given.email, token_hash=hashed(token(settings.SECRET_KEY, wave.slug, given.code)),
    )  # fmt: skip


def _check_address(number: int, given: Addressee) -> None:
    try:
        validate_email(given.email)
    except ValidationError as wrong:
        raise NotAnAddress(
            f"Row {number} ({given.code}): “{given.email[:60]}” is no e-mail address, like name@example.org. "
            "Nothing was taken in.",
            field="addresses",
        ) from wrong


def _strata(wave: Wave) -> Mapping[str, tuple[str, str]]:
    rows = wave.invitations.values_list("code", "region", "type")
    return {code: (region, type) for code, region, type in rows}
