"""What the pass counts adds up over batches, and over parts of a log that were counted apart."""

from __future__ import annotations

import numpy as np
from factories.streams import steps_of

from resume_gap.constants import NAMED_USERS
from resume_gap.pipeline.tally import Tally

KIND = 1 << 32
COUNTS = {"rows_read": 10, "repeated": 1, "alike": 2, "reversed_ends": 3, "ties": 4}


def test_what_batches_hold_adds_up() -> None:
    tally = Tally()
    one = steps_of({1: [(0, KIND), (1, KIND)], 2: [(2, 2 * KIND)]}, **COUNTS, newest_us=50)
    other = steps_of({3: [(3, 3 * KIND)], 4: [(4, KIND)]}, **COUNTS, newest_us=40)
    sampled = np.array([False, False, True, False, False])
    tally.count(one, sampled)
    tally.count(other, sampled)
    assert (tally.rows, tally.repeated, tally.alike, tally.reversed_ends, tally.ties) == (
        *(20, 2, 4, 6, 8),
    )
    assert (tally.used, tally.newest_us) == (18, 50)
    assert tally.kinds.tolist() == [0, 3, 1, 1]
    (kept,) = tally.sample
    assert (kept.at.tolist(), kept.stream_no.tolist()) == ([2], [2])
    tally.count(steps_of({2: [(9, 0)]}, newest_us=60), sampled)
    assert (tally.newest_us, len(tally.sample), len(tally.kinds)) == (60, 2, 4)


def test_parts_that_were_counted_apart_give_the_counts_of_the_whole() -> None:
    one = steps_of({1: [(0, KIND), (1, KIND)], 2: [(2, 2 * KIND)]}, **COUNTS, newest_us=50)
    other = steps_of({3: [(3, 3 * KIND)], 4: [(4, KIND)]}, **COUNTS, newest_us=40)
    sampled = np.array([False, True, False, True, False])
    whole, joined = Tally(), Tally()
    for steps in (one, other):
        part = Tally()
        part.count(steps, sampled)
        assert joined.join(part) == {}
        whole.count(steps, sampled)
    for name in ("rows", "repeated", "alike", "reversed_ends", "ties", "newest_us", "used"):
        assert getattr(joined, name) == getattr(whole, name)
    assert joined.kinds.tolist() == whole.kinds.tolist() == [0, 3, 1, 1]
    assert [steps.stream_no.tolist() for steps in joined.sample] == [[1], [3]]


def test_names_are_numbered_in_the_order_in_which_events_brought_them() -> None:
    """As over all events in one go, so that numbers do not depend on the parts."""
    rows = [(0, KIND), (1, KIND), (2, KIND)]
    sampled = np.array([False, True, True])
    first = Tally(names={"device": {"phone": 1, "desk": 2}})
    first.count(steps_of({1: rows}, device=np.array([1, 2, 0])), sampled)
    second = Tally(names={"device": {"tablet": 1, "phone": 2}, "segment_1": {"north": 1}})
    segments = {"segment_1": np.array([0, 1, 1])}
    second.count(steps_of({2: rows}, device=np.array([2, 0, 1]), segments=segments), sampled)
    whole = Tally()
    assert {name: own.tolist() for name, own in whole.join(first).items()} == {"device": [0, 1, 2]}
    own = whole.join(second)
    assert {name: numbers.tolist() for name, numbers in own.items()} == {
        "device": [0, 3, 1],
        "segment_1": [0, 1],
    }
    assert whole.names == {
        "device": {"phone": 1, "desk": 2, "tablet": 3},
        "segment_1": {"north": 1},
    }
    one, other = whole.sample
    assert one.device is not None
    assert other.device is not None
    assert (one.device.tolist(), other.device.tolist()) == ([1, 2, 0], [1, 0, 3])
    assert other.segments["segment_1"].tolist() == [0, 1, 1]


def test_the_first_users_of_a_name_are_those_of_the_first_parts() -> None:
    """A user whose streams lie in two parts comes once."""
    enough = int(NAMED_USERS.value)
    tally = Tally()
    tally.join(Tally(event_users=[[], [1, 2], []]))
    assert tally.event_users == [[], [1, 2], []]
    tally.join(Tally(event_users=[[], [2, 3], [7]]))
    assert tally.event_users == [[], [1, 2, 3], [7]]
    tally.join(Tally(event_users=[[], list(range(4, 4 + enough)), []]))
    assert tally.event_users[1] == list(range(1, 1 + enough))
