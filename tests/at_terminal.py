"""``wherewithal`` as somebody types it, for tests."""

import csv
import io

from typer.testing import CliRunner

from wherewithal.cli import app

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
