"""The headings of a form's sheets: each column by one name, whichever of its spellings stands there."""

from dataclasses import dataclass

_SAME = {
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind::constraint": "constraint",
    "bind::jr:constraintmsg": "constraint_message",
    "constraining_message": "constraint_message",
    "bind::required": "required",
    "bind::jr:requiredmsg": "required_message",
    "requiredmsg": "required_message",
    "bind::calculate": "calculation",
    "calculate": "calculation",
    "bind::readonly": "read_only",
    "readonly": "read_only",
    "read_only": "read_only",
    "body::appearance": "appearance",
    "control::appearance": "appearance",
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "list": "list_name",
    "title": "form_title",
    "set_form_title": "form_title",
    "id_string": "form_id",
    "set_form_id": "form_id",
    "default_lang": "default_language",
}
_MEDIA = ("image", "audio", "video", "big-image")
SPOKEN = (
    "label", "hint", "guidance_hint", "constraint_message", "required_message", *_MEDIA,
    "ww_title", "ww_short", "ww_hint",
)  # fmt: skip
"""Columns that may come once a language."""


@dataclass(frozen=True)
class Heading:
    """A column by its one name, the language after it ('' where none is named), and what was ``written``."""

    column: str
    language: str
    written: str


def heading(written: str) -> Heading:
    """Read a heading: ``label::English (en)``, ``Label : English``, ``bind:relevant``, ``choice filter``."""
    by = "::" if "::" in written else ":"
    first, *rest = [part.strip() for part in written.split(by)]
    name = "_".join(first.lower().split())
    if name == "media" and rest:
        name, *rest = rest[0].lower(), *rest[1:]
    name = _SAME.get(name, name) if not rest or _SAME.get(name, name) in SPOKEN else name
    if name in SPOKEN:
        return Heading(name, by.join(rest), written)
    whole = "::".join([name, *(":".join(rest).lower().split("::") if rest else ())])
    return Heading(_SAME.get(whole, whole), "", written)
