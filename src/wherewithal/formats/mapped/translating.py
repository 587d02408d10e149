"""The rows of an extract as rows of Client Level Data, still as text; a value is looked up once a block."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wherewithal.formats.cld.blocks import Block, is_text
from wherewithal.formats.cld.fields import Field, fields
from wherewithal.formats.cld.findings import Findings
from wherewithal.formats.mapped.becoming import Became, become
from wherewithal.formats.mapped.mapping import WHOLE_ROW, Column, Event, ExtractMapping

AGES = ("Age_From", "Age_To")
"""From which to which age a person may be on the last day, both included, where the extract has age groups in
place of birth dates; of an open group, and where nothing tells, ``Age_To`` is null.
"""
_FIELDS = {field.name: field for field in fields()}
_PERSON = "LA_Person_Unique_Identifier"


@dataclass(frozen=True)
class Events:
    """The events of a block of rows, as cells of Client Level Data, and the ages of whose they are."""

    block: Block
    ages: Mapping[str, pa.Array]
    rows_without: int


class Translator:
    """Makes events of the rows of one extract; a value that the mapping does not name is told."""

    def __init__(self, of: ExtractMapping, found: Findings) -> None:
        self.of = of
        self._found = found

    def events(self, block: Block) -> Events:
        """The events of a block whose cells are by column; they come in the order of its rows."""
        rows = pa.array(block.rows)
        for column in self.of.columns:
            if column.may_be:
                self._became(column, block.rows, block.cells[column.name])
        shared = self._given(self.of.columns, block)
        parts, met = [], pa.array(np.zeros(len(rows), bool))
        for event in self.of.events or (WHOLE_ROW,):
            meets = _meets(event, block.cells, len(rows))
            met = pc.or_(met, meets)
            parts.append(self._event(event, block, shared, meets))
        table = pa.concat_tables(parts, promote_options="default")
        table = table.take(pc.sort_indices(table, [("row", "ascending")]))
        columns = {name: _column(name, table[name].combine_chunks()) for name in table.column_names}
        return Events(
            Block(
                columns.pop("row").to_numpy(), {name: columns[name] for name in columns if name not in AGES}
            ),
            {name: columns[name] for name in AGES},
            len(rows) - (pc.sum(met).as_py() or 0),
        )

    def _event(self, event: Event, block: Block, shared: Mapping[str, pa.Array], meets: pa.Array) -> pa.Table:
        """One event of each row that meets it."""
        rows = pa.array(block.rows).filter(meets)
        own = Block(rows.to_numpy(), {one.name: block.cells[one.name].filter(meets) for one in event.columns})
        given = {name: column.filter(meets) for name, column in shared.items()} | self._given(
            event.columns, own
        )
        given |= {name: _same(word, len(rows)) for name, word in {**self.of.always, **event.always}.items()}
        if self.of.a_row_is_a_person:
            number = rows.cast(pa.string())
            own_number = given.get(_PERSON, _same("", len(rows)))
            given[_PERSON] = pc.binary_join_element_wise(number, own_number, "-")
        absent = [name for name in AGES if name not in given]
        given |= {name: pa.nulls(len(rows), pa.int64()) for name in absent}
        return pa.table({"row": rows} | given)

    def _given(self, columns: Sequence[Column], block: Block) -> dict[str, pa.Array]:
        """What the columns become: the cells of fields, and the two ends of an age group."""
        found: dict[str, pa.Array] = {}
        for column in columns:
            if column.field:
                became, places = self._became(column, block.rows, block.cells[column.name])
                found[column.field] = pa.array([one.text for one in became], pa.string()).take(places)
            elif column.has_ages:
                became, places = self._became(column, block.rows, block.cells[column.name])
                ends = zip(*(one.ages for one in became), strict=True) if became else ((), ())
                found |= {
                    name: pa.array(end, pa.int64()).take(places) for name, end in zip(AGES, ends, strict=True)
                }
        return found

    def _became(
        self, column: Column, rows: "np.ndarray[tuple[int], np.dtype[np.int64]]", cells: pa.Array
    ) -> tuple[list[Became], pa.Array]:
        """What each distinct cell became, and which of them stands in each row."""
        encoded = cells if pa.types.is_dictionary(cells.type) else cells.dictionary_encode()
        texts = encoded.dictionary.to_pylist()
        became = [become(column, text.strip()) for text in texts]
        places = encoded.indices.to_numpy()
        for place, one in enumerate(became):
            if one.expected and (where := rows[places == place]).size:
                self._found.tell("refused", column.name, texts[place], one.expected, where)
        return became, encoded.indices


def _meets(event: Event, cells: Mapping[str, pa.Array], rows: int) -> pa.Array:
    """The rows that have, of one of its alternatives, one of the values of every column."""
    met = pa.array(np.full(rows, not event.when))
    for alternative in event.when:
        of_it = pa.array(np.ones(rows, bool))
        for name, values in alternative.items():
            stripped = pc.utf8_trim_whitespace(cells[name].cast(pa.string()))
            of_it = pc.and_(of_it, pc.is_in(stripped, pa.array(values, pa.string())))
        met = pc.or_(met, of_it)
    return met


def _same(word: str, rows: int) -> pa.Array:
    return pa.repeat(pa.scalar(word, pa.string()), rows)


def _column(name: str, column: pa.Array) -> pa.Array:
    """A field's cells as the reader of Client Level Data has them."""
    field: Field | None = _FIELDS.get(name)
    if field is None:
        return column
    texts = column.fill_null("")
    return texts if is_text(field) else texts.dictionary_encode()
