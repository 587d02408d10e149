"""What a count of ASCOF 3D must find in a return, told from how it was made, reading no policy."""

from collections.abc import Mapping

import numpy as np

from wherewithal.simulate.returns.columns import BLANK, Flags, Ints, Rows, code
from wherewithal.simulate.returns.faults import left_out
from wherewithal.simulate.returns.people import EIGHTEEN, FIRST, LAST, SIXTY_FIVE
from wherewithal.simulate.returns.services import MECHANISMS

Counts = Mapping[str, Mapping[str, tuple[int, int]]]
"""By measure and group: numerator and denominator."""

NOBODY = 99


def counts(read: Rows) -> Counts:
    """The four measures of the year over rows of one submission, as read; whole people, none in two parts."""
    many = int(read.person.max(initial=-1)) + 1
    columns = read.columns
    kept = ~left_out(read) & (columns["Event_Type"] == code("Event_Type", "Service"))
    ends = np.where(columns["Event_End_Date"] == BLANK, LAST + 1, columns["Event_End_Date"])
    dies = np.where(columns["Date_of_Death"] == BLANK, LAST + 1, columns["Date_of_Death"])
    until = np.minimum(ends, dies)
    kept = kept & (columns["Event_Start_Date"] <= LAST)
    clients = _least(read, _clients(columns), kept & (until >= LAST), many)
    carers = _least(read, _carers(columns), kept & (until >= FIRST), many)
    groups = _groups(read, many)
    tops = {"1a": (clients, 4, 6), "2a": (clients, 3, 6), "1b": (carers, 2, 3), "2b": (carers, 1, 3)}
    return {
        f"ascof-3d-{part}": {
            group: (int((of & within & (rank <= top)).sum()), int((of & within).sum()))
            for group, within in groups.items()
        }
        for part, (rank, top, last) in tops.items()
        for of in [(rank >= (3 if part.endswith("a") else 1)) & (rank <= last)]
    }


def _held(columns: Mapping[str, Ints]) -> Ints:
    """1 direct payment, 2 managed by the council, 3 commissioned, 4 not known."""
    found = np.full(len(columns["Delivery_Mechanism"]), 4)
    for place, word in enumerate(MECHANISMS, 1):
        found[columns["Delivery_Mechanism"] == code("Delivery_Mechanism", word)] = place
    found[columns["Service_Component"] == code("Service_Component", "Direct payment")] = 1
    return found


def _clients(columns: Mapping[str, Ints]) -> Ints:
    kind = columns["Service_Type"]
    found = np.full(len(kind), NOBODY)
    for word, rank in (("Nursing care", 1), ("Residential care", 2), ("Prison", 7)):
        found[kind == code("Service_Type", f"Long term support: {word}")] = rank
    home = kind == code("Service_Type", "Long term support: Community")
    return np.where(home, 2 + _held(columns), found)


def _carers(columns: Mapping[str, Ints]) -> Ints:
    held = _held(columns)
    known = (columns["Service_Component"] != BLANK) | ~np.isin(held, (2, 3))
    theirs = columns["Service_Type"] == code("Service_Type", "Unpaid carer support: Direct to unpaid carer")
    return np.where(theirs & known, held, NOBODY)


def _least(read: Rows, rank: Ints, kept: Flags, many: int) -> Ints:
    found = np.full(many, NOBODY)
    np.minimum.at(found, read.person[kept], rank[kept])
    return found


def _groups(read: Rows, many: int) -> Mapping[str, Flags]:
    """Who is of each group; nobody under 18 is of any, who has no birth date is of the total only."""
    born = np.full(many, BLANK)
    born[read.person] = read.columns["Date_of_Birth"]
    known, grown_up = born != BLANK, born <= EIGHTEEN
    return {
        "total": ~known | grown_up,
        "18-64": known & grown_up & (born > SIXTY_FIVE),
        "65+": known & (born <= SIXTY_FIVE),
    }
