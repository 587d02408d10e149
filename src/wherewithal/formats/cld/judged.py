"""Rows of a block with their columns judged, and whose they are."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from wherewithal.formats.cld.columns import Column, Mask, Values
from wherewithal.formats.cld.fields import SCHEMA
from wherewithal.formats.cld.findings import Rows
from wherewithal.formats.cld.hashing import Hashes, together
from wherewithal.formats.cld.plain import PlainColumn
from wherewithal.formats.cld.words import WordColumn


class Judged:
    """Rows with a column for every field, those that the file lacks being empty."""

    def __init__(self, rows: Rows, columns: Mapping[str, Column]) -> None:
        self.rows = rows
        self.columns = columns
        self._council = self["LA_Code"].hashes()
        own = self["LA_Person_Unique_Identifier"]
        self.own: Hashes = np.where(own.null | self["LA_Code"].null, 0, together(self._council, own.hashes()))
        nhs = self["NHS_Number"]
        self.nhs: Hashes = np.where(nhs.null, 0, nhs.hashes())
        self.people: Hashes = np.where(nhs.null, self.own, together(self._council, self.nhs))

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]

    def words(self, name: str) -> WordColumn:
        """A column of words, dates or numbers."""
        column = self.columns[name]
        assert isinstance(column, WordColumn)
        return column

    def numbers(self, name: str) -> Values:
        """A column of days, or of amounts in hundredths; NOTHING where there is none."""
        column = self.columns[name]
        assert isinstance(column, PlainColumn)
        return column.values

    def meets(self, only: Mapping[str, tuple[str, ...]], but: Mapping[str, tuple[str, ...]]) -> Mask:
        """The rows with one of the words of each field of ``only`` and none of ``but``."""
        found = np.ones(len(self.rows), bool)
        for name, words in only.items():
            found &= self.words(name).among(words)
        for name, words in but.items():
            found &= ~self.words(name).among(words)
        return found

    def events(self) -> Hashes:
        """A number for the event of each row: the same when it tells the same event of the same person."""
        service = self.words("Event_Type").among(("Service",))
        ends = np.where(service, 0, self["Event_End_Date"].hashes())
        shared = [self.people, *self._hashes(*_EVENT), ends.astype(np.uint64)]
        of_services = [np.where(service, one, 0).astype(np.uint64) for one in self._hashes(*_SERVICE)]
        of_others = [np.where(service, 0, one).astype(np.uint64) for one in self._hashes(*_OTHER)]
        return together(*shared, *of_services, *of_others)

    def _hashes(self, *names: str) -> list[Hashes]:
        return [self[name].hashes() for name in names]

    def batch(self) -> pa.RecordBatch:
        """The rows as ``SCHEMA`` has them."""
        arrays = [self.columns[name].array() for name in SCHEMA.names[1:]]
        return pa.RecordBatch.from_arrays([pa.array(self.rows), *arrays], schema=SCHEMA)


_EVENT = (
    "LA_Code", "Event_Type", "Event_Start_Date", "Client_Type",
    "Reporting_Period_Start_Date", "Reporting_Period_End_Date",  # another period is another submission
)  # fmt: skip
_SERVICE = (
    "Service_Type", "Service_Component", "Delivery_Mechanism", "Unit_Cost", "Cost_Frequency_Unit_Type",
    "Planned_units_per_week",
)  # fmt: skip
_OTHER = ("Request_Route_of_Access", "Assessment_Type")
