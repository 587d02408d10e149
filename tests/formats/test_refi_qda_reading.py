"""Projects of other programs: what is said of what cannot be read, or is not."""

import io
import zipfile
from random import Random

import pytest

from wherewithal.formats import refi_qda
from wherewithal.formats.refi_qda import package
from wherewithal.formats.refi_qda.model import Value

HEAD = '<Project xmlns="urn:QDA-XML:project:1.0" name="p">'
A, B, C, D = (f"{letter * 8}-0000-4000-8000-{letter * 12}" for letter in "abcd")
CODES = f'<CodeBook><Codes><Code guid="{C}" name="c" isCodable="true"/></Codes></CodeBook>'


def selection(start=0, end=3, code=C, guid=D):
    return (
        f'<PlainTextSelection guid="{guid}" startPosition="{start}" endPosition="{end}">'
        f'<Coding guid="{B}"><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>'
    )


INSIDE = f'plainTextPath="internal://{A}.txt"'


def source(inside=None, attributes=INSIDE):
    inside = selection() if inside is None else inside
    return f'<Sources><TextSource guid="{A}" name="s" {attributes}>{inside}</TextSource></Sources>'


def zipped(body, text=b"one two", name="project.qde", folder="sources", head=HEAD):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr(name, f"{head}\n{body}</Project>")
        if text is not None:
            packed.writestr(f"{folder}/{A}.txt", text)
    return held.getvalue()


def read(*args, **kwargs):
    return refi_qda.read(zipped(*args, **kwargs))


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        (b"one two", (4, 7), "two"),
        (b"one\r\ntwo\r\n", (5, 8), "two"),
        (b"one\rtwo", (4, 7), "two"),
        ("\ufeffone two".encode(), (4, 7), "two"),
        ("👍\r\n👎 é".encode(), (3, 6), "👎 é"),
        (b"one two", (7, 7), ""),
    ],
)  # fmt: skip
def test_a_passage_is_the_same_words_whatever_ends_a_line(text, at, words):
    found = read(CODES + source(selection(*at)), text).project.sources[0]
    one = found.selections[0]
    assert "\r" not in found.text and not found.text.startswith("\ufeff")
    assert found.text[one.start : one.end] == words


def test_guids_are_told_whatever_their_spelling_and_files_whatever_their_case():
    body = CODES.replace(C, f"{{{C.upper()}}}") + source(
        attributes=f'plainTextPath="internal://{A.upper()}.TXT"'
    )
    found = read(body, name="Project.QDE", folder="Sources").project
    assert found.codes[0].guid == found.sources[0].selections[0].codings[0].code == C


def test_a_text_may_stand_in_the_xml():
    found = read(source("<PlainTextContent>words</PlainTextContent>", ""), None).project
    assert found.sources[0].text == "words"


def test_values_keep_their_kind():
    body = (
        f'<Variables><Variable guid="{A}" name="age" typeOfVariable="Integer"/></Variables>'
        f'<Cases><Case guid="{B}"><VariableValue><VariableRef targetGUID="{A}"/>'
        "<IntegerValue>35</IntegerValue></VariableValue></Case></Cases>"
    )
    assert read(body).project.cases[0].values == (Value(A, "Integer", "35"),)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (
            f'{CODES}<Sources><PDFSource guid="{A}" name="plan.pdf" path="x"><Representation guid="{B}"'
            f' plainTextPath="internal://x">{selection()}</Representation></PDFSource></Sources>',
            ["Line 2: PDFSource “plan.pdf” is not read, with 1 codings in it."],
        ),
        (
            f'<Sources><AudioSource guid="{A}"/><VideoSource guid="{B}"/><PictureSource guid="{C}"/>'
            "</Sources>",
            [f"Line 2: {kind}Source is not read." for kind in ("Audio", "Video", "Picture")],
        ),
        (
            f'<Cases><Case guid="{D}"><SourceRef targetGUID="{A}"/></Case></Cases>'
            f'<Sources><AudioSource guid="{A}" name="talk"/></Sources>',
            [
                f"Line 2: SourceRef refers to {A}, which is not read.",
                "Line 2: AudioSource “talk” is not read.",
            ],
        ),
        (
            source("", 'plainTextPath="absolute:///home/s.txt"'),
            ["Line 2: TextSource “s” is not read, since its text is not in the file."],
        ),
        (
            source("", f'{INSIDE} richTextPath="internal://x.docx"'),
            ["Line 2: the attribute richTextPath of TextSource is not read."],
        ),
        (f'<Graphs><Graph guid="{A}"/></Graphs>', ["Line 2: Graphs is not read."]),
        ('<Mood xmlns="urn:x" name="good"/>', ["Line 2: Mood “good” is not read."]),
    ],
)
def test_what_is_not_read_is_named(body, says):
    assert [str(one) for one in read(body).passed_over] == says


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (CODES + source(selection(0, 8)), "line 2: the selection goes from 0 to 8, but its text has 7"),
        (CODES + source(selection(-1, 3)), "the selection goes from -1 to 3"),
        (CODES + source(selection(3, 2)), "the selection goes from 3 to 2"),
        (CODES + source(selection("x", 2)), "startPosition must be a whole number, not “x”"),
        (source(), f"line 2: CodeRef refers to a code {C}, which is not in the file"),
        (CODES + source(selection(code=A)), f"CodeRef refers to a code {A}"),
        (CODES + source(selection(code="c-1")), "“c-1” is no GUID"),
        (CODES.replace(f'guid="{C}" ', ""), "Code has no guid"),
        (CODES.replace('"true"', '"maybe"'), "isCodable cannot be “maybe”"),
        (CODES.replace("<Code ", f'<Code guid="{C}" name="d" isCodable="true"/><Code '), "a second time"),
        (
            CODES + source(selection().replace(f'<CodeRef targetGUID="{C}"/>', "")),
            "Coding needs one CodeRef, not 0",
        ),
        (source("", 'plainTextPath="internal://b.txt"'), "line 2: The file “sources/b.txt” is missing"),
        (f'<Users><User guid="{A}"/></Users>' + source("", f'{INSIDE} creatingUser="{B}"'), f"a user {B}"),
        ("<Open>", "project.qde is not XML that can be read"),
    ],
)
def test_a_fault_is_told_with_its_place(body, says):
    with pytest.raises(refi_qda.NotRefiQda) as refused:
        read(body)
    assert says in refused.value.says


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no zip", "no zip"),
        (zipped("", name="other.xml"), "“project.qde” is missing"),
        (
            zipped("", head=HEAD.replace("project:1.0", "project:2.0")),
            "urn:QDA-XML:project:1.0}Project was expected",
        ),
        (
            zipped("&big;", head=f'<!DOCTYPE Project [<!ENTITY big "{"x" * 99}">]>{HEAD}'),
            "declares a document type",
        ),
        (
            zipped("&file;", head=f'<!DOCTYPE Project [<!ENTITY file SYSTEM "file:///etc/passwd">]>{HEAD}'),
            "declares a document type",
        ),
        (zipped(source(""), b"\xff\xfe"), "is not UTF-8: invalid start byte at byte 0"),
    ],
    # Not by their bytes: a zip holds the time, so that two workers would collect two tests.
    ids=["no zip", "no project", "another version", "an entity", "a file as entity", "no UTF-8"],
)
def test_what_is_no_project_is_refused(content, says):
    with pytest.raises(refi_qda.NotRefiQda) as refused:
        refi_qda.read(content)
    assert says in refused.value.says


def test_a_file_that_is_too_large_or_gets_too_large_is_refused(monkeypatch):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("project.qde", f"{HEAD}{source('')}</Project>")
        packed.writestr(f"sources/{A}.txt", b"\0" * (package.LARGEST_OPENED + 1))
    with pytest.raises(refi_qda.NotRefiQda, match="larger than 200 MB"):
        refi_qda.read(held.getvalue())
    monkeypatch.setattr(package, "LARGEST", 10)
    with pytest.raises(refi_qda.NotRefiQda, match="larger than 0 MB"):
        refi_qda.read(held.getvalue())


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_project_is_refused_in_words_or_read(seed):
    whole = zipped(CODES + source(selection(0, 3) + selection(4, 7, guid=A[:-1] + "0")))
    xml = f"{HEAD}{CODES}{source()}</Project>"
    refused = 0
    for number in range(seed * 100, seed * 100 + 100):
        rng = Random(number)
        if number % 2:
            content = bytearray(whole)
            for _ in range(rng.choice([1, 5, 50])):
                content[rng.randrange(len(content))] = rng.randrange(256)
            content = bytes(content)
        else:
            at = rng.randrange(len(xml))
            cut = rng.choice(["", "<", "&", '"', "👍", "\0", xml[rng.randrange(len(xml)) :][:20]])
            held = io.BytesIO()
            with zipfile.ZipFile(held, "w") as packed:
                packed.writestr("project.qde", xml[:at] + cut + xml[at + rng.randrange(9) :])
                packed.writestr(f"sources/{A}.txt", "one two")
            content = held.getvalue()
        try:
            refi_qda.read(content)
        except refi_qda.NotRefiQda as refusal:
            refused += 1
            assert len(refusal.says) > 20
    assert refused > 20
