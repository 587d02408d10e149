"""A council's private pack: its letter goes out once, comes back, is opened; its link is replaced."""

from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse

from wherewithal.actions.record import action, day, locked, stand_in
from wherewithal.core.refusal import Refusal
from wherewithal.core.survey_link import PACK, hashed, token
from wherewithal.core.survey_pack import NOT_ANSWERED, may_be_sent, why_no_packs
from wherewithal.records.models import Invitation, Pack, ReplyKey, User, Wave
from wherewithal.records.release import is_public


class NoPack(Refusal):
    """A pack of who did not answer, before the release, after the keys went, or of an anonymous wave."""


class SentAlready(Refusal):
    """A letter that went out, or has no address to go to."""


def why_none(wave: Wave, at: datetime) -> str:
    """Why nobody gets a pack of the wave now; '' where they do."""
    return why_no_packs(
        mode=wave.mode,
        unit=wave.unit,
        keys_destroyed_on=wave.keys_destroyed_on,
        public=is_public(wave, at),
    )


def link(invitation: Invitation, wave: Wave, number: int, site: str) -> str:
    """The personal link; ``site`` is the address of Home."""
    return urljoin(site, reverse("pack", args=[_token(invitation, wave, number)]))


@action("send pack")
def begin(*, invitation: Invitation, by: User, at: datetime) -> Pack:
    """The letter is about to go to the council's address: from here on it counts as sent, so that nobody else
    sends it too. Raises NoPack, SentAlready.
    """
    wave = locked(invitation.wave)
    invitation = locked(invitation)
    if why := why_none(wave, at):
        raise NoPack(why)
    if not ReplyKey.objects.filter(invitation=invitation).exists():
        raise NoPack(NOT_ANSWERED)
    pack = Pack.objects.filter(invitation=invitation).first()
    state, address = (pack.state, pack.address) if pack else ("", "")
    if not may_be_sent(state=state, address=address, email=invitation.email):
        raise SentAlready(f"{invitation.name} has its pack already, or there is no address to send it to.")
    if pack is None:
        pack = Pack(invitation=invitation, token_hash=hashed(_token(invitation, wave, 1)))
    pack.state, pack.address, pack.note, pack.sent_at = Pack.State.SENT, invitation.email, "", at
    pack.save()
    return pack


@action("note that pack came back")
def came_back(*, pack: Pack, note: str, by: User, at: datetime) -> None:
    """The mail server would not take it; a mended address may be sent to."""
    _state(pack, Pack.State.BOUNCED, note)


@action("hold pack back")
def hold_back(*, pack: Pack, by: User, at: datetime) -> None:
    """The mail server failed, so it did not go out: it waits again."""
    _state(pack, Pack.State.WAITING, "")


@action("replace link of pack")
def replace_link(*, pack: Pack, by: User, at: datetime) -> Pack:
    """The link that was sent opens nothing from now on; another waits to be sent. Raises NoPack."""
    wave = locked(pack.invitation.wave)
    pack = locked(pack)
    if why := why_none(wave, at):
        raise NoPack(why)
    pack.number += 1
    pack.token_hash = hashed(_token(pack.invitation, wave, pack.number))
    pack.state, pack.note = Pack.State.WAITING, ""
    pack.save(update_fields=["number", "token_hash", "state", "note"])
    return pack


@action("open pack")
def opened(*, pack: Pack, by: User, at: datetime) -> None:
    """Leaves a trace that tells the day."""
    today = day(at).isoformat()
    if today not in pack.opened_on:
        pack = locked(pack)
        pack.opened_on = sorted({*pack.opened_on, today})
        pack.save(update_fields=["opened_on"])


def whoever() -> User:
    """Who opens a pack by its link: nobody signs in for that."""
    return stand_in("pack-reader", "Whoever had the link of the pack")


def _token(invitation: Invitation, wave: Wave, number: int) -> str:
    return token(settings.SECRET_KEY, wave.slug, f"{invitation.code} {number}", PACK)


def _state(pack: Pack, state: str, note: str) -> None:
    pack = locked(pack)
    pack.state, pack.note = state, note.strip()[:200]
    pack.save(update_fields=["state", "note"])
