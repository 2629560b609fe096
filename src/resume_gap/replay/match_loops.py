"""The loops of the matched controls for large logs; on small ones, arrays are faster."""

from typing import Final

from resume_gap.arrays import Bools, Ints
from resume_gap.compiled import kernel

MATCHED_SUMS: Final = 7
"""Sums of each pair that `add_matched` writes,"""
STEP_SUMS: Final = 5
"""and those that `add_steps` writes."""


@kernel("jjbiijiinJJJIIII")
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
    nearest: Ints,
    following: Ints,
    begin: Ints,
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
        asked_cell: (r) of the returns, which stand in order of their steps, too.
        asked_step: (r) controls come later,
        asked_last_step: (r) and not later than this.
        slots: Of each return.
        nearest: (cells) -1, for all cells.
        following: (m) for the next control of the same cell.
        begin: (r) for the next control of each return's cell.
        found: (r) receives how many slots were filled,
        found_us: (r) the sum of their y_us,
        found_end_us: (r) and of their end_us.
        slots_us: (r times slots) receives the y_us of every slot found, in order.
    """
    i = len(cell) - 1
    for r in range(len(asked_cell) - 1, -1, -1):
        while i >= 0 and step[i] > asked_step[r]:
            if counts[i]:
                following[i] = nearest[cell[i]]
                nearest[cell[i]] = i
            i -= 1
        begin[r] = nearest[asked_cell[r]]
    filled = 0
    for r in range(len(asked_cell)):
        at = begin[r]
        many = us = from_end_us = 0
        while at >= 0 and many < slots and step[at] <= asked_last_step[r]:
            us += y_us[at]
            from_end_us += end_us[at]
            slots_us[filled + many] = y_us[at]
            many += 1
            at = following[at]
        found[r], found_us[r], found_end_us[r] = many, us, from_end_us
        filled += many
    return filled


@kernel("ijiiiibIJJI")
def add_matched(
    user: Ints,
    cell: Ints,
    y_us: Ints,
    found: Ints,
    found_us: Ints,
    found_end_us: Ints,
    is_reached: Bools,
    sums: Ints,
    pair_user: Ints,
    pair_cell: Ints,
    totals: Ints,
) -> int:
    """Add up returns by user and cell, and return how many pairs of these there are.

    Args:
        user: (r) rises.
        cell: (r)
        y_us: (r)
        found: (r)
        found_us: (r)
        found_end_us: (r)
        is_reached: (r)
        sums: (cells times `MATCHED_SUMS`) zeros, and so are they afterwards.
        pair_user: (r) receives the user of each pair,
        pair_cell: (r) its cell,
        totals: (`MATCHED_SUMS` times r) and, all pairs for each, its returns, the sums of the four
            figures, the returns that are reached and the sum of their `y_us`.
    """
    rows = len(user)
    pairs = begin = 0
    while begin < rows:
        mine = user[begin]
        end, first = begin, pairs
        while end < rows and user[end] == mine:
            i, end = end, end + 1
            c = cell[i]
            at = c * MATCHED_SUMS
            if sums[at] == 0:
                place = pairs
                while place > first and pair_cell[place - 1] > c:
                    pair_cell[place] = pair_cell[place - 1]
                    place -= 1
                pair_cell[place] = c
                pairs += 1
            sums[at] += 1
            sums[at + 1] += y_us[i]
            sums[at + 2] += found[i]
            sums[at + 3] += found_us[i]
            sums[at + 4] += found_end_us[i]
            if is_reached[i]:
                sums[at + 5] += 1
                sums[at + 6] += y_us[i]
        for pair in range(first, pairs):
            pair_user[pair] = mine
            at = pair_cell[pair] * MATCHED_SUMS
            for which in range(MATCHED_SUMS):
                totals[which * rows + pair] = sums[at + which]
                sums[at + which] = 0
        begin = end
    return pairs


@kernel("jjiijjijiijjbnnnnIIBB")
def follow_moments(
    burst: Ints,
    step: Ints,
    at_us: Ints,
    gap_us: Ints,
    worked_step: Ints,
    next_work_step: Ints,
    next_work_us: Ints,
    next_leaving_step: Ints,
    log_end_us: Ints,
    of_burst: Ints,
    first_step: Ints,
    last_step: Ints,
    after_return: Bools,
    events: int,
    late_events: int,
    any_work: int,
    cap_us: int,
    y_us: Ints,
    end_us: Ints,
    counts: Bools,
    is_late: Bools,
) -> None:
    """Measure each candidate like a return, and write whether it is a control.

    Args:
        burst: (m) of the candidates,
        step: (m)
        at_us: (m)
        gap_us: (m)
        worked_step: (m) last step worked on before,
        next_work_step: (m)
        next_work_us: (m)
        next_leaving_step: (m)
        log_end_us: (b) of the bursts.
        of_burst: (b) session of each.
        first_step: (s) of the sessions,
        last_step: (s)
        after_return: (s) whether they begin with a return.
        events: Of the session that come before a control,
        late_events: and before a late one.
        any_work: Not 0: no work need come before a control.
        cap_us: The cap.
        y_us: (m) receives the re-orientation time,
        end_us: (m) the same from the end of the event before,
        counts: (m) whether it counts,
        is_late: (m) and whether it would be a late control.
    """
    for i in range(len(step)):
        session = of_burst[burst[i]]
        began = first_step[session]
        before = step[i] - began
        us = cap_us
        if next_work_step[i] <= last_step[session] and next_work_step[i] < next_leaving_step[i]:
            us = min(next_work_us[i] - at_us[i], cap_us)
        y_us[i], end_us[i], is_late[i] = us, min(gap_us[i] + us, cap_us), before >= late_events
        counts[i] = (
            before >= events
            and after_return[session]
            and at_us[i] + cap_us <= log_end_us[burst[i]]
            and (any_work != 0 or worked_step[i] >= began)
        )


@kernel("ijjbiinnjjbJIIII")
def add_steps(
    user: Ints,
    burst: Ints,
    cell: Ints,
    counts: Bools,
    gap_us: Ints,
    end_us: Ints,
    longest_us: int,
    low_bits: int,
    asked_user: Ints,
    asked_cell: Ints,
    is_asked: Bools,
    wanted: Ints,
    sums: Ints,
    pair_user: Ints,
    pair_cell: Ints,
    totals: Ints,
) -> int:
    """Add up controls by user and cell, and return how many pairs of these there are.

    Args:
        user: (b) of the bursts; rises.
        burst: (m) of the candidates; rises.
        cell: (m)
        counts: (m) whether it is a control.
        gap_us: (m) of the controls those are added whose gap is
        end_us: (m)
        longest_us: no longer than this.
        low_bits: The bits of `end_us` whose products with the gap are added apart from the others.
        asked_user: (p) the pairs of user and cell that are asked for, in order;
        asked_cell: (p) others are left out,
        is_asked: (users) but for users of whom all are asked for.
        wanted: (cells) zeros.
        sums: (cells times `STEP_SUMS`) zeros, and so are they afterwards.
        pair_user: (m) receives the user of each pair,
        pair_cell: (m) its cell,
        totals: (`STEP_SUMS` times m) and, all pairs for each, its controls, the sums of `end_us`
            and of `gap_us`, and of the gap times the high bits of `end_us` and times the low ones.
    """
    mask, rows = (1 << low_bits) - 1, len(cell)
    pairs = begin = asked = 0
    while begin < rows:
        mine = user[burst[begin]]
        end, first = begin, pairs
        while asked < len(asked_user) and asked_user[asked] <= mine:
            if asked_user[asked] == mine:
                wanted[asked_cell[asked]] = begin + 1
            asked += 1
        while end < rows and user[burst[end]] == mine:
            i, end = end, end + 1
            c = cell[i]
            if not counts[i] or gap_us[i] > longest_us:
                continue
            if not is_asked[mine] and wanted[c] != begin + 1:
                continue
            at = c * STEP_SUMS
            if sums[at] == 0:
                place = pairs
                while place > first and pair_cell[place - 1] > c:
                    pair_cell[place] = pair_cell[place - 1]
                    place -= 1
                pair_cell[place] = c
                pairs += 1
            sums[at] += 1
            sums[at + 1] += end_us[i]
            sums[at + 2] += gap_us[i]
            sums[at + 3] += gap_us[i] * (end_us[i] >> low_bits)
            sums[at + 4] += gap_us[i] * (end_us[i] & mask)
        for pair in range(first, pairs):
            pair_user[pair] = mine
            at = pair_cell[pair] * STEP_SUMS
            for which in range(STEP_SUMS):
                totals[which * rows + pair] = sums[at + which]
                sums[at + which] = 0
        begin = end
    return pairs
