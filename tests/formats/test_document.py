"""Reports in four kinds of file, each read to the same blocks, each refused in words when it cannot be."""

import random
from pathlib import Path

import docx
import pytest
import typst

from wherewithal.core.document import Block
from wherewithal.formats.document import CannotRead, read

HEADING, LEAD = "2.1 Plans", "Of the 40 councils responding, 30 (75%) have a plan."
ITEMS = ["20 from the north", "20 from the south"]


def shown(blocks: list[Block]) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks]


EXPECTED = [("heading", HEADING), ("paragraph", LEAD), *(("item", item) for item in ITEMS)]


def as_text(folder: Path) -> Path:
    path = folder / "report.txt"
    path.write_text(
        f"{HEADING}\nOf the 40 councils responding, 30 (75%)\nhave a plan.\n\n"
        f"• {ITEMS[0]}\n\n  7\n\n• {ITEMS[1]}\n"
    )
    return path


def as_word(folder: Path) -> Path:
    document = docx.Document()
    document.add_heading(HEADING, 2)
    document.add_paragraph(LEAD)
    for item in ITEMS:
        document.add_paragraph(item, style="List Bullet")
    document.save(str(folder / "report.docx"))
    return folder / "report.docx"


def as_web_page(folder: Path) -> Path:
    path = folder / "report.html"
    items = "".join(f"<li>{item}</li>" for item in ITEMS)
    path.write_text(
        f"<nav><p>Menu</p></nav><h2>{HEADING}</h2><p>{LEAD}</p><ul>{items}</ul><script>1</script>"
    )
    return path


def as_pdf(folder: Path) -> Path:
    source = folder / "report.typ"
    items = "\n\n".join(f"• {item}\n" for item in ITEMS)
    source.write_text(f"{HEADING} \\\n{LEAD}\n\n{items}")
    (folder / "report.pdf").write_bytes(typst.compile(str(source)))
    return folder / "report.pdf"


@pytest.mark.parametrize("made", [as_text, as_word, as_web_page, as_pdf])
def test_each_kind_of_file_is_read_to_the_same_blocks(made, tmp_path):
    assert shown(read(made(tmp_path))) == EXPECTED


def test_a_sentence_is_found_at_its_own_line(tmp_path):
    paragraph = read(as_text(tmp_path))[1]
    assert paragraph.place == "line 2"
    assert paragraph.place_at(paragraph.text.index("have")) == "line 3"


def test_a_table_in_word_and_on_a_web_page_is_rows_of_cells(tmp_path):
    document = docx.Document()
    table = document.add_table(2, 2)
    for row, cells in enumerate((("Type", "Councils"), ("Total", "58"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    document.save(str(tmp_path / "table.docx"))
    web = tmp_path / "table.html"
    web.write_text("<table><tr><th>Type</th><th>Councils</th></tr><tr><td>Total</td><td>58</td></tr></table>")
    rows = [("row", "Type\tCouncils"), ("row", "Total\t58")]
    assert shown(read(tmp_path / "table.docx")) == shown(read(web)) == rows


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("report.odt", b"x", "none of the kinds that are read: .docx, .htm, .html, .pdf, .txt"),
        ("report.docx", b"no archive", "cannot be read as Word"),
        ("report.pdf", b"no PDF", "cannot be read as PDF"),
        ("report.txt", b"a\0b", "no plain text"),
        ("report.txt", b"  \n", "holds no text"),
        ("report.html", b"", "cannot be read as a web page"),
    ],
)
def test_what_is_no_report_is_refused_in_words(name, content, says, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CannotRead) as refusal:
        read(path)
    assert says in refusal.value.says
    assert name in refusal.value.says


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(CannotRead, match="No such file"):
        read(tmp_path / "gone.txt")


@pytest.mark.slow
@pytest.mark.parametrize("made", [as_text, as_word, as_web_page, as_pdf])
def test_a_damaged_file_is_read_or_refused_and_nothing_else(made, tmp_path):
    whole = made(tmp_path)
    content = whole.read_bytes()
    chance = random.Random(11)
    for _ in range(250):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        if chance.random() < 0.3:
            del damaged[chance.randrange(len(damaged)) :]
        path = tmp_path / f"damaged{whole.suffix}"
        path.write_bytes(damaged)
        try:
            assert read(path)
        except CannotRead as refusal:
            assert path.name in refusal.says
