"""The loops of the pass over the ordered events, compiled on large logs."""

from typing import Final

from resume_gap.arrays import NEVER_ROW, Bools, Ints
from resume_gap.compiled import kernel

_MIXER: Final = 2_654_435_769
"""Spreads numbers of 31 bits over the slots of a table (2**32 over the golden ratio)."""


@kernel("jI")
def count_rows(keys: Ints, many: Ints) -> None:
    """Count the rows of each key."""
    for i in range(len(keys)):
        many[keys[i]] += 1


@kernel("iI")
def count_parts(hashes: Ints, many: Ints) -> None:
    """Count the hashes of each part; 31 bits from the 32nd on say which is a hash's."""
    for i in range(len(hashes)):
        many[((hashes[i] >> 32) & 0x7FFFFFFF) * len(many) >> 31] += 1


@kernel("iII")
def put_parts(hashes: Ints, place: Ints, to: Ints) -> None:
    """Put each hash at the next place of its part."""
    for i in range(len(hashes)):
        part = ((hashes[i] >> 32) & 0x7FFFFFFF) * len(place) >> 31
        to[place[part]] = hashes[i]
        place[part] += 1


@kernel("IiinnIII")
def find_again(
    hashes: Ints,
    begin: Ints,
    sizes: Ints,
    first: int,
    parts: int,
    table: Ints,
    place: Ints,
    again: Ints,
) -> None:
    """Write the hashes that came before to the front of their batches.

    A hash that comes for the third time is written twice.

    Args:
        hashes: Batch by batch, and within each part by part; what they were is lost.
        begin: (batches + 1) where each batch begins.
        sizes: (parts that are here) the hashes of each in all batches.
        first: The number of the first of them.
        parts: Of all hashes, as `count_parts` has them.
        table: At least four times as long as the largest part, and two more.
        place: (batches) where each begins; in the end, where it ends.
        again: (batches) where each begins; in the end, behind what was written there.
    """
    for part in range(len(sizes)):
        slots = 2
        while slots < 2 * sizes[part]:
            slots *= 2
        zeros = 0  # a slot of 0 is empty
        for slot in range(slots):
            table[slot] = 0
        for batch in range(len(place)):
            i, to = place[batch], again[batch]
            while (
                i < begin[batch + 1]
                and ((hashes[i] >> 32) & 0x7FFFFFFF) * parts >> 31 == first + part
            ):
                mine = hashes[i]
                slot = mine & (slots - 1)
                while table[slot] != 0 and table[slot] != mine:
                    slot = (slot + 1) & (slots - 1)
                if mine == 0:
                    zeros += 1
                if table[slot] == mine and (mine != 0 or zeros > 1):
                    hashes[to] = mine
                    to += 1
                table[slot] = mine
                i += 1
            place[batch], again[batch] = i, to


@kernel("jjiiIJII")
def scatter(
    key: Ints,
    stream: Ints,
    at: Ints,
    content: Ints,
    place: Ints,
    to_stream: Ints,
    to_at: Ints,
    to_content: Ints,
) -> None:
    """Put each row at the next place of its key."""
    for i in range(len(key)):
        to = place[key[i]]
        place[key[i]] = to + 1
        to_stream[to] = stream[i]
        to_at[to] = at[i]
        to_content[to] = content[i]


@kernel("jiII")
def put_rows(key: Ints, values: Ints, place: Ints, to: Ints) -> None:
    """Put each value at the next place of its key."""
    for i in range(len(key)):
        to[place[key[i]]] = values[i]
        place[key[i]] += 1


@kernel("iiIB")
def mark_repeats(ids: Ints, at: Ints, table: Ints, repeats: Bools) -> None:
    """Mark all rows of an id but the earliest, the first of those where several are.

    Args:
        ids: Well spread over their bits; 0 is no id.
        at: Instants.
        table: Zeros; its length is a power of two, at least twice that of `ids`.
        repeats: False everywhere.
    """
    for i in range(len(ids)):
        mine = ids[i]
        if mine == 0:
            continue
        slot = mine & (len(table) - 1)
        while table[slot] != 0 and ids[table[slot] - 1] != mine:
            slot = (slot + 1) & (len(table) - 1)
        if table[slot] == 0:
            table[slot] = i + 1
        elif at[i] < at[table[slot] - 1]:
            repeats[table[slot] - 1] = True
            table[slot] = i + 1
        else:
            repeats[i] = True


@kernel("iIInB")
def insert_late(starts: Ints, at: Ints, content: Ints, most: int, unordered: Bools) -> None:
    """Put each stream's rows in order of instant and content where few of them come late.

    A stream that takes more than `most` moves for each of its rows is left with the same rows in
    another order, and marked as unordered.
    """
    for stream in range(len(starts) - 1):
        low, high = starts[stream], starts[stream + 1]
        left = most * (high - low)
        for i in range(low + 1, high):
            instant, what = at[i], content[i]
            to = i
            while to > low and (
                at[to - 1] > instant or (at[to - 1] == instant and content[to - 1] > what)
            ):
                at[to], content[to] = at[to - 1], content[to - 1]
                to -= 1
            at[to], content[to] = instant, what
            left -= i - to
            if left < 0:
                break
        unordered[stream] = left < 0


@kernel("iin")
def longest_part(starts: Ints, gap: Ints, cut_us: int) -> int:
    """The most rows of a stream without a gap that is longer than the cut."""
    longest = 0
    for stream in range(len(starts) - 1):
        begin = starts[stream]
        for i in range(starts[stream] + 1, starts[stream + 1]):
            if gap[i] > cut_us:
                longest = max(longest, i - begin)
                begin = i
        longest = max(longest, starts[stream + 1] - begin)
    return longest


@kernel("iiiiijbnnJJJIJIIJIJJJJ")
def group_touches(
    starts: Ints,
    at: Ints,
    end: Ints,
    gap: Ints,
    content: Ints,
    label_element: Ints,
    productive: Bools,
    cut_us: int,
    run_cut_us: int,
    table: Ints,
    element_of: Ints,
    burst: Ints,
    run_end_us: Ints,
    n: Ints,
    dwell_us: Ints,
    bridge_us: Ints,
    first_row: Ints,
    first_us: Ints,
    last_row: Ints,
    last_label: Ints,
    first_work: Ints,
    last_work: Ints,
) -> int:
    """Write a row per part and element, in order of its first row; return how many there are.

    `table` holds -1 everywhere; its length is a power of two, at least twice that of the longest
    part. It is never cleared: an entry counts where the row that it names is of the same part.
    """
    groups, bursts = 0, 0
    part_begin, run_begin = 0, 0  # the first groups of the part and of the run
    g = 0  # the group of the row before
    for stream in range(len(starts) - 1):
        low, high = starts[stream], starts[stream + 1]
        for i in range(low, high):
            new_run = i == low or gap[i] > run_cut_us
            new_burst = i == low or gap[i] > cut_us
            if new_run:
                for done in range(run_begin, groups):
                    run_end_us[done] = end[i - 1]
                run_begin = groups
            if new_burst:
                bursts += 1
            if new_run or new_burst:
                part_begin = groups
            label = content[i] & 0xFFFFFFFF
            of = label_element[label]
            if of == 0:
                continue
            if not (part_begin <= g < groups and element_of[g] == of):
                slot = ((of * _MIXER) >> 15) & (len(table) - 1)
                while part_begin <= table[slot] < groups and element_of[table[slot]] != of:
                    slot = (slot + 1) & (len(table) - 1)
                g = table[slot]
                if not part_begin <= g < groups:
                    g = groups
                    groups += 1
                    table[slot] = g
                    element_of[g] = of
                    burst[g] = bursts - 1
                    n[g] = dwell_us[g] = bridge_us[g] = 0
                    first_row[g], first_us[g] = i, at[i]
                    first_work[g], last_work[g] = NEVER_ROW, -1
            n[g] += 1
            last_row[g], last_label[g] = i, label
            if i + 1 < high:
                if gap[i + 1] > cut_us:
                    bridge_us[g] = at[i + 1] - at[i]
                else:
                    dwell_us[g] += at[i + 1] - at[i]
            if productive[i]:
                if first_work[g] == NEVER_ROW:
                    first_work[g] = i
                last_work[g] = i
    for done in range(run_begin, groups):
        run_end_us[done] = end[len(end) - 1]
    return groups
