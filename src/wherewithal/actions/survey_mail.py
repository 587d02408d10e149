"""The letters of a survey: invitation, reminder, what a director is asked to approve, a private pack.

No action: it changes nothing on record. Letters leave by Django's mail backend (SMTP where one is set).
"""

from smtplib import SMTPRecipientsRefused
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils import timezone

from wherewithal.core.period import written
from wherewithal.core.survey import MODE_WORDS, Mode
from wherewithal.core.survey_link import COMPENDIUM, token
from wherewithal.records.models import Draft, Invitation, Wave

BY_ANOTHER_DOOR = (
    "To show other councils what you did, or a tool that you made, use your council’s own link to the "
    "compendium. What is handed in there is no part of your answers, and is kept apart from them:"
)


def link(invitation: Invitation, wave: Wave, site: str) -> str:
    """The personal link; ``site`` is the address of Home, such as https://surveys.example.org/."""
    return urljoin(site, reverse("answer", args=[token(settings.SECRET_KEY, wave.slug, invitation.code)]))


def door_link(code: str, site: str) -> str:
    """A council's own link to the compendium, the same in every wave; it leads to no reply."""
    return urljoin(site, reverse("door", args=[token(settings.SECRET_KEY, "", code, COMPENDIUM)]))


def has_door(wave: Wave) -> bool:
    """Does a letter of this wave tell of the compendium? Only to councils, and not where it is anonymous."""
    return bool(wave.unit == Wave.Unit.COUNCIL and wave.mode != Mode.ANONYMOUS)


def letter(invitation: Invitation, wave: Wave, site: str) -> EmailMessage:
    """The invitation, or a reminder to who was invited: what it is, until when, the link, the promise.

    A reply to it goes to whoever designed the survey, since nobody reads what comes to the sender's address.
    """
    reminder = invitation.state == Invitation.State.INVITED
    name, means = MODE_WORDS[Mode(wave.mode)]
    closes = timezone.localtime(wave.closes_at)
    first = (
        f"We have not had the answers of {invitation.name} yet. The survey closes on "
        if reminder
        else f"{invitation.name} is asked to take part in “{wave.title}”. The survey closes on "
    )
    shares = (
        "the link is yours alone, and takes one answer at one sitting"
        if wave.mode == Mode.ANONYMOUS
        else "the link is yours, and you may give it to colleagues who answer with you"
    )
    parts = [
        f"{first}{written(closes.date())} at {closes:%H:%M}.",
        wave.says,
        f"Answer here; {shares}:\n{link(invitation, wave, site)}",
        f"{name}: {means}",
        f"The keys are destroyed on {written(wave.destroy_keys_on)}." if wave.destroy_keys_on else "",
        f"{BY_ANOTHER_DOOR}\n{door_link(invitation.code, site)}" if has_door(wave) else "",
        "If you will not answer, or another person should, reply to this letter: it reaches "
        f"{wave.by.display_name}.",
    ]
    return EmailMessage(
        subject=f"{'Reminder: ' if reminder else ''}{wave.title}",
        body="\n\n".join(part for part in parts if part) + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[invitation.email],
        reply_to=[wave.by.email],
    )


def approval(draft: Draft, wave: Wave, token_of_theirs: str, site: str) -> EmailMessage:
    """What the director is asked, with a link of their own."""
    where = urljoin(site, reverse("approve", args=[token_of_theirs]))
    return EmailMessage(
        subject=f"Please approve: {wave.title}",
        body=f"Dear {draft.director},\n\n{draft.asked_by} asks you to read and approve the answers of "
        f"{draft.invitation.name} to “{wave.title}” before they are handed in:\n{where}\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[draft.director_email],
    )


def pack(invitation: Invitation, wave: Wave, link: str) -> EmailMessage:
    """The letter that brings a council its private pack, by the ``link`` to it."""
    until = (
        f"It opens until {written(wave.destroy_keys_on)}: then the keys are destroyed, and nobody can find "
        "your answers among the others any more. Print or save what you want to keep."
        if wave.destroy_keys_on
        else "Print or save what you want to keep."
    )
    parts = [
        f"The results of “{wave.title}” are out. This is the private pack of {invitation.name}: what you "
        "answered, beside the shares of your region, of your type of council and of all.",
        f"Read it here; the link is yours alone:\n{link}",
        f"{until} Nobody else’s words are in it, and small groups are left out.",
        f"If the link should not have come to you, reply to this letter: it reaches {wave.by.display_name}.",
    ]
    return EmailMessage(
        subject=f"Your answers beside others’: {wave.title}",
        body="\n\n".join(parts) + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[invitation.email],
        reply_to=[wave.by.email],
    )


def send(letter: EmailMessage, connection: BaseEmailBackend) -> str:
    """'' when the mail server took it, or its words when it refused the address.

    Raises OSError or smtplib.SMTPException where there is trouble with the server itself.
    """
    try:
        connection.send_messages([letter])
    except SMTPRecipientsRefused as refused:
        code, words = next(iter(refused.recipients.values()))
        return f"{code} {words.decode(errors='replace')}"
    return ""
