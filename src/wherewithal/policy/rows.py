"""One table of a policy file, read key by key: what is missing, unknown or of the wrong type is named."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

_CALLED = {
    str: "text", int: "a whole number", float: "a number", bool: "true or false", date: "a date",
    list: "a list", dict: "a table",
}  # fmt: skip
_NEEDED: Any = object()


class Misspelt(Exception):
    """A key that is missing, unknown or of the wrong type; the message names its place."""


@dataclass(frozen=True)
class Row:
    """``where`` says in words where the table stands in its file."""

    where: str
    body: Mapping[str, Any]

    def only(self, keys: str) -> None:
        """No other keys than these, written with spaces between. Raises Misspelt, as all methods do."""
        for key in self.body:
            if key not in keys.split():
                raise Misspelt(f"{self.where}: nothing here is called “{key}”")

    def get(self, key: str, wanted: type, default: Any = _NEEDED) -> Any:
        """A value of exactly the wanted type (true is no whole number)."""
        if key not in self.body:
            if default is _NEEDED:
                raise Misspelt(f"{self.where}: “{key}” is missing")
            return default
        if type(self.body[key]) is not wanted:
            raise Misspelt(f"{self.where}: “{key}” must be {_CALLED[wanted]}")
        return self.body[key]

    def text(self, key: str, default: str = _NEEDED) -> str:
        found: str = self.get(key, str, default)
        return found.strip()

    def texts(self, key: str, default: Sequence[str] = _NEEDED) -> tuple[str, ...]:
        found = tuple(self.get(key, list, default))
        if not all(isinstance(text, str) for text in found):
            raise Misspelt(f"{self.where}: each of “{key}” must be text")
        return found

    def numbers(self, key: str) -> tuple[int, ...]:
        found = tuple(self.get(key, list))
        if not all(type(number) is int for number in found):
            raise Misspelt(f"{self.where}: each of “{key}” must be a whole number")
        return found

    def one_of(self, key: str, words: Sequence[str]) -> str:
        """One of these words."""
        found = self.text(key)
        if found not in words:
            raise Misspelt(f"{self.where}: “{key}” is “{found}” and must be one of {', '.join(words)}")
        return found

    def inner(self, key: str) -> "Row":
        """A table within it."""
        return Row(f"{self.where}, “{key}”", self.get(key, dict))

    def number(self, key: str, default: int | None = _NEEDED) -> int | None:
        found: int | None = self.get(key, int, default)
        return found

    def decimal(self, key: str, default: float | None = _NEEDED) -> int | float | None:
        """A number, whole or not."""
        found: int | float | None = self.get(
            key, float if type(self.body.get(key)) is float else int, default
        )
        return found

    def flag(self, key: str, default: bool = _NEEDED) -> bool:
        return bool(self.get(key, bool, default))

    def day(self, key: str, default: date | None = _NEEDED) -> date | None:
        found: date | None = self.get(key, date, default)
        return found

    def rows(self, key: str, called: str, default: Sequence[Mapping[str, Any]] = _NEEDED) -> Iterator["Row"]:
        """The tables of a list, each called by its id, code or value, or by its number."""
        for number, body in enumerate(self.get(key, list, default), 1):
            if not isinstance(body, dict):
                raise Misspelt(f"{self.where}: each of “{key}” must be a table")
            name = next((body[id] for id in ("id", "code", "value") if id in body), number)
            yield Row(f"{self.where}, {called} “{name}”", body)
