"""Parquet that somebody brings: looked at before it is read, so that what is wrong is told in words."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from wherewithal.analytics.schema import EVENTS
from wherewithal.core.refusal import Refusal


class BadParquet(Refusal):
    """A file that is no Parquet, or without a column that is counted, or with one of another type."""


_NEEDED = [column.name for column in EVENTS if column.needed and column.name != "person_key"]


def of_return(source: Path, wanted: pa.Schema) -> list[Path]:
    """The Parquet files at a path, one or a folder of them, each with what must be counted, in types that
    can be read as those that are ``wanted``. Raises BadParquet, which names the file and the column.
    """
    if source.is_dir() and not (paths := sorted(source.glob("*.parquet"))):
        raise BadParquet(f"{source} holds no Parquet file. Their names must end in .parquet.")
    paths = paths if source.is_dir() else [source]
    for path in paths:
        if says := next(_wrong(path, _schema(path), wanted), ""):
            raise BadParquet(f"{path} cannot be counted: {says}.")
    return paths


def _schema(path: Path) -> pa.Schema:
    try:
        return parquet.read_schema(path)
    except pa.ArrowException as fault:
        raise BadParquet(
            f"{path} is no Parquet file, or is damaged. A CSV file of Client Level Data needs a name that"
            " ends in .csv; Parquet needs the fields of release 2 as its columns."
        ) from fault
    except OSError as error:
        raise BadParquet(f"{path} cannot be read: {error.strerror or error}.") from error


def _wrong(path: Path, held: pa.Schema, wanted: pa.Schema) -> Iterator[str]:
    """What is wrong with the columns, each as the end of a sentence."""
    for name in _NEEDED:
        if name not in held.names:
            yield f"it has no column “{name}”, which a field of Client Level Data in release 2 is called"
    for field in wanted:
        if field.name in held.names:
            if held.names.count(field.name) > 1:
                yield f"it has the column “{field.name}” twice"
                continue
            of = held.field(field.name).type
            if not _can_be(of, field.type) and not _reads_as(path, field):
                yield f"its column “{field.name}” holds {_words(of)}, and {_words(field.type)} were expected"


_NUMBERS = (pa.types.is_integer, pa.types.is_decimal, pa.types.is_floating)
_DAYS = (pa.types.is_date, pa.types.is_timestamp)
_TEXTS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
_KINDS: Sequence[tuple[str, tuple]] = (  # type: ignore[type-arg]
    ("texts", _TEXTS),
    ("days", _DAYS),
    ("numbers", _NUMBERS),
    ("nothing", (pa.types.is_null,)),
)


def _words(of: pa.DataType) -> str:
    of = of.value_type if pa.types.is_dictionary(of) else of
    return next((says for says, kinds in _KINDS if any(kind(of) for kind in kinds)), f"values of type {of}")


def _can_be(of: pa.DataType, wanted: pa.DataType) -> bool:
    """Whole numbers may be texts: so programs write codes and numbers of people."""
    text_in_numbers = pa.types.is_integer(of) and _words(wanted) == "texts"
    return text_in_numbers or _words(of) in ("nothing", _words(wanted))


def _reads_as(path: Path, wanted: pa.Field) -> bool:
    """Whether a column of another type is empty, which some programs write as numbers that are none, or
    holds days as text, like 2025-05-31. Its cells are read to see.
    """
    try:
        cells = parquet.read_table(path, columns=[wanted.name])[0]
    except (pa.ArrowException, OSError) as fault:
        raise BadParquet(f"{path} is damaged: its column “{wanted.name}” cannot be read.") from fault
    if pa.types.is_floating(cells.type):
        return bool(pc.all(pc.is_null(cells, nan_is_null=True)).as_py())
    if _words(cells.type) == "texts" and _words(wanted.type) == "days":
        try:
            cells.cast(wanted.type)
        except pa.ArrowException:
            return False
        return True
    return bool(cells.null_count == len(cells))
