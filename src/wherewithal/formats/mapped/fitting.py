"""Whether a mapping fits Client Level Data: each mistake by its place, before a file is opened."""

from collections.abc import Iterator, Mapping, Sequence

from wherewithal.formats.cld.cells import BLANK, parse
from wherewithal.formats.cld.fields import Field, fields
from wherewithal.formats.mapped.mapping import WHOLE_ROW, BadMapping, Column, Event, ExtractMapping
from wherewithal.policy.councils import every_council


def check(of: ExtractMapping) -> None:
    """Raises BadMapping with everything that does not fit."""
    if faults := list(_faults(of)):
        raise BadMapping(" ".join(f"{of.id}: {fault}." for fault in faults))


def given(of: ExtractMapping) -> set[str]:
    """The fields that a column or a word of the mapping gives."""
    columns = [*of.columns, *(column for event in of.events for column in event.columns)]
    named = [*of.always, *(name for event in of.events for name in event.always)]
    by_row = {"LA_Person_Unique_Identifier"} if of.a_row_is_a_person else set()
    return {*named, *(column.field for column in columns if column.field)} | by_row


def lacking(of: ExtractMapping) -> dict[str, set[tuple[str, str]]]:
    """What the extract does not hold, each with the fields that would tell it, and their words ('' for any):
    what the mapping says, every other field that nothing gives, and every type of event that is none of its.
    """
    found = {lack.what: {(name, "") for name in lack.fields} for lack in of.lacks if lack.fields}
    told = {name for parts in found.values() for name, _ in parts}
    for field in fields():
        if field.name not in given(of) | told:
            found[field.name.replace("_", " ")] = {(field.name, "")}
    for name, words in _none_of(of, "Event_Type", "Client_Type"):
        found |= {f"{word.lower()}s": {(name, word)} for word in words if name == "Event_Type"}
        if name == "Client_Type" and words:
            of_type = " or ".join(f"“{word}”" for word in words)
            found[f"people of type {of_type}"] = {(name, word) for word in words}
    return found


def _none_of(of: ExtractMapping, *names: str) -> Iterator[tuple[str, list[str]]]:
    """The words that no event has, of fields that no column gives."""
    for field in fields():
        if field.name in names and not any(column.field == field.name for column in of.columns):
            had = {of.always.get(field.name), *(event.always.get(field.name) for event in of.events)}
            yield field.name, [word for word in field.words if word not in had]


def _faults(of: ExtractMapping) -> Iterator[str]:
    names = [column.name for column in of.columns]
    yield from (f"the column “{name}” is there twice" for name in sorted({*names}) if names.count(name) > 1)
    yield from _councils(of)
    known = {field.name: field for field in fields()}
    for lack in of.lacks:
        yield from (
            f"“{name}” is no field, which {lack.what} needs" for name in lack.fields if name not in known
        )
    yield from _words(of, "", of.always, of.columns)
    looked_at = {name for event in of.events for name in _columns_of(event)}
    for column in of.columns:
        if column.may_be and column.name not in looked_at:
            yield f"no event looks at the column “{column.name}”. Say why it is passed over"
    for event in of.events:
        yield from _words(of, f", event “{event.title}”", event.always, event.columns)
        yield from _when(of, event)
    for event in of.events or (WHOLE_ROW,):
        yield from _given(of, event)


def _councils(of: ExtractMapping) -> Iterator[str]:
    """A code of its own must not be that of an English council, or one would be told as the other."""
    english = {one.code: one.name for one in every_council()}
    yield from (
        f"the council “{name}” has the code {code}, which is {english[code]}’s. Give it another, by a prefix"
        for code, name in of.councils.items()
        if english.get(code, name) != name
    )


def _columns_of(event: Event) -> list[str]:
    return [*(name for one in event.when for name in one), *(column.name for column in event.columns)]


def _when(of: ExtractMapping, event: Event) -> Iterator[str]:
    """The columns that tell the event, and their values, must be among those of the mapping."""
    by_name = {column.name: column for column in of.columns}
    where = f"event “{event.title}”"
    yield from (
        f"{where}: the column “{name}” is not among the columns"
        for name in _columns_of(event)
        if name not in by_name
    )
    for alternative in event.when:
        for name, values in alternative.items():
            may_be = by_name[name].may_be if name in by_name else ()
            yield from (
                f"{where}: “{value}” is no value that the column “{name}” may have"
                for value in values
                if may_be and value not in may_be
            )


def _words(
    of: ExtractMapping, where: str, always: Mapping[str, str], columns: Sequence[Column]
) -> Iterator[str]:
    """The fields must be such, and the words that they become must be theirs."""
    known = {field.name: field for field in fields()}
    given = list(always.items())
    for column in columns:
        if column.field:
            words = [word for word in (column.becomes or {}).values() if isinstance(word, str)]
            given += [(column.field, word) for word in words or [""]]
    for name, word in given:
        if name not in known:
            yield f"“{name}”{where} is no field of Client Level Data"
        elif expected := _expected(of, known[name], word):
            yield f"“{word}” of {name}{where} is not what was expected: {expected}"


def _expected(of: ExtractMapping, field: Field, word: str) -> str:
    """What was expected in place of the word; a spelling of release 1 is not taken in a mapping."""
    if field.name == "LA_Code" and of.councils:
        return "" if word in ("", *of.councils) else "a code among the councils of the mapping"
    cell = parse(field, word) if word else BLANK
    let_through = cell.said and cell.said.level == "warning" and not cell.said.now
    return cell.said.expected if cell.said and not let_through else ""


def _given(of: ExtractMapping, event: Event) -> Iterator[str]:
    """What every event needs must come from somewhere, and no field from two places at once."""
    columns = (*of.columns, *event.columns)
    given = [*of.always, *event.always, *(column.field for column in columns if column.field)]
    yield from (
        f"{name} is given twice for the event “{event.title}”"
        for name in sorted({*given})
        if given.count(name) > 1
    )
    kind = event.always.get("Event_Type") or of.always.get("Event_Type")
    for field in fields():
        needed = field.needed in ("rows", "events") or kind in field.needed
        by_row = field.name == "LA_Person_Unique_Identifier" and of.a_row_is_a_person
        if needed and field.name not in given and not by_row:
            yield f"nothing says the {field.name} of the event “{event.title}”"
