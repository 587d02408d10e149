"""Values as TOML, for what is written to be read again by ``policy/rows.py``."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def given(body: Mapping[str, Any]) -> dict[str, Any]:
    """What is set, without what is None."""
    return {key: part for key, part in body.items() if part is not None}


def pairs(body: Mapping[str, Any]) -> Iterator[str]:
    """``key = value`` for what is set; an empty text is left to its default."""
    return (f"{key} = {toml(part)}" for key, part in given(body).items() if part != "" or key == "value")


def toml(of: Any) -> str:
    """One value: true or false, a number, a date, text, a list or a table of these."""
    match of:
        case bool():
            return "true" if of else "false"
        case int() | float():
            return repr(of)
        case date():
            return of.isoformat()
        case list():
            return f"[{', '.join(map(toml, of))}]"
        case dict():
            return f"{{ {', '.join(f'{key} = {toml(part)}' for key, part in of.items())} }}"
    return quoted(of)


def quoted(words: str) -> str:
    """A basic string: control characters escaped, as TOML wants them."""
    return '"' + "".join(_ESCAPED.get(letter) or _letter(letter) for letter in words) + '"'


def _letter(letter: str) -> str:
    return f"\\u{ord(letter):04x}" if ord(letter) < 32 or ord(letter) == 127 else letter
