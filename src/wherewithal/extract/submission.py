"""Our own records as councils must send them: Client Level Data, release 2, with who everybody is.

The events are those of the pseudonymous extract, so that there is one path to a figure; here the NHS number,
the council's own number, the birth date and the postcode stand beside them, which the collection asks for.
One role may make it (``submission.make``); each one that is made is on record with who, when and why, and
each person in it can see that it was.

What is left blank is on no record of ours (the GP practice, paid work, impairments) or is nobody else's
business (the council's own words for an event).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from wherewithal.actions.submission import Sent, SentRow, log, must_be_allowed
from wherewithal.core.period import Period
from wherewithal.extract.door import council_code
from wherewithal.extract.events import Event, events
from wherewithal.extract.fingerprints import key_check, prints
from wherewithal.extract.people import people
from wherewithal.formats import cld
from wherewithal.records.models import Caring, Person, Submission, User

Row = dict[str, Any]
LINKED = tuple(f"Adult_{number}_Linked_Person_ID" for number in (1, 2, 3))
REFERENCE = {"Request": "RQ", "Assessment": "AS", "Service": "SV", "Review": "RV"}
# What is of the file itself and not of the event: never compared.
OF_THE_FILE = ("LA_Code", "Reporting_Period_Start_Date", "Reporting_Period_End_Date", "Event_Reference")


@dataclass(frozen=True)
class Written:
    """A submission before it is one: its rows in the order of the file, and the event behind each."""

    period: Period
    rows: tuple[Row, ...]
    behind: tuple[Event, ...]

    @property
    def file(self) -> bytes:
        """The CSV file, UTF-8."""
        return cld.write(self.rows)

    @property
    def people(self) -> set[int]:
        """Who is in it, by the ids of their records."""
        return {event.of for event in self.behind}


def write(period: Period) -> Written:
    """What touches a closed ``period``, as known on its last day. Raises NoCouncil.

    As many queries for many people as for one.
    """
    last = period.last
    assert last, "a submission covers a closed period"
    code, known, who = council_code(), people(last), _identities(last)
    about_file = {
        "LA_Code": code,
        "Reporting_Period_Start_Date": period.first,
        "Reporting_Period_End_Date": last,
    }
    found = [
        ({**about_file, **known[one.of], **who[one.of], **one.row, "Event_Reference": reference(one)}, one)
        for one in events(last, period.first)
    ]
    found.sort(key=lambda pair: _order(pair[0]))
    return Written(period, tuple(row for row, _ in found), tuple(one for _, one in found))


def make(*, period: Period, reason: str, by: User, at: datetime) -> tuple[Submission, bytes]:
    """Write the file of a closed ``period`` and put it on record; the file is kept nowhere.

    Raises NotAllowed, SayWhy, NoSuchQuarter, NoCouncil.
    """
    must_be_allowed(by)
    written = write(period)
    file = written.file
    sent = Sent(
        period, hashlib.sha256(file).hexdigest(), written.people, compared(), key_check(), _kept(written)
    )
    return log(sent=sent, reason=reason, by=by, at=at), file


def compared() -> tuple[str, ...]:
    """The fields by which two rows of one event are held against each other, in the order of the file."""
    return tuple(field.name for field in cld.fields() if field.name not in OF_THE_FILE)


def reference(event: Event) -> str:
    """The council's own number for an event, the same in every submission: ``SV-0001234``."""
    return f"{REFERENCE[event.row['Event_Type']]}-{event.about:07d}"


def _order(row: Row) -> tuple[Any, ...]:
    return row["LA_Person_Unique_Identifier"], row["Event_Start_Date"], row["Event_Reference"]


def _kept(written: Written) -> Iterable[SentRow]:
    names = compared()
    for row, event in zip(written.rows, written.behind, strict=True):
        what, first, last = (row[name] for name in ("Event_Type", "Event_Start_Date", "Event_End_Date"))
        values = [(name, row.get(name)) for name in names]
        yield SentRow(what, event.about, first, last, prints(row["Event_Reference"], values))


def _identities(on: date) -> dict[int, Row]:
    """Who each person is, by the id of their record; for a carer, whom they care for. Two queries."""
    cared_for: dict[int, list[str]] = {}
    links = Caring.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on).order_by("since", "pk")
    for carer, ref in links.values_list("carer_id", "cared_for__ref"):
        cared_for.setdefault(carer, []).append(ref)
    found = Person.objects.values_list("pk", "ref", "nhs_number", "born_on", "postcode")
    return {
        pk: {
            "LA_Person_Unique_Identifier": ref,
            "NHS_Number": nhs_number,
            "Date_of_Birth": born_on,
            "Postcode": postcode or None,
            **dict(zip(LINKED, cared_for.get(pk, ()), strict=False)),
        }
        for pk, ref, nhs_number, born_on, postcode in found
    }
