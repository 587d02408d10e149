"""How grave what is wrong with a council's return is, in words: the same on a page as on a terminal."""

LEVELS = {
    "refused": "The file cannot be taken in",
    "error": "To be mended; until then these cells count as blank",
    "warning": "To know",
}
"""The gravest first."""

LEAST_SHARE = 50
"""Rows of a council that are fewer than one in so many of those that most state, or events of a month that
are fewer than one in so many of all, were handed in by mistake: they make no period. Our reading of:
Department of Health and Social Care, ASC-CLD-LA-Dashboard, “Deriving accurate reporting periods”, GitHub,
commit 9bee728, 2026, MIT and Open Government Licence v3.0.
"""


def verdict(worst: str, blanked: int) -> str:
    """What can be done with a file: ``worst`` is its gravest level ('' for none), ``blanked`` how many cells
    count as blank.
    """
    if worst == "refused":
        return "Nothing of this file can be counted until it is mended."
    if worst == "error":
        cells = "1 cell as if it were blank" if blanked == 1 else f"{blanked:,} cells as if they were blank"
        return f"It can be counted{f', with {cells}' if blanked else ''}. Mend it before it is sent."
    return "It can be sent; there is something to know." if worst else "All in order."
