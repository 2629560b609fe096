"""Events at elements that a page shows: the limits of the rule, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.streams import HOUR, MINUTE, SECOND, contents_of, steps_of

from resume_gap.quality import impressions as module
from resume_gap.quality.comparison import RowsLeftOut, SampleMeasurement, WithAndWithout
from resume_gap.quality.impressions import Shown, impression_checks, impressions, shown
from resume_gap.quality.resampling import Resampling
from resume_gap.quality.small_groups import EventNames
from resume_gap.sources.role_bits import PRODUCTIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resume_gap.results.common import Check

VIEW, EDIT, SHOWN = (n << 32 for n in (1, 2, 3))
CONTENTS = contents_of([0, PRODUCTIVE, 0])
TWO, THREE = (2, 0.4), (3, 0.5)


@pytest.mark.parametrize(
    ("rows", "many", "together"),
    [
        ([(1, 0), TWO, THREE], 3, 3),
        ([(1, 0), TWO, THREE, (4, 0.99), (5, 9)], 5, 4),
        ([(1, 0), TWO, (3, 1)], 3, 0),  # a whole second
        ([(1, 0), TWO, (1, 0.5)], 3, 0),  # to and fro
        ([(1, 0), (1, 0.2), TWO, THREE], 4, 3),  # the first is the second again
        ([(1, 0), TWO], 2, 0),
        ([(0, 0), (0, 0.1), (0, 0.2)], 0, 0),  # without elements
        ([], 0, 0),
    ],
)
def test_runs_of_elements(rows: Sequence[tuple[int, float]], many: int, together: int) -> None:
    stream = [(round(at * SECOND), SHOWN + element) for element, at in rows]
    found = shown([steps_of({1: [*stream, (MINUTE, VIEW)]})], CONTENTS)
    assert (found.rows[3], found.together[3]) == (many, together)


def test_other_names_lie_between_and_other_streams_do_not_count() -> None:
    first = [(0, SHOWN + 1), (1, VIEW + 9), (2, SHOWN + 2), (3, EDIT + 1), (4, SHOWN + 3)]
    work = [(10 * SECOND, EDIT + n) for n in range(4, 9)]
    found = shown([steps_of({1: [*first, *work], 2: [(5, SHOWN + 4)]})], CONTENTS)
    assert (found.rows.tolist(), found.together.tolist()) == ([0, 1, 0, 4], [0, 0, 0, 3])


@pytest.mark.parametrize(("resolution", "many"), [(0, 3), (1, 3), (2, 0), (60, 0)])
def test_coarse_stamps_say_nothing(resolution: int, many: int) -> None:
    rows = [(0, SHOWN + n) for n in range(1, 4)]
    steps = steps_of({1: rows}, resolution=np.array([resolution]))
    assert shown([steps], CONTENTS).together[3] == many


def test_the_limits() -> None:
    def of(rows: int, together: int) -> tuple[int, ...]:
        return impressions(Shown(np.array([0, rows]), np.array([0, together])))

    assert of(50, 15) == (1,)
    assert of(50, 14) == ()
    assert of(49, 49) == ()
    assert of(0, 0) == ()


def checks(
    monkeypatch: pytest.MonkeyPatch, both: WithAndWithout, *, timer: bool = False
) -> list[Check]:
    def measured(_: object, of: SampleMeasurement, left_out: RowsLeftOut) -> WithAndWithout:
        assert left_out(of.sample[0]).sum() == 60
        return both

    monkeypatch.setattr(module, "compared", measured)
    rows = [(n * HOUR + k, SHOWN + k) for n in range(20) for k in (1, 2, 3)]
    rows += [(30 * HOUR + n * MINUTE, VIEW + 1) for n in range(60)]
    resampling = Resampling(CONTENTS, 1, HOUR // 2, None, all_returns=False)
    names = EventNames(users={"shown": frozenset(range(9))})
    sampled = SampleMeasurement(
        [steps_of({1: rows})],
        ("view", "edit", "shown"),
        names,
        0.0,
        resampling,
        is_sent_on_timer=timer,
    )
    return impression_checks(None, sampled)  # type: ignore[arg-type]


SAME = {"returns_with": 10, "returns_without": 10}


def test_a_recommendation_that_differs_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    (check,) = checks(monkeypatch, WithAndWithout(SAME, ("do_not_build", "build")))
    assert (check.check, check.count, check.share) == ("impressions", 60, 0.5)
    assert (check.names, check.figures) == (("shown",), SAME | {"is_moved": 0})
    assert check.words == ("do_not_build", "build")
    (check,) = checks(monkeypatch, WithAndWithout(SAME | {"returns_without": 20}))
    assert check.figures["is_moved"] == 1
    assert checks(monkeypatch, WithAndWithout(SAME, ("test", "test"))) == []


def test_stamps_of_sending_show_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    both = WithAndWithout(SAME, ("do_not_build", "build"))
    assert checks(monkeypatch, both, timer=True) == []


def test_events_of_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "impressions", lambda _: ())
    assert checks(monkeypatch, WithAndWithout(SAME, ("do_not_build", "build"))) == []
