"""``wherewithal published``: what others published, shown, and more of it brought in."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from wherewithal.cli import behind, compared
from wherewithal.cli.published_lines import print_points, print_rows, print_whose
from wherewithal.cli.tables import Format, print_table, say
from wherewithal.core.refusal import Refusal
from wherewithal.policy import HERE
from wherewithal.policy.councils import ENGLAND, code_of, name_of
from wherewithal.policy.published import publication, publications, rows
from wherewithal.policy.series import ALL, PARTS, Point, SeriesTable, series_table, series_tables

app = typer.Typer(no_args_is_help=True, help="Figures that others published, each with whose it is.")
app.add_typer(compared.app)
app.add_typer(behind.app)


@app.command("list")
def listed(
    format: Annotated[Format, typer.Option(help="a table to read, or for machines")] = "table",
) -> None:
    """Every publication, by its id: what it holds, of which years, and whose it is."""
    found = [(id, publication(id), f"{sum(1 for _ in rows(id))}") for id in publications()]
    if format == "table":
        for id, of, count in found:
            say(id, f"    {of.title}: {count} lines. {of.publisher}, {of.year}.")
        return
    head = ("id", "title", "year", "publisher", "licence", "lines")
    print_table(
        head, [(id, of.title, of.year, of.publisher, of.licence, count) for id, of, count in found], format
    )


@app.command()
def show(
    id: Annotated[str, typer.Argument(help="a publication, as “list” names it")],
    council: Annotated[
        list[str] | None,
        typer.Option(help="a council by its code or name, or England; say it again for more"),
    ] = None,
    series: Annotated[str, typer.Option(help="one of its series")] = "",
    year: Annotated[str, typer.Option(help="one of its years, such as 2010-11")] = "",
    group: Annotated[str, typer.Option(help="one of its groups, such as all or 65-over")] = "",
    format: Annotated[Format, typer.Option(help="a table to read, or for machines")] = "table",
) -> None:
    """A publication's figures as they were printed, marks and all; whose they are stands with them."""
    if id in series_tables():
        table = series_table(id)
        wanted = _wanted(table, council or [], {"series": series, "year": year, "group": group})
        _show_series(table, wanted, format)
        return
    if council or series or year or group:
        raise Refusal(f"“{id}” holds no series of councils, so there is nothing in it to choose from.")
    if format == "table":
        print_whose(id)
        print_rows(id)
        return
    lines = list(rows(id))
    print_table(tuple(lines[0]), [tuple(line.values()) for line in lines], format)


@app.command()
def trend(
    id: Annotated[str, typer.Argument(help="a subject, such as direct-payments")],
    council: Annotated[str, typer.Option(help="a council by its code or name, or England")] = ENGLAND,
    group: Annotated[str, typer.Option(help="a group of its tables, such as 65-over")] = ALL,
    format: Annotated[Format, typer.Option(help="a table to read, or for machines")] = "table",
) -> None:
    """A council's figures over the years; where a definition changed there is a gap, with its reason."""
    from wherewithal.analytics.trend import trend as followed
    from wherewithal.policy.trend import trend as definition

    found = followed(definition(id), code_of(council), group)
    head = ("year", "series", *PARTS, "of")
    lines = [
        (one.year, stretch.series.id, *(str(getattr(one, part)) for part in PARTS),
         " + ".join(name_of(code) for code in one.of))
        for stretch in found.stretches
        for one in stretch.figures
    ]  # fmt: skip
    if format != "table":
        print_table(head, lines, format)
        return
    say(f"{found.definition.title}: {found.where}", found.definition.says, "")
    gaps = {gap.after: gap for gap in found.breaks}
    for stretch in found.stretches:
        for one in stretch.figures:
            if gap := gaps.pop(one.year, None):
                say(f"    no line from {gap.before} to {gap.after}: {gap.reason}")
            parts = f" ({one.numerator.said} of {one.denominator.said})" if stretch.series.of else ""
            added = f", of {' and '.join(map(name_of, one.of))} together" if one.summed else ""
            say(f"{one.year}  {one.value.said} {stretch.series.unit}{parts}{added}".replace(" %", "%"))


@app.command()
def join(
    lines: Annotated[
        list[str], typer.Argument(help="two or more: a table:series, or a measure such as ni130-revised")
    ],
) -> None:
    """Whether figures make one line: only by one definition. Exit 2, saying why, where they do not."""
    from wherewithal.analytics.trend import check_one_line, line

    check_one_line([line(id) for id in lines])
    print("They are by one definition and make one line.")


@app.command()
def recount(
    id: Annotated[str, typer.Argument(help="a publication, as “list” names it; default all")] = "",
    format: Annotated[Format, typer.Option(help="a table to read, or for machines")] = "table",
) -> None:
    """Work every printed share and weekly cost out again from its own parts; exit 1 if one is wrong."""
    from wherewithal.analytics.recounted import recounted

    off = False
    head = ("table", "series", "year", "council", "group", *PARTS, "gives", "verdict", "why")
    lines: list[tuple[str, ...]] = []
    for table in [series_table(id)] if id else map(series_table, series_tables()):
        if not (found := list(recounted(table))) and not id:
            continue
        wrong = [one for one in found if one.verdict == "does not agree"]
        off = off or bool(wrong)
        near = sum(one.verdict == "agrees within rounding" for one in found)
        if format == "table":
            say(
                f"{table.id}: {len(found):,} worked out again of {len(table.points):,} figures; "
                f"{near:,} agree only within the rounding of their parts, {len(wrong):,} do not agree."
            )
        for one in wrong if format == "table" else found:
            of = one.point
            parts = (str(getattr(of, part)) for part in PARTS)
            line = (
                table.id,
                of.series,
                of.year,
                name_of(of.council),
                of.group,
                *parts,
                f"{one.gives:f}",
                one.verdict,
                one.why,
            )
            lines.append(line)
    if format != "table" or lines:
        print_table(head, lines, format)
    if off:
        raise typer.Exit(1)


@app.command()
def add(
    mapping: Annotated[Path, typer.Argument(help="the mapping file: which cell is which figure")],
    folder: Annotated[Path, typer.Argument(help="the folder with the publication's files")],
    into: Annotated[Path, typer.Option(help="where the tidy table is written")] = HERE / "published",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="say what would be written, and write nothing")
    ] = False,
) -> None:
    """Bring a publication in by a mapping file. Exit 1, with nothing written, if something is not clear."""
    from wherewithal.formats.published import bring, write
    from wherewithal.formats.published import mapping as read

    brought = bring(read(mapping), folder)
    table = brought.table
    for remark in brought.remarks:
        say(f"not clear: {remark}")
    for missing in brought.missing:
        say(f"missing: {missing}")
    councils = len({one.council for one in table.points} - {ENGLAND})
    years = ", ".join(sorted({one.year for one in table.points}))
    print(f"{len(table.points):,} figures of {councils} councils, {years or 'no year'}.")
    for mark, count in sorted(brought.marks.items()):
        print(f"{count:,} times “{mark}”: {table.marks[mark]}.")
    if brought.remarks:
        print("Nothing was written. Say in the mapping what these are.")
        raise typer.Exit(1)
    if not table.points:
        print("Nothing was written: the mapping finds no figure.")
        raise typer.Exit(1)
    if dry_run:
        print("Nothing was written: this was a dry run.")
        return
    print(f"Written to {' and '.join(str(file) for file in write(brought, into))}.")


def _wanted(table: SeriesTable, councils: Sequence[str], others: dict[str, str]) -> list[Point]:
    """The figures asked for. Raises Refusal for what the table does not have."""
    codes = {code_of(one) for one in councils}
    for key, word in others.items():
        there = dict.fromkeys(getattr(one, key) for one in table.points)
        if word and word not in there:
            raise Refusal(f"{table.id} has no {key} “{word}”. There are: {', '.join(there)}.")
    found = [
        one
        for one in table.points
        if (not codes or one.council in codes)
        and all(not word or getattr(one, key) == word for key, word in others.items())
    ]
    if not found:
        raise Refusal(f"{table.id} has no figure of that council and choice.")
    return found


def _show_series(table: SeriesTable, points: Iterable[Point], format: Format) -> None:
    if format == "table":
        print_whose(table.id)
        print_points(table, points)
        return
    head = ("series", "year", "council", "name", "group", *PARTS)
    lines = [
        (one.series, one.year, one.council, name_of(one.council), one.group,
         *(str(getattr(one, part)) for part in PARTS))
        for one in points
    ]  # fmt: skip
    print_table(head, lines, format)
