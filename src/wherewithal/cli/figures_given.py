"""Figures given as a command was asked for them, and the rule in words by which they are told."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from wherewithal.analytics.figures import ROW
from wherewithal.analytics.told import Told
from wherewithal.cli.asked import can_write
from wherewithal.cli.files import keep
from wherewithal.cli.measures_told import figure_lines, print_figures, write_parquet
from wherewithal.cli.tables import print_table
from wherewithal.core.refusal import Refusal
from wherewithal.formats.spreadsheet import to_csv
from wherewithal.policy.disclosure import Rule

Format = Literal["table", "csv", "json", "parquet"]


def can_give(format: Format, out: Path | None) -> None:
    """Raises Refusal for a format that needs a file where none is named, or that makes none."""
    if format == "parquet" and out is None:
        raise Refusal("Parquet is written to a file: say --out FIGURES.parquet.")
    if format == "table" and out:
        raise Refusal("A table is for the terminal. To write a file, say --format csv, json or parquet.")
    can_write(out)


def give(figures: list[Told], format: Format, out: Path | None, names: Mapping[str, str]) -> None:
    """The figures, to ``out`` or on the terminal, as ``can_give`` let pass; ``names`` are those of councils
    that are not England's, by code. Raises Refusal where nothing can be written.
    """
    if format == "parquet" and out:
        write_parquet(out, figures)
    elif format == "json":
        text = json.dumps([one.row() for one in figures], ensure_ascii=False, indent=1)
        keep(out, text + "\n") if out else print(text)
    elif format == "csv" and out:
        keep(out, to_csv(ROW, figure_lines(figures)).decode())
    elif format == "csv":
        print_table(ROW, figure_lines(figures), format)
    else:
        print_figures(figures, names)


def of_rule(rule: Rule | None) -> str:
    """By which rule small numbers are told, as a sentence."""
    if rule is None:
        return "As counted: small numbers can tell who somebody is. Keep it among those who may see them."
    said = [f"Small numbers: “{rule.title}” ({rule.id})."]
    if rule.round_people_to:
        said.append(f"Counts are to the nearest {rule.round_people_to}, and need not add up.")
    return " ".join([*said, "[c] is not told, and is not 0."])


def of_low(rule: Rule | None) -> list[str]:
    """What its mark for low counts means, where it has one."""
    return [f"[low]: up to {rule.zero_at_most}, told as 0."] if rule and rule.zero_at_most else []
