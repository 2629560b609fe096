"""The loops of the replay, compiled on large logs."""

from typing import Final

from resume_gap.arrays import Bools, Ints
from resume_gap.compiled import kernel

_NONE: Final = -1


@kernel("iiII")
def count_elements(stream: Ints, element: Ints, seen: Ints, many: Ints) -> None:
    """Count the elements of each stream; `seen` holds by element the last stream, from 1 on."""
    for i in range(len(element)):
        if seen[element[i]] != stream[i] + 1:
            seen[element[i]] = stream[i] + 1
            many[stream[i]] += 1


@kernel("iiinI")
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


@kernel("bjnI")
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


@kernel("iiiniiiiIII")
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
