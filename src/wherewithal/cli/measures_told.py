"""Measures, figures and bridges as lines: to read, and for machines."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv, parquet

from wherewithal.analytics import bridge_words as words
from wherewithal.analytics.bridge import Bridge
from wherewithal.analytics.cases import support
from wherewithal.analytics.figures import ROW
from wherewithal.analytics.groups import EVERYWHERE, TOTAL
from wherewithal.analytics.load import Loaded
from wherewithal.analytics.people import standings
from wherewithal.analytics.told import Told
from wherewithal.cli.files import keep
from wherewithal.cli.tables import print_table, say
from wherewithal.core.refusal import Refusal
from wherewithal.formats.waterfall_chart import svg
from wherewithal.policy.councils import called
from wherewithal.policy.measure import Measure, measure
from wherewithal.policy.measure_days import Days
from wherewithal.policy.measure_kinds import InYear

STEPS = ("step", "from", "to", "why before", "why after", "people", "numerator", "denominator")


def measure_lines(found: Iterable[Measure]) -> list[tuple[str, ...]]:
    return [(one.id, one.title, years(one), counted_from(one)) for one in found]


def years(one: Measure) -> str:
    """``2009-10 to 2010-11``, ``from 2024-25``; our own hold in any year."""
    first = f"{one.holds_from.year}" if one.holds_from else ""
    last = f"{one.holds_until.year}" if one.holds_until else ""
    if first and last:
        return f"April {first} to March {last}"
    return f"from April {first}" if first else f"until March {last}" if last else "any"


def counted_from(one: Measure) -> str:
    if one.from_events:
        return "Client Level Data"
    return "dates of requests and payments" if isinstance(one.counts, Days) else "our own record"


def explained(one: Measure) -> dict[str, Any]:
    """A measure in words, heading by heading."""
    leaves_out = one.counts.leaves_out if isinstance(one.counts, InYear) else ()
    return {
        "Measure": f"{one.title} ({one.id})",
        "In plain words": one.plain,
        "When": "on the year’s last day" if one.snapshot else "over the year",
        "Holds": years(one),
        "Of whom (denominator)": one.population,
        "How many (numerator)": one.numerator,
        "Leaves out": [f"{out.title}: {out.says} Source: {out.source}." for out in leaves_out] or "nothing",
        "Rounding": f"{one.rounding}; in {one.unit}",
        "Can be told by": ["council", *one.breakdowns],
        "Counted from": counted_from(one),
        "How it is read": one.reading.strip(),
        "Not to be joined": list(one.breaks) or "no break known",
        "Source": one.source,
        "Verified": "yes" if one.verified else "no: our reading, see the source",
        "Definition": one.definition,
    }


def figure_lines(figures: Iterable[Told]) -> list[tuple[str, ...]]:
    return [tuple("" if cell is None else str(cell) for cell in one.row().values()) for one in figures]


def print_figures(figures: Sequence[Told], names: Mapping[str, str] | None = None) -> None:
    """Every definition side by side where each has one figure of one council; else measure by measure, a line
    for every council and group. ``names`` are those of councils that are not England's, by code.
    """
    if len({one.council for one in figures}) == 1 and {one.group for one in figures} == {TOTAL}:
        _print_side_by_side(figures, names or {})
    else:
        for id in dict.fromkeys(one.measure for one in figures):
            _print_one([one for one in figures if one.measure == id], names or {})
    if any(one.highest is not None for one in figures):
        say("", "At most: if everybody in the base who could have a personal budget had one.")
    if any(one.status == "e" for one in figures):
        say("", "[e]: by an estimate of another year.")


def _print_side_by_side(figures: Sequence[Told], names: Mapping[str, str]) -> None:
    say(f"{_council(figures[0].council, names)}, {figures[0].period}", "")
    lines = [(measure(one.measure).title, _in_unit(one), *_parts(one)) for one in figures]
    print_table(("definition", "figure", "counted", "of", "at most"), lines, "table")
    say("", "What each counts, and of whom: “wherewithal measures explain ID”.")


def _print_one(figures: Sequence[Told], names: Mapping[str, str]) -> None:
    of = measure(figures[0].measure)
    say("", f"{of.title}, {figures[0].period}", f"    Of: {of.population}.", f"    Counted: {of.numerator}.")
    lines = [(_council(one.council, names), one.group, _value(one), *_parts(one)) for one in figures]
    print_table(("council", "group", of.unit, "counted", "of", "at most"), lines, "table")


def _in_unit(one: Told) -> str:
    """``61.4%``, ``33.0 days``, ``£10,421 a year``, or the mark in its place."""
    sign, _, words = one.unit.partition(" ")
    if one.value is not None and sign == "£":
        return f"£{one.value:,} {words}"
    return f"{_value(one)}{'' if sign == '%' else ' '}{one.unit}" if one.value is not None else _value(one)


def _parts(one: Told) -> tuple[str, str, str]:
    return _counted(one), _of(one), "" if one.highest is None else f"{one.highest}"


def _council(code: str, names: Mapping[str, str]) -> str:
    if code == EVERYWHERE:
        return "all together"
    return f"{names[code]} ({code})" if code in names else called(code)


def _counted(one: Told) -> str:
    """A median has no numerator; where a count has none, its mark says why."""
    if one.numerator is None:
        return "" if one.status == "ok" else f"[{one.status}]"
    return words.number(one.numerator)


def _of(one: Told) -> str:
    return "[x]" if one.base.startswith("[x]") else words.number(one.denominator)


def _value(one: Told) -> str:
    if one.value is None:
        return f"[{one.status}]"
    return f"{one.value}" if one.status == "ok" else f"{one.value} [{one.status}]"


def write_parquet(path: Path, figures: Sequence[Told]) -> None:
    """The figures as a table, the value as a number. Raises Refusal where nothing can be written."""
    rows = [{**one.row(), "value": one.value, "rule": one.rule} for one in figures]
    types = {"numerator": pa.int64(), "denominator": pa.int64(), "value": pa.decimal128(12, 4)}
    schema = pa.schema([(name, types.get(name, pa.string())) for name in (*ROW, "rule")])
    try:
        parquet.write_table(pa.Table.from_pylist(rows, schema), path)
    except OSError as error:
        raise Refusal(f"{path} cannot be written: {error.strerror or error}.") from error


def step_rows(found: Bridge) -> list[tuple[str, ...]]:
    """A line for each change of each step; an empty number is not told."""
    return [
        (str(number), step.before.measure.id, step.after.measure.id, change.before, change.after,
         _number(change.people), _number(change.numerator), _number(change.denominator))
        for number, step in enumerate(found.steps, 1)
        for change in step.changes
    ]  # fmt: skip


def print_bridge(found: Bridge) -> None:
    """Each definition with its figure, and between two of them who makes the difference."""
    say(f"Council {found.council}, {found.period.label}", "", words.sentence(found.steps[0].before))
    for step in found.steps:
        lines = [
            (words.signed(one.numerator), words.signed(one.denominator), words.why(one))
            for one in step.changes
        ]
        if lines:
            print_table(("numerator", "denominator", "who"), lines, "table")
        else:
            say("    Nobody is counted in another way.")
        say("", words.sentence(step.after))


def write_picture(path: Path, found: Bridge) -> None:
    """The bridge as a waterfall that says what it shows. Raises Refusal where its bases are not told."""
    bars = words.bars(found)
    if not bars:
        raise Refusal("The bases of this bridge are not told, so that there is no picture of it.")
    keep(path, svg(bars, title=words.title(found), says=words.says(found)))


def write_people(path: Path, found: Loaded, of: Bridge) -> None:
    """How each definition on the way counts each person of the council, by number, and by what support.

    Raises Refusal where nothing can be written.
    """
    ids = [one.measure.id for one in words.takes(of)]
    own = found.events.filter(found.events.LA_Code == of.council)
    table = standings(own, ids, found.period, connection=found.connection)
    had = support(found.connection.to_pyarrow(own), found.period)
    services = ["; ".join(had.get(key, ())) for key in table["person_key"].to_pylist()]
    table = table.append_column("support", pa.array(services, pa.string()))
    try:
        csv.write_csv(table, path)
    except OSError as error:
        raise Refusal(f"{path} cannot be written: {error.strerror or error}.") from error


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
