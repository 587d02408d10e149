"""A spec is a tiny table, an expression and the answer; it is the test and, printed, the reference page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Table:
    """``run(*inputs)`` must give the row's last values: one value, or a tuple when ``then`` has several."""

    title: str
    says: str  # the rule in plain words, with its source
    given: tuple[str, ...]  # headings of the inputs
    then: tuple[str, ...]  # headings of the answers
    rows: tuple[tuple[Any, ...], ...]
    run: Callable[..., Any]


@dataclass(frozen=True)
class Page:
    """One page of docs/reference/: ``slug``.md."""

    slug: str
    title: str
    says: str
    tables: tuple[Table, ...]
