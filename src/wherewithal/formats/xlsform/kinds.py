"""The types of a form's rows: which of them a questionnaire can ask, and why not the others."""

import re
from dataclasses import dataclass
from typing import Literal

from wherewithal.core.file_kind import PICTURES
from wherewithal.core.questions import Kind

_FRAME = re.compile(r"(begin|end)[\s_]+(group|repeat|loop|lgroup|looped group)(?:\s+over\s+(\S+))?", re.I)
_SELECT = re.compile(
    r"(?:add\s+)?(?P<how>select[\s_]?one|select1|select[\s_]multiple|select[\s_]all[\s_]that[\s_]apply|rank)"
    r"(?:\s+prompt)?(?:\s+(?:from|using))?\s+(?P<list>\S+)(?P<other>\s+or[\s_]?other|\s+or\s+specify\s+other)?",
    re.I,
)
_PLAIN: dict[str, Kind] = {
    "text": "text", "string": "text", "integer": "whole_number", "int": "whole_number", "decimal": "decimal",
    "date": "date", "note": "note", "calculate": "calculated", "range": "whole_number",
    "acknowledge": "several", "trigger": "several", "file": "file", "image": "file", "photo": "file",
}  # fmt: skip
_ADDED = re.compile(r"(?:add|q)\s+(\w+)(?:\s+prompt)?", re.I)
_NOT_ASKED = (
    "start", "end", "today", "deviceid", "uri:deviceid", "subscriberid", "simserial", "imei", "phonenumber",
    "phone number", "username", "uri:username", "email", "uri:email", "audit", "start-geopoint",
    "background-audio", "background-geopoint", "hidden", "osm",
)  # fmt: skip
_HEARD = ("audio", "video")
_DRAWN = ("signature", "draw", "annotate")
_PICTURES = ("image", "photo")


@dataclass(frozen=True)
class Frame:
    """The beginning or the end of a group, a repeat or a loop."""

    begins: bool
    what: Literal["group", "repeat", "loop"]


@dataclass(frozen=True)
class Asked:
    """A question's kind, the list of its choices, whether “other” with words of one's own is added, and the
    kinds of ``files`` that are asked for.
    """

    kind: Kind
    list: str = ""
    other: bool = False
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unasked:
    """``why`` a row cannot be asked."""

    why: str


def kind_of(written: str, looks: str = "") -> Frame | Asked | Unasked:
    """Read the type of a row, and its appearance, which may make a drawing of a picture."""
    text = " ".join(written.split())
    if frame := _FRAME.fullmatch(text):
        what = frame[2].lower()
        repeats = what in ("repeat", "lgroup", "looped group")
        return Frame(
            frame[1].lower() == "begin", "repeat" if repeats else "loop" if what == "loop" else "group"
        )
    if select := _SELECT.fullmatch(text):
        how = re.sub(r"[\s_]", "", select["how"].lower())
        kind: Kind = "rank" if how == "rank" else "one" if how in ("selectone", "select1") else "several"
        return Asked(kind, select["list"], bool(select["other"]))
    small = text.lower()
    if (added := _ADDED.fullmatch(small)) and added[1] in _PLAIN:
        small = added[1]
    if small in _PICTURES and (drawn := set(_DRAWN) & set(looks.lower().split())):
        return Unasked(_why(min(drawn)))
    if small in _PLAIN:
        return Asked(_PLAIN[small], files=PICTURES if small in _PICTURES else ())
    return Unasked(_why(small))


def _why(small: str) -> str:
    if small in _NOT_ASKED:
        return "a device fills this in and nobody is asked it, so it is left out"
    if small.split()[0] in _HEARD:
        return "sound and film cannot be looked into for whose they are, so it is left out"
    if small.split()[0] in _DRAWN:
        return "nothing is drawn or signed here, so it is left out"
    if "_from_file" in small or "from file" in small or "external" in small:
        return "its choices lie in another file, so it is left out"
    return "there is no such question here, so it is left out"
