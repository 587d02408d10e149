"""Real documents for the tests, each made here with an author in all the places that its format has."""

import io
import struct
import zipfile
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pypdf
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from odf import dc, meta, office, opendocument
from odf import text as odf_text
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject

AUTHOR = "Quentin Madeup"
SAID = "Brokers meet people early."
_ARTIST = 0x013B
_EXIF = (
    b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">HHHIII", 1, _ARTIST, 2, len(AUTHOR) + 1, 26, 0)
    + AUTHOR.encode() + b"\0"
)  # fmt: skip


def jpeg() -> bytes:
    """One grey pixel, with an author in Exif and in a comment, and more after its end."""
    made = io.BytesIO()
    for marker, content in (
        (0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), (0xE1, _EXIF), (0xFE, AUTHOR.encode()),
        (0xDB, b"\0" + b"\1" * 64), (0xC0, b"\x08\0\1\0\1\1\1\x11\0"),
        (0xC4, b"\0" + b"\0" * 2 + b"\1" + b"\0" * 13 + b"\0"),
        (0xC4, b"\x10" + b"\0" * 2 + b"\1" + b"\0" * 13 + b"\0"), (0xDA, b"\1\1\0\0\x3f\0"),
    ):  # fmt: skip
        made.write(struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content)
    return b"\xff\xd8" + made.getvalue() + b"\x1f\xff\x00\x3f\xff\xd9" + AUTHOR.encode()


def png() -> bytes:
    """One grey pixel, with an author in a note."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    note = b"Author\0" + AUTHOR.encode()
    drawn = zlib.compress(b"\0\x80")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(*one)
        for one in ((b"IHDR", head), (b"tEXt", note), (b"eXIf", note), (b"IDAT", drawn), (b"IEND", b""))
    )


def word(**more: bytes) -> bytes:
    """By its properties, a comment, a change, fields, a control, pictures, paths, a store; ``more`` parts."""
    document = docx.Document()
    document.core_properties.author = document.core_properties.last_modified_by = AUTHOR
    paragraph = document.add_paragraph(SAID)
    document.add_comment(paragraph.runs, text="Is it so?", author=AUTHOR, initials="QM")
    ns = nsdecls("w")
    for xml in (
        f'<w:ins {ns} w:id="9" w:author="{AUTHOR}"><w:r w:rsidR="0A"><w:t>And late.</w:t></w:r></w:ins>',
        f'<w:fldSimple {ns} w:instr=" AUTHOR "><w:r><w:t>{AUTHOR}</w:t></w:r></w:fldSimple>',
        f'<w:sdt {ns}><w:sdtPr><w:dataBinding w:xpath="/a:coreProperties[1]/b:creator[1]" w:storeItemID="x"/>'
        f"</w:sdtPr><w:sdtContent><w:r><w:t>{AUTHOR}</w:t></w:r></w:sdtContent></w:sdt>",
        f'<w:r {ns}><w:fldChar w:fldCharType="begin"/></w:r>',
        f"<w:r {ns}><w:instrText> USERNAME </w:instrText></w:r>",
        f'<w:r {ns}><w:fldChar w:fldCharType="separate"/><w:t>{AUTHOR}</w:t></w:r>',
        f'<w:r {ns}><w:fldChar w:fldCharType="end"/><w:t> Afterwards.</w:t></w:r>',
    ):
        paragraph._p.append(parse_xml(xml))
    for picture in (png(), jpeg()):
        document.add_picture(io.BytesIO(picture))
    document.part.relate_to(
        f"file:///C:/Users/{AUTHOR}/own.dotm", "http://x/attachedTemplate", is_external=True
    )
    document.part.relate_to(f"file:///C:/Users/{AUTHOR}/other.docx", "http://x/hyperlink", is_external=True)
    saved = io.BytesIO()
    document.save(saved)
    parts = {
        "docProps/app.xml": f'<Properties xmlns="http://x/e"><Company>{AUTHOR}</Company></Properties>'.encode(),
        "customXml/item1.xml": f"<p><by>{AUTHOR}</by></p>".encode(),
    }
    return with_parts(saved.getvalue(), parts | more)


def odt(**more: bytes) -> bytes:
    """By its properties, a note and a field; ``more`` parts."""
    document = opendocument.OpenDocumentText()
    for noun in (dc.Creator, meta.InitialCreator, meta.PrintedBy):
        document.meta.addElement(noun(text=AUTHOR))
    paragraph = odf_text.P(text=SAID)
    note = office.Annotation()
    note.addElement(dc.Creator(text=AUTHOR))
    note.addElement(dc.Date(text="2026-04-06T10:00:00"))
    note.addElement(odf_text.P(text="Is it so?"))
    paragraph.addElement(note)
    paragraph.addElement(odf_text.AuthorName(fixed="true", text=AUTHOR))
    document.text.addElement(paragraph)
    document.addPicture("Pictures/one.png", "image/png", png())
    saved = io.BytesIO()
    document.write(saved)
    return with_parts(saved.getvalue(), {"Thumbnails/thumbnail.png": png(), **more})


def pdf(with_file: bool = False, password: str = "", field: str = "") -> bytes:
    """By its properties (twice), a note on a page, a picture; perhaps with a file in it, or locked."""
    with TemporaryDirectory() as place:
        (Path(place) / "one.jpg").write_bytes(jpeg())
        main = Path(place) / "main.typ"
        main.write_text(
            f'#set document(author: "{AUTHOR}", title: "A")\n{SAID} #image("one.jpg", width: 1cm)'
        )
        made = typst.compile(main)
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(made)))
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Text"),
            NameObject("/Rect"): ArrayObject([FloatObject(one) for one in (10, 10, 30, 30)]),
            NameObject("/T"): TextStringObject(AUTHOR),
            NameObject("/Contents"): TextStringObject("Is it so?"),
        }
    )
    if field:
        note[NameObject("/FT")] = NameObject(field)
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    if with_file:
        writer.add_attachment("own.txt", AUTHOR.encode())
    if password:
        writer.encrypt(password)
    saved = io.BytesIO()
    writer.write(saved)
    return saved.getvalue()


def with_parts(content: bytes, more: dict[str, bytes]) -> bytes:
    """A zip again, with parts put in or in the place of others."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()} | more
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return saved.getvalue()


def inside(content: bytes) -> bytes:
    """All that a file holds, unpacked."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return b"\n".join(name.encode() + b": " + packed.read(name) for name in packed.namelist())
    if not content.startswith(b"%PDF"):
        return content
    reader = pypdf.PdfReader(io.BytesIO(content))
    every = [reader.get_object(number) for number in range(1, len(reader.xref[0]) + 2000)
             if number in reader.xref[0] or number in reader.xref_objStm]  # fmt: skip
    streams = [one.get_data() for one in every if hasattr(one, "get_data")]
    return b"\n".join(
        [content, repr(reader.trailer).encode(), *(repr(one).encode() for one in every), *streams]
    )
