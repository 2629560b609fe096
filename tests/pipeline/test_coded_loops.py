"""Days are counted, codes looked up and rows numbered, in both ways."""

import numpy as np
import pytest

from resume_gap.arrays import NEVER
from resume_gap.pipeline.coded_loops import count_days, look_up, number_codes
from resume_gap.pipeline.number_loops import KIND, NUMBER_BITS, put_names
from resume_gap.units import DAY_US

pytestmark = pytest.mark.usefixtures("loops")
UPPER = 1 << NUMBER_BITS


def counted(*at: int) -> tuple[int, list[tuple[int, int, int]]]:
    """What is made of instants between the days 10 and 13."""
    many, least, most = np.zeros(3, dtype=np.int64), np.full(3, NEVER), np.full(3, -1)
    first, end = 10 * DAY_US, 13 * DAY_US
    done = count_days(np.array(at, dtype=np.int64), first, end, many, least, most)
    return done, list(zip(many.tolist(), least.tolist(), most.tolist(), strict=True))


def test_each_day_has_its_rows_and_the_first_and_last_of_them() -> None:
    ten, twelve = 10 * DAY_US, 12 * DAY_US
    done, days = counted(twelve + 5, ten, twelve - 1, twelve + DAY_US - 1, twelve)
    assert done
    assert days == [
        (1, ten, ten),
        (1, twelve - 1, twelve - 1),
        (3, twelve, twelve + DAY_US - 1),
    ]


@pytest.mark.parametrize("far", [10 * DAY_US - 1, 13 * DAY_US])
def test_an_instant_out_of_range_ends_the_count(far: int) -> None:
    assert not counted(11 * DAY_US, far)[0]


def test_hashes_have_their_numbers_and_others_none() -> None:
    """Two stand in one slot, and the search goes on from the beginning of the table."""
    table = np.zeros(4, dtype=np.int64)
    hashes = np.array([5 * UPPER + 3, 6 * UPPER + 3, -UPPER + 1], dtype=np.int64)
    assert put_names(hashes, np.array([7, 8, 9], dtype=np.int32), table)
    asked = np.array([*hashes[::-1], 8 * UPPER + 3, 2 * UPPER + 2], dtype=np.int64)
    numbers = np.full(5, -1, dtype=np.int64)
    look_up(asked, table, numbers)
    assert numbers.tolist() == [9, 8, 7, 0, 0]


def test_rows_have_the_numbers_of_their_codes() -> None:
    """The event of code 1 and the user of code 0 take no part."""
    user, event, target = (
        np.array(codes, dtype=np.int32) for codes in ([1, 0, 1, 2], [0, 0, 1, 2], [1, 0, 0, 1])
    )
    streams = np.array([0, 4, 6], dtype=np.int32)
    kinds = np.array([2, 0, 3]) * KIND
    labels = np.array([8, 9])
    stream, content = np.full(4, -1, dtype=np.int32), np.full(4, -1, dtype=np.int64)
    number_codes(user, event, target, streams, kinds, labels, stream, content)
    assert stream.tolist() == [4, 0, 0, 6]
    assert content.tolist() == [2 * KIND + 9, 2 * KIND + 8, 8, 3 * KIND + 9]
