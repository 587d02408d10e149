"""Codings for other programs: valid by the published schema, read back the same, read by another's reader."""

import io
import zipfile
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from pyrefiqda import RefiProject
from refi import projects

from wherewithal.core.coding import Code, Codebook, Coding, Source, code_passage, passage
from wherewithal.formats import refi_qda
from wherewithal.formats.refi_qda import model
from wherewithal.formats.refi_qda.model import Project, Selection, Text, User

COST = Code("cost", "Cost", "Names what it costs", "why", ("5 pounds",), "for any money", "fees")
BOOK = Codebook(
    "made-up", "1", "Reasons", "form", "made up",
    (
        COST,
        Code("time", "Time", "Names how long it takes", "why", within="cost"),
        Code("none", "No reason", "Says that there is none", "why", alone=True),
        Code("staff", "Staff", "Names who does it", "who"),
    ),
)  # fmt: skip
SOURCES = [
    Source("r1:why", "r1", "why", "Too dear,\nand 👍 it takes weeks"),
    Source("r1:who", "r1", "who", "  our own staff\x07"),
    Source("r2:why", "r2", "why", "We do not know"),
]
GROUPS = {"r1": {"region": "London", "type": "County"}, "r2": {"region": "London"}}


@cache
def schema() -> etree.XMLSchema:
    """The schema of the standard, out of another program that carries it."""
    files = distribution("qualitative-coding").files
    place = next(file for file in files if file.name == "schema.xsd")
    return etree.XMLSchema(etree.parse(place.locate()))


def of(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read("project.qde")


def on(source: int, words: str) -> model.Guid:
    text = SOURCES[source].text
    return passage(SOURCES[source], text.index(words), text.index(words) + len(words))


def made() -> list[Coding]:
    found: list[Coding] = []
    for source, words, code, coder, memo in (
        (0, "Too dear", "cost", "ann", "plain\nenough"),
        (0, "Too dear", "time", "ann", ""),
        (0, "Too dear", "cost", "ben", ""),
        (0, "👍 it takes weeks", "time", "ben", "👍 & <so on>"),
        (1, "staff", "staff", "ann", ""),
        (2, "not know", "none", "ben", ""),
    ):
        found.append(
            code_passage(
                SOURCES[source], on(source, words), code, coder=coder, book=BOOK, among=found, memo=memo
            )
        )
    return found


def ours() -> Project:
    return refi_qda.as_project(BOOK, SOURCES, made(), questions={"why": "Why not?"}, groups=GROUPS)


# every project


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(projects())
def test_what_is_written_is_valid_and_is_read_back_the_same(project):
    content = refi_qda.write(project)
    schema().assertValid(etree.fromstring(of(content)))
    found = refi_qda.read(content)
    assert found.project == project
    assert found.passed_over == ()
    assert refi_qda.write(found.project) == content


def test_the_zip_holds_the_project_and_a_text_each_without_a_time_or_a_byte_order_mark():
    content = refi_qda.write(ours())
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        entries = packed.infolist()
        assert packed.testzip() is None
        assert entries[0].filename == "project.qde"
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert of(content).startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<Project ")
        why = packed.read(f"sources/{refi_qda.ours.guid('source', 'r1:why')}.txt")
        assert why == SOURCES[0].text.encode()


@pytest.mark.parametrize(
    ("project", "says"),
    [
        (Project("bell\x07"), "name .* XML cannot hold"),
        (Project("p", sources=(Text(refi_qda.ours.guid("x", 1), "a\r\nb", "letter"),)), "“letter” has a CR"),
        (Project("p", notes=(Text(refi_qda.ours.guid("x", 1), "\ufeffa", "memo"),)), "byte-order mark"),
        (Project("p", notes=(Text(refi_qda.ours.guid("x", 1), "a\ud800", "memo"),)), "half a character"),
    ],
)
def test_what_the_format_cannot_hold_is_refused(project, says):
    with pytest.raises(refi_qda.CannotWrite, match=says):
        refi_qda.write(project)


# ours


def test_codings_come_back_whole():
    found = refi_qda.take_back(refi_qda.read(refi_qda.write(ours())).project, BOOK, SOURCES)
    assert found.codings == tuple(sorted(made()))
    assert found.left_out == ()


def test_the_same_codings_in_another_order_give_the_same_bytes():
    turned = refi_qda.as_project(
        BOOK, SOURCES, reversed(made()), questions={"why": "Why not?"}, groups=dict(reversed(GROUPS.items()))
    )
    assert refi_qda.write(turned) == refi_qda.write(ours())


def test_a_project_has_folders_of_codes_cases_and_variables_for_other_programs():
    project = ours()
    assert [(code.name, code.codable) for code in project.codes] == [("Why not?", False), ("who", False)]
    cost = project.codes[0].codes[0]
    assert (cost.name, cost.codes[0].name) == ("Cost", "Time")
    assert cost.description == (
        "Names what it costs\nWhen to use it: for any money\nWhen not: fees\nExample: 5 pounds"
    )
    assert [(case.name, len(case.sources), len(case.values)) for case in project.cases] == [
        ("r1", 2, 2),
        ("r2", 1, 1),
    ]
    assert [user.name for user in project.users] == ["ann", "ben"]
    assert sorted(note.text for note in project.notes) == ["plain\nenough", "👍 & <so on>"]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 14), st.integers(1, 9), st.integers(0, 3))))
def test_any_codings_come_back(drawn):
    codings: list[Coding] = []
    for number, start, length, code in drawn:
        source, among = SOURCES[number], BOOK.codes[code]
        marked = source.text[start : start + length].strip()
        if among.question != source.question or among.alone or not marked:
            continue
        end = min(start + length, len(source.text))
        at = passage(source, start, end)
        if not any((one.passage, one.code) == (at, among.id) for one in codings):
            codings.append(code_passage(source, at, among.id, coder="ann", book=BOOK, among=codings))
    content = refi_qda.write(refi_qda.as_project(BOOK, SOURCES, codings))
    assert refi_qda.take_back(refi_qda.read(content).project, BOOK, SOURCES).codings == tuple(sorted(codings))


def test_codings_of_another_program_are_told_by_name_and_what_does_not_stand_is_said():
    def guid(number):
        return refi_qda.ours.guid("another", number)

    def coded(number, start, end, code, by="ann"):
        coding = model.Coding(guid(number), guid(code), by=guid(by) if by else "")
        return Selection(guid(f"at {number}"), start, end, codings=(coding,))

    theirs = Project(
        "theirs",
        users=(User(guid("ann"), "Ann"),),
        codes=(
            model.Code(guid("cost"), "Cost"), model.Code(guid("new"), "Comfort"),
            model.Code(guid("none"), "No reason"),
        ),
        sources=(
            Text(
                guid("s1"), SOURCES[0].text, name="r1:why",
                selections=(
                    coded(1, 0, 9, "cost"), coded(2, 0, 8, "new"), coded(3, 9, 10, "cost"),
                    coded(4, 0, 3, "none"), coded(5, 4, 8, "cost", by=""),
                ),
            ),
            Text(
                guid("s2"), SOURCES[2].text, name="r2:why",
                codings=(model.Coding(guid(6), guid("none"), by=guid("ann")),),
            ),
            Text(guid("s3"), "Other words", name="r1:who", selections=(coded(7, 0, 5, "cost"),)),
            Text(guid("s4"), "A letter", name="letter", selections=(coded(8, 0, 1, "cost"),)),
        ),
    )  # fmt: skip
    found = refi_qda.take_back(theirs, BOOK, SOURCES)
    assert found.codings == (
        Coding(on(0, "Too dear,"), "cost", "Ann"),
        Coding(on(2, SOURCES[2].text), "none", "Ann"),
    )
    assert [says.split(". ")[0] for says in found.left_out] == [
        "r1:why, “Too dear”: “Comfort” is no code of version 1 of “Reasons”.",
        "r1:why, “”: Mark at least one word.",
        "r1:why, “Too”: “No reason” stands alone: an answer has it or “Cost”, not both",
        "r1:why, “dear”: Nobody is named who called it “Cost”.",
        "“r1:who” has other words than the answer here; 1 codings of it are left out.",
        "“letter” is no answer here; 1 codings of it are left out.",
    ]


# by other hands


def test_another_programs_reader_finds_the_same(tmp_path):
    path = tmp_path / "ours.qdpx"
    path.write_bytes(refi_qda.write(ours()))
    found = RefiProject.load(path, str(tmp_path / "opened"))
    assert [user.name for user in found.users.user] == ["ann", "ben"]
    codes = {code.guid: code.name for folder in found.code_book.codes.code for code in folder.code}
    assert set(codes.values()) == {"Cost", "No reason", "Staff"}
    seen = set()
    for source in found.sources.text_source:
        file = Path(tmp_path, "opened", "sources", source.plain_text_path.removeprefix("internal://"))
        words = file.read_text(encoding="utf-8")
        for one in source.plain_text_selection:
            seen.add((source.name, words[one.start_position : one.end_position], len(one.coding)))
    assert seen == {
        ("r1:why", "Too dear", 3),
        ("r1:why", "👍 it takes weeks", 1),
        ("r1:who", "staff", 1),
        ("r2:why", "not know", 1),
    }
