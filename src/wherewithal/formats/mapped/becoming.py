"""What one cell of an extract becomes by its mapping: the text of a field, or ages."""

from dataclasses import dataclass
from datetime import date
from time import strptime

from wherewithal.formats.cld.cells import written
from wherewithal.formats.mapped.mapping import NO_AGE, Ages, Column


@dataclass(frozen=True)
class Became:
    """``text`` as Client Level Data writes it, "" for a blank; ``expected`` is said of a refused cell."""

    text: str = ""
    ages: Ages = NO_AGE
    expected: str = ""


def become(column: Column, cell: str) -> Became:
    """One cell, without the spaces around it. Whether the text fits its field is judged elsewhere."""
    if not cell or cell in column.blank:
        return Became()
    if column.may_be:
        return Became(cell) if cell in column.may_be else _refused(column.may_be)
    if column.becomes is not None and cell in column.becomes:
        value = column.becomes[cell]
        return Became(ages=value) if isinstance(value, Ages) else Became(value)
    if column.becomes is not None and column.otherwise == "refused":
        return _refused((*column.becomes, *column.blank))
    if column.has_ages or column.otherwise == "blank":
        return Became()
    return _day(column.dates, cell) if column.dates else Became(column.prefix + cell)


def _refused(values: tuple[str, ...]) -> Became:
    few = ", ".join(f"“{value}”" for value in values[:6])
    return Became(expected=f"a value that the mapping names: {few}{' and others' if len(values) > 6 else ''}")


def _day(pattern: str, cell: str) -> Became:
    try:
        return Became(written(date(*strptime(cell, pattern)[:3])))
    except ValueError:
        return Became(expected=f"a day written as {date(2026, 3, 31).strftime(pattern)}")
