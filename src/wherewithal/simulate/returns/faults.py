"""What is wrong with a return, put in at stated rates; how a careful reader takes it; what stands in it."""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from wherewithal.simulate.returns.columns import BLANK, OUTSIDE, Flags, Ints, Rows, code, words
from wherewithal.simulate.returns.planning import Part

# Our own guesses of how common each is: of people, of services, of cells, or of events that are over.
NO_NUMBER, NUMBER_ON_SOME_ROWS, TWO_NUMBERS, WRONG_CHECK = 0.04, 0.004, 0.001, 0.001
NO_MECHANISM, NO_COMPONENT, NO_LIST, ENDS_BEFORE = 0.03, 0.005, 0.001, 0.001

MISREAD = 1_000_000
"""Added to an NHS number's place where the number stands with a wrong check digit."""

SAYS: Mapping[str, str] = {
    "release-1-word": "cells with a word of release 1",
    "word-outside-its-list": "cells with a word that stands in no list",
    "no-nhs-number": "rows without an NHS number",
    "wrong-check-digit": "rows with an NHS number whose check digit is wrong",
    "could-be-anybodys": "rows of nobody: no NHS number, and the council's stands beside one in another row",
    "two-nhs-numbers": "council's numbers that stand beside two NHS numbers",
    "end-before-start": "events that end before they start",
    "no-mechanism": "services without a delivery mechanism",
    "no-component": "services without a component",
    "open-after-death": "services that are open although the person died",
    "no-birth-date": "rows without a birth date",
    "earlier-submission": "rows of a submission that a later one replaces",
}

OF_THE_NEWEST = ("could-be-anybodys", "two-nhs-numbers")
"""What is told of a council's newest submission alone, the one that counts."""


def spoiled(dice: np.random.Generator, rows: Rows, part: Part) -> Rows:
    """The rows, in order of people, with faults in them; the same people and as many rows."""
    columns = {name: column.copy() for name, column in rows.columns.items()}
    columns["NHS_Number"] = _numbers(dice, rows, part)
    service = columns["Event_Type"] == code("Event_Type", "Service")
    for name, rate in (("Delivery_Mechanism", NO_MECHANISM), ("Service_Component", NO_COMPONENT)):
        columns[name][service & (dice.random(len(rows)) < rate)] = BLANK
    for name, outside in OUTSIDE.items():
        hit = (columns[name] != BLANK) & (dice.random(len(rows)) < NO_LIST)
        columns[name][hit] = len(words()[name].words) + dice.integers(0, len(outside), hit.sum())
    over = ~service & (columns["Event_End_Date"] != BLANK) & (dice.random(len(rows)) < ENDS_BEFORE)
    columns["Event_End_Date"][over] = columns["Event_Start_Date"][over] - dice.integers(1, 300, over.sum())
    return Rows(rows.person, columns)


def _numbers(dice: np.random.Generator, rows: Rows, part: Part) -> Ints:
    """NHS numbers missing, on all rows or the first only, misread, or another one on the last row."""
    found = rows.columns["NHS_Number"].copy()
    alike = rows.person[1:] == rows.person[:-1]
    first, last = np.append(True, ~alike), np.append(~alike, True)
    chance = dice.random(rows.person.max(initial=0) + 1)[rows.person]
    numbered = found != BLANK
    found[numbered & (chance < NO_NUMBER)] = BLANK
    found[numbered & (chance > 1 - WRONG_CHECK)] += MISREAD
    some = NO_NUMBER + NUMBER_ON_SOME_ROWS
    found[first & ~last & numbered & (chance >= NO_NUMBER) & (chance < some)] = BLANK
    # A person with another number on their last row, which is no service, so that no figure hangs on it.
    eventful = rows.columns["Event_Type"] != code("Event_Type", "Service")
    second = last & ~first & numbered & eventful & (chance >= some) & (chance < some + TWO_NUMBERS)
    spare = part.nhs[1] - 1 - np.arange(second.sum())
    enough = spare >= part.nhs[1] - (part.nhs[1] - part.nhs[0]) // 100
    found[np.flatnonzero(second)[enough]] = spare[enough]
    return found


def as_read(rows: Rows) -> Rows:
    """The rows as a careful reader takes them: a cell that is no word, number or end that can be is blank."""
    columns = dict(rows.columns)
    for name in OUTSIDE:
        column = columns[name]
        columns[name] = np.where(column >= len(words()[name].words), BLANK, column)
    columns["NHS_Number"] = np.where(columns["NHS_Number"] >= MISREAD, BLANK, columns["NHS_Number"])
    columns["Event_End_Date"] = np.where(_ends_before(columns), BLANK, columns["Event_End_Date"])
    return Rows(rows.person, columns)


def left_out(read: Rows) -> Flags:
    """Which rows could be anybody's: no NHS number, and the council's number stands beside one elsewhere."""
    numbered = read.columns["NHS_Number"] != BLANK
    beside = np.bincount(read.person, numbered) > 0
    return ~numbered & beside[read.person]


def people(read: Rows) -> int:
    """How many people a reader finds: NHS numbers, and council's numbers that stand beside none."""
    number = read.columns["NHS_Number"]
    numbered = number != BLANK
    without = np.setdiff1d(read.person, read.person[numbered])
    return len(np.unique(number[numbered])) + len(without)


def found(rows: Rows, part: Part) -> Counter[str]:
    """What stands in the rows, by the ids of ``SAYS``."""
    columns, read = rows.columns, as_read(rows)
    service = columns["Event_Type"] == code("Event_Type", "Service")
    dead = (columns["Date_of_Death"] != BLANK) & (columns["Event_End_Date"] == BLANK)
    number = read.columns["NHS_Number"]
    pairs = np.unique(np.stack([read.person, number])[:, number != BLANK], axis=1)
    stands = {
        "release-1-word": _old_words(rows) if part.release_1 else 0,
        "word-outside-its-list": sum((columns[name] >= len(words()[name].words)).sum() for name in OUTSIDE),
        "no-nhs-number": (columns["NHS_Number"] == BLANK).sum(),
        "wrong-check-digit": (columns["NHS_Number"] >= MISREAD).sum(),
        "could-be-anybodys": left_out(read).sum(),
        "two-nhs-numbers": (np.bincount(pairs[0]) > 1).sum(),
        "end-before-start": _ends_before(columns).sum(),
        "no-mechanism": (service & (columns["Delivery_Mechanism"] == BLANK)).sum(),
        "no-component": (service & (columns["Service_Component"] == BLANK)).sum(),
        "open-after-death": (service & dead).sum(),
        "no-birth-date": (columns["Date_of_Birth"] == BLANK).sum(),
    }
    return Counter({id: int(many) for id, many in stands.items()})


def _ends_before(columns: Mapping[str, Ints]) -> Flags:
    ends, starts = columns["Event_End_Date"], columns["Event_Start_Date"]
    return (ends != BLANK) & (starts != BLANK) & (ends < starts)


def _old_words(rows: Rows) -> int:
    many = 0
    for name, of in words().items():
        differs = [place for place, word in enumerate(of.words) if of.first_release[place] != word]
        if name in rows.columns and differs:
            many += int(np.isin(rows.columns[name], differs).sum())
    return many
