"""Letters of a wave go out one by one, each noted as it went, so that an interruption sends none twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException

from django.core.mail import get_connection

from wherewithal.actions import survey_invite, survey_mail, survey_pack
from wherewithal.core.refusal import Refusal
from wherewithal.records.models import Invitation, User, Wave


@dataclass
class Went:
    """How many letters were taken, how many addresses were refused, and what stopped it ('' for nothing)."""

    sent: int = 0
    bounced: int = 0
    trouble: str = ""

    @property
    def says(self) -> str:
        said = f"{self.sent:,} letter{'' if self.sent == 1 else 's'} went out."
        if self.bounced:
            were = "address was" if self.bounced == 1 else "addresses were"
            said += f" {self.bounced:,} {were} refused: look at who came back."
        if self.trouble:
            said += f" Then the mail server failed ({self.trouble}). Send again: nobody gets a second letter."
        return said


def post(invitations: Iterable[Invitation], wave: Wave, site: str, *, by: User, at: datetime) -> Went:
    """Send to each who may still be written to. Trouble with the server ends it; what went out is noted."""
    went = Went()
    connection = get_connection()
    try:
        connection.open()
        for one in invitations:
            bounced = survey_mail.send(survey_mail.letter(one, wave, site), connection)
            try:
                survey_invite.told(invitation=one, bounced=bounced, by=by, at=at)
            except Refusal:
                continue  # answered, or told by somebody else, in this very moment
            went.bounced += bool(bounced)
            went.sent += not bounced
        connection.close()
    except (OSError, SMTPException) as trouble:
        went.trouble = str(trouble) or type(trouble).__name__
    return went


def post_packs(invitations: Iterable[Invitation], wave: Wave, site: str, *, by: User, at: datetime) -> Went:
    """Send each its private pack. It counts as sent before it goes, so that nobody sends it twice; where the
    mail server fails it is held back again, and the rest waits.
    """
    went = Went()
    connection = get_connection()
    for one in invitations:
        try:
            pack = survey_pack.begin(invitation=one, by=by, at=at)
        except Refusal:
            continue  # sent by somebody else in this very moment
        link = survey_pack.link(one, wave, pack.number, site)
        try:
            bounced = survey_mail.send(survey_mail.pack(one, wave, link), connection)
        except (OSError, SMTPException) as trouble:
            survey_pack.hold_back(pack=pack, by=by, at=at)
            went.trouble = str(trouble) or type(trouble).__name__
            break
        if bounced:
            survey_pack.came_back(pack=pack, note=bounced, by=by, at=at)
        went.bounced += bool(bounced)
        went.sent += not bounced
    return went
