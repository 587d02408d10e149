"""Card files: every fault at once, nothing half taken in, nothing lost, never a traceback."""

import csv
import io
import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.core.refusal import Refusal
from wherewithal.formats.card_csv import (
    COLUMNS,
    FileHasFaults,
    Layout,
    LayoutBroken,
    alike,
    failed_rows,
    read,
)
from wherewithal.formats.spreadsheet import harmless, to_csv

ON = date(2026, 5, 17)
GOOD = (
    "line_id,card,posted_on,merchant,merchant_code,amount,reference\r\n"
    "L1,0042,2026-05-01,Corner Stores,5411,4.80,\r\n"
    'L2,0042,02/05/2026,"Example, Sample and Daughters",8999,"1,204.00",invoice 7\r\n'
    "L3,0042,2026-05-03,Corner Stores,5411,-4.80,refund\r\n"
)


def test_lines_are_read_and_a_refund_is_a_line_too():
    lines = read(GOOD.encode(), on=ON).accepted()
    assert [line.pence for line in lines] == [480, 120_400, -480]
    assert lines[1] == ("L2", "0042", date(2026, 5, 2), "Example, Sample and Daughters", "8999", 120_400,
                        "invoice 7", 3)  # fmt: skip
    assert read(GOOD.encode(), on=ON).total_pence == 120_400


def test_the_files_mark_and_other_line_ends_do_not_matter():
    plain = read(GOOD.encode(), on=ON).accepted()
    for text in (GOOD.replace("\r\n", "\n"), GOOD.replace("\r\n", "\r"), GOOD + "\r\n\r\n", GOOD.strip()):
        assert read(text.encode("utf-8-sig"), on=ON).accepted() == plain


def test_all_faults_are_told_at_once_by_row_and_heading():
    bad = (
        GOOD
        + ",0042,2026-02-30,Corner Stores,54,free,\r\n"
        + ",0042,2026-05-04,Corner Stores,5411,1.00,\r\n"
        + "L1,,tomorrow,,5411,1.00,\r\n"
        + "L1,0042,2026-05-04,Corner Stores,5411,1.00,\r\n"
        + ",0042,2026-05-04\r\n"
    )
    reading = read(bad.encode(), on=ON)
    assert [(fault.row, fault.column) for fault in reading.faults] == [
        (5, "posted_on"),
        (5, "merchant_code"),
        (5, "amount"),
        (7, "card"),
        (7, "posted_on"),
        (7, "merchant"),
        (8, "line_id"),
        (9, ""),
    ]
    assert all(fault.expected and fault.says for fault in reading.faults)
    with pytest.raises(FileHasFaults, match=r"8 faults, so nothing was taken in\. Row 5, posted_on"):
        reading.accepted()


def test_a_heading_at_fault_does_not_hide_what_is_amiss_in_the_rows():
    bad = (
        "line_id,card,posted_on,shop,amount,posted_on\r\n"
        "L1,0042,2026-02-30,Corner Stores,free,\r\n"
        "L2,0042,2026-05-04,Corner Stores,1.00,\r\n"
        "L2,,2026-05-04,Corner Stores,1.00,\r\n"
        "L2,0042,2026-05-04,Corner Stores,1.00,\r\n"
        "L5,0042\r\n"
    )
    reading = read(bad.encode(), on=ON)
    assert [(fault.row, fault.column, fault.stood) for fault in reading.faults] == [
        (1, "shop", "shop"),
        (1, "posted_on", "posted_on"),
        (1, "merchant", "no such column"),
        (2, "posted_on", "2026-02-30"),
        (2, "amount", "free"),
        (4, "card", ""),
        (5, "line_id", "L2"),
        (6, "", "2 cells"),
    ]
    assert not reading.lines and [*reading.failed] == [2, 3, 4, 5, 6], (
        "no row is in order without its heading"
    )
    empty = read(b"card,posted_on,amount\r\n", on=ON)
    assert [fault.stood for fault in empty.faults] == ["no such column", "nothing"]


def test_the_failed_rows_come_back_with_why_and_harmless():
    bad = GOOD + "L9,0042,2026-05-04,=HYPERLINK(1),5411,free,\r\n"
    reading = read(bad.encode(), on=ON)
    rows = list(csv.DictReader(io.StringIO(failed_rows(reading).decode("utf-8-sig"))))
    assert len(rows) == 1
    assert rows[0]["row_in_file"] == "5"
    assert rows[0]["merchant"] == "'=HYPERLINK(1)"
    assert rows[0]["amount"] == "free"
    assert rows[0]["what_to_mend"].startswith("Row 5, amount: found “free”. Expected an amount in pounds")


def test_a_full_card_number_is_neither_shown_nor_handed_back():
    for number in (
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "5555  5555  5555  4444",
    ):
        reading = read(GOOD.replace("0042", number).encode(), on=ON)
        shown = failed_rows(reading).decode() + "".join(fault.says for fault in reading.faults)
        assert len(reading.faults) == 3
        assert number not in shown
        assert "a full card number ending" in shown


def test_equal_purchases_survive_and_the_same_file_gives_the_same_lines():
    line = ",0042,2026-05-01,Corner Stores,5411,4.80,\r\n"
    twice = (GOOD.splitlines()[0] + "\r\n" + line + line).encode()
    lines = read(twice, on=ON).accepted()
    assert len({one.identity for one in lines}) == 2
    assert alike(lines) == (lines,)
    assert read(twice, on=ON + timedelta(days=9)).accepted() == lines
    other = read(twice + line.encode(), on=ON).accepted()
    assert not {one.identity for one in lines} & {one.identity for one in other}
    assert all(len(one.identity) <= 100 for one in lines)


def test_a_layout_must_name_our_columns_and_no_heading_twice():
    with pytest.raises(LayoutBroken, match="not to “price”"):
        Layout({"price": "Cost"})
    with pytest.raises(LayoutBroken, match="no heading twice"):
        Layout({"merchant": "Amount"})


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", "The file: found “nothing”"),
        (b" \r\n \r\n", "The file: found “nothing”"),
        ("\ufeff".encode(), "no such column|one of line_id"),
        (GOOD.replace(",", ";").encode(), "parted by semicolons"),
        (GOOD.replace(",", "\t").encode(), "parted by tabs"),
        (GOOD.encode("utf-16"), "found “UTF-16”"),
        (GOOD.replace("Corner", "Café").encode("latin-1"), "Row 2: found “byte 0xe9"),
        (GOOD.encode() + b"\0", "Row 5: found “a byte of 0”"),
        (GOOD.encode() + b'"', "Row 5: found “quotation marks"),
        (
            GOOD.encode() + b"x" * 200_000,
            "Row 5: found “quotation marks that do not match, or a cell without",
        ),
        (GOOD.encode() + b"," * 200_000 + b"x", "200001 cells"),
        (b"card," * 50_000, "each heading once"),
        (b"\r\n\r\n" + GOOD.replace("card", "kard").encode(), "Row 3, kard"),
        (GOOD.replace("L2", "L" * 200).encode(), "Row 3, line_id: found “L+…”. Expected 0 to 100"),
        (GOOD.replace("4.80", "9" * 19).encode(), "Row 2, amount: .* less than £1,000,000"),
        (GOOD.replace("4.80", "9" * 9_000).encode(), "Row 2, amount: .* less than £1,000,000"),
        (
            GOOD.replace("Corner Stores", '"Corner\nStores"').encode(),
            "Row 2, merchant: found “Corner�Stores”",
        ),
        (GOOD.replace("2026-05-01", "1999-12-31").encode(), "a day from 1 January 2000 to 17 May 2026"),
        (GOOD.replace("2026-05-01", "٢٠٢٦-05-01").encode(), "Expected a date such as"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_place(data, words):
    with pytest.raises(FileHasFaults, match=words):
        read(data, on=ON).accepted()


def test_a_file_that_is_too_large_is_not_opened(monkeypatch):
    monkeypatch.setattr("wherewithal.formats.card_csv.MAX_BYTES", 100)
    with pytest.raises(FileHasFaults, match="at most 100: split it"):
        read(GOOD.encode(), on=ON).accepted()


def mutated(chance: random.Random) -> bytes:
    data = bytearray(GOOD.encode())
    for _ in range(chance.randint(1, 5)):
        where = chance.randrange(len(data) + 1)
        what = chance.choice(["change", "insert", "cut", "drop", "double", "swap"])
        if what == "change" and where < len(data):
            data[where] = chance.randrange(256)
        elif what == "insert":
            data[where:where] = chance.choice(
                [b'"', b",", b"\r", b"\n", b"\0", b"=", b"\xff", "é".encode(), b"0"]
            )
        elif what == "cut":
            del data[where:]
        elif what == "drop":
            del data[where : where + chance.randint(1, 30)]
        elif what == "double":
            data[where:where] = data[where : where + 60]
        else:
            rows = bytes(data).split(b"\r\n")
            chance.shuffle(rows)
            data = bytearray(b"\r\n".join(rows))
    return bytes(data)


def test_four_thousand_mutated_files_are_read_or_refused_with_their_places():
    chance = random.Random(20260517)
    refused = 0
    for _ in range(4_000):
        reading = read(mutated(chance), on=ON)
        csv.reader(io.StringIO(failed_rows(reading).decode("utf-8-sig")))
        if reading.faults:
            refused += 1
            assert all(
                fault.row >= 0 and fault.expected and len(fault.stood) <= 100 for fault in reading.faults
            )
            with pytest.raises(FileHasFaults):
                reading.accepted()
        else:
            lines = reading.accepted()
            assert lines
            assert len({line.identity for line in lines}) == len(lines)
            assert all(line.pence and line.posted_on <= ON and line.card for line in lines)
    assert 1_000 < refused < 4_000


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_no_cell_on_the_way_out_starts_as_a_formula_does(rows):
    back = list(csv.reader(io.StringIO(to_csv(["a", "b"], rows).decode("utf-8-sig"), newline="")))
    assert back == [["a", "b"], *([harmless(cell) for cell in row] for row in rows)]
    for row in back[1:]:
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "@", "＝", "＋", "＠"))
            assert not cell.lstrip().startswith("-") or float(cell) <= 0


@given(st.lists(st.tuples(st.integers(-99_999_999, 99_999_999).filter(bool), st.dates(date(2000, 1, 1), ON)),
                min_size=1, max_size=20))  # fmt: skip
def test_what_was_written_as_a_file_is_read_back_the_same(made):
    rows = [
        ["", "0042", on.isoformat() if pence % 2 else f"{on:%d/%m/%Y}", "Corner Stores", "",
         f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02d}", ""]
        for pence, on in made
    ]  # fmt: skip
    lines = read(to_csv(COLUMNS, rows), on=ON).accepted()
    assert [(line.pence, line.posted_on) for line in lines] == made


def test_a_refusal_of_a_file_is_a_refusal_like_any_other():
    assert issubclass(FileHasFaults, Refusal)
