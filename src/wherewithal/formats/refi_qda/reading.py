"""A project in, ours or another program's; what is not read is named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from lxml import etree

from wherewithal.formats.refi_qda.model import Project, Selection, Text, Value
from wherewithal.formats.refi_qda.package import NotRefiQda, Package, open_package, parse
from wherewithal.formats.refi_qda.shape import (
    INTERNAL,
    KINDS_OF_VALUE,
    REFERRED,
    SHAPES,
    Attribute,
    Parts,
    References,
    Referred,
    Words,
    tag,
)

_GUID = re.compile(r"\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?", re.IGNORECASE)
_WHOLE = re.compile(r"\s*[+-]?[0-9]{1,18}\s*")
_IN_WORDS = {"TextSource", "Note"}
_QUIET = {
    "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation", "basePath", "plainTextPath"}  # fmt: skip
"""Attributes that say where files are, and nothing else."""


@dataclass(frozen=True)
class PassedOver:
    """Something that the file has and we do not read. ``line`` is that of the XML."""

    line: int
    says: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.says}"


@dataclass(frozen=True)
class Found:
    project: Project
    passed_over: tuple[PassedOver, ...]


def read(content: bytes) -> Found:
    """The project of a ``.qdpx``. Raises NotRefiQda, with the place, for what cannot be read as one."""
    package = open_package(content)
    name = next((name for name in sorted(package.names) if re.fullmatch(r"[^/]+\.qde", name)), "project.qde")
    reader = _Reader(name, package)
    root = parse(package.read(name), name, tag("Project"))
    reader.know(root)
    project = reader.value(root, Project)
    return Found(project, tuple(reader.passed_over))


@dataclass
class _Reader:
    """``known`` holds what may be referred to; ``lost`` the GUIDs of what was passed over."""

    name: str
    package: Package
    known: dict[Referred, set[str]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    passed_over: list[PassedOver] = field(default_factory=list)

    def know(self, root: etree._Element) -> None:
        """Every GUID of the file by what it is of. Two things of one kind cannot share one."""
        inside_unread = set()
        for element in root.iter():
            kind = REFERRED.get(_local(element), "anything")
            if element.getparent() in inside_unread or self._is_unread(element):
                inside_unread.add(element)
            if (raw := element.get("guid")) is None:
                continue
            guid = self.guid(element, raw)
            if element in inside_unread:
                self.lost.add(guid)
                continue
            of_kind = self.known.setdefault(kind, set())
            if guid in of_kind and kind != "anything":
                raise self.fault(element, f"the GUID {guid} of a {kind} stands here a second time")
            of_kind.add(guid)

    def value(self, element: etree._Element, of: type) -> Any:
        """One value of the model, with all that is in it."""
        shape = SHAPES[of]
        fields: dict[str, Any] = {}
        for attribute in shape.attributes:
            if (raw := element.get(attribute.name)) is not None:
                fields[attribute.field] = self.attribute(element, attribute, raw)
            elif attribute.required:
                raise self.fault(element, f"{_local(element)} has no {attribute.name}")
        for child in SHAPES[of].children:
            found = list(self.below(element, child.path))
            match child:
                case Words():
                    fields[child.field] = next((one.text or "" for one in found), "")
                case References():
                    guids = tuple(guid for one in found if (guid := self.reference(one, child.to)))
                    if child.one and len(guids) != 1:
                        raise self.fault(
                            element, f"{_local(element)} needs one {child.path}, not {len(guids)}"
                        )
                    fields[child.field] = guids[0] if child.one else guids
                case Parts():
                    fields[child.field] = tuple(
                        self.value(one, child.of) for one in found if not self._is_unread(one)
                    )
        if of is Value:
            fields |= self.held(element)
        self.pass_over_the_rest(element, of)
        if of is Text:
            return self.text(element, fields)
        return of(**fields)

    def attribute(self, element: etree._Element, attribute: Attribute, raw: str) -> Any:
        try:
            match attribute.spelling:
                case "guid" if attribute.to:
                    return self.referred(element, raw, attribute.to) if raw else ""
                case "guid":
                    return self.guid(element, raw)
                case "text":
                    return raw
                case "whole" if _WHOLE.fullmatch(raw):
                    return int(raw)
                case "flag":
                    return {"true": True, "1": True, "false": False, "0": False}[raw.strip()]
                case "time":
                    return datetime.fromisoformat(raw.strip())
        except (ValueError, KeyError) as fault:
            raise self.fault(element, f"{attribute.name} cannot be “{raw[:60]}”") from fault
        raise self.fault(element, f"{attribute.name} must be a whole number, not “{raw[:60]}”")

    def guid(self, element: etree._Element, raw: str) -> str:
        found = _GUID.fullmatch(raw.strip())
        if found is None:
            raise self.fault(element, f"“{raw[:60]}” is no GUID")
        return found.group(1).lower()

    def reference(self, element: etree._Element, to: Referred) -> str:
        """The GUID that is referred to; '' for what was passed over."""
        raw = element.get("targetGUID")
        if raw is None:
            raise self.fault(element, f"{_local(element)} has no targetGUID")
        return self.referred(element, raw, to)

    def referred(self, element: etree._Element, raw: str, to: Referred) -> str:
        guid = self.guid(element, raw)
        among = self.known.values() if to == "anything" else [self.known.get(to, set())]
        if any(guid in of_kind for of_kind in among):
            return guid
        if guid not in self.lost:
            raise self.fault(element, f"{_local(element)} refers to a {to} {guid}, which is not in the file")
        self.note(element, f"{_local(element)} refers to {guid}, which is not read")
        return ""

    def held(self, element: etree._Element) -> dict[str, str]:
        for kind in KINDS_OF_VALUE:
            for one in self.below(element, f"{kind}Value"):
                return {"kind": kind, "text": one.text or ""}
        raise self.fault(element, "VariableValue holds no value")

    def text(self, element: etree._Element, fields: dict[str, Any]) -> Text:
        """The source or note with its words, its selections moved to where they are in them."""
        words = self.words(element)
        text = words.replace("\r\n", "\n").replace("\r", "\n")
        selections = []
        places = self.below(element, "PlainTextSelection")
        for one, at in zip(fields["selections"], places, strict=True):
            if not 0 <= one.start <= one.end <= len(words):
                raise self.fault(
                    at,
                    f"the selection goes from {one.start} to {one.end}, but its text has {len(words)}",
                )
            selections.append(_moved(one, words))
        return Text(**{**fields, "text": text, "selections": tuple(selections)})

    def words(self, element: etree._Element) -> str:
        inside = next(self.below(element, "PlainTextContent"), None)
        if inside is not None:
            return inside.text or ""
        path = f"sources/{element.get('plainTextPath', '').removeprefix(INTERNAL)}"
        try:
            return self.package.read(path).decode("utf-8-sig")
        except NotRefiQda as fault:
            raise self.fault(element, fault.says.rstrip(".")) from fault
        except UnicodeDecodeError as fault:
            raise self.fault(
                element, f"“{path}” is not UTF-8: {fault.reason} at byte {fault.start}"
            ) from fault

    def below(self, element: etree._Element, path: str) -> Iterator[etree._Element]:
        yield from element.iterfind("/".join(tag(name) for name in path.split("/")))

    def pass_over_the_rest(self, element: etree._Element, of: type) -> None:
        """Say what the element has besides its shape."""
        shape = SHAPES[of]
        paths = {tuple(child.path.split("/")) for child in SHAPES[of].children}
        if of is Value:
            paths |= {(f"{kind}Value",) for kind in KINDS_OF_VALUE}
        if of is Text:
            paths.add(("PlainTextContent",))
        self._rest(element, paths)
        for name in set(element.attrib) - {one.name for one in shape.attributes} - _QUIET:
            self.note(element, f"the attribute {name} of {_local(element)} is not read")

    def _rest(self, element: etree._Element, paths: set[tuple[str, ...]]) -> None:
        for one in element:
            within = {path[1:] for path in paths if tag(path[0]) == one.tag}
            if not within or self._is_unread(one):
                self.pass_over(one)
            elif () not in within:
                self._rest(one, within)

    def _is_unread(self, element: etree._Element) -> bool:
        """Is it a text that is not in the file, a source of another kind, or a graph?"""
        name = _local(element)
        if name in _IN_WORDS:
            has_words = next(self.below(element, "PlainTextContent"), None) is not None
            return not has_words and not element.get("plainTextPath", "").startswith(INTERNAL)
        return name in ("PDFSource", "PictureSource", "AudioSource", "VideoSource", "Graph")

    def pass_over(self, element: etree._Element) -> None:
        name = element.get("name")
        lost = sum(1 for one in element.iter() if _local(one) == "Coding")
        says = f"{_local(element)}{f' “{name}”' if name else ''} is not read"
        if _local(element) in _IN_WORDS:
            says += ", since its text is not in the file"
        self.note(element, f"{says}, with {lost} codings in it" if lost else says)

    def note(self, element: etree._Element, says: str) -> None:
        self.passed_over.append(PassedOver(element.sourceline or 0, f"{says}."))

    def fault(self, element: etree._Element, says: str) -> NotRefiQda:
        return NotRefiQda(f"{self.name}, line {element.sourceline}: {says}.")


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _moved(selection: Selection, words: str) -> Selection:
    """Its places in the text whose lines end in LF alone."""
    start, end = (place - words.count("\r\n", 0, place) for place in (selection.start, selection.end))
    return replace(selection, start=start, end=end)
