"""The loops that look hashes up in tables, compiled on large logs.

A table has an entry for each hash: its upper bits, and in place of the lower ones its number. So
what is compared and what is read lie together.
"""

from typing import Final

from resume_gap.arrays import Ints
from resume_gap.compiled import kernel

NUMBER_BITS: Final = 21
"""Of an entry; numbers are smaller than what they can hold."""
_NUMBER: Final = (1 << NUMBER_BITS) - 1
_BLOCK: Final = 256
"""Rows whose streams are fetched together."""
_NEAR: Final = 1 << 20
"""Entries that the processor's cache holds for sure."""
KIND: Final = 1 << 32
"""What a kind counts in a content."""


@kernel("ijI")
def put_names(hashes: Ints, numbers: Ints, table: Ints) -> int:
    """Put the number of each hash into a table; return 1 if none is taken for another.

    Args:
        hashes: Well spread over their bits.
        numbers: Of each hash.
        table: Zeros, which are empty; its length is a power of two, more than that of `hashes`.
    """
    for i in range(len(hashes)):
        if hashes[i] >> NUMBER_BITS == 0:
            return 0  # its entry might be empty
        slot = hashes[i] & (len(table) - 1)
        while table[slot] != 0:
            if (table[slot] ^ hashes[i]) >> NUMBER_BITS == 0:
                return 0
            slot = (slot + 1) & (len(table) - 1)
        table[slot] = hashes[i] & ~_NUMBER | numbers[i]
    return 1


@kernel("iiiiiiJI")
def number_rows(
    kind: Ints,
    label: Ints,
    stream: Ints,
    kinds: Ints,
    labels: Ints,
    streams: Ints,
    to_stream: Ints,
    to_content: Ints,
) -> None:
    """Write the stream of each row, 0 where its kind or stream has no number, and its content.

    The tables are those that `put_names` fills. Every hash that counts is there; who follows its
    way through the table meets what it met when it was put there, and then its own entry.
    """
    for begin in range(0, len(kind), _BLOCK):
        end = min(begin + _BLOCK, len(kind))
        if len(streams) > _NEAR:  # what is far away is fetched together; the loop below waits
            for i in range(begin, end):
                to_content[i] = streams[stream[i] & (len(streams) - 1)]
        for i in range(begin, end):
            one = kind[i] & (len(kinds) - 1)
            while kinds[one] != 0 and (kinds[one] ^ kind[i]) >> NUMBER_BITS != 0:
                one = (one + 1) & (len(kinds) - 1)
            two = label[i] & (len(labels) - 1)
            while labels[two] != 0 and (labels[two] ^ label[i]) >> NUMBER_BITS != 0:
                two = (two + 1) & (len(labels) - 1)
            three = stream[i] & (len(streams) - 1)
            while streams[three] != 0 and (streams[three] ^ stream[i]) >> NUMBER_BITS != 0:
                three = (three + 1) & (len(streams) - 1)
            kind_no = kinds[one] & _NUMBER
            to_stream[i] = streams[three] & _NUMBER if kind_no > 0 else 0
            to_content[i] = kind_no * KIND + (labels[two] & _NUMBER)
