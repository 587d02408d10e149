"""What the page of a closed survey leads with, read from the record; what destroying its keys would end."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from wherewithal.actions.survey_pack import why_none
from wherewithal.core.survey_next import Afterwards, Step, keys_are_due, too_early
from wherewithal.records.asking import asked_in
from wherewithal.records.coding import as_book, book_in_use
from wherewithal.records.models import Pack, ReadThrough, Wave
from wherewithal.records.release import is_public
from wherewithal.web.templating import plural

_AFTER = (Wave.State.CLOSED, Wave.State.RELEASED)
# Of each step: the words on its button, the page, and why it comes now.
LEADS = {
    Step.BEGIN_CODEBOOK: (
        "Code the answers", "survey_coding", "There is no codebook yet for what was answered in words.",
    ),
    Step.CODE: ("Code the answers", "survey_coding", ""),
    Step.WRITE: ("Write the report", "survey_report", "Nobody has written the report yet."),
    Step.RELEASE: ("Release the report", "survey_release", "The report is written, and no version is built."),
    Step.WAIT: ("See the release", "survey_release", "It is built, and held back until its embargo ends."),
    Step.SEND_PACKS: ("Send the private packs", "survey_packs", ""),
}  # fmt: skip


@dataclass(frozen=True)
class Lead:
    """The one next step of a closed wave: what its button says, where it leads, why now."""

    says: str
    route: str
    why: str


def lead(wave: Wave, at: datetime) -> Lead | None:
    """None where the wave is not closed, or nothing is left to do."""
    if wave.state not in _AFTER:
        return None
    stands = _afterwards(wave, at)
    if stands.step is None:
        return None
    says, route, why = LEADS[stands.step]
    if stands.step == Step.CODE:
        why = f"{plural(stands.unread or 0, 'answer')} in words no coder has read yet."
    elif stands.step == Step.SEND_PACKS:
        why = f"The report is public, and {plural(stands.packs, 'pack waits', 'packs wait')} to be sent."
    return Lead(says, route, why)


def is_due(wave: Wave, at: datetime) -> bool:
    """Is a closed coded wave past the day on which its keys were to be destroyed?"""
    return wave.state in _AFTER and keys_are_due(
        mode=wave.mode, destroy_on=wave.destroy_keys_on, destroyed_on=wave.keys_destroyed_on,
        on=timezone.localdate(at),
    )  # fmt: skip


def ended_by_destroying(wave: Wave, at: datetime) -> tuple[str, ...]:
    """What could not be done any more if the keys went now."""
    return too_early(
        public=is_public(wave, at), packs=_packs(wave, at), councils=wave.unit == Wave.Unit.COUNCIL
    )


def _afterwards(wave: Wave, at: datetime) -> Afterwards:
    built = wave.releases.exists()
    return Afterwards(
        replies=wave.replies.filter(late=False).count(),
        # A line such as a name is answered in words too, and needs no codes.
        in_words=any(one.kind == "longtext" for one in asked_in(wave).questions.values()),
        unread=None if built else _unread(wave),
        written=hasattr(wave, "report"),
        built=built,
        public=built and is_public(wave, at),
        packs=_packs(wave, at) if built else 0,
    )


def _unread(wave: Wave) -> int | None:
    """Answers to the questions of the codebook that nobody has read to the end; None without one in use."""
    row = book_in_use(wave)
    if row is None:
        return None
    questions = sorted(as_book(row).questions)
    given = wave.replies.filter(late=False).aggregate(
        **{f"of_{at}": Count("pk", filter=Q(statuses__contains={id: "answered"}))
           for at, id in enumerate(questions)}
    )  # fmt: skip
    left = 0
    through = ReadThrough.objects.filter(reply__wave=wave, reply__late=False)
    read = dict(through.values_list("question").annotate(Count("reply", distinct=True)).order_by())
    for at, id in enumerate(questions):
        left += max(0, given[f"of_{at}"] - read.get(id, 0))
    return left


def _packs(wave: Wave, at: datetime) -> int:
    """Councils with an address that were not sent their pack, where packs go out."""
    if why_none(wave, at):
        return 0
    reached = wave.invitations.filter(key__isnull=False).exclude(email="")
    return reached.exclude(pack__state__in=(Pack.State.SENT, Pack.State.BOUNCED)).count()
