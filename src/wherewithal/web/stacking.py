"""Tables that a narrow screen can show: each cell carries its column's heading, for site.css to stack it.

``stacked`` goes over a page's main part as it is drawn (layout.html), so that no template need think of it.
What htmx brings in afterwards does not pass here: it is never a table's row (tests/web/test_stacking.py).
"""

import re

from markupsafe import Markup

FEWEST = 3  # columns: two of them fit a small phone side by side, as do those of a table that is called short
TABLE = re.compile(r"<table\b[^>]*\bww-table\b.*?</table>", re.DOTALL)
HEAD = re.compile(r"<thead\b.*?</thead>", re.DOTALL)
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<(t[hd])\b([^>]*)>(.*?)</\1>", re.DOTALL)
UNSEEN = re.compile(r"<span class=\"govuk-visually-hidden\">.*?</span>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
SPAN = re.compile(r"\bcolspan=\"(\d+)\"")
NUMBER = re.compile(r"[\d,.]+")
# A browser may forget that it is a table when its parts are laid out as blocks: the roles say so.
ROLES = (
    ("<table", "table"),
    ("<thead", "rowgroup"),
    ("<tbody", "rowgroup"),
    ("<tfoot", "rowgroup"),
    ("<tr", "row"),
)


def stacked(html: str) -> Markup:
    """The page with ``data-label`` on the cells of its tables of three columns and more, and their roles."""
    return Markup(TABLE.sub(lambda found: _labelled(found[0]), str(html)))  # noqa: S704 the page's own, escaped


def _labelled(table: str) -> str:
    head = HEAD.search(table)
    labels = _headings(head[0]) if head else []
    if head is None or len(labels) < FEWEST or "ww-table--short" in table[: head.start()]:
        return table
    before, after = table[: head.start()], table[head.end() :]
    heads = CELL.sub(lambda cell: _cell(cell, "columnheader", ""), head[0])
    whole = before + heads + ROW.sub(lambda row: _row(row[0], labels), after)
    for start, role in ROLES:
        whole = re.sub(rf"{start}\b", f'{start} role="{role}"', whole)
    return whole.replace("ww-table", "ww-table ww-stack", 1)


def _headings(head: str) -> list[str]:
    """What stands over each column; a heading over several of them stands over each."""
    return [_words(cell[3]) for cell in CELL.finditer(head) for _ in range(_columns(cell))]


def _row(row: str, labels: list[str]) -> str:
    """No label for a cell over several columns, for the heading of its row that is more than a number, or
    beyond the headings.
    """
    column = 0

    def one(cell: re.Match[str]) -> str:
        nonlocal column
        wide, words = _columns(cell), _words(cell[3])
        says_itself = cell[1] == "th" and not NUMBER.fullmatch(words)
        bare = wide > 1 or says_itself or not words or column >= len(labels)
        label = "" if bare else labels[column]
        column += wide
        return _cell(cell, "rowheader" if cell[1] == "th" else "cell", label)

    return CELL.sub(one, row)


def _columns(cell: re.Match[str]) -> int:
    """Over how many columns it stands."""
    wide = SPAN.search(cell[2])
    return int(wide[1]) if wide else 1


def _cell(cell: re.Match[str], role: str, label: str) -> str:
    """The cell with its role; an empty one without white space, so that a style sheet sees that it is."""
    says = f' data-label="{label}"' if label else ""
    return f'<{cell[1]} role="{role}"{says}{cell[2]}>{cell[3] if cell[3].strip() else ""}</{cell[1]}>'


def _words(html: str) -> str:
    """What is seen of it, on one line, fit for an attribute."""
    return " ".join(TAG.sub(" ", UNSEEN.sub("", html)).split()).replace('"', "&#34;")
