"""What happens by itself: a round a night, the figures whenever something that counts has changed, and the
reading of files that somebody brings.

Each can be asked for again without harm.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.management import call_command
from django.utils import timezone
from procrastinate.contrib.django import app

from wherewithal.actions import brought_file, calendar, card, contribution, survey_seal
from wherewithal.actions.record import day, stand_in
from wherewithal.core.survey import Mode
from wherewithal.extract import submission_faults
from wherewithal.extract.brought_file import read, waiting
from wherewithal.extract.counting import recount
from wherewithal.records.models import Actual, User, Wave

LATELY = timedelta(minutes=30)  # three of the rounds that ask about new card lines


@app.periodic(cron="15 3 * * *")
@app.task(queueing_lock="nightly round", name="nightly_round")
def nightly_round(timestamp: int) -> None:
    """Support begins and ends on its days, unpaid contributions count as missed, odd spending is asked about;
    surveys are closed.

    ``timestamp`` is when the round was due; it works for the day on which it runs.
    """
    at, by = timezone.now(), stand_in("nightly-round", "Nightly round")
    calendar.turn_day(by=by, at=at)
    contribution.mark_missed(on=day(at), by=by, at=at)
    card.raise_questions(on=day(at), by=by, at=at)
    surveys(by=by, at=at)
    call_command("clearsessions")


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="ask about new lines", name="ask_about_new_lines")
def ask_about_new_lines(timestamp: int) -> None:
    """Where card lines came in lately, what is odd about them is asked without waiting for the night.

    ``timestamp`` is when it was due.
    """
    at, by = timezone.now(), stand_in("asking-about-spending", "Asking about spending")
    newest = Actual.objects.select_related("transfer").order_by("-pk").first()
    if newest and newest.transfer.at >= at - LATELY:
        card.raise_questions(on=day(at), by=by, at=at)


def surveys(*, by: User, at: datetime) -> None:
    """Waves whose time is over are closed (not the anonymous, which want their key); keys whose day has come
    are destroyed.
    """
    open_still = Wave.objects.filter(state=Wave.State.OPEN, closes_at__lte=at).exclude(mode=Mode.ANONYMOUS)
    for wave in open_still:
        survey_seal.close(wave=wave, by=by, at=at)
    due = Wave.objects.filter(
        state__in=[Wave.State.CLOSED, Wave.State.RELEASED],
        keys_destroyed_on=None,
        destroy_keys_on__lte=day(at),
    )
    for wave in due:
        survey_seal.destroy_keys(wave=wave, by=by, at=at)
        survey_seal.wipe()


@app.periodic(cron="*/5 * * * *")
@app.task(lock="count figures", queueing_lock="count figures", name="count_figures")
def count_figures(timestamp: int) -> None:
    """Every measure is counted anew where a record that counts has changed; pages show what was counted last.
    What would be sent as the return is checked too, for the list of what is to be mended.

    ``timestamp`` is when it was due; it counts up to the day on which it runs.
    """
    at, by = timezone.now(), stand_in("counting", "Counting of figures")
    recount(on=day(at), by=by, at=at)
    submission_faults.check(on=day(at), by=by, at=at)


@app.task(name=brought_file.JOB)
def read_brought_file(file: str) -> None:
    """A file that somebody brought is checked and counted, and let go. ``file`` is its id."""
    read(UUID(file), by=reader(), at=timezone.now())
    brought_file.wipe()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="unread files", name="read_unread_files")
def read_unread_files(timestamp: int) -> None:
    """What waited too long is let go; what a killed worker left, or never took up, is read.

    ``timestamp`` is when it was due.
    """
    if brought_file.let_go(by=reader(), at=timezone.now()):
        brought_file.wipe()
    for file in waiting():
        read_brought_file(file=str(file))


def reader() -> User:
    """Who reads files that somebody brought."""
    return stand_in("reading-files", "Reading of files")
