"""What in a quotation might tell whose words they are: places, firms, programmes, names, exact figures.

A pure rule over a text and lists of words, which policy holds. It finds too much rather than too little: each
finding is answered by a person, who changes the words, or keeps them and says why. What it cannot know is a
name that stands alone at the beginning of a sentence and is on no list, and a number that is spelt out.

Places in a text are counted as in ``core/coding``: ``text[start:end]``, in Unicode code points.
"""

from wherewithal.core.screening.findings import DO, Finding, Kind, Piece, pieces, screen
from wherewithal.core.screening.kept import NAMES_SOMEBODY, Kept, answered, still_kept, still_open
from wherewithal.core.screening.words import Words

__all__ = [
    "DO", "NAMES_SOMEBODY", "Finding", "Kept", "Kind", "Piece", "Words", "answered", "pieces", "screen",
    "still_kept", "still_open",
]  # fmt: skip
