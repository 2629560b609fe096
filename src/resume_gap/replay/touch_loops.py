"""The loops over the touches of each session for large logs; on small ones, arrays are faster.

Touches stand in order of their first step, so those of a session are neighbors.
"""

from resume_gap.arrays import NEVER_ROW, Ints
from resume_gap.compiled import kernel


@kernel("jJJJ")
def link_touches(element: Ints, latest: Ints, earlier: Ints, later: Ints) -> None:
    """Write the rows of the touches of the same element before and after each; -1 for none.

    Args:
        element: (t)
        latest: (elements) -1.
        earlier: (t) receives the row before,
        later: (t) and the row after.
    """
    for row in range(len(element)):
        before = latest[element[row]]
        earlier[row], later[row] = before, -1
        if before >= 0:
            later[before] = row
        latest[element[row]] = row


@kernel("iiiijjjiijjJIJJJJJJ")
def winners_of_sessions(
    asked: Ints,
    first: Ints,
    last: Ints,
    burst_begin: Ints,
    earlier: Ints,
    later: Ints,
    n: Ints,
    dwell_us: Ints,
    bridge_us: Ints,
    last_step: Ints,
    last_work_step: Ints,
    events: Ints,
    stay_us: Ints,
    work_step: Ints,
    known: Ints,
    by_step: Ints,
    by_work: Ints,
    by_stay: Ints,
    by_events: Ints,
) -> None:
    """Write the last touch of the element that has most in each session, by four scores.

    Of equals the element touched last wins; none wins with a score below 0.

    Args:
        asked: (r) sessions.
        first: (s) the first burst of each session,
        last: (s) and the last one.
        burst_begin: (b + 1) the first touch of each burst, and how many touches there are.
        earlier: (t) touch of the same element before each,
        later: (t) and after it; -1 for none.
        n: (t) events.
        dwell_us: (t) time spent.
        bridge_us: (t) what the burst's last event adds where its session goes on.
        last_step: (t)
        last_work_step: (t) -1 for none.
        events: (t) for the element's events in the session so far,
        stay_us: (t) the time spent there,
        work_step: (t) and the last step worked on.
        known: (b) the first burst of the session that ends with each burst, as it was when its
            winners were written; -1 for none. Those that are still so are not sought again.
        by_step: (b) receives the winner by the last step, by the last burst, -1 for none,
        by_work: (b) by the last step worked on,
        by_stay: (b) by the time spent,
        by_events: (b) and by the events.
    """
    for s in asked:
        end = last[s]
        if known[end] == first[s]:
            continue
        known[end] = first[s]
        low, high, last_begin = burst_begin[first[s]], burst_begin[end + 1], burst_begin[end]
        latest = worked = longest = most = -1
        latest_step = worked_step = longest_step = most_step = -1
        best_work = best_stay = best_events = -1
        for i in range(low, high):
            mine = n[i]
            stay = dwell_us[i]
            work = last_work_step[i]
            if i < last_begin:
                stay += bridge_us[i]
            if earlier[i] >= low:
                mine += events[earlier[i]]
                stay += stay_us[earlier[i]]
                work = max(work, work_step[earlier[i]])
            if low <= later[i] < high:
                events[i], stay_us[i], work_step[i] = mine, stay, work
                continue
            step = last_step[i]
            if step > latest_step:
                latest, latest_step = i, step
            if work > best_work or (work == best_work and worked >= 0 and step > worked_step):
                worked, worked_step, best_work = i, step, work
            if stay > best_stay or (stay == best_stay and longest >= 0 and step > longest_step):
                longest, longest_step, best_stay = i, step, stay
            if mine > best_events or (mine == best_events and most >= 0 and step > most_step):
                most, most_step, best_events = i, step, mine
        by_step[end], by_work[end], by_stay[end], by_events[end] = latest, worked, longest, most


@kernel("ijiiI")
def first_touches(begin: Ints, element: Ints, session: Ints, wanted: Ints, found: Ints) -> None:
    """Write the first touch of an element in a session; -1 for none.

    Args:
        begin: (s + 1) the first touch of each session, and how many touches there are.
        element: (t)
        session: (q) where it is sought,
        wanted: (q) and what.
        found: (q) receives the row.
    """
    for q in range(len(session)):
        found[q] = -1
        for i in range(begin[session[q]], begin[session[q] + 1]):
            if element[i] == wanted[q]:
                found[q] = i
                break


@kernel("ijjjinI")
def first_worked_on(
    begin: Ints,
    element: Ints,
    first_step: Ints,
    first_work_step: Ints,
    session: Ints,
    many: int,
    found: Ints,
) -> None:
    """Write the touches in which the first elements were worked on, in order; -1 for none.

    Args:
        begin: (s + 1) the first touch of each session, and how many touches there are.
        element: (t)
        first_step: (t) rises.
        first_work_step: (t) `NEVER_ROW` for none.
        session: (r) where they are sought.
        many: How many elements.
        found: (r times many) receives the rows.
    """
    for r in range(len(session)):
        to = r * many
        filled = 0
        for place in range(many):
            found[to + place] = -1
        for i in range(begin[session[r]], begin[session[r] + 1]):
            if filled == many and first_step[i] > first_work_step[found[to + many - 1]]:
                break
            is_new = first_work_step[i] != NEVER_ROW
            for place in range(filled):  # the earlier touch of an element was worked on earlier
                is_new = is_new and element[found[to + place]] != element[i]
            place = filled
            while place > 0 and first_work_step[found[to + place - 1]] > first_work_step[i]:
                place -= 1
            if not is_new or place == many:
                continue
            filled = min(filled + 1, many)
            for after in range(filled - 1, place, -1):
                found[to + after] = found[to + after - 1]
            found[to + place] = i


@kernel("ijjjiiiiI")
def count_before(
    begin: Ints,
    element: Ints,
    first_step: Ints,
    earlier: Ints,
    session: Ints,
    before_step: Ints,
    own: Ints,
    last: Ints,
    found: Ints,
) -> None:
    """Count the elements first touched before a step of the session, without two of them.

    Args:
        begin: (s + 1) the first touch of each session, and how many touches there are.
        element: (t)
        first_step: (t) rises.
        earlier: (t) touch of the same element before each, -1 for none.
        session: (r)
        before_step: (r)
        own: (r) one element that is not counted,
        last: (r) and another.
        found: (r) receives how many.
    """
    for r in range(len(session)):
        low = begin[session[r]]
        many = 0
        for i in range(low, begin[session[r] + 1]):
            if first_step[i] >= before_step[r]:
                break
            if earlier[i] < low and element[i] != own[r] and element[i] != last[r]:
                many += 1
        found[r] = many
