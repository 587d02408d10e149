"""``wherewithal measures``: every definition of take-up, counted from a council's own file."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from wherewithal.analytics.bridge import NoBridge, way
from wherewithal.analytics.bridge_told import protected
from wherewithal.analytics.count import can_be_told, counting
from wherewithal.analytics.groups import By
from wherewithal.analytics.lacking import lacks, without
from wherewithal.analytics.standing import bridge as bridged
from wherewithal.analytics.stands import with_highest
from wherewithal.analytics.told import DEFAULT, told
from wherewithal.cli.asked import (
    Definitions,
    Engine,
    can_write,
    council_of,
    counting_engine,
    groups_of,
    rule_of,
)
from wherewithal.cli.brought import brought, can_be_read
from wherewithal.cli.figures_given import Format, can_give, give, of_low, of_rule
from wherewithal.cli.files import plain
from wherewithal.cli.mapped import say_lacks
from wherewithal.cli.measures_told import (
    STEPS,
    explained,
    measure_lines,
    print_bridge,
    step_rows,
    write_people,
    write_picture,
)
from wherewithal.cli.tables import print_table, say
from wherewithal.core.refusal import Refusal
from wherewithal.formats.mapped import ExtractMapping, lacking
from wherewithal.formats.mapped import mapping as read_mapping
from wherewithal.policy.measure import measure as definition
from wherewithal.policy.measure import measures

app = typer.Typer(no_args_is_help=True)

Files = Annotated[list[Path], typer.Argument(help="Client Level Data: CSV, Parquet, or a folder of Parquet")]
Period = Annotated[str | None, typer.Option(help="a reporting year, such as 2024-25; default the file's")]
Disclosure = Annotated[
    str, typer.Option(help="the rule for small numbers; “none” for who may see the people")
]
Mapping = Annotated[
    str | None,
    typer.Option(help="the mapping of files that are not Client Level Data, as “cld map” has it"),
]
On = Annotated[
    Engine, typer.Option("--engine", help="what counts: the same figures by DuckDB, or by Apache Spark here")
]


@app.callback()
def all_of_them(definitions: Definitions = None) -> None:
    """Take-up by every definition, counted from a council's file."""


@app.command("list")
def listed(
    format: Annotated[Literal["table", "csv", "json"], typer.Option()] = "table",
    definitions: Definitions = None,
) -> None:
    """Every measure: what it is of, the years it holds, and what it is counted from."""
    print_table(("id", "measure", "years", "from"), measure_lines(measures().values()), format)


@app.command()
def explain(
    id: Annotated[str, typer.Argument(help="a measure's id, as “measures list” shows it")],
    format: Annotated[Literal["table", "json"], typer.Option()] = "table",
    definitions: Definitions = None,
) -> None:
    """One measure in words: who is counted, of whom, what is left out, and on what authority."""
    found = explained(definition(id))
    if format == "json":
        print(json.dumps(plain(found), ensure_ascii=False, indent=1))
        return
    for heading, words in found.items():
        say(f"{heading}: {'; '.join(words) if isinstance(words, list) else words}")


@app.command()
def run(
    files: Files,
    measure: Annotated[list[str] | None, typer.Option(help="an id, again for each; default all")] = None,
    mapping: Mapping = None,
    period: Period = None,
    by: Annotated[str, typer.Option(help="council, age, gender, ethnicity, reason")] = "council",
    disclosure: Disclosure = DEFAULT,
    engine: On = "duckdb",
    format: Annotated[Format, typer.Option(help="to read, or for machines")] = "table",
    out: Annotated[Path | None, typer.Option(help="write to this file; Parquet must be")] = None,
    definitions: Definitions = None,
) -> None:
    """Count a council's file by every definition, or by those named; each figure with its base."""
    rule, groups = rule_of(disclosure), groups_of(by)
    of = read_mapping(mapping) if mapping else None
    wanted = [_of_events(id) for id in measure] if measure else _countable(groups)
    can_be_told(map(definition, wanted), By.of(groups))
    can_give(format, out)
    can_be_read(files, period)
    with counting_engine(engine) as backend, brought(files, period, of) as read:
        found = read if backend is None else read.on(backend)
        counted = counting(
            found.events, with_highest(wanted), found.period, by=groups, connection=found.connection
        )
        asked = [one for one in counted.figures if one.measure in wanted]
        figures = told(replace(counted, figures=asked), found.period, rule)
        figures = without(figures, lacking(of)) if of else figures
    give(figures, format, out, of.councils if of else {})
    if format == "table" and out is None:
        say("", of_rule(rule), *of_low(rule))
        if of:
            say_lacks(of)


@app.command()
def bridge(
    files: Files,
    from_: Annotated[str, typer.Option("--from", help="the first definition's id")],
    to: Annotated[str, typer.Option(help="the last one's")],
    council: Annotated[str, typer.Option(help="whose, by its code; default the file's only one")] = "",
    mapping: Mapping = None,
    period: Period = None,
    disclosure: Disclosure = DEFAULT,
    engine: On = "duckdb",
    people: Annotated[
        Path | None, typer.Option(help="write how each definition counts each person, by number, to this CSV")
    ] = None,
    picture: Annotated[Path | None, typer.Option(help="draw it as a waterfall, an SVG file")] = None,
    format: Annotated[Literal["table", "csv", "json"], typer.Option()] = "table",
    definitions: Definitions = None,
) -> None:
    """From one definition to another: whom each difference takes away or adds, step by step."""
    rule, of = rule_of(disclosure), read_mapping(mapping) if mapping else None
    if people and rule:
        raise Refusal("A row for each person is for who may see them: add “--disclosure none”.")
    _must_tell(way(from_, to), of)
    council = council_of(council, of.councils if of else {})
    can_write(people, picture)
    can_be_read(files, period)
    with counting_engine(engine) as backend, brought(files, period, of) as read:
        found = read if backend is None else read.on(backend)
        whose = council or _only(found.chosen)
        exact = bridged(found.events, from_, to, found.period, council=whose, connection=found.connection)
        shown = protected(exact, rule) if rule else exact
        if people:
            write_people(people, found, exact)
    if picture:
        write_picture(picture, shown)
    if format != "table":
        print_table(STEPS, step_rows(shown), format)
        return
    print_bridge(shown)
    say("", of_rule(rule))
    if of:
        say_lacks(of)


def _must_tell(ids: Sequence[str], of: ExtractMapping | None) -> None:
    """Raises NoBridge where a definition on the way needs what the extract does not hold."""
    for one in map(definition, ids) if of else ():
        if of and (missing := lacks(one, lacking(of))):
            raise NoBridge(
                f"“{one.title}” cannot be told from this extract, so no bridge leads over it. Not in the"
                f" extract: {', '.join(missing)}."
            )


def _countable(by: list[str]) -> list[str]:
    """The measures that a file of Client Level Data alone can answer, and that can be told by these."""
    more = set(by) - {"council"}
    return [one.id for one in measures().values() if one.from_events and more <= set(one.breakdowns)]


def _of_events(id: str) -> str:
    if not (one := definition(id)).from_events:
        raise Refusal(f"“{one.title}” is counted from a council's own record: Client Level Data lacks it.")
    return id


def _only(chosen: tuple) -> str:  # type: ignore[type-arg]
    if len(chosen) > 1:
        codes = ", ".join(one.council for one in chosen[:5])
        raise Refusal(f"The file holds {len(chosen)} councils. Name one with --council, such as {codes}.")
    return str(chosen[0].council)
