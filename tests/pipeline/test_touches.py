"""Which elements were touched, how often and for how long, row by row."""

import numpy as np
import pytest
from factories.streams import SECOND, steps_of

from resume_gap.arrays import NEVER_ROW
from resume_gap.constants import BURST_CUT
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.touches import touches

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

pytestmark = pytest.mark.usefixtures("loops")


def touched(*streams: list[tuple[int, int]], cut: float = 10 * CUT) -> list[dict[str, object]]:
    """Of streams of (second, content); bursts are cut after so many seconds."""
    steps = steps_of(
        {
            number: [(at * SECOND, content) for at, content in events]
            for number, events in enumerate(streams, start=1)
        }
    )
    gap = np.diff(steps.at, prepend=steps.at[:1])
    table = touches(
        steps,
        CONTENTS,
        productive=steps.content >> 32 == 1,
        gap=gap,
        cut_us=int(cut * SECOND),
    )
    return table.to_pylist()


def test_one_part_counts_each_of_its_elements() -> None:
    first, second = touched([(0, LOOK | 1), (2, EDIT | 2), (5, EDIT | 1), (9, LOOK | 1)])
    assert (first["element_no"], second["element_no"]) == (7, 8)
    assert (first["n"], second["n"]) == (3, 1)
    assert (first["first_step"], first["last_step"]) == (0, 3)
    assert (first["first_us"], second["first_us"]) == (0, 2 * SECOND)
    assert (first["first_work_step"], first["last_work_step"]) == (2, 2)
    assert second["first_work_step"] == 1
    # Time to the next event: 2 s and 4 s on the first, the last event has none.
    assert (first["dwell_us"], second["dwell_us"]) == (6 * SECOND, 3 * SECOND)
    assert first["burst"] == second["burst"] == 0
    assert first["last_label_no"] == 1


def test_events_without_an_element_touch_nothing_and_end_a_stay() -> None:
    (only,) = touched([(0, LOOK | 1), (3, EDIT), (10, EDIT)])
    assert (only["n"], only["dwell_us"]) == (1, 3 * SECOND)
    assert only["first_work_step"] == NEVER_ROW
    assert only["last_work_step"] == -1


def test_a_cut_begins_a_new_part() -> None:
    found = touched([(0, LOOK | 1), (CUT, LOOK | 1), (2 * CUT + 1, LOOK | 1), (2 * CUT + 2, LOOK)])
    assert [row["n"] for row in found] == [2, 1]  # a gap of the cut itself does not cut
    assert [row["run_end_us"] for row in found] == [CUT * SECOND, (2 * CUT + 2) * SECOND]


def test_a_burst_begins_a_part_and_bridges_to_the_next() -> None:
    """What passes between two bursts belongs to neither of them: it stands apart."""
    found = touched([(0, LOOK | 1), (4, LOOK | 1), (11, LOOK | 1)], cut=5)
    assert [row["burst"] for row in found] == [0, 1]
    assert [row["dwell_us"] for row in found] == [4 * SECOND, 0]
    assert [row["bridge_us"] for row in found] == [7 * SECOND, 0]


def test_touches_of_one_element_may_lie_apart() -> None:
    order = [1, 1, 2, 1, 2, 1]
    kinds = [LOOK, EDIT, LOOK, EDIT, LOOK, LOOK]
    first, second = touched(
        [(at, kind | e) for at, (kind, e) in enumerate(zip(kinds, order, strict=True))]
    )
    assert (first["first_step"], first["last_step"], first["n"]) == (0, 5, 4)
    assert (second["first_step"], second["last_step"], second["n"]) == (2, 4, 2)
    assert (first["first_work_step"], first["last_work_step"]) == (1, 3)
    assert (first["dwell_us"], second["dwell_us"]) == (3 * SECOND, 2 * SECOND)


def test_the_last_event_of_each_stream_has_no_stay() -> None:
    found = touched([(0, LOOK | 1), (5, LOOK | 1)], [(1, LOOK | 1), (2, LOOK | 2), (9, LOOK | 2)])
    assert [row["dwell_us"] for row in found] == [5 * SECOND, SECOND, 7 * SECOND]
    assert [row["burst"] for row in found] == [0, 1, 1]


def test_a_run_ends_at_its_own_end_however_many_there_are() -> None:
    at = [0, 5, CUT + 6, CUT + 8, 2 * CUT + 9, 2 * CUT + 12]
    found = touched([(second, LOOK | 1) for second in at])
    assert [row["run_end_us"] for row in found] == [end * SECOND for end in at[1::2]]
