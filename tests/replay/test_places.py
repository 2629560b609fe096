"""Where touches lie and work went on, with positions and without."""

import numpy as np
from factories.chunks import CONTENTS, chunk_of

from resume_gap.replay.chunks import Chunk, Sessions
from resume_gap.replay.places import Places, Spots


def a_chunk() -> Chunk:
    """Two returns in one stream; work goes on at element 23 after each."""
    back = {"gap_us": 11, "next_work_content": 23, "next_work_step": 9, "next_work_position": 4.5}
    touch = {"first_step": 0, "position": 2.5, "first_work_label": 31, "first_work_position": 3.5}
    return chunk_of(
        [{}, back | {"start_us": 50, "first_content": 12}, back | {"start_us": 90}],
        [{"burst": 0, "element": 12} | touch],
    )


def test_without_positions_an_area_is_an_element() -> None:
    spots = Spots.of(a_chunk(), CONTENTS, None)
    assert (spots.near, spots.by_position) == (0, False)
    assert (spots.element.tolist(), spots.context.tolist()) == ([12], [1])
    assert (spots.area.tolist(), spots.work_area.tolist()) == ([12], [12])
    assert (spots.position.tolist(), spots.work_position.tolist()) == ([0], [0])


def test_with_positions_an_area_is_a_context() -> None:
    spots = Spots.of(a_chunk(), CONTENTS, 2.0)
    assert (spots.near, spots.by_position) == (2, True)
    assert (spots.area.tolist(), spots.work_area.tolist()) == ([1], [3])
    assert (spots.position.tolist(), spots.work_position.tolist()) == ([2.5], [3.5])


def test_work_beyond_the_cap_is_later_work_alone() -> None:
    chunk = a_chunk()
    sessions, reached = Sessions.at(chunk.bursts, 10), np.array([True, False])
    for near, area, position in ((None, 23, 0), (2.0, 2, 4.5)):
        spots = Spots.of(chunk, CONTENTS, near)
        places = Places.of_bursts(chunk, CONTENTS, spots)
        places = places.at(sessions.first[sessions.returns], reached)
        assert places.return_us.tolist() == [50, 90]
        assert places.first_element.tolist() == [12, 0]
        assert places.reached.tolist() == [True, False]
        assert (places.element.tolist(), places.context.tolist()) == ([23, 0], [2, 0])
        assert (places.later_element.tolist(), places.area.tolist()) == ([23] * 2, [area] * 2)
        assert places.position.tolist() == [position] * 2
        assert places.has_later.tolist() == [True, True]
    none = chunk_of([{}, {"gap_us": 11}])
    nowhere = Places.of_bursts(none, CONTENTS, Spots.of(none, CONTENTS, None))
    nowhere = nowhere.at(np.array([1]), np.array([False]))
    assert (nowhere.has_later.tolist(), nowhere.later_element.tolist()) == ([False], [0])
