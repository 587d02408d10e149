"""Files that cannot be Client Level Data: each is refused in words with the place, nothing half loaded."""

import random
import subprocess
import sys

import pytest
from returned import NAMES, SERVICE, file_with, read

from wherewithal.formats.cld import CannotBeTakenIn, Findings, NoFile, batches, write

GOOD = file_with({}, {})
HEADER, ROW = GOOD.split(b"\r\n")[:2]
LINES = {
    "an empty file": (b"", "Row 1: nothing stood there; expected a header row"),
    "only spaces": (b" \r\n \r\n", "Row 1: nothing stood there; expected a header row"),
    "a header alone": (HEADER + b"\r\n", "Row 2: nothing stood there; expected rows under the header"),
    "semicolons": (GOOD.replace(b",", b";"), "Row 1: “names separated by semicolons” stood there"),
    "tabs": (GOOD.replace(b",", b"\t"), "Row 1: “names separated by tabs” stood there"),
    "a workbook": (b"PK\x03\x04" + bytes(100), "an Excel workbook (xlsx) or a zip file"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + bytes(100), "an Excel workbook (xls)"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "text in UTF-16"),
    "Windows-1252": (
        file_with({}, {"Event_Description": "café"}).decode().encode("cp1252"),
        "Row 3, Event_Description: “byte 0xe9” stood there; expected text in UTF-8",
    ),
    "a header that is no UTF-8": (b"\xe9," + GOOD, "Row 1: “byte 0xe9, which is not UTF-8” stood there"),
    "NUL": (GOOD.replace(b"E1001", b"E\x001001", 1), "Row 2, LA_Person_Unique_Identifier: “a character"),
    "a column twice": (
        HEADER + b",Gender\r\n" + ROW + b",Male\r\n", "Row 1, Gender: “2 columns of this name” stood there",
    ),
    "an unknown column": (GOOD.replace(b"Postcode", b"Post_Town"), "Row 1: “Post_Town” stood there;"),
    "a needed column missing": (
        GOOD.replace(b"Client_Type", b"Gender", 1).replace(b"Gender", b"Dementia", 1), "Row 1, Client_Type",
    ),
    "an unknown council": (
        file_with({"LA_Code": "998"}), "Row 2, LA_Code: “998” stood there; expected a council’s code",
    ),
    "no council": (file_with({"LA_Code": ""}), "Row 2, LA_Code: nothing stood there"),
    "half a row": (GOOD + ROW[:60], "the file ends in the middle of this row"),
    "a row too short": (HEADER + b"\r\n999,1\r\n" + ROW, "Row 2: “2 cells” stood there; expected 46 cells"),
    "a row too long": (GOOD + ROW + b",more\r\n", "Row 4: “47 cells” stood there; expected 46 cells"),
    "a quotation mark never closed": (
        GOOD + ROW[: ROW.rfind(b",") + 1] + b'"1\r\n', "opened and never closed",
    ),
    "a quotation mark never closed within a row": (GOOD + ROW.replace(b"E1001", b'"E1001'), "Row 4"),
}  # fmt: skip


@pytest.mark.parametrize("content, sentence", LINES.values(), ids=LINES)
def test_a_file_that_cannot_be_worked_with_is_refused_in_a_sentence(content, sentence):
    health = read(content).health
    assert health.worst == "refused"
    assert any(sentence in fault.says for fault in health.of("refused")), health.of("refused")
    with pytest.raises(CannotBeTakenIn, match="The file cannot be taken in"):
        health.must_be_taken_in()


def test_a_code_of_national_statistics_is_told_which_code_was_meant():
    [fault] = read(file_with({"LA_Code": "E10000006"})).faults
    assert fault.expected == "102, which is the code of Cumbria in social care collections"


def test_dates_of_three_kinds_are_each_shown_with_how_often():
    cells = ["31-Mar-25", "04-Apr-25", "45382", "2025/05/01", "01/05/25"]
    found = read(file_with(*({"Event_Start_Date": cell} for cell in cells))).faults
    assert [(fault.value, fault.times) for fault in found] == [
        ("31-Mar-25", 2), ("45382", 1), ("2025/05/01", 1), ("01/05/25", 1)
    ]  # fmt: skip
    assert "a bare number is how a spreadsheet keeps a day" in found[1].expected
    assert "the year with four digits" in found[3].expected


def test_a_separator_is_named_with_what_stood_there_when_a_name_is_nearly_right():
    [fault, _] = read(GOOD.replace(b"Client_Type", b"Client_Typ", 1)).faults
    assert fault.expected.endswith("is it Client_Type?")


IN_LITTLE_MEMORY = """
import sys
from pathlib import Path
from wherewithal.formats.cld import check
print(check(Path(sys.argv[1])).of("refused")[0].says)
lines = Path("/proc/self/status").read_text().splitlines()
print(next(line.split()[1] for line in lines if line.startswith("VmHWM")))
"""
"""What the program itself came to: getrusage also counts what its parent held when it was started."""


def test_a_line_without_end_is_refused_quickly_and_in_little_memory(tmp_path):
    path = tmp_path / "endless.csv"
    for start in (b"", HEADER + b"\r\n", GOOD):
        with path.open("wb") as file:
            file.write(start + b"x")
            file.truncate(2 << 30)  # NUL to the end, and no disk taken
            file.seek(len(start))
            file.write(b"x" * (20 << 20))
        done = subprocess.run(
            [sys.executable, "-c", IN_LITTLE_MEMORY, path], capture_output=True, text=True, check=True
        )
        says, peak = done.stdout.splitlines()
        assert "more than 4 million characters" in says
        assert int(peak) < 700 << 10  # kilobytes, Python and Arrow among them


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(NoFile, match=r"nowhere.csv cannot be read: No such file"):
        list(batches(tmp_path / "nowhere.csv", found=Findings()))


CHANGES = [b'"', b",", b"\r\n", b"\x00", b"'=", b"\xef\xbb\xbf", b"\xff", b";", b"\t", b"999", b'""', b"\r"]


def mutated(dice: random.Random, original: bytes) -> bytes:
    content = bytearray(original)
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(content) + 1)
        change = dice.choice(["set", "cut", "put", "end", "twice"])
        if change == "set":
            content[place : place + 1] = bytes([dice.randrange(256)])
        elif change == "cut":
            del content[place : place + dice.randint(1, 30)]
        elif change == "end":
            del content[max(place, 1) :]
        elif change == "twice":
            content[place:place] = content[place : place + dice.randint(1, 400)]
        else:
            content[place:place] = dice.choice(CHANGES)
    return bytes(content)


def meets(content: bytes) -> None:
    """No traceback; each fault has a place; a file that is refused says so, and one that is not is whole."""
    reading = read(content)
    for fault in reading.health.faults:
        assert fault.says
        assert fault.times >= len(fault.rows) > 0
        assert fault.rows[0] >= 1
    if reading.health.worst != "refused":
        assert len(reading.rows) == reading.health.rows > 0
        again = read(write(reading.rows))
        assert again.rows == reading.rows


ORIGINAL = write([SERVICE, {**SERVICE, "Event_Description": "said “yes”, then\r\n, no"}, SERVICE])


def test_a_thousand_mutated_files_never_raise_and_never_half_load():
    dice = random.Random(46)
    for _ in range(1000):
        meets(mutated(dice, ORIGINAL))


@pytest.mark.slow
def test_ten_thousand_mutated_files_never_raise_and_never_half_load():
    dice = random.Random(47)
    for _ in range(10_000):
        meets(mutated(dice, ORIGINAL))


def test_every_field_is_in_the_file_that_is_mutated():
    assert all(name.encode() in ORIGINAL for name in NAMES)
