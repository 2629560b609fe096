"""How fine the stamps of a stream are, and which rows of one instant were sent at once."""

from collections import Counter
from itertools import accumulate
from random import Random

import numpy as np
import pytest
from oracles.cleaning import is_flushed

from resume_gap.constants import INDEXED_STAMPS_GAPS, INDEXED_STAMPS_SHARE, ROUND_STAMPS
from resume_gap.pipeline.stamps import (
    flushed,
    in_batch,
    indexed_of,
    may_be_flushed,
    resolution_of,
)
from resume_gap.units import US

MINUTE = 60 * US
NOON = 1_767_268_800 * US


def streams(*stamps: list[int]) -> tuple[np.ndarray, np.ndarray]:
    starts = [0, *accumulate(len(one) for one in stamps[:-1])]
    return np.array([NOON + t for one in stamps for t in one]), np.array(starts)


def resolutions(at: np.ndarray, starts: np.ndarray) -> np.ndarray:
    return resolution_of(at, starts, np.gcd.reduceat(at, starts))


def test_a_stream_is_as_fine_as_its_finest_stamp() -> None:
    found = resolutions(
        *streams(
            [0, 60 * US, 3_600 * US],
            [0, 60 * US, 61 * US],
            [0, 60 * US, 60 * US + 1],
            [0],
            [US],
            [7],
        )
    )
    assert found.tolist() == [60, 1, 0, 60, 1, 0]


def test_stamps_may_be_rounded_to_more_than_seconds() -> None:
    """Ten seconds, five minutes, hours, days; few round stamps are chance."""
    enough = int(ROUND_STAMPS.value)
    sizes = [2, 5, 10, 15, 30, 300, 900, 3_600]
    many = [[n * size * US for n in range(enough)] for size in sizes]
    assert resolutions(*streams(*many)).tolist() == sizes
    few = [[*one[:-1], one[-2]] for one in many]
    assert resolutions(*streams(*few)).tolist() == [1, 1, 1, 1, 1, 60, 60, 60]
    odd = [[*one, one[-1] + 7 * US] for one in many]
    assert resolutions(*streams(*odd)).tolist() == [1] * len(sizes)
    days = [(n * 86_400 - 12 * 3_600) * US for n in range(enough)]
    assert resolutions(*streams(days)).tolist() == [86_400]


def counted(gaps: int, odd: int = 0) -> list[int]:
    """Stamps with so many long gaps of minutes and a second, and so many of minutes alone."""
    steps = [MINUTE * 5 + US] * gaps + [MINUTE * 5] * odd
    return [0, *accumulate(steps)]


LEAST = int(INDEXED_STAMPS_GAPS.value)
MOST_ODD = int(LEAST / INDEXED_STAMPS_SHARE.value - LEAST + 1e-9)


@pytest.mark.parametrize(
    ("stamps", "indexed"),
    [
        (counted(LEAST), True),
        (counted(LEAST - 1), False),
        (counted(LEAST, MOST_ODD), True),
        (counted(LEAST, MOST_ODD + 1), False),
        ([t + i for i, t in enumerate(counted(LEAST))], False),  # finer than a second
        ([2 * t for t in counted(LEAST)], False),  # two seconds more each time
        ([0, *accumulate([US] * LEAST)], False),  # no gap of a minute
    ],
)
def test_minutes_with_a_second_per_event(stamps: list[int], *, indexed: bool) -> None:
    at, starts = streams(stamps, [0, 1])
    found = indexed_of(at, starts, resolutions(at, starts))
    assert found.tolist() == [indexed, False]


def test_the_gap_between_two_streams_is_none() -> None:
    """Each second stream begins a minute and a second after the one before ended."""
    one = [[i * (MINUTE + US)] for i in range(LEAST + 2)]
    at, starts = streams(*one)
    assert not indexed_of(at, starts, np.ones(len(starts), dtype=np.int64)).any()


SENT_AT_ONCE = {0: 5, 1: 20}


def batch_reference(given: list[tuple[int, list[int]]]) -> list[bool]:
    """By row whether its instant holds too many rows of its stream."""
    flags = []
    for resolution, stamps in given:
        many = Counter(stamps)
        least = SENT_AT_ONCE.get(resolution)
        flags += [least is not None and many[at] >= least for at in stamps]
    return flags


def batch_flags(given: list[tuple[int, list[int]]]) -> list[bool]:
    at = np.array([at for _, stamps in given for at in stamps])
    sizes = [len(stamps) for _, stamps in given]
    starts = np.cumsum([0, *sizes[:-1]])
    flags = in_batch(at, starts, np.array([resolution for resolution, _ in given]))
    return [False] * len(at) if flags is None else flags.tolist()


@pytest.mark.parametrize(
    ("resolution", "least"), [(0, 5), (1, 20), (60, None)], ids=["fine", "seconds", "minutes"]
)
def test_how_many_rows_are_too_many(resolution: int, least: int | None) -> None:
    for size in (1, 4, 5, 19, 20, 60):
        flags = batch_flags([(resolution, [7] * size + [8])])
        assert flags == [least is not None and size >= least] * size + [False]


def test_rows_of_two_streams_do_not_add_up() -> None:
    assert not any(batch_flags([(0, [7] * 4), (0, [7] * 4)]))


def test_random_streams_agree_with_the_reference() -> None:
    random = np.random.default_rng(11)
    for _ in range(200):
        given = [
            (int(random.choice([0, 1, 60])), sorted(random.integers(0, 6, random.integers(1, 80))))
            for _ in range(random.integers(1, 5))
        ]
        assert batch_flags(given) == batch_reference(given)


def _bursts(random: Random) -> list[tuple[int, bool]]:
    """Acts of a stream, sent one by one or in bursts."""
    rows: list[tuple[int, bool]] = []
    at, length = 0, random.choice([10, 60])
    sizes = random.choice([[1, 2, 3], [3, 4, 9]])
    while len(rows) < length:
        at += random.choice([9, 11, 12, 13, 60]) * US
        for _ in range(random.choice(sizes)):
            rows.append((at, random.random() < 0.9))
            at += random.choice([0, US // 10, US // 2, US, US, US + 1])
    return rows


def test_bursts_between_silences_equal_the_reference() -> None:
    random = Random(7)  # noqa: S311 - a test log is no secret
    seen = set()
    for _ in range(100):
        streams = [_bursts(random) for _ in range(random.randint(1, 3))]
        at = np.array([at for stream in streams for at, _ in stream])
        working = np.array([is_work for stream in streams for _, is_work in stream])
        starts = np.cumsum([0, *map(len, streams)])[:-1]
        close = np.diff(at, prepend=0) <= US
        close[starts] = False
        work, near = (np.add.reduceat(flags.astype(int), starts) for flags in (working, close))
        may_be = may_be_flushed(work, near)
        mine = (may_be & flushed(at, starts, working)).tolist()
        assert mine == [is_flushed(stream) for stream in streams]
        seen |= {*zip(may_be.tolist(), mine, strict=True)}
    assert seen == {(False, False), (True, False), (True, True)}


def test_people_who_act_one_by_one_send_nothing_at_once() -> None:
    at = np.arange(100) * 7 * US
    assert not flushed(at, np.array([0]), np.ones(100, dtype=np.bool_)).any()
