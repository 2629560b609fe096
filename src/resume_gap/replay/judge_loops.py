"""The loops that hold pointed elements against what happened, for large logs.

A pointed element is the row of a touch, -1 for none. It is the place that is sought where it lies
in the same area and no farther away than `near`; element 0 is nowhere.
"""

from resume_gap.arrays import NEVER, Bools, Floats, Ints
from resume_gap.compiled import kernel


@kernel("iinjjfiiffII")
def count_right(
    pointed: Ints,
    asking: Ints,
    many: int,
    element: Ints,
    area: Ints,
    position: Floats,
    place_element: Ints,
    place_area: Ints,
    place_position: Floats,
    near: Floats,
    known: Ints,
    right: Ints,
) -> None:
    """Count how many elements there are to point at, and how many of them are the place.

    Args:
        pointed: (stops times many)
        asking: (r) the stop before each return.
        many: Elements per stop at most.
        element: (t)
        area: (t)
        position: (t)
        place_element: (r)
        place_area: (r)
        place_position: (r)
        near: One distance.
        known: (r) receives how many there are,
        right: (r) and how many are right.
    """
    for r in range(len(asking)):
        known[r] = right[r] = 0
        for p in range(asking[r] * many, (asking[r] + 1) * many):
            row = pointed[p]
            if row < 0:
                continue
            known[r] += 1
            if (
                element[row] > 0
                and place_element[r] > 0
                and area[row] == place_area[r]
                and abs(position[row] - place_position[r]) <= near[0]
            ):
                right[r] += 1


@kernel("injjfiiiiiiffiiibnnBBIB")
def judge(
    pointed: Ints,
    many: int,
    element: Ints,
    area: Ints,
    position: Floats,
    first_us: Ints,
    begin: Ints,
    session: Ints,
    place_element: Ints,
    later_element: Ints,
    place_area: Ints,
    place_position: Floats,
    near: Floats,
    first_element: Ints,
    return_us: Ints,
    lag_us: Ints,
    abandoned: Bools,
    cap_us: int,
    rest_us: int,
    hit: Bools,
    addressable: Bools,
    search_us: Ints,
    gave_up_right: Bools,
) -> None:
    """Write what became of the elements pointed at after each return.

    Args:
        pointed: (r times many)
        many: Elements per return.
        element: (t)
        area: (t)
        position: (t)
        first_us: (t)
        begin: (s + 1) the first touch of each session, and how many touches there are.
        session: (r) the session of each return.
        place_element: (r) where work went on within the cap,
        later_element: (r) or whenever it did.
        place_area: (r) of both.
        place_position: (r)
        near: One distance.
        first_element: (r) element of the first event back.
        return_us: (r)
        lag_us: (r) `NEVER` for none.
        abandoned: (r)
        cap_us: The cap.
        rest_us: What any search takes.
        hit: (r) receives the fields of `PolicyOutcome`,
        addressable: (r)
        search_us: (r)
        gave_up_right: (r)
    """
    for r in range(len(session)):
        is_hit = is_first = is_later = False
        touched_us = NEVER
        for p in range(r * many, (r + 1) * many):
            row = pointed[p]
            if row < 0 or element[row] <= 0:
                continue
            is_first = is_first or element[row] == first_element[r]
            if (
                later_element[r] <= 0
                or area[row] != place_area[r]
                or not abs(position[row] - place_position[r]) <= near[0]
            ):
                continue
            is_later = True
            if place_element[r] <= 0:
                continue
            is_hit = True
            if lag_us[r] > 0:
                for i in range(begin[session[r]], begin[session[r] + 1]):
                    if element[i] == element[row]:
                        touched_us = min(touched_us, first_us[i])
                        break
        hit[r] = is_hit
        gave_up_right[r] = is_later and abandoned[r]
        addressable[r] = is_hit and not is_first and lag_us[r] > 0
        search_us[r] = 0
        if addressable[r]:
            waited = min(touched_us - return_us[r], lag_us[r], cap_us)
            search_us[r] = max(0, waited - rest_us)


@kernel("ininjjffjjfbiiBBBB")
def describe(
    pointed: Ints,
    many: int,
    worked: Ints,
    firsts: int,
    element: Ints,
    area: Ints,
    position: Floats,
    work_position: Floats,
    work_area: Ints,
    context: Ints,
    near: Floats,
    reached: Bools,
    first_element: Ints,
    place_context: Ints,
    is_pointed: Bools,
    already: Bools,
    hit_in_3: Bools,
    in_context: Bools,
) -> None:
    """Write what else is reported of the elements pointed at after each return.

    Args:
        pointed: (r times many)
        many: Elements per return.
        worked: (r times firsts) touches in which elements were worked on after the return.
        firsts: Elements worked on per return.
        element: (t)
        area: (t)
        position: (t)
        work_position: (t) of the first event that was work,
        work_area: (t) and its area.
        context: (t)
        near: One distance.
        reached: (r) whether work went on within the cap.
        first_element: (r) element of the first event back.
        place_context: (r) 0 for none.
        is_pointed: (r) receives the fields of `Described`,
        already: (r)
        hit_in_3: (r)
        in_context: (r)
    """
    for r in range(len(reached)):
        is_there = is_first = is_right = is_near = False
        for p in range(r * many, (r + 1) * many):
            row = pointed[p]
            if row < 0:
                continue
            is_there = True
            is_near = is_near or (context[row] == place_context[r] and context[row] > 0)
            if element[row] <= 0:
                continue
            is_first = is_first or element[row] == first_element[r]
            for w in range(r * firsts, (r + 1) * firsts):
                work = worked[w]
                is_right = is_right or (
                    reached[r]
                    and work >= 0
                    and element[work] > 0
                    and area[row] == work_area[work]
                    and abs(position[row] - work_position[work]) <= near[0]
                )
        is_pointed[r], already[r] = is_there, is_first
        hit_in_3[r], in_context[r] = is_right, is_near
