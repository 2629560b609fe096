"""Which elements were touched, how often and for how long, row by row."""

import numpy as np
from factories.streams import SECOND, steps_of

from resume_gap.arrays import NEVER
from resume_gap.constants import BURST_CUT
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.touches import _dwell_us, _Grouped, touches

EDIT, LOOK = 1 << 32, 2 << 32
LABELS = np.array([0, 7, 8])
CONTENTS = Contents(
    kind_roles=np.array([0, 1, 0]),
    kind_event=np.array([0, 1, 2]),
    label_element=LABELS,
    label_context=LABELS * 0,
    label_task=LABELS * 0,
)
CUT = int(BURST_CUT.us / SECOND)


def touched(*events: tuple[int, int], bursts: tuple[int, ...] = (0,)) -> list[dict[str, object]]:
    """Of one stream of (second, content); bursts begin at these rows."""
    steps = steps_of({1: [(at * SECOND, content) for at, content in events]})
    gap = np.diff(steps.at, prepend=steps.at[:1])
    opens = np.arange(len(gap)) == 0
    table = touches(
        steps,
        CONTENTS,
        productive=steps.content >> 32 == 1,
        gap=gap,
        opens=opens,
        first=np.array(bursts),
        burst_no=np.arange(len(bursts)) + 50,
        first_step=100,
    )
    return table.to_pylist()


def test_one_part_counts_each_of_its_elements() -> None:
    first, second = touched((0, LOOK | 1), (2, EDIT | 2), (5, EDIT | 1), (9, LOOK | 1))
    assert (first["element_no"], second["element_no"]) == (7, 8)
    assert (first["n"], second["n"]) == (3, 1)
    assert (first["first_step"], first["last_step"]) == (100, 103)
    assert (first["first_us"], second["first_us"]) == (0, 2 * SECOND)
    assert (first["first_work_step"], first["last_work_step"]) == (102, 102)
    assert second["first_work_step"] == 101
    # Time to the next event: 2 s and 4 s on the first, the last event has none.
    assert (first["dwell_us"], second["dwell_us"]) == (6 * SECOND, 3 * SECOND)
    assert first["burst_no"] == second["burst_no"] == 50
    assert first["last_label_no"] == 1


def test_events_without_an_element_touch_nothing_and_end_a_stay() -> None:
    (only,) = touched((0, LOOK | 1), (3, EDIT), (10, EDIT))
    assert (only["n"], only["dwell_us"]) == (1, 3 * SECOND)
    assert only["first_work_step"] is None
    assert only["last_work_step"] is None


def test_a_cut_begins_a_new_part() -> None:
    found = touched((0, LOOK | 1), (CUT, LOOK | 1), (2 * CUT + 1, LOOK | 1), (2 * CUT + 2, LOOK))
    assert [row["n"] for row in found] == [2, 1]  # a gap of the cut itself does not cut
    assert [row["run_end_us"] for row in found] == [CUT * SECOND, (2 * CUT + 2) * SECOND]


def test_a_burst_begins_a_part_and_bridges_to_the_next() -> None:
    """What passes between two bursts belongs to neither of them: it stands apart."""
    found = touched((0, LOOK | 1), (4, LOOK | 1), (11, LOOK | 1), bursts=(0, 2))
    assert [row["burst_no"] for row in found] == [50, 51]
    assert [row["dwell_us"] for row in found] == [4 * SECOND, 0]
    assert [row["bridge_us"] for row in found] == [7 * SECOND, 0]


def test_groups_may_lie_apart() -> None:
    grouped = _Grouped(np.array([5, 5, 3, 5, 3, 9]))
    assert grouped.first.tolist() == [0, 2, 5]
    assert grouped.last.tolist() == [3, 4, 5]
    assert grouped.n.tolist() == [3, 2, 1]
    assert grouped.sum(np.array([1, 2, 4, 8, 16, 32])).tolist() == [11, 20, 32]
    flag = np.array([False, True, False, True, False, True])
    first, last = grouped.flagged(np.arange(6) + 10, flag)
    assert first.tolist() == [11, NEVER, 15]
    assert last.tolist() == [13, -1, 15]


def test_the_last_event_of_each_stream_has_no_stay() -> None:
    steps = steps_of({1: [(0, 0), (5, 0)], 2: [(1, 0), (2, 0), (9, 0)]})
    assert _dwell_us(steps).tolist() == [5, 0, 1, 7, 0]


def test_a_run_ends_at_its_own_end_however_many_there_are() -> None:
    at = [0, 5, CUT + 6, CUT + 8, 2 * CUT + 9, 2 * CUT + 12]
    found = touched(*((second, LOOK | 1) for second in at))
    assert [row["run_end_us"] for row in found] == [end * SECOND for end in at[1::2]]
