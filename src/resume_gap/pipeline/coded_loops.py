"""The loops over rows whose names are codes of a dictionary, compiled on large logs."""

from typing import Final

from resume_gap.arrays import Ints
from resume_gap.compiled import kernel
from resume_gap.pipeline.number_loops import NUMBER_BITS
from resume_gap.units import DAY_US

_NUMBER: Final = (1 << NUMBER_BITS) - 1


@kernel("innIII")
def count_days(at: Ints, from_us: int, before_us: int, many: Ints, least: Ints, most: Ints) -> int:
    """Count the instants of each UTC day; return 0 where one lies outside of the range.

    Args:
        at: Instants.
        from_us: The first of a day; that day is number 0.
        before_us: The first that is too late.
        many: Receives the instants of each day.
        least: Receives the first of them.
        most: Receives the last of them.
    """
    for i in range(len(at)):
        instant = at[i]
        if instant < from_us or instant >= before_us:
            return 0
        day = (instant - from_us) // DAY_US
        many[day] += 1
        least[day] = min(least[day], instant)
        most[day] = max(most[day], instant)
    return 1


@kernel("iiI")
def look_up(hashes: Ints, table: Ints, numbers: Ints) -> None:
    """Write the number of each hash, 0 for those that have none.

    The table is one that `put_names` fills.
    """
    for i in range(len(hashes)):
        slot = hashes[i] & (len(table) - 1)
        while table[slot] != 0 and (table[slot] ^ hashes[i]) >> NUMBER_BITS != 0:
            slot = (slot + 1) & (len(table) - 1)
        numbers[i] = table[slot] & _NUMBER


@kernel("jjjjijJI")
def number_codes(
    user: Ints,
    event: Ints,
    target: Ints,
    streams: Ints,
    kinds: Ints,
    labels: Ints,
    to_stream: Ints,
    to_content: Ints,
) -> None:
    """Write the stream of each row, 0 where its kind or stream has no number, and its content.

    Args:
        user: Codes.
        event: Codes.
        target: Codes.
        streams: Numbers by code of the user.
        kinds: Numbers by code of the event, as a content has them.
        labels: Numbers by code of the element.
        to_stream: Receives the streams.
        to_content: Receives the contents.
    """
    for i in range(len(user)):
        kind = kinds[event[i]]
        to_stream[i] = streams[user[i]] if kind > 0 else 0
        to_content[i] = kind + labels[target[i]]
