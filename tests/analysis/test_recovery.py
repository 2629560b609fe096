"""Recovery against a slow reference, one session after the other, on rows written by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random
from statistics import median, quantiles
from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.streams import MINUTE, SECOND, steps_of

from resume_gap.analysis.recovery import recovery
from resume_gap.pipeline.contents import Contents
from resume_gap.results.analyze import Recovery
from resume_gap.sources.role_bits import PRODUCTIVE

if TYPE_CHECKING:
    from resume_gap.pipeline.steps import Steps

THETA = 5 * MINUTE
EDIT, VIEW = 1 << 32, 2 << 32
NOTHING = np.zeros(1, dtype=np.int64)
CONTENTS = Contents(
    kind_roles=np.array([0, PRODUCTIVE, 0]),
    kind_event=np.array([0, 1, 2]),
    label_element=NOTHING,
    label_context=NOTHING,
    label_task=NOTHING,
)

Session = list[tuple[int, bool]]
"""(instant, productive) of each event."""
People = dict[int, list[Session]]


def people_steps(people: People) -> Steps:
    """Sessions of a person one after the other."""
    return steps_of(
        {
            no: [
                (at, EDIT if productive else VIEW)
                for session in sessions
                for at, productive in session
            ]
            for no, sessions in people.items()
        }
    )


def returns_of(people: People) -> set[tuple[int, int]]:
    """Stream and instant of every return."""
    return {(no, session[0][0]) for no, sessions in people.items() for session in sessions[1:]}


def found(people: People, *, resolution: float = 0.0, **more: set[tuple[int, int]]) -> Recovery:
    returns = more.get("returns", returns_of(people))
    return recovery(
        [people_steps(people)],
        CONTENTS,
        np.array(sorted(returns)).reshape(-1, 2),
        threshold_us=THETA,
        resolution_seconds=resolution,
    )


def plain(people: People, returns: set[tuple[int, int]]) -> Recovery:
    """Session by session, step by step."""
    paces, after = {}, []
    for no, sessions in people.items():
        steady = []
        for session in sessions:
            work = [at for at, productive in session if productive]
            lengths = [later - earlier for earlier, later in pairwise(work)]
            steady += lengths[20:]
            if (no, session[0][0]) in returns:
                after.append((no, lengths[:20]))
        if len(steady) >= 20 and median(steady) > 0:
            paces[no] = median(steady)
    expected, ends = [], []
    for place in range(20):
        relative = [
            lengths[place] / paces[no]
            for no, lengths in after
            if no in paces and len(lengths) > place
        ]
        if len(relative) >= 25:
            expected.append((place + 1, median(relative), len(relative)))
            lower, _, upper = quantiles(relative, n=4, method="inclusive")
            ends.append((place + 1, lower, upper))
    return Recovery(
        reason=None,
        steady_seconds=median(paces.values()) / SECOND,
        interruptions=expected[0][2],
        steps=tuple(expected),
        quartiles=tuple(ends),
    )


def session(begin: int, lengths: list[int], *, views: bool = False) -> Session:
    """Productive events so many seconds apart, a view between any two if wanted."""
    rows = [(begin, True)]
    for length in lengths:
        if views:
            rows.append((rows[-1][0] + 1, False))
        rows.append((rows[-1 - views][0] + length * SECOND, True))
    return rows


def steady_person(begin: int, *, pace: int, first: int, sessions: int) -> list[Session]:
    """Takes `first` seconds for the first step after every pause and `pace` for all others."""
    return [
        session(begin + k * 3600 * SECOND, [first, *[pace] * 30], views=True)
        for k in range(sessions)
    ]


def random_people(seed: int) -> People:
    draw = Random(seed)  # noqa: S311 - a test log is no secret
    people: People = {}
    for no in range(1, 16):
        begin, sessions = draw.randrange(MINUTE), []
        for _ in range(draw.randrange(4, 10)):
            rows = []
            for _ in range(draw.randrange(1, 90)):
                rows.append((begin, draw.random() < 0.7))
                begin += draw.choice([0, 1, 3, 17, 200]) * SECOND // 2
            sessions.append(rows)
            begin = rows[-1][0] + THETA + draw.randrange(1, 3600 * SECOND)
        people[2 * no] = sessions
    return people


@pytest.mark.parametrize("seed", range(5))
def test_recovery_equals_the_plain_reference(seed: int) -> None:
    people = random_people(seed)
    chosen = {one for k, one in enumerate(sorted(returns_of(people))) if k % 5}
    mine, theirs = found(people, returns=chosen), plain(people, chosen)
    assert len(theirs.steps) == 20
    assert mine.steady_seconds == pytest.approx(theirs.steady_seconds)
    assert mine.interruptions == theirs.interruptions
    assert [(p, n) for p, _, n in mine.steps] == [(p, n) for p, _, n in theirs.steps]
    assert [x for _, x, _ in mine.steps] == pytest.approx([x for _, x, _ in theirs.steps])


def test_the_slow_first_step_is_seen_and_the_rest_is_steady() -> None:
    people = {no: steady_person(no, pace=4, first=12, sessions=14) for no in (1, 2)}
    expected = found(people)
    assert expected == plain(people, returns_of(people))
    assert expected.steady_seconds == 4
    assert expected.interruptions == 26
    assert expected.steps == ((1, 3.0, 26), *((place, 1.0, 26) for place in range(2, 21)))


def test_everybody_is_held_against_their_own_pace() -> None:
    people = {
        1: steady_person(1, pace=2, first=4, sessions=14),
        2: steady_person(2, pace=20, first=40, sessions=14),
    }
    assert found(people).steps[0] == (1, 2.0, 26)


def test_only_sessions_after_an_interruption_count() -> None:
    people = {
        1: steady_person(1, pace=4, first=12, sessions=14),
        2: steady_person(2, pace=4, first=400, sessions=14),
    }
    people[2] = [[*rows[:1], *rows[3:]] for rows in people[2]]  # no slow step, just fewer
    returns = {one for one in returns_of(people) if one[0] == 1} | {(2, 5)}
    assert found(people, returns=returns).reason == "too_few_steps"


def test_stamps_coarser_than_half_the_steady_pace_say_nothing() -> None:
    people = {no: steady_person(no, pace=4, first=12, sessions=14) for no in (1, 2)}
    assert found(people, resolution=2).reason is None
    coarse = found(people, resolution=2.1)
    assert (coarse.reason, coarse.steady_seconds, coarse.steps) == ("too_coarse", 4, ())


def test_too_few_steps_or_interruptions_say_nothing() -> None:
    nobody = found({1: [session(0, [4] * 39)]}, returns={(1, 0)})
    assert (nobody.reason, nobody.steady_seconds) == ("too_few_steps", None)  # 19 steady steps
    one = found({1: [session(0, [4] * 40)]}, returns={(1, 0)})
    assert (one.reason, one.steady_seconds) == ("too_few_steps", 4)  # 20, but one interruption
    few = {no: steady_person(no, pace=4, first=12, sessions=13) for no in (1, 2)}
    assert found(few).reason == "too_few_steps"  # 24 interruptions
    assert found(few, returns=set()).reason == "too_few_steps"


def test_without_work_there_is_no_pace() -> None:
    idle = {1: [[(0, False), (SECOND, False)], [(THETA * 3, False)]]}
    assert found(idle).reason == "too_few_steps"


def test_the_sample_may_come_in_parts() -> None:
    people = {no: steady_person(no, pace=4, first=12, sessions=14) for no in (1, 2)}
    parts = [people_steps({no: sessions}) for no, sessions in people.items()]
    returns = np.array(sorted(returns_of(people)))
    expected = recovery(parts, CONTENTS, returns, threshold_us=THETA, resolution_seconds=0)
    assert expected == found(people)


def test_numbered_minute_stamps_are_cut_where_the_threshold_cuts_them() -> None:
    """Floored for gaps: five minutes and a second on the clock are no gap longer than five."""
    numbered = [(n * (THETA + SECOND), True) for n in range(42)]
    steps = people_steps({1: [numbered]})
    indexed = replace(steps, indexed=np.array([True]))
    given = {"threshold_us": THETA, "resolution_seconds": 0.0}
    returns = np.array([[1, 0]])
    assert recovery([steps], CONTENTS, returns, **given).steady_seconds is None
    assert recovery([indexed], CONTENTS, returns, **given).steady_seconds == 301
