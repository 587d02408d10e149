"""Files that councils hand in: told by content, read, and without who wrote them."""

import io
import struct
import zipfile

import docx
import handed_in
import pypdf
import pytest
from handed_in import AUTHOR, SAID, inside
from hypothesis import given, settings
from hypothesis import strategies as st
from odf import opendocument, teletype

from wherewithal.core.file_kind import DOCUMENTS, KINDS, PICTURES
from wherewithal.formats import handed_in as door
from wherewithal.formats.handed_in import CannotTake
from wherewithal.formats.handed_in.packed import unpacked

LARGEST = 5_000_000


def take(content, kinds=DOCUMENTS, largest=LARGEST):
    return door.take(content, largest, kinds)


MADE = {"docx": handed_in.word, "odt": handed_in.odt, "pdf": handed_in.pdf}


@pytest.mark.parametrize("kind", MADE)
def test_a_document_comes_out_without_its_author_and_with_its_words(kind):
    made = MADE[kind]()
    assert AUTHOR.encode() in inside(made), "else the test proves nothing"
    taken = take(made)
    assert taken.kind == kind and SAID in taken.text and kind == KINDS[kind].ending
    for word in AUTHOR.split():
        assert word.encode() not in inside(taken.content)
        assert word.encode("utf-16-be") not in inside(taken.content)


def test_a_word_document_is_still_one_with_its_comment_change_and_pictures():
    taken = take(handed_in.word())
    document = docx.Document(io.BytesIO(taken.content))
    assert document.paragraphs[0].text.startswith(SAID)
    assert [(one.text, one.author, one.initials) for one in document.comments] == [
        ("Is it so?", "Author", "")
    ]
    assert document.core_properties.author == "" and len(document.inline_shapes) == 2
    assert "And late." in taken.text and "Afterwards." in taken.text
    assert b"rsidR" not in inside(taken.content) and b"attachedTemplate" not in inside(taken.content)


def test_an_opendocument_text_is_still_one_with_its_note_and_picture():
    taken = take(handed_in.odt())
    document = opendocument.load(io.BytesIO(taken.content))
    assert SAID in teletype.extractText(document.text) and "Is it so?" in teletype.extractText(document.text)
    assert b"Pictures/" in inside(taken.content) and b"Thumbnails" not in inside(taken.content)
    assert taken.content[30:38] == b"mimetype", "it comes first, as the format wants it"


def test_a_pdf_is_still_one_with_its_note_its_tags_and_its_picture():
    taken = take(handed_in.pdf())
    reader = pypdf.PdfReader(io.BytesIO(taken.content))
    assert SAID in reader.pages[0].extract_text() and "/StructTreeRoot" in reader.root_object
    [note] = [one.get_object() for one in reader.pages[0]["/Annots"]]
    assert note["/Contents"] == "Is it so?" and "/T" not in note
    assert not reader.metadata and reader.xmp_metadata is None


@pytest.mark.parametrize("kind", MADE)
def test_what_was_taken_is_taken_again_as_it_is(kind):
    once = take(MADE[kind]()).content
    assert inside(take(once).content) == inside(once) or kind == "pdf"  # numbers of a PDF's objects may move
    assert take(once).text == take(take(once).content).text


@pytest.mark.parametrize(
    ("content", "text"), [("Café £5".encode("cp1252"), "Café £5"), (b"\xef\xbb\xbfA", "A")]
)
def test_plain_text_comes_out_in_utf_8(content, text):
    taken = take(content)
    assert (taken.kind, taken.content.decode(), taken.text) == ("text", text, text)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: b"", "empty"),
        (lambda: b"\x7fELF\0\0\1", "none of the kinds"),
        (lambda: b"MZ\x90\0\3", "none of the kinds"),
        (lambda: handed_in.word(**{"[Content_Types].xml": b"<Types/>"}), "none of the kinds"),
        (lambda: handed_in.word(**{"word/vbaProject.bin": b"x"}), "cannot look into"),
        (lambda: handed_in.word(**{"word/embeddings/own.xlsx": b"PK"}), "cannot look into"),
        (lambda: handed_in.word(**{"word/media/x.emf": b"\1\0\0\0"}), "as PNG or JPEG"),
        (lambda: handed_in.word(**{"_xmlsignatures/sig1.xml": b"<x/>"}), "signed"),
        (lambda: handed_in.word(**{"word/x.xml": b"<x>"}), "word/x.xml cannot be read"),
        (lambda: handed_in.word(**{"word/x.xml": b'<!DOCTYPE x [<!ENTITY e "a">]><x>&e;</x>'}), "of its own"),
        (lambda: handed_in.word()[:2000], "damaged"),
        (lambda: handed_in.word(**{"word/media/x.png": b"\x89PNG\r\n\x1a\nno"}), "is damaged"),
        (lambda: handed_in.word(**{"word/media/x.jpg": b"\xff\xd8\xff\xe0\xff"}), "is damaged"),
        (lambda: handed_in.odt(**{"Basic/script-lc.xml": b"<x/>"}), "macros"),
        (lambda: handed_in.odt(**{"Object 1": b"\xd0\xcf"}), "cannot look into"),
        (lambda: handed_in.odt(mimetype=b"application/vnd.oasis.opendocument.chart"),
         "text, sheets and slides"),
        (lambda: handed_in.odt(**{"META-INF/manifest.xml": b"<m><encryption-data/></m>"}), "password"),
        (lambda: handed_in.pdf(with_file=True), "another file"),
        (lambda: handed_in.pdf(password="x"), "password"),
        (lambda: handed_in.pdf(field="/Sig"), "signed"),
        (lambda: b"%PDF-1.7 nothing", "cannot be read as PDF"),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_into_is_refused_in_words(content, says):
    with pytest.raises(CannotTake, match=says) as refused:
        take(content())
    assert refused.value.field == "file"


def zipped() -> bytes:
    """A zip with a part packed in each way that there is, one of them with a name beyond ASCII."""
    made = io.BytesIO()
    ways = (zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_STORED)
    with zipfile.ZipFile(made, "w") as file:
        for name, way in zip(("a.xml", "b.xml", "ü.xml", "c.xml"), ways, strict=True):
            file.writestr(zipfile.ZipInfo(name), b"<x>It works.</x>" * 20, way)
    return made.getvalue()


@given(st.lists(st.tuples(st.integers(0, len(zipped()) - 1), st.integers(0, 255)), min_size=1, max_size=3))
@settings(max_examples=1_000)
def test_a_zip_that_is_damaged_anywhere_is_read_or_refused_in_words(damage):
    content = bytearray(zipped())
    for place, byte in damage:
        content[place] = byte
    try:
        unpacked(bytes(content))
    except CannotTake as refused:
        assert "damaged or locked" in refused.says or "larger inside" in refused.says


@pytest.mark.parametrize(("kind", "made"), [("png", handed_in.png), ("jpeg", handed_in.jpeg)])
def test_a_picture_alone_is_taken_where_pictures_are_asked_for(kind, made):
    assert AUTHOR.encode() in made(), "else the test proves nothing"
    taken = take(made(), PICTURES)
    assert (taken.kind, taken.text) == (kind, "") and AUTHOR.encode() not in taken.content
    assert take(taken.content, PICTURES) == taken
    with pytest.raises(CannotTake, match="The picture is damaged"):
        take(made()[:-30] if kind == "png" else made()[:100], PICTURES)


def test_another_kind_than_is_asked_for_is_refused_with_those_that_are():
    pdf, text, picture = handed_in.pdf(), b"Only words", handed_in.png()
    for content, kinds in (
        (pdf, PICTURES),
        (text, ("pdf",)),
        (picture, DOCUMENTS),
        (b"PK\x03\x04", ("pdf",)),
    ):
        with pytest.raises(CannotTake, match=r"none of the kinds that are taken|damaged"):
            take(content, kinds)
    with pytest.raises(CannotTake, match=r"taken: PNG picture \(png\) or JPEG picture \(jpg\)\. Save"):
        take(pdf, PICTURES)


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    assert take(b"Only words", largest=10).content == b"Only words"
    with pytest.raises(CannotTake, match="larger than 5 MB"):
        take(b"%PDF-" + b"x" * LARGEST)


def test_a_file_that_is_far_larger_inside_is_refused():
    with pytest.raises(CannotTake, match="larger inside"):
        take(handed_in.word(**{f"word/x{number}.xml": b"<x/>" for number in range(3_001)}))


def test_a_drawing_keeps_what_is_drawn_and_no_more():
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://x/i" i:docname="{AUTHOR}"><!-- {AUTHOR} -->'
        f'<metadata>{AUTHOR}</metadata><i:own>{AUTHOR}</i:own><path d="M0 0"/></svg>'
    )
    found = inside(take(handed_in.word(**{"word/media/x.svg": svg.encode()})).content)
    assert b'd="M0 0"' in found and AUTHOR.encode() not in found
    linked = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="data:x"/></svg>'
    with pytest.raises(CannotTake, match="holds another one"):
        take(handed_in.word(**{"word/media/x.svg": linked}))


def test_the_picture_is_the_same_without_its_notes():
    found = inside(take(handed_in.word()).content)
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    assert head in found and b"\x1f\xff\x00\x3f\xff\xd9" in found and b"JFIF" in found
    assert b"Exif" not in found and b"tEXt" not in found
