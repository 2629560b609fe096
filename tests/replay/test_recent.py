"""The last elements before each stop and the habit of the day before, by hand and by a loop."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from factories.chunks import chunk_of

from resume_gap.arrays import NEVER
from resume_gap.replay.chunks import ABSENT, Chunk, Sessions
from resume_gap.replay.recent import habits, recent_elements
from resume_gap.replay.touched import touched

THRESHOLD = 10
WINDOW = 100

pytestmark = pytest.mark.usefixtures("loops")


def touches_of(*bursts: str) -> list[dict[str, int]]:
    """One touch per letter, element a is 1; steps count on."""
    rows = [(burst, "_abcdefgh".index(one)) for burst, text in enumerate(bursts) for one in text]
    return [
        {"burst": burst, "element": element, "first_step": step}
        for step, (burst, element) in enumerate(rows)
    ]


def last_elements(chunk: Chunk, many: int) -> list[str]:
    """After each session the elements found, latest first."""
    sessions = Sessions.at(chunk.bursts, THRESHOLD)
    found = recent_elements(chunk, sessions, touched(chunk, sessions).last_rows(), many)
    return [
        "".join("_abcdefgh"[chunk.touches.element[r]] for r in rows if r >= 0) for rows in found
    ]


def test_elements_of_earlier_sessions_follow_those_of_the_session() -> None:
    gaps = (NEVER, THRESHOLD, THRESHOLD + 1, THRESHOLD + 1, THRESHOLD + 1, NEVER, THRESHOLD + 1)
    streams = (0, 0, 0, 0, 0, 1, 1)
    chunk = chunk_of(
        [{"gap_us": gap, "stream": stream} for gap, stream in zip(gaps, streams, strict=True)],
        touches_of("ab", "a", "c", "", "cd", "e", "efc"),
    )
    # The first two bursts are one session; the second stream knows nothing of the first.
    assert last_elements(chunk, 3) == ["ab", "cab", "cab", "dca", "e", "cfe"]
    assert last_elements(chunk, 4) == ["ab", "cab", "cab", "dcab", "e", "cfe"]
    assert last_elements(chunk, 1) == ["a", "c", "c", "d", "e", "c"]


def test_the_element_left_last_comes_first() -> None:
    long = {"burst": 0, "element": 1, "first_step": 0, "last_step": 5}
    short = {"burst": 0, "element": 2, "first_step": 1, "last_step": 3}
    assert last_elements(chunk_of([{}], [long, short]), 2) == ["ab"]


def some_log(random: Random) -> Chunk:
    """Streams of bursts, each with a run or two of touches that end together."""
    bursts: list[dict[str, Any]] = []
    touches: list[dict[str, Any]] = []
    step = at = 0
    for number in range(random.randrange(1, 25)):
        opens = number == 0 or random.random() < 0.15
        gap = NEVER if opens else random.choice((THRESHOLD, THRESHOLD + 1, WINDOW))
        at += 0 if opens else gap
        stream = bursts[-1]["stream"] + opens if bursts else 0
        for _ in range(random.randrange(3)):
            at += random.randrange(30)
            for element in random.sample(range(1, 7), random.randrange(4)):
                n = random.randrange(1, 4)
                touches.append(
                    {"burst": number, "element": element, "run_end_us": at, "n": n}
                    | {"first_step": step, "last_step": step + n - 1}
                )
                step += n
        bursts.append({"gap_us": gap, "stream": stream, "end_us": at - random.choice((0, 0, 5))})
    return chunk_of(bursts, touches)


def plain_recent(chunk: Chunk, session: int, sessions: Sessions, many: int) -> list[int]:
    """Back from the end of the session, touch by touch."""
    touches, bursts = chunk.touches, chunk.bursts
    last = sessions.last[session]
    of_stream = [
        row
        for row, burst in enumerate(touches.burst)
        if burst <= last and bursts.stream[burst] == bursts.stream[last]
    ]
    found: dict[int, int] = {}
    for row in reversed(of_stream):
        found.setdefault(int(touches.element[row]), row)
    return list(found.values())[:many]


def plain_habit(chunk: Chunk, last: int) -> int:
    """Touches of the window counted by element."""
    touches, bursts = chunk.touches, chunk.bursts
    stop = bursts.end_us[last]
    used: dict[int, tuple[int, int]] = {}
    for row, burst in enumerate(touches.burst):
        end = touches.run_end_us[row]
        inside = burst <= last and bursts.stream[burst] == bursts.stream[last]
        if inside and stop - WINDOW <= end <= stop:
            element = int(touches.element[row])
            used[element] = (used.get(element, (0, 0))[0] + int(touches.n[row]), row)
    return max(used.values(), default=(0, ABSENT))[1]


def test_both_equal_a_search_from_each_stop() -> None:
    random = Random(3)  # noqa: S311
    for _ in range(40):
        chunk = some_log(random)
        sessions = Sessions.at(chunk.bursts, THRESHOLD)
        if not len(chunk.touches.burst):
            continue
        lasts = recent_elements(chunk, sessions, touched(chunk, sessions).last_rows(), 4)
        habit = habits(chunk, sessions, WINDOW)
        for session in range(len(sessions.first)):
            expected = plain_recent(chunk, session, sessions, 4)
            assert [row for row in lasts[session] if row != ABSENT] == expected
        for stop in sessions.stops:
            assert habit[stop] == plain_habit(chunk, sessions.last[stop])


def habit_of(rows: list[tuple[int, int, int]]) -> int:
    """The habit's element at a stop at 500; (element, end, events) each."""
    touches = [
        {"burst": 0, "element": e, "run_end_us": end, "n": n, "first_step": step}
        for step, (e, end, n) in enumerate(rows)
    ]
    chunk = chunk_of([{"end_us": 500}, {"gap_us": THRESHOLD + 1, "end_us": 900}], touches)
    found = habits(chunk, Sessions.at(chunk.bursts, THRESHOLD), WINDOW)
    assert found[1] == ABSENT  # nobody returns from the last session
    return int(chunk.touches.element[found[0]]) if found[0] != ABSENT else 0


def test_the_habit_is_the_most_used_element_of_the_window() -> None:
    assert habit_of([(1, 300, 9), (1, 399, 9), (2, 400, 3), (3, 500, 2), (3, 501, 9)]) == 2
    assert habit_of([(2, 400, 1), (1, 450, 3), (2, 500, 3)]) == 2
    assert habit_of([(2, 400, 3), (1, 450, 3)]) == 1  # ties to the latest
    assert habit_of([(2, 399, 3)]) == 0
    assert habit_of([]) == 0


def test_a_log_without_elements_has_no_habit() -> None:
    chunk = chunk_of([{}, {"gap_us": THRESHOLD + 1}])
    assert habits(chunk, Sessions.at(chunk.bursts, THRESHOLD), WINDOW).tolist() == [ABSENT, ABSENT]
