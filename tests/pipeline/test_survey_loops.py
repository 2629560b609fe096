"""The loop of the first look, on rows written by hand, in both ways."""

import numpy as np
import pytest

from resume_gap.pipeline.survey_loops import TOTALS, look_over
from resume_gap.sources.role_bits import AWAY, PRODUCTIVE
from resume_gap.units import US

pytestmark = pytest.mark.usefixtures("loops")
ROLES = np.array([0, PRODUCTIVE, 0, AWAY])
EDIT, VIEW, IDLE = (kind << 32 for kind in range(1, 4))


def look(*rows: tuple[int, int, int]) -> tuple[int, list[list[int]], list[int]]:
    """Streams found, what is known of each, and the totals; rows are 3 apart if close."""
    stream, at, content = np.array(rows).T.copy()
    found, totals = np.zeros((4, len(rows) + 1), dtype=np.int64), np.zeros(TOTALS, dtype=np.int64)
    many = look_over(stream, at, content, ROLES, 3, 60 * US, *found, totals)
    return many, found[:, : many + 1].T.tolist(), totals.tolist()


def test_each_stream_has_its_figures() -> None:
    many, streams, totals = look(
        (2, 120 * US, EDIT),
        (2, 120 * US, EDIT),
        (2, 135 * US, VIEW),
        (5, 3 * US, VIEW),
        (5, 3 * US + 3, EDIT),
        (5, 3 * US + 7, EDIT),
        (5, 3 * US + 7, VIEW),
    )
    assert many == 2
    assert [stream[0] for stream in streams] == [0, 3, 7]
    assert [stream[1:] for stream in streams[:2]] == [[15 * US, 2, 1], [1, 2, 2]]
    assert totals == [2, 1, PRODUCTIVE]


def test_common_divisors_are_those_of_all_instants() -> None:
    for seconds, expected in (((600,), 60), ((90, 60), 30), ((9, 12), 3), ((61, 60), 1)):
        _, streams, _ = look(*((1, at * US, VIEW) for at in sorted(seconds)))
        assert streams[0][1] == expected * US


def test_roles_that_occur_are_found() -> None:
    assert look((1, 0, VIEW))[2][2] == 0
    assert look((1, 0, VIEW), (1, 0, IDLE), (1, 0, EDIT))[2][2] == AWAY | PRODUCTIVE


@pytest.mark.parametrize("rows", [[(1, 5, EDIT), (1, 4, EDIT)], [(2, 5, EDIT), (1, 6, EDIT)]])
def test_rows_out_of_order_are_told(rows: list[tuple[int, int, int]]) -> None:
    assert look(*rows)[0] == -1
