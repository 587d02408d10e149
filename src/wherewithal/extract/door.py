"""The only door from records to analytics: a pseudonymous extract in Client Level Data's fields.

No name, number, address or free text leaves by it. A person is a whole number that holds within one extract
only: people are numbered in the order of a keyed hash, whose key is made anew each time and thrown away.
Birth dates become the first day of their month. How a record says something in Client Level Data's words is
policy (``national/extract.toml``).
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from wherewithal.analytics.schema import AGES, EVENTS, JOURNEYS, PARTICULARS, Column, as_table
from wherewithal.analytics.year import ReportingYear
from wherewithal.core.refusal import Refusal
from wherewithal.extract.events import events
from wherewithal.extract.journeys import journeys
from wherewithal.extract.particulars import particulars
from wherewithal.extract.people import people
from wherewithal.formats import cld
from wherewithal.policy.extract import mapping
from wherewithal.records.models import Council


class NoCouncil(Refusal):
    """An extract before the council is on record: no row could say whose it is."""


class FolderInUse(Refusal):
    """A folder that is not empty."""


@dataclass(frozen=True)
class Extract:
    """The tables keep the contracts of ``analytics/schema.py``, as known on ``on``."""

    council: str
    on: date
    events: pa.Table
    journeys: pa.Table
    particulars: pa.Table


def extract(on: date, *, period: ReportingYear | None = None, secret: bytes | None = None) -> Extract:
    """What had happened by the end of ``on``; with a ``period`` what touches it, as known on its last day.

    ``secret`` gives the same keys twice, for tests. As many queries for many people as for one.
    Raises NoCouncil.
    """
    council = council_code()
    since = period.first if period else date.min
    on = min(on, period.last) if period else on
    known = people(on)
    keys = _keys(known, secret or secrets.token_bytes(32))
    rows = _keyed(((one.of, one.row) for one in events(on, since)), council, keys, known)
    waits = _keyed(journeys(on, since), council, keys)
    # A year earlier too: growth is against a year before.
    born = {of: {"Date_of_Birth": facts["Date_of_Birth"]} for of, facts in known.items()}
    more = _keyed(particulars(on, period.year_before if period else since), council, keys, born)
    # In the order of the keys, since the order of the records would tell who came first.
    rows.sort(key=lambda row: (row["person_key"], row["Event_Start_Date"], row["Event_Type"]))
    waits.sort(key=lambda row: row["person_key"])
    more.sort(key=lambda row: (row["person_key"], row["what"], row["first"], row["said"], row["about"]))
    return Extract(council, on, as_table(rows), as_table(waits, JOURNEYS), as_table(more, PARTICULARS))


def council_code() -> str:
    """The council's code in Client Level Data. Raises NoCouncil."""
    code = Council.objects.values_list("code", flat=True).first()
    if code is None:
        raise NoCouncil("The council is not on record yet. Set it up first.")
    return code


def write(made: Extract, folder: Path) -> None:
    """``events.csv``, ``journeys.csv`` and ``particulars.csv`` as Client Level Data is written, and
    ``extract.json``, which says what each column means. Only their owner may open them. Raises FolderInUse.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FolderInUse(f"{folder} is not empty. Name a folder that is new or empty.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    tables: tuple[tuple[str, pa.Table, tuple[Column, ...]], ...] = (
        ("events", made.events, tuple(column for column in EVENTS if column not in AGES)),
        ("journeys", made.journeys, JOURNEYS),
        ("particulars", made.particulars, PARTICULARS),
    )
    about: dict[str, Any] = {
        "council": made.council,
        "known_on": made.on.isoformat(),
        "mapping": mapping(),
    }
    for name, table, columns in tables:
        names = [column.name for column in columns]
        (folder / f"{name}.csv").write_bytes(cld.write(table.select(names).to_pylist(), names))
        meanings = {column.name: column.meaning for column in columns}
        about[name] = {"rows": table.num_rows, "columns": meanings}
    (folder / "extract.json").write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n")


def _keyed(
    found: Iterable[tuple[int, dict[str, Any]]],
    council: str,
    keys: Mapping[int, int],
    known: Mapping[int, dict[str, Any]] | None = None,
) -> list[dict[str, Any]]:
    """The rows with the council and the number in place of the record, and what is known of the person."""
    return [
        {"LA_Code": council, "person_key": keys[of], **(known[of] if known else {}), **row}
        for of, row in found
    ]


def _keys(ids: Iterable[int], secret: bytes) -> dict[int, int]:
    """A number from 1 for each person, in an order that nobody can work out without the secret."""

    def hashed(of: int) -> bytes:
        return hmac.digest(secret, str(of).encode(), hashlib.sha256)

    return {of: number for number, of in enumerate(sorted(ids, key=hashed), 1)}
