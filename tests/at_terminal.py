"""``wherewithal`` as somebody types it, for tests."""

import csv
import io
from dataclasses import dataclass

from typer.testing import CliRunner

from wherewithal.cli import app
from wherewithal.core.refusal import Refusal

WIDE = 1_000
"""So wide that a sentence stands in one line."""


def ran(*words: str, columns: int = WIDE) -> str:
    """What ``wherewithal published`` prints on a terminal of so many columns."""
    return typed("published", *words, columns=columns)


def typed(*words: str, columns: int = WIDE) -> str:
    """The same of any command that ends well."""
    found = CliRunner().invoke(app, words, env={"COLUMNS": str(columns)}, catch_exceptions=False)
    assert found.exit_code == 0
    return found.output


def lines(*words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ran(*words, "--format", "csv"))))


@dataclass(frozen=True)
class Done:
    """What a command answered, and what it said beside its answer or in refusal."""

    out: str
    err: str


def run(*words: object, code: int = 0) -> Done:
    """A command that ends with ``code``: 0 done, 1 found something, 2 could not run."""
    try:
        found = CliRunner().invoke(
            app, [*map(str, words)], env={"COLUMNS": str(WIDE)}, catch_exceptions=False
        )
    except Refusal as refusal:
        assert code == 2, refusal.says
        return Done("", refusal.says)
    assert found.exit_code == code, found.output
    return Done(found.stdout, found.stderr)
