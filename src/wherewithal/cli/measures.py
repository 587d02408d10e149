"""``wherewithal measures``: every definition of take-up, counted from a council's own file."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from wherewithal.analytics.bridge_told import protected
from wherewithal.analytics.count import counting
from wherewithal.analytics.figures import ROW
from wherewithal.analytics.lacking import without
from wherewithal.analytics.standing import bridge as bridged
from wherewithal.analytics.stands import with_highest
from wherewithal.analytics.told import DEFAULT, Told, told
from wherewithal.cli.brought import brought
from wherewithal.cli.files import keep, plain
from wherewithal.cli.mapped import say_lacks
from wherewithal.cli.measures_told import (
    STEPS,
    explained,
    figure_lines,
    measure_lines,
    print_bridge,
    print_figures,
    step_rows,
    write_parquet,
    write_people,
    write_picture,
)
from wherewithal.cli.tables import print_table, say
from wherewithal.core.refusal import Refusal
from wherewithal.formats.mapped import lacking
from wherewithal.formats.mapped import mapping as read_mapping
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.policy.disclosure import Rule
from wherewithal.policy.disclosure import rule as on_record
from wherewithal.policy.measure import beside, measures
from wherewithal.policy.measure import definitions as definitions_in
from wherewithal.policy.measure import measure as definition

app = typer.Typer(no_args_is_help=True)

Files = Annotated[list[Path], typer.Argument(help="Client Level Data: CSV, Parquet, or a folder of Parquet")]
Period = Annotated[str | None, typer.Option(help="a reporting year, such as 2024-25; default the file's")]
Disclosure = Annotated[
    str, typer.Option(help="the rule for small numbers; “none” for who may see the people")
]
Format = Literal["table", "csv", "json", "parquet"]


@app.callback()
def with_own(
    context: typer.Context,
    definitions: Annotated[
        Path | None, typer.Option(help="a folder of your own definitions, which are measures too")
    ] = None,
) -> None:
    """Take-up by every definition, counted from a council's file."""
    if definitions:
        context.with_resource(beside(definitions_in(definitions)))


@app.command("list")
def listed(format: Annotated[Literal["table", "csv", "json"], typer.Option()] = "table") -> None:
    """Every measure: what it is of, the years it holds, and what it is counted from."""
    print_table(("id", "measure", "years", "from"), measure_lines(measures().values()), format)


@app.command()
def explain(
    id: Annotated[str, typer.Argument(help="a measure's id, as “measures list” shows it")],
    format: Annotated[Literal["table", "json"], typer.Option()] = "table",
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
    mapping: Annotated[
        str | None,
        typer.Option(help="the mapping of files that are not Client Level Data, as “cld map” has it"),
    ] = None,
    period: Period = None,
    by: Annotated[str, typer.Option(help="council, age, gender, ethnicity, reason")] = "council",
    disclosure: Disclosure = DEFAULT,
    format: Annotated[Format, typer.Option(help="to read, or for machines")] = "table",
    out: Annotated[Path | None, typer.Option(help="write to this file; Parquet must be")] = None,
) -> None:
    """Count a council's file by every definition, or by those named; each figure with its base."""
    rule = _rule(disclosure)
    wanted = [_of_events(id) for id in measure] if measure else _countable(_names(by))
    of = read_mapping(mapping) if mapping else None
    with brought(files, period, of) as found:
        counted = counting(
            found.events, with_highest(wanted), found.period, by=_names(by), connection=found.connection
        )
        asked = [one for one in counted.figures if one.measure in wanted]
        figures = told(replace(counted, figures=asked), found.period, rule)
        figures = without(figures, lacking(of)) if of else figures
    _give(figures, format, out, of.councils if of else {})
    if format == "table" and out is None:
        say("", _of_rule(rule), *_of_low(rule))
        if of:
            say_lacks(of)


@app.command()
def bridge(
    files: Files,
    from_: Annotated[str, typer.Option("--from", help="the first definition's id")],
    to: Annotated[str, typer.Option(help="the last one's")],
    council: Annotated[str, typer.Option(help="whose, by its code; default the file's only one")] = "",
    period: Period = None,
    disclosure: Disclosure = DEFAULT,
    people: Annotated[
        Path | None, typer.Option(help="write how each definition counts each person, by number, to this CSV")
    ] = None,
    picture: Annotated[Path | None, typer.Option(help="draw it as a waterfall, an SVG file")] = None,
    format: Annotated[Literal["table", "csv", "json"], typer.Option()] = "table",
) -> None:
    """From one definition to another: whom each difference takes away or adds, step by step."""
    rule = _rule(disclosure)
    if people and rule:
        raise Refusal("A row for each person is for who may see them: add “--disclosure none”.")
    with brought(files, period) as found:
        whose = council or _only(found.chosen)
        exact = bridged(found.events, from_, to, found.period, council=whose, connection=found.connection)
        shown = protected(exact, rule) if rule else exact
        if people:
            write_people(people, found, exact)
    if picture:
        write_picture(picture, shown)
    if format == "table":
        print_bridge(shown)
        say("", _of_rule(rule))
    else:
        print_table(STEPS, step_rows(shown), format)


def _countable(by: list[str]) -> list[str]:
    """The measures that a file of Client Level Data alone can answer, and that can be told by these."""
    more = set(by) - {"council"}
    return [one.id for one in measures().values() if one.from_events and more <= set(one.breakdowns)]


def _of_events(id: str) -> str:
    if not (one := definition(id)).from_events:
        raise Refusal(f"“{one.title}” is counted from a council's own record: Client Level Data lacks it.")
    return id


def _names(by: str) -> list[str]:
    return [name for part in by.split(",") if (name := part.strip())]


def _rule(name: str) -> Rule | None:
    return None if name == "none" else on_record(name)


def _of_rule(rule: Rule | None) -> str:
    if rule is None:
        return "As counted: small numbers can tell who somebody is. Keep it among those who may see them."
    said = [f"Small numbers: “{rule.title}” ({rule.id})."]
    if rule.round_people_to:
        said.append(f"Counts are to the nearest {rule.round_people_to}, and need not add up.")
    return " ".join([*said, "[c] is not told, and is not 0."])


def _of_low(rule: Rule | None) -> list[str]:
    return [f"[low]: up to {rule.zero_at_most}, told as 0."] if rule and rule.zero_at_most else []


def _only(chosen: tuple) -> str:  # type: ignore[type-arg]
    if len(chosen) > 1:
        codes = ", ".join(one.council for one in chosen[:5])
        raise Refusal(f"The file holds {len(chosen)} councils. Name one with --council, such as {codes}.")
    return str(chosen[0].council)


def _give(figures: list[Told], format: Format, out: Path | None, names: Mapping[str, str]) -> None:
    if format == "parquet":
        if out is None:
            raise Refusal("Parquet is written to a file: say --out FIGURES.parquet.")
        write_parquet(out, figures)
    elif format == "json":
        text = json.dumps([one.row() for one in figures], ensure_ascii=False, indent=1)
        keep(out, text + "\n") if out else print(text)
    elif format == "csv" and out:
        keep(out, to_csv(ROW, figure_lines(figures)).decode())
    elif out:
        raise Refusal("A table is for the terminal. To write a file, say --format csv, json or parquet.")
    elif format == "csv":
        print_table(ROW, figure_lines(figures), format)
    else:
        print_figures(figures, names)
