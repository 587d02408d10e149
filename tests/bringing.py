"""Files of Client Level Data that an analyst brings, for tests: of people who do not exist."""

import io
from typing import Any

from making import at, user
from returned import file_with

from wherewithal.actions import brought_file
from wherewithal.core.roles import Role
from wherewithal.extract.brought_file import read
from wherewithal.records.models import BroughtFile, User

NHS_NUMBERS = tuple(f"99900{number:05}" for number in (18, 26, 34))  # of nobody, kept for tests
LOCAL = "Quillon-0001"
YEAR = {"Reporting_Period_Start_Date": "01/04/2025", "Reporting_Period_End_Date": "31/03/2026"}
HELD = ("Direct payment", "CASSR managed personal budget", "CASSR commissioned support")


def analyst() -> User:
    return user("Ana Analyst", Role.ANALYST)


def reader() -> User:
    return user("Reading of files")


def somebody(number: int, **cells: str) -> dict[str, str]:
    """A row about a person of their own, with long-term support in 2025-26."""
    who = {"NHS_Number": "", "LA_Person_Unique_Identifier": f"E{number:04}"}
    return {**YEAR, **who, "Delivery_Mechanism": HELD[number % len(HELD)], **cells}


def return_of(people: int = 30, **cells: str) -> bytes:
    """A return that can be counted: a third of its people has a direct payment, a third a budget that the
    council manages, a third neither.
    """
    return file_with(*(somebody(number, **cells) for number in range(people)))


def faulty() -> bytes:
    """A return that can be counted, with errors, warnings, and people's numbers where none belong."""
    rows = [somebody(number) for number in range(30)]
    rows[0] |= {"NHS_Number": NHS_NUMBERS[0], "Gender": NHS_NUMBERS[1]}
    rows[1] |= {"Ethnicity": "ZZ1 1AA", "LA_Person_Unique_Identifier": LOCAL}
    rows[2] |= {"Delivery_Mechanism": "By post"}
    rows[3] |= {"Delivery_Mechanism": "Direct Payment"}
    return file_with(*rows)


def brought(content: bytes | None = None, **more: Any) -> BroughtFile:
    """A file that waits to be read."""
    given = {"file_name": "return.csv", "by": analyst(), "at": at(), **more}
    return brought_file.bring(file=io.BytesIO(return_of() if content is None else content), **given)


def read_now(content: bytes | None = None, **more: Any) -> BroughtFile:
    """A file that was brought and read, as it is on record then."""
    row = brought(content, **more)
    read(row.pk, by=reader(), at=at(hour=11))
    return BroughtFile.objects.get(pk=row.pk)
