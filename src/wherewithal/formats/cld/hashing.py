"""Numbers in place of texts, a whole column at once: to tell apart and to count, never to show.

Two texts that differ get the same number once in about 10^19 pairs.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Hashes = npt.NDArray[np.uint64]

_chance = np.random.default_rng(46)
_LONGEST = 4096
_OF_PLACE: Hashes = _chance.integers(1, 2**64 - 1, _LONGEST, dtype=np.uint64) | np.uint64(1)
_OF_PART: Hashes = _chance.integers(1, 2**64 - 1, 64, dtype=np.uint64) | np.uint64(1)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def hashed(texts: pa.Array) -> Hashes:
    """A number for each text of a string array; 0 for "" and null."""
    starts, data = bytes_of(texts)
    lengths = np.diff(starts)
    place = (np.arange(len(data)) - np.repeat(starts[:-1], lengths)) % _LONGEST
    sums = np.zeros(len(data) + 1, np.uint64)
    np.cumsum((data.astype(np.uint64) + np.uint64(1)) * _OF_PLACE[place], out=sums[1:])
    return _spread(sums[starts[1:]] - sums[starts[:-1]])


def bytes_of(texts: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """Where each text of a string array begins among the bytes of them all, and where the last ends."""
    _, offsets, data = texts.buffers()
    if not len(texts) or data is None:
        return np.zeros(len(texts) + 1, np.int64), np.zeros(0, np.uint8)
    places = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1].astype(np.int64)
    return places - places[0], np.frombuffer(data, np.uint8)[places[0] : places[-1]]


def together(*parts: Hashes) -> Hashes:
    """One number for the parts of each row; their order matters."""
    total = np.zeros(len(parts[0]), np.uint64)
    for part, factor in zip(parts, _OF_PART, strict=False):
        total += part * factor
    return _spread(total)


def distinct(numbers: Hashes) -> Hashes:
    """Each of the numbers once, in order."""
    ordered: Hashes = np.sort(numbers)
    first: npt.NDArray[np.bool_] = np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]
    found: Hashes = ordered[first]
    return found


def _spread(numbers: Hashes) -> Hashes:
    """So that alike numbers end far from each other."""
    return (numbers ^ (numbers >> np.uint64(29))) * _SPREAD
