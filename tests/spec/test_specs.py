"""Every row of every spec page (``spec_*.py`` beside this file) is a test."""

import importlib.util
from pathlib import Path

import pytest

from spec.tables import Page, Table


def pages() -> list[Page]:
    found = []
    for path in sorted(Path(__file__).parent.glob("spec_*.py")):
        spec = importlib.util.spec_from_file_location(f"spec.{path.stem}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found.append(module.PAGE)
    return found


def cases():
    for page in pages():
        for table in page.tables:
            for number, row in enumerate(table.rows, 1):
                yield pytest.param(table, row, id=f"{page.slug}: {table.title}: {number}")


@pytest.mark.parametrize("table, row", list(cases()))
def test_the_rule_gives_what_the_table_says(table: Table, row: tuple):
    inputs, expected = row[: len(table.given)], row[len(table.given) :]
    answer = table.run(*inputs)
    assert answer == (expected if len(table.then) > 1 else expected[0])
