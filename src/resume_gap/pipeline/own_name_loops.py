"""The loops over the bytes of names, compiled on large logs."""

from typing import Final

from resume_gap.arrays import Bytes, Ints
from resume_gap.compiled import kernel

KEY_BYTES: Final = 7
"""Bytes of a name in a key."""
COUNT: Final = 15
"""The bits below them, which say how many bytes of a key the name has."""
LONGER: Final = 8
"""What they say where the name goes on."""
NO_NAME: Final = 1 << 60
"""The key of an empty name, which comes last."""


@kernel("jccn")
def shared_bytes(starts: Ints, text: Bytes, pattern: Bytes, most: int) -> int:
    """With how many bytes of a pattern all names begin, those that are empty left out.

    Args:
        starts: (n + 1) where each name begins in `text`, and where the last one ends.
        text: The bytes of the names.
        pattern: Bytes.
        most: How many of them at most.
    """
    shared = most
    for i in range(len(starts) - 1):
        begin = starts[i]
        many = starts[i + 1] - begin
        if many == 0:
            continue
        shared = min(shared, many)
        for place in range(shared):
            if text[begin + place] != pattern[place]:
                shared = place
                break
    return shared


@kernel("jcjnI")
def keys_of(starts: Ints, text: Bytes, rows: Ints, depth: int, keys: Ints) -> None:
    """Write keys that order names as their bytes from some depth on do.

    Args:
        starts: (n + 1) as in `shared_bytes`.
        text: As there.
        rows: (k) which names.
        depth: Bytes to leave out; no name is shorter but the empty ones.
        keys: (k) receives them.
    """
    for i in range(len(rows)):
        begin, end = starts[rows[i]], starts[rows[i] + 1]
        if begin == end:
            keys[i] = NO_NAME
            continue
        key = 0
        for place in range(begin + depth, begin + depth + KEY_BYTES):
            key = key << 8 | (text[place] if place < end else 0)
        keys[i] = key * (COUNT + 1) + min(end - begin - depth, LONGER)
