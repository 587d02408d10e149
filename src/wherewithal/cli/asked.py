"""What a command was asked for, looked at before a file is read: a rule, groups, a council, an engine."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from wherewithal.core.refusal import Refusal
from wherewithal.formats.cld import council_code
from wherewithal.policy.disclosure import Rule
from wherewithal.policy.disclosure import rule as on_record
from wherewithal.policy.measure import beside
from wherewithal.policy.measure import definitions as definitions_in

Engine = Literal["duckdb", "spark"]


def with_own(context: typer.Context, folder: Path | None) -> Path | None:
    """The measures of the folder are measures too, for as long as the command lasts."""
    if folder:
        context.with_resource(beside(definitions_in(folder)))
    return folder


Definitions = Annotated[
    Path | None,
    typer.Option(
        "--definitions",
        callback=with_own,
        help="a folder of your own definitions, which are measures too; before or after the word",
    ),
]


def rule_of(name: str) -> Rule | None:
    """The rule for small numbers; None for “none”, which tells them as counted. Raises NoPolicy."""
    return None if name == "none" else on_record(name)


def groups_of(by: str) -> list[str]:
    """The names of breakdowns, with commas between. Raises NoSuchGroup, also for too many at once."""
    from wherewithal.analytics.groups import By

    found = [name for part in by.split(",") if (name := part.strip())]
    By.of(found)
    return found


def council_of(code: str, own: Mapping[str, str]) -> str:
    """A council's code, or '' for none; ``own`` are those of an extract whose councils are not England's.
    Raises Refusal, which names the code if that of national statistics was given.
    """
    if not code or code in own:
        return code
    if own:
        raise Refusal(f"“{code}” is no council of this extract. Its codes are such as {next(iter(own))}.")
    return council_code(code)


def can_write(*paths: Path | None) -> None:
    """Raises Refusal for a file in a folder that there is not."""
    for path in paths:
        if path and not path.parent.is_dir():
            raise Refusal(f"{path} cannot be written: there is no folder {path.parent}.")
        if path and path.is_dir():
            raise Refusal(f"{path} cannot be written: it is a folder.")


@contextmanager
def counting_engine(name: Engine) -> Iterator[Any]:
    """Spark for as long as the block lasts; None is the DuckDB that a file is read into. Raises NoSpark."""
    if name == "duckdb":
        yield None
        return
    from wherewithal.analytics.spark import spark

    with spark() as backend:
        yield backend
