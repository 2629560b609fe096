"""The loops that look hashes up in tables, compiled on large logs."""

from typing import Final

from resume_gap.arrays import Ints
from resume_gap.compiled import kernel

_KIND: Final = 1 << 32
"""What a kind counts in a content."""


@kernel("ijIJ")
def put_names(hashes: Ints, numbers: Ints, keys: Ints, values: Ints) -> None:
    """Put the number of each hash into a table.

    Args:
        hashes: Well spread over their bits, all different; 0 is none.
        numbers: Of each hash.
        keys: Zeros; their length is a power of two, more than that of `hashes`.
        values: As many zeros.
    """
    for i in range(len(hashes)):
        slot = hashes[i] & (len(keys) - 1)
        while keys[slot] != 0:
            slot = (slot + 1) & (len(keys) - 1)
        keys[slot], values[slot] = hashes[i], numbers[i]


@kernel("iiiijijijJI")
def number_rows(
    kind: Ints,
    label: Ints,
    stream: Ints,
    kind_keys: Ints,
    kind_values: Ints,
    label_keys: Ints,
    label_values: Ints,
    stream_keys: Ints,
    stream_values: Ints,
    to_stream: Ints,
    to_content: Ints,
) -> None:
    """Write the stream of each row, 0 where its kind or stream has no number, and its content.

    The tables are those that `put_names` fills; a hash that is not there has no number.
    """
    for i in range(len(kind)):
        one = kind[i] & (len(kind_keys) - 1)
        while kind_keys[one] != 0 and kind_keys[one] != kind[i]:
            one = (one + 1) & (len(kind_keys) - 1)
        two = label[i] & (len(label_keys) - 1)
        while label_keys[two] != 0 and label_keys[two] != label[i]:
            two = (two + 1) & (len(label_keys) - 1)
        three = stream[i] & (len(stream_keys) - 1)
        while stream_keys[three] != 0 and stream_keys[three] != stream[i]:
            three = (three + 1) & (len(stream_keys) - 1)
        to_stream[i] = stream_values[three] if kind_values[one] > 0 else 0
        to_content[i] = kind_values[one] * _KIND + label_values[two]
