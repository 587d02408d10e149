"""Replies with the codes that their words were given, ready for the tables: councils per code and others."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from wherewithal.analytics.replies import Reply
from wherewithal.core.coding import Codebook, Coding, Source
from wherewithal.core.refusal import Refusal


class NotRead(Refusal):
    """Answers that nobody has read to the end: a share of those that were coded would be of too many."""


def with_codes(
    book: Codebook,
    replies: Mapping[str, Reply],
    sources: Sequence[Source],
    codings: Iterable[Coding],
    *,
    read: Collection[str],
) -> list[Reply]:
    """The replies, by their keys, in their order, each answer with its codes in the order of the book.

    ``codings`` are one set: one coder's, or what two settled on. An answer that was read and has no code is
    coded all the same. ``read`` are the keys of the sources that were; raises NotRead when one was not.
    ``analytics.tabulate`` then takes ``book.labels`` and ``book.exclusive``.
    """
    unread = [one.key for one in sources if one.question in book.questions and one.key not in read]
    if unread:
        count = "1 answer has" if len(unread) == 1 else f"{len(unread):,} answers have"
        raise NotRead(f"{count} not been coded to the end, the first of them {unread[0]}.")
    used: dict[str, set[str]] = {}
    for one in codings:
        used.setdefault(one.passage.source, set()).add(one.code)
    codes: dict[str, dict[str, tuple[str, ...]]] = {key: {} for key in replies}
    for source in sources:
        of_question = book.questions.get(source.question, ())
        found = used.get(source.key, set())
        if of_question:
            codes[source.reply][source.question] = tuple(code.id for code in of_question if code.id in found)
    return [replace(reply, codes=codes[key]) for key, reply in replies.items()]
