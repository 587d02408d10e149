"""A table on the terminal: to read, or for machines."""

from collections.abc import Sequence
from typing import Literal

from wherewithal.cli.files import print_json

Format = Literal["table", "csv", "json"]


def print_table(head: Sequence[str], lines: Sequence[Sequence[str]], format: Format) -> None:
    """Lines under their headings, in the format that was asked for."""
    if format == "json":
        print_json([dict(zip(head, line, strict=True)) for line in lines])
    elif format == "csv":
        from wherewithal.formats.spreadsheet import to_csv

        print(to_csv(head, lines).decode("utf-8-sig").replace("\r\n", "\n"), end="")
    else:
        from rich.console import Console
        from rich.table import Table

        shown = Table(*head)
        for line in lines:
            shown.add_row(*line)
        Console(markup=False, emoji=False).print(shown)  # “[x]” is a mark, no style
