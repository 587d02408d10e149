"""``wherewithal published`` as somebody types it, for tests."""

import csv
import io

from typer.testing import CliRunner

from wherewithal.cli import app


def ran(*words: str) -> str:
    found = CliRunner().invoke(app, ["published", *words], catch_exceptions=False)
    assert found.exit_code == 0
    return found.output


def lines(*words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ran(*words, "--format", "csv"))))
