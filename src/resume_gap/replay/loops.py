"""The loops of the replay, compiled on large logs."""

from typing import Final

from resume_gap.arrays import Bools, Ints
from resume_gap.compiled import kernel

_NONE: Final = -1


@kernel("jjJI")
def count_elements(stream: Ints, element: Ints, seen: Ints, many: Ints) -> None:
    """Count the elements of each stream; `seen` holds by element the last stream, from 1 on."""
    for i in range(len(element)):
        if seen[element[i]] != stream[i] + 1:
            seen[element[i]] = stream[i] + 1
            many[stream[i]] += 1


@kernel("jjjnJ")
def latest_of_sessions(
    touched: Ints, session: Ints, last_step: Ints, many: int, found: Ints
) -> None:
    """Write each session's own rows with the latest steps, the latest first."""
    for i in range(len(touched)):
        row = touched[i]
        begin = session[i] * many
        place = many
        while place > 0 and (
            found[begin + place - 1] < 0 or last_step[found[begin + place - 1]] < last_step[row]
        ):
            place -= 1
        for later in range(many - 1, place, -1):
            found[begin + later] = found[begin + later - 1]
        if place < many:
            found[begin + place] = row


@kernel("bjnJ")
def complete_from_earlier(opens: Bools, element: Ints, many: int, found: Ints) -> None:
    """Fill up each session's rows with those of the session before it in the stream."""
    for session in range(len(opens)):
        if opens[session]:
            continue
        begin = session * many
        filled = 0
        while filled < many and found[begin + filled] >= 0:
            filled += 1
        own = filled
        for i in range(many):
            earlier = found[begin - many + i]
            if filled == many or earlier < 0:
                break
            is_new = True
            for mine in range(own):
                is_new = is_new and element[found[begin + mine]] != element[earlier]
            if is_new:
                found[begin + filled] = earlier
                filled += 1


@kernel("iiinjjijIJI")
def most_used(
    stream_begin: Ints,
    upto: Ints,
    stop_us: Ints,
    window_us: int,
    element: Ints,
    n: Ints,
    run_end_us: Ints,
    last_step: Ints,
    used: Ints,
    last_row: Ints,
    found: Ints,
) -> None:
    """Move a window over the touches of each stream, and write the most used element's last row.

    Args:
        stream_begin: (stops) the first touch of the stream.
        upto: (stops) the touches of the stream up to the stop end before this one.
        stop_us: (stops) when; rises within a stream, as `upto` does.
        window_us: How far back.
        element: (touches)
        n: (touches) events.
        run_end_us: (touches) rises within a stream.
        last_step: (touches)
        used: (elements) zeros: events in the window.
        last_row: (elements) the latest touch in the window.
        found: (stops) receives the row.
    """
    low = high = 0
    best = _NONE
    unsure = False  # whether the best one lost events since it was found
    for i in range(len(stop_us)):
        if i == 0 or stream_begin[i] != stream_begin[i - 1]:
            for row in range(low, high):
                used[element[row]] = 0
            low = high = stream_begin[i]
            best, unsure = _NONE, False
        while high < upto[i] and run_end_us[high] <= stop_us[i]:
            of = element[high]
            used[of] += n[high]
            last_row[of] = high
            if best == _NONE or (
                of != best
                and (
                    used[of] > used[best]
                    or (used[of] == used[best] and last_step[high] > last_step[last_row[best]])
                )
            ):
                best = of
            high += 1
        while low < high and run_end_us[low] < stop_us[i] - window_us:
            of = element[low]
            used[of] -= n[low]
            unsure = unsure or of == best
            low += 1
        if unsure:
            best = _NONE
            for row in range(low, high):
                of = element[row]
                if best == _NONE or (
                    used[of] > used[best]
                    or (
                        used[of] == used[best]
                        and last_step[last_row[of]] > last_step[last_row[best]]
                    )
                ):
                    best = of
            unsure = False
        found[i] = last_row[best] if low < high else _NONE
        if low == high:
            best = _NONE


@kernel("ibcinnIJI")
def add_by_user(
    user: Ints,
    counted: Bools,
    flags: Ints,
    numbers: Ints,
    many_flags: int,
    many_numbers: int,
    found_user: Ints,
    flag_sums: Ints,
    number_sums: Ints,
) -> int:
    """Add up rows by user, and return how many sums of each column there are.

    Args:
        user: (r) a user's rows that are added follow one another, or have several sums.
        counted: (r) whether a row is added.
        flags: (r times many_flags) 0 or 1.
        numbers: (r times many_numbers)
        many_flags: Columns of flags,
        many_numbers: and of numbers.
        found_user: (r) receives the users,
        flag_sums: (r times many_flags) the sums of their flags,
        number_sums: (r times many_numbers) and of their numbers.
    """
    found = 0
    for r in range(len(user)):
        if not counted[r]:
            continue
        if found == 0 or found_user[found - 1] != user[r]:
            found_user[found] = user[r]
            for i in range(found * many_flags, (found + 1) * many_flags):
                flag_sums[i] = 0
            for i in range(found * many_numbers, (found + 1) * many_numbers):
                number_sums[i] = 0
            found += 1
        begin, of_row = (found - 1) * many_flags, r * many_flags
        for i in range(many_flags):
            flag_sums[begin + i] += flags[of_row + i]
        begin, of_row = (found - 1) * many_numbers, r * many_numbers
        for i in range(many_numbers):
            number_sums[begin + i] += numbers[of_row + i]
    return found
