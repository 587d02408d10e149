"""Finding an example although its words are spelt otherwise: as people are found (``records/search.py``).

The database narrows (published words that share three letters in a row with each word that was asked), then
words are compared letter by letter. A word of one or two letters is passed over.
"""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from wherewithal.core.names import grams, words
from wherewithal.records.compendium import OF_EXAMPLE, examples
from wherewithal.records.models import Example
from wherewithal.records.search import near

LIKE_FROM = 0.92  # how alike a word must be to the nearest of an example, 1 being the same
SHORTEST = 3
_IN_TITLE = 0.5  # how much more a word counts that the title has


def published(theme: str = "", evidence: str = "") -> QuerySet[Example]:
    """Those that may be read, newest first; of one theme, of one kind of evidence."""
    rows = examples().filter(state=Example.State.PUBLISHED).order_by("-published_at", "-pk")
    if theme:
        rows = rows.filter(themes__contains=[theme])
    return rows.filter(evidence=evidence) if evidence else rows


def search(rows: QuerySet[Example], text: str) -> list[Example]:
    """Those that have every word of ``text``, or one much like it; the best first, then the newest. All of
    them, newest first, where nothing is asked.
    """
    asked = [word for word in words(text) if len(word) >= SHORTEST]
    if not asked:
        return [] if text.strip() else list(rows)
    narrowed = Q()
    for word in asked:
        narrowed &= Q(edition__grams__overlap=grams([word]))
    scored = [(_score(row, asked), row) for row in rows.filter(narrowed)]
    found = [(score, row) for score, row in scored if score]
    return [row for _, row in sorted(found, key=lambda one: -one[0])]  # the order of rows holds among equals


def grams_of(texts: dict[str, str], themes: Sequence[str], name: str) -> list[str]:
    """What the database narrows by: of the words to be published, the themes, and the name where it is
    told.
    """
    return grams([*(texts.get(column, "") for column in OF_EXAMPLE), *themes, name])


def _score(row: Example, asked: Sequence[str]) -> float:
    texts = row.edition.texts
    name = row.door.name if row.named else ""
    every = words(*(texts.get(column, "") for column in OF_EXAMPLE), *row.themes, name)
    title = words(texts["title"])
    score = 0.0
    for word in asked:
        nearest = max((near(word, one) for one in every), default=0.0)
        if nearest < LIKE_FROM:
            return 0.0
        score += nearest + _IN_TITLE * (max((near(word, one) for one in title), default=0.0) >= LIKE_FROM)
    return score
