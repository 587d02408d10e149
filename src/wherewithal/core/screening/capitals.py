"""Words with a capital: the names of firms, of programmes, of whatever else is on no list."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from wherewithal.core.screening.words import WORD, Words

Span = tuple[int, int]

_ABBREVIATED = re.compile(r"(?<!\w)(?:e\.g|i\.e|etc|vs|cf|Mr|Mrs|Ms|Dr|St|No)\.$", re.I)  # ends no sentence
_BEFORE_A_SENTENCE = " \t\u00a0\"'“‘”’()[]•*–—-"  # may stand between the end of one and the next
_BESIDE = re.compile(r"\s+(?:&\s+)?|-")  # between two words of one name
_JOINS = frozenset({"and", "of", "for", "the"})


@dataclass(frozen=True)
class Token:
    """One word; ``begins`` a sentence, or stands inside one."""

    start: int
    end: int
    word: str
    begins: bool

    @property
    def bare(self) -> str:
        """Folded, without ’s."""
        return re.sub(r"['’]s$", "", self.word.casefold())

    @property
    def has_capital(self) -> bool:
        return any(letter.isupper() for letter in self.word)

    @property
    def tells(self) -> bool:
        """Has it a capital for another reason than that it begins a sentence?"""
        return any(letter.isupper() for letter in self.word[self.begins :])

    def is_known(self, words: Words) -> bool:
        bare = self.bare
        return bare in words.known or bare.removesuffix("s") in words.known or bare in _JOINS


@dataclass(frozen=True)
class Run:
    """Words with capitals, one beside the other, and the small word after them, if any."""

    tokens: tuple[Token, ...]
    after: Token | None


def _tokens(text: str) -> Iterator[Token]:
    for found in WORD.finditer(text):
        before = text[: found.start()].rstrip(_BEFORE_A_SENTENCE)
        begins = not before or (before[-1] in ".!?…\n\r" and not _ABBREVIATED.search(before[-6:]))
        yield Token(found.start(), found.end(), found.group(), begins)


def runs(text: str) -> Iterator[Run]:
    """Every run of a text, in its order, each as long as it can be within a sentence."""
    run: list[Token] = []
    joins: list[Token] = []  # small words that belong to the run if a capital comes after them
    for token in _tokens(text):
        last = joins[-1] if joins else run[-1] if run else None
        goes_on = (
            last is not None and not token.begins and bool(_BESIDE.fullmatch(text[last.end : token.start]))
        )
        if goes_on and token.has_capital:
            run += [*joins, token]
            joins = []
        elif goes_on and token.bare in _JOINS:
            joins.append(token)
        else:
            if run:
                yield Run(tuple(run), token if goes_on and not joins else None)
            run, joins = ([token] if token.has_capital else []), []
    if run:
        yield Run(tuple(run), None)


def firms(runs: Iterable[Run], words: Words) -> Iterator[Span]:
    """A name with an ending such as Ltd."""
    for run in runs:
        tokens = [*run.tokens, *([run.after] if run.after else [])]
        begins = 0
        for at, token in enumerate(tokens):
            if token.word in words.firms and (named := _named(tokens[begins:at], words)):
                yield named[0].start, token.end
                begins = at + 1


def programmes(runs: Iterable[Run], words: Words) -> Iterator[Span]:
    """A name with a word such as programme after it or before it."""
    for run in runs:
        tokens = [*run.tokens, *([run.after] if run.after else [])]
        at = [
            number for number, token in enumerate(tokens) if token.bare.removesuffix("s") in words.programmes
        ]
        if at and (named := _named(tokens[: at[-1]], words)) and any(token.tells for token in named):
            yield named[0].start, tokens[at[-1]].end
        elif at and at[0] == 0 and (named := _named(run.tokens[1:], words)):
            yield tokens[0].start, run.tokens[-1].end


def _named(tokens: Sequence[Token], words: Words) -> Sequence[Token]:
    """From the first word that is not known to the last of these; nothing where all are known."""
    first = next((at for at, token in enumerate(tokens) if not token.is_known(words)), None)
    return tokens[first:] if first is not None else ()


def names(runs: Iterable[Run], words: Words, taken: Sequence[Span]) -> Iterator[Span]:
    """Words with a capital that nothing explains, those beside each other together."""

    def unexplained(at: int, tokens: Sequence[Token]) -> bool:
        token = tokens[at]
        if token.is_known(words) or any(start < token.end and token.start < end for start, end in taken):
            return False
        return token.tells or (token.begins and at + 1 < len(tokens) and tokens[at + 1].has_capital)

    for run in runs:
        marked = [(token, unexplained(at, run.tokens)) for at, token in enumerate(run.tokens)]
        for is_name, group in groupby(marked, key=lambda one: one[1]):
            if is_name:
                named = [token for token, _ in group]
                yield named[0].start, named[-1].end
