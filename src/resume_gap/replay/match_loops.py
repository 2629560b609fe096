"""The loops of the matched controls for large logs; on small ones, arrays are faster."""

from resume_gap.arrays import Bools, Ints
from resume_gap.compiled import kernel


@kernel("iibiiiiinIIIIIII")
def fill_slots(
    cell: Ints,
    step: Ints,
    counts: Bools,
    y_us: Ints,
    end_us: Ints,
    asked_cell: Ints,
    asked_step: Ints,
    asked_last_step: Ints,
    slots: int,
    begin: Ints,
    place: Ints,
    chosen: Ints,
    found: Ints,
    found_us: Ints,
    found_end_us: Ints,
    slots_us: Ints,
) -> int:
    """Write what the slots of each return found, and return how many were filled.

    Args:
        cell: (m) of the candidates, which stand in order of their steps.
        step: (m)
        counts: (m) whether a candidate is a control.
        y_us: (m)
        end_us: (m)
        asked_cell: (r) of the returns; fastest where they stand in order of their steps, too.
        asked_step: (r) controls come later,
        asked_last_step: (r) and not later than this.
        slots: Of each return.
        begin: (cells + 2) zeros, for all cells of the candidates.
        place: (cells + 2) zeros.
        chosen: (m) receives the controls by cell.
        found: (r) receives how many slots were filled,
        found_us: (r) the sum of their y_us,
        found_end_us: (r) and of their end_us.
        slots_us: (r times slots) receives the y_us of every slot found, in order.
    """
    for i in range(len(cell)):
        if counts[i]:
            begin[cell[i] + 1] += 1
    for c in range(1, len(begin)):
        begin[c] += begin[c - 1]
    for c in range(len(begin)):
        place[c] = begin[c]
    for i in range(len(cell)):
        if counts[i]:
            chosen[place[cell[i]]] = i
            place[cell[i]] += 1
    for c in range(len(begin)):
        place[c] = begin[c]
    filled = 0
    for r in range(len(asked_cell)):
        mine = asked_cell[r]
        many = us = from_end_us = 0
        if mine + 1 < len(begin):
            at = place[mine]
            if at > begin[mine] and step[chosen[at - 1]] > asked_step[r]:
                at = begin[mine]
            end = begin[mine + 1]
            while at < end and step[chosen[at]] <= asked_step[r]:
                at += 1
            place[mine] = at
            while at < end and many < slots and step[chosen[at]] <= asked_last_step[r]:
                us += y_us[chosen[at]]
                from_end_us += end_us[chosen[at]]
                slots_us[filled + many] = y_us[chosen[at]]
                many += 1
                at += 1
        found[r], found_us[r], found_end_us[r] = many, us, from_end_us
        filled += many
    return filled


@kernel("iiIIII")
def number_cells(
    user: Ints, cell: Ints, place: Ints, found_user: Ints, found_cell: Ints, number: Ints
) -> int:
    """Number the pairs of user and cell in their order, and return how many there are.

    Args:
        user: (r) rises.
        cell: (r)
        place: (cells) zeros.
        found_user: (r) receives the user of each pair,
        found_cell: (r) and its cell.
        number: (r) receives the number of each row's pair.
    """
    found = low = 0
    while low < len(user):
        high, first = low, found
        while high < len(user) and user[high] == user[low]:
            mine = cell[high]
            if place[mine] != -low - 1:
                place[mine] = -low - 1
                at = found
                while at > first and found_cell[at - 1] > mine:
                    found_cell[at] = found_cell[at - 1]
                    at -= 1
                found_cell[at] = mine
                found += 1
            high += 1
        for pair in range(first, found):
            found_user[pair] = user[low]
            place[found_cell[pair]] = pair
        for i in range(low, high):
            number[i] = place[cell[i]]
        low = high
    return found
