"""Damaged forms: 500 seeds of broken files and of cells replaced. A refusal in words, or a questionnaire."""

from datetime import date
from random import Random

import pytest
from every_kind import everything
from openpyxl import load_workbook

from wherewithal.core.questions import mistakes
from wherewithal.formats import xlsform

FIRST = date(2026, 1, 1)
STRANGE = [
    None, "", "x", 0, -1, 1e300, 3.5, True, "${n}", "${",
    "${moon}", "'", "(" * 200, "not(" * 80, "a" * 6000,
    "1 = 1", ". = .", "selected(., 'a')", "if(", "date('x')", ". > date('2026-02-30')",
    "1 div 0 = 1", "-", "or",
    "begin_group", "end_group", "begin_repeat", "select_one one", "select_one  ", "rank one",
    "range", "date",
    "start=9 end=1 step=0", "start=1 end=1e9 step=1", "calculate", "é…\u202e\U0001f600", "=1+1",
    "\n\t", "name",
    "type", "label::", "::", "yes", date(2026, 4, 6),
    "${n} " + "+ 1 " * 400, " and ".join(["${n} > 1"] * 200),
    "${n} = " + "9" * 400, "0x1", "1_0", "٣", "nan", "inf",
]  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A form of every kind, as a file."""
    path = tmp_path_factory.mktemp("whole") / "whole.xlsx"
    xlsform.write(everything(), path)
    return path


def outcome(path):
    """Whether it came in; a refusal must name the file and say more than that."""
    try:
        found = xlsform.read(path, first=FIRST)
    except xlsform.BadForm as refusal:
        assert refusal.says.startswith(path.name)
        assert len(refusal.says) > len(path.name) + 20
        return False
    assert mistakes(found.questionnaire) == ()
    assert all(remark.row > 0 or remark.column for remark in found.remarks)
    return True


@pytest.mark.parametrize("seed", range(0, 200, 20))
def test_a_damaged_file_is_refused_in_words(seed, whole, tmp_path):
    content = whole.read_bytes()
    path = tmp_path / "damaged.xlsx"
    came_in = 0
    for number in range(seed, seed + 20):
        rng = Random(number)
        damaged = bytearray(content)
        for _ in range(rng.choice([1, 5, 50])):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        path.write_bytes(bytes(damaged[: rng.randrange(len(damaged))] if rng.random() < 0.4 else damaged))
        came_in += outcome(path)
    assert came_in < 20


@pytest.mark.parametrize("seed", range(200, 500, 10))
def test_a_form_with_cells_replaced_comes_in_or_is_refused_with_its_place(seed, whole, tmp_path):
    path, book = tmp_path / "replaced.xlsx", load_workbook(whole)
    for number in range(seed, seed + 10):
        rng, were = Random(number), []
        for _ in range(rng.choice([1, 1, 2, 5])):
            sheet = rng.choice(book.worksheets)
            row, column = rng.randint(1, sheet.max_row), rng.randint(1, sheet.max_column)
            were.append((sheet.cell(row, column), sheet.cell(row, column).value))
            sheet.cell(row, column).value = rng.choice(STRANGE)
        book.save(path)
        assert outcome(path) in (True, False)
        for cell, value in reversed(were):
            cell.value = value
