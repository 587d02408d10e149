"""Whose each row is, by the published rule, and which rows tell the same event twice.

A person is their NHS number; without one, the council's number, unless that number also stands beside an NHS
number. Source: NHS England, Central transformation principles: ASCOF, 2024, "Distinct headcount methodology".
Rows of a file are of one event when the fields agree that a single submission is told apart by. Source:
Department of Health and Social Care, ASC-CLD-LA-Dashboard, Deduplication, step 1, GitHub, commit 9bee728,
June 2026, Open Government Licence v3.0.
"""

import numpy as np
import numpy.typing as npt

from wherewithal.formats.cld.hashing import Hashes, distinct
from wherewithal.formats.cld.health import SHOWN, Fault, OnMeasures
from wherewithal.policy.client_level_data import Effect, effects

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class Whose:
    """Keeps 32 bytes a row: its number, the event, the council's number and the NHS number for the person."""

    def __init__(self) -> None:
        self._parts: list[tuple[Rows, Hashes, Hashes, Hashes]] = []

    def add(self, rows: Rows, event: Hashes, council: Hashes, nhs: Hashes) -> None:
        """Some rows; ``council`` and ``nhs`` are 0 where there is no number."""
        self._parts.append((rows, event, council, nhs))

    def faults(self) -> list[Fault]:
        """Rows that nobody can tell whose they are, numbers that contradict each other, and repeats."""
        if not self._parts:
            return []
        rows, event, council, nhs = (np.concatenate(part) for part in zip(*self._parts, strict=True))
        unknown = [one for one in effects() if one.fault == "unknown"]
        own, other = council != 0, nhs != 0
        both = own & other
        doubtful = own & ~other
        doubtful[doubtful] = _among(council[doubtful], distinct(council[both]))
        return [
            *_told(
                "NHS_Number", "", "an NHS number: the council’s number stands beside one in another row, so "
                "that this row may be that person’s or not", doubtful, rows, council, unknown,
            ),
            *_told(
                "NHS_Number", "two NHS numbers beside one number of the council", "the same one each time",
                other & _among(council, _contradicted(council[both], nhs[both])), rows, council, (),
            ),
            *_told(
                "LA_Person_Unique_Identifier", "two numbers of the council beside one NHS number",
                "the same one each time", own & _among(nhs, _contradicted(nhs[both], council[both])),
                rows, nhs, (),
            ),
            *_told(
                "", "an event that stands in an earlier row too", "each event once; the published method "
                "keeps one of them", _again(event), rows, council, (),
            ),
        ]  # fmt: skip


def _told(
    field: str, value: str, expected: str, where: Mask, rows: Rows, people: Hashes,
    of: tuple[Effect, ...] | list[Effect],
) -> list[Fault]:  # fmt: skip
    times = int(where.sum())
    if not times:
        return []
    first = tuple(int(row) for row in rows[where][:SHOWN])
    on = tuple(OnMeasures(effect, times) for effect in of)
    return [Fault("warning", field, "", value, expected, "", times, first, len(distinct(people[where])), on)]


def _among(these: Hashes, those: Hashes) -> Mask:
    if not len(those):
        return np.zeros(len(these), bool)
    at = np.minimum(np.searchsorted(those, these), len(those) - 1)
    return those[at] == these  # type: ignore[no-any-return]


def _contradicted(these: Hashes, beside: Hashes) -> Hashes:
    """Those that stand beside more than one other, in order."""
    order = np.argsort(these)
    these, beside = these[order], beside[order]
    other = (these[1:] == these[:-1]) & (beside[1:] != beside[:-1])
    return distinct(these[1:][other])


def _again(events: Hashes) -> Mask:
    """Where a number stood before."""
    ordered = np.sort(events)
    places = np.flatnonzero(_among(events, distinct(ordered[1:][ordered[1:] == ordered[:-1]])))
    again = np.zeros(len(events), bool)
    again[places] = True
    again[places[np.unique(events[places], return_index=True)[1]]] = False
    return again
