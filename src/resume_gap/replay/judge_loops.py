"""The loops that hold pointed elements against what happened, for large logs.

A pointed element is the row of a touch, -1 for none. It is the place that is sought where it lies
in the same area and no farther away than `near`; element 0 is nowhere.
"""

from resume_gap.arrays import NEVER, Bools, Floats, Ints
from resume_gap.compiled import kernel


@kernel("jinjjfjjffII")
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


@kernel("jijjfiiijjjffjiibinnnnnnBI")
def judge_returns(
    pointed: Ints,
    sizes: Ints,
    element: Ints,
    area: Ints,
    position: Floats,
    first_us: Ints,
    low: Ints,
    high: Ints,
    place_element: Ints,
    later_element: Ints,
    place_area: Ints,
    place_position: Floats,
    near: Floats,
    first_element: Ints,
    return_us: Ints,
    lag_us: Ints,
    abandoned: Bools,
    y_us: Ints,
    cap_us: int,
    rest_us: int,
    first_flag: int,
    many_flags: int,
    first_number: int,
    many_numbers: int,
    flags: Bools,
    numbers: Ints,
) -> None:
    """Write what became of the elements that each rule pointed at after each return.

    Args:
        pointed: (r times elements of all rules)
        sizes: (rules) elements of each.
        element: (t)
        area: (t)
        position: (t)
        first_us: (t)
        low: (r) the first touch of the session of each return,
        high: (r) and the first one after it.
        place_element: (r) where work went on within the cap,
        later_element: (r) or whenever it did.
        place_area: (r) of both.
        place_position: (r)
        near: One distance.
        first_element: (r) element of the first event back.
        return_us: (r)
        lag_us: (r) `NEVER` for none.
        abandoned: (r)
        y_us: (r) re-orientation time.
        cap_us: The cap.
        rest_us: What any search takes.
        first_flag: The first of the flags of a return that is written,
        many_flags: and how many it has.
        first_number: The first of its numbers that is written,
        many_numbers: and how many it has.
        flags: (r times many_flags) receives `RULE_FLAGS` of every rule,
        numbers: (r times many_numbers) and `RULE_NUMBERS`.
    """
    p = 0
    for r in range(len(low)):
        flag, number = r * many_flags + first_flag, r * many_numbers + first_number
        sought = 0
        sought_us = NEVER
        for size in sizes:
            is_hit = is_first = is_later = False
            touched_us = NEVER
            for row in pointed[p : p + size]:
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
                if element[row] != sought:
                    sought, sought_us = element[row], NEVER
                    for i in range(low[r], high[r]):
                        if element[i] == sought:
                            sought_us = first_us[i]
                            break
                touched_us = min(touched_us, sought_us)
            p += size
            is_addressable = is_hit and not is_first and lag_us[r] > 0
            flags[flag], flags[flag + 1] = is_hit, is_addressable
            flags[flag + 2] = is_later and abandoned[r]
            waited = min(touched_us - return_us[r], lag_us[r], cap_us)
            numbers[number] = max(0, waited - rest_us) if is_addressable else 0
            numbers[number + 1] = y_us[r] if is_addressable else 0
            flag, number = flag + 3, number + 2


@kernel("jninjjffjjfbjjBBBB")
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
