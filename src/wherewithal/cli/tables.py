"""What a command prints: a table or sentences, as wide as the terminal, and nothing cut; or for machines."""

import re
import shutil
import textwrap
from collections.abc import Sequence
from typing import Literal

from wherewithal.cli.files import print_json

Format = Literal["table", "csv", "json"]

GAP = 2
"""Places between two columns."""
STAYS = "\N{NO-BREAK SPACE}"
_NUMBER = re.compile(r"[£+\-–]?[\d,.]+%?|\d{4}-\d\d")
_MARK = re.compile(r"\[\w+\]|-|\.\.")
_PARTS = re.compile(r"\s(?:to|of)\s|\s(?=\()")
_BREAK = re.compile(r" |(?<=[^\W\d]{2}-)(?=[^\W\d]{2})")  # as textwrap has it
_TOGETHER = re.compile(r"(?<=[\d%\]]) (?=(?:to|of) [\d£])|(?<=\bto|\bof) (?=[\d£])")


def print_table(head: Sequence[str], lines: Sequence[Sequence[str]], format: Format) -> None:
    """Lines under their headings, in the format that was asked for. A table to read leaves out a column in
    which nothing stands; where the terminal is too narrow for it, each line becomes a paragraph.
    """
    if format == "json":
        print_json([dict(zip(head, line, strict=True)) for line in lines])
    elif format == "csv":
        from wherewithal.formats.spreadsheet import to_csv

        print(to_csv(head, lines).decode("utf-8-sig").replace("\r\n", "\n"), end="")
    else:
        of_each = zip(*lines, strict=True) if lines else [()] * len(head)
        columns = [one for one in zip(head, of_each, strict=True) if any(one[1]) or not lines]
        kept = [(_kept(name), [*map(_kept, cells)]) for name, cells in columns]
        for way in (kept, columns):
            if widths := _widths(way, _wide()):
                _print_columns(way, widths)
                return
        _print_paragraphs(columns)


def say(*texts: str) -> None:
    """Sentences to read, broken between words; a line of theirs keeps its indent."""
    for line in "\n".join(texts).split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        print(
            textwrap.fill(
                line.strip(), _wide(), initial_indent=indent, subsequent_indent=indent,
                break_long_words=False, break_on_hyphens=False,
            )
        )  # fmt: skip


Column = tuple[str, Sequence[str]]


def _wide() -> int:
    return shutil.get_terminal_size().columns


def _widths(columns: Sequence[Column], wide: int) -> list[int]:
    """How wide each column is, so that no word is cut; [] where there is no room for that."""
    least = [max(map(_longest, (name, *cells))) for name, cells in columns]
    most = [max(map(len, (name, *cells))) for name, cells in columns]
    room = wide - GAP * (len(columns) - 1) - sum(least)
    if room < 0:
        return []
    widths = least
    for _ in range(min(room, sum(most) - sum(least))):
        fullest = max(range(len(columns)), key=lambda at: most[at] / widths[at])
        widths[fullest] += 1
    return widths


def _longest(text: str) -> int:
    return max(map(len, _BREAK.split(text)))


def _kept(text: str) -> str:
    """A number with what belongs to it, such as ``6.6 to 7.3``, is one word."""
    return _TOGETHER.sub(STAYS, text)


def _broken(cell: str, wide: int) -> list[str]:
    lines = textwrap.wrap(cell, wide, break_long_words=False) or [""]
    return [line.replace(STAYS, " ") for line in lines]


def _is_numbers(cells: Sequence[str]) -> bool:
    """Is there nothing but numbers, and the marks in their place?"""
    parts = [part.strip("()") for cell in cells for part in _PARTS.split(cell) if part]
    return all(_NUMBER.fullmatch(one) or _MARK.fullmatch(one) for one in parts) and any(
        _NUMBER.fullmatch(one) for one in parts
    )


def _print_columns(columns: Sequence[Column], widths: Sequence[int]) -> None:
    rights = [_is_numbers(cells) for _, cells in columns]
    _print_line([name for name, _ in columns], widths, rights)
    _print_line(["─" * wide for wide in widths], widths, rights)
    for line in zip(*(cells for _, cells in columns), strict=True):
        _print_line(line, widths, rights)


def _print_line(cells: Sequence[str], widths: Sequence[int], rights: Sequence[bool]) -> None:
    broken = [_broken(cell, wide) for cell, wide in zip(cells, widths, strict=True)]
    for at in range(max(map(len, broken))):
        parts = (lines[at] if at < len(lines) else "" for lines in broken)
        placed = (
            part.rjust(wide) if right else part.ljust(wide)
            for part, wide, right in zip(parts, widths, rights, strict=True)
        )
        print((" " * GAP).join(placed).rstrip())


def _print_paragraphs(columns: Sequence[Column]) -> None:
    for title, *others in zip(*(cells for _, cells in columns), strict=True):
        say(f"{columns[0][0]}: {title}")
        for (name, _), cell in zip(columns[1:], others, strict=True):
            if cell:
                say(f"    {name}: {cell}")
