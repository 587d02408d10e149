"""``wherewithal cld map`` and ``cld people``: an extract that is not Client Level Data, by a mapping file."""

from collections import deque
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from wherewithal.cli.asked import groups_of, rule_of
from wherewithal.cli.bars import reading
from wherewithal.cli.files import print_json
from wherewithal.cli.tables import Format, print_table, say
from wherewithal.formats.cld import Fault, Findings, Health
from wherewithal.formats.mapped import Counts, ExtractMapping, batches, lacking, mapping, shipped, write

app = typer.Typer()

Extract = Annotated[Path, typer.Argument(help="the extract, a CSV file")]
Named = Annotated[
    str, typer.Option("--mapping", help=f"{', '.join(shipped())}, or the path of a mapping file of your own")
]


@app.command("map")
def map_(
    file: Extract,
    name: Named,
    out: Annotated[
        Path | None,
        typer.Option(help="write its events: .csv as release 2 has them, .parquet with age groups too"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="say what would be written, and write nothing")
    ] = False,
    format: Annotated[Literal["table", "json"], typer.Option(help="to read, or for machines")] = "table",
) -> None:
    """What an extract becomes by a mapping, and all that is not clear; exit 1 if something must be mended."""
    of, found, counts = mapping(name), Findings(), Counts()
    with reading(f"Reading {file.name}") as progress:
        events = batches(file, of, found=found, counts=counts, progress=progress)
        if out is None or dry_run:
            deque(events, maxlen=0)
            written = "Nothing was written: this was a dry run." if dry_run else ""
        else:
            write(events, out, found)
            written = f"Written to {out}."
    health = found.health()
    if format == "json":
        print_json(_for_machines(of, counts, health))
    else:
        _say(of, counts, health)
        say(written)
    if health.worst in ("refused", "error"):
        raise typer.Exit(1)


@app.command()
def people(
    file: Extract,
    name: Named,
    by: Annotated[
        str, typer.Option(help="council, age, gender, ethnicity, reason: one or more, with commas between")
    ] = "council,age",
    period: Annotated[str | None, typer.Option(help="a reporting year; default the extract's")] = None,
    disclosure: Annotated[
        str | None, typer.Option(help="the rule for small numbers; “none” for who may see the people")
    ] = None,
    format: Annotated[Format, typer.Option(help="a table to read, or for machines")] = "table",
) -> None:
    """How many people of an extract have each kind of support; what it does not hold is never told as 0."""
    from wherewithal.analytics.supports import KINDS, supports
    from wherewithal.analytics.told import DEFAULT
    from wherewithal.cli.brought import brought

    of, guard, told_by = mapping(name), rule_of(disclosure or DEFAULT), groups_of(by)
    with brought([file], period, of) as events:
        year = events.period
        kinds = [what for what, parts in lacking(of).items() if KINDS & {field for field, _ in parts}]
        told = supports(
            events.events, year, by=told_by, lacking=kinds, rule=guard,
            connection=events.connection,
        )  # fmt: skip
    head = ("council", "name", "group", "support", "people", "of", "status")
    marks = {"x": "[x]", "c": "[c]"} if format == "table" else {}
    lines = [
        (one.council, of.councils.get(one.council, ""), one.group, one.support,
         _number(one.people, marks.get(one.status, "")), _number(one.of, marks.get("c", "")), one.status)
        for one in told
    ]  # fmt: skip
    if format == "table":
        guarded = f"guarded by “{guard.title}”" if guard else "exactly, for whoever holds the extract"
        say(f"{of.title}: people with support in {year.label}, {guarded}.\n")
    print_table(head, lines, format)
    if format == "table":
        say("\n[c] is suppressed, so that nobody can be recognised; [x] is not available. Neither is 0.")
        say_lacks(of)


def _number(people: int | None, mark: str) -> str:
    return mark if people is None else str(people)


def _say(of: ExtractMapping, counts: Counts, health: Health) -> None:
    say(f"{of.title}\n{of.publisher}: {of.publication}. {of.licence}.\n{of.says}")
    if not of.verified:
        say("What becomes what is a reading that nobody confirmed.")
    say(
        f"\n{counts.rows:,} rows become {counts.events:,} events of {health.people:,} people; "
        f"{_rows(counts.without_event)} no event."
    )
    for (component, described), many in sorted(counts.kinds.items()):
        say(f"    {many:,} × {component}{f', {described}' if described else ''}")
    for fault in _faults(health):
        more = "" if fault.times == 1 else f" So in {fault.times:,} rows."
        say(f"{_LEVELS[fault.level]}: {fault.says}{more}")
    say_lacks(of)


def _rows(many: int) -> str:
    return "1 row gives" if many == 1 else f"{many:,} rows give"


def say_lacks(of: ExtractMapping) -> None:
    """What an extract does not hold, why, and where that was read."""
    for lack in of.lacks:
        sources = f" ({'; '.join(lack.sources)}.)" if lack.sources else ""
        say(f"\nNot in this extract: {lack.what}. {lack.says}{sources}")
    said = {lack.what for lack in of.lacks}
    if more := [what for what in lacking(of) if what not in said]:
        say(f"\nNor does it tell, so that what needs them is not available: {', '.join(more)}.")


_LEVELS = {"refused": "Refused", "error": "Counts as blank", "warning": "To know"}


def _faults(health: Health) -> list[Fault]:
    """Those that can be mended: not that a field is blank for which the extract has no column."""
    return [one for one in health.faults if one.field not in health.absent]


def _for_machines(of: ExtractMapping, counts: Counts, health: Health) -> dict[str, object]:
    return {
        "mapping": of.id,
        "source": {key: getattr(of, key) for key in ("title", "publisher", "publication", "year", "licence")},
        "rows": counts.rows,
        "without_event": counts.without_event,
        "events": counts.events,
        "kinds": [
            {"component": component, "described": described, "events": many}
            for (component, described), many in sorted(counts.kinds.items())
        ],
        "people": health.people,
        "lacks": [asdict(lack) for lack in of.lacks],
        "absent": health.absent,
        "faults": [
            {"level": one.level, "column": one.field, "value": one.value, "expected": one.expected,
             "times": one.times, "rows": one.rows}
            for one in _faults(health)
        ],
    }  # fmt: skip
