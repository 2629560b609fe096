"""Elements touched before anybody is there: the limits of the rule, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.streams import HOUR, MINUTE, SECOND, contents_of, steps_of

from resume_gap import constants
from resume_gap.quality import early_touches as module
from resume_gap.quality.comparison import RowsLeftOut, SampleMeasurement, WithAndWithout
from resume_gap.quality.early_touches import (
    EarlyTouches,
    early_touch_checks,
    early_touches,
    is_by_itself,
)
from resume_gap.quality.resampling import Resampling
from resume_gap.quality.small_groups import EventNames
from resume_gap.sources.role_bits import PRODUCTIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resume_gap.results.common import Check

VIEW, EDIT = (n << 32 for n in (1, 2))
CONTENTS = contents_of([0, PRODUCTIVE])
AIM = 4
STOPPED = [(0, EDIT + 1), (9, EDIT + AIM), (20, VIEW)]
"""A visit whose last element is `AIM`."""


def visits(*back: tuple[float, int]) -> list[tuple[int, int]]:
    later = [(HOUR + round(at * SECOND), content) for at, content in back]
    return [(at * SECOND, content) for at, content in STOPPED] + later


@pytest.mark.parametrize(
    ("back", "found"),
    [
        ([(0, VIEW + AIM), (9, VIEW + 2), (30, EDIT + AIM)], (1, 1, 1, 1)),
        ([(0, VIEW), (1.9, VIEW + AIM), (9, VIEW + 2), (30, EDIT + AIM)], (1, 1, 1, 1)),
        ([(0, VIEW), (2, VIEW + AIM), (9, VIEW + 2), (30, EDIT + AIM)], (1, 0, 0, 0)),  # found
        ([(0, VIEW + AIM), (30, EDIT + AIM), (31, VIEW + 2)], (1, 1, 1, 0)),  # a place restored
        ([(0, VIEW + AIM), (9, VIEW), (30, EDIT + AIM)], (1, 1, 1, 0)),  # no other element
        ([(0, VIEW + AIM), (9, VIEW + 2), (30, EDIT + 2)], (1, 1, 0, 0)),
        ([(0, VIEW + AIM), (9, VIEW + 2)], (1, 1, 0, 0)),  # no work
        ([(0, VIEW + AIM), (9, VIEW + 2), (30, EDIT)], (1, 1, 0, 0)),  # work at no element
        ([(0, EDIT + AIM), (9, VIEW + 2), (30, EDIT + AIM)], (1, 0, 0, 0)),  # work at once
        ([(0, VIEW + 2), (1, EDIT + 3), (1.5, VIEW + AIM)], (1, 0, 0, 0)),
        ([], (0, 0, 0, 0)),
    ],
)
def test_one_return(back: Sequence[tuple[float, int]], found: tuple[int, int, int, int]) -> None:
    steps = steps_of({7: visits(*back)})
    assert early_touches([steps], CONTENTS, threshold_us=30 * MINUTE) == found


def test_the_session_before_says_where_people_stopped() -> None:
    nowhere = [*visits((0, VIEW)), (2 * HOUR, VIEW + AIM)]
    twice = {1: nowhere, 2: visits((0, VIEW + AIM))}
    found = early_touches([steps_of(twice)], CONTENTS, threshold_us=30 * MINUTE)
    assert found == (2, 1, 0, 0)
    assert early_touches([], CONTENTS, threshold_us=MINUTE) == (0, 0, 0, 0)


@pytest.mark.parametrize(("resolution", "returns"), [(0, 1), (1, 1), (2, 0)])
def test_coarse_stamps_say_nothing(resolution: int, returns: int) -> None:
    steps = steps_of({1: visits((0, VIEW + AIM))}, resolution=np.array([resolution]))
    assert early_touches([steps], CONTENTS, threshold_us=30 * MINUTE).returns == returns


def test_the_limits() -> None:
    assert is_by_itself(EarlyTouches(returns=1_000, early=300, there=50, astray=25))
    assert not is_by_itself(EarlyTouches(returns=1_001, early=300, there=50, astray=25))
    assert not is_by_itself(EarlyTouches(returns=1_000, early=300, there=49, astray=49))
    assert not is_by_itself(EarlyTouches(returns=1_000, early=300, there=50, astray=24))


SAME = {"returns_with": 10, "returns_without": 10}
MOVED = SAME | {"returns_without": 20}


def checks(
    monkeypatch: pytest.MonkeyPatch, both: WithAndWithout, *, timer: bool = False
) -> list[Check]:
    """Sixty returns to an element that is loaded, and other work."""

    def measured(_: object, of: SampleMeasurement, left_out: RowsLeftOut) -> WithAndWithout:
        (steps,) = of.sample
        rows = left_out(steps)
        assert rows.sum() == 60
        assert set(steps.content[rows].tolist()) == {VIEW + AIM}
        return both

    monkeypatch.setattr(module, "compared", measured)
    one = visits((0, VIEW + AIM), (9, VIEW + 2), (30, EDIT + AIM))
    resampling = Resampling(CONTENTS, 1, HOUR // 2, None, all_returns=False)
    sampled = SampleMeasurement(
        [steps_of(dict.fromkeys(range(1, 61), one))],
        ("view", "edit"),
        EventNames(users={}),
        0.0,
        resampling,
        is_sent_on_timer=timer,
    )
    return early_touch_checks(None, sampled)  # type: ignore[arg-type]


def test_early_touches_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    (check,) = checks(monkeypatch, WithAndWithout(MOVED))
    assert (check.check, check.count, check.share) == ("touched_at_once", 60, 1)
    assert check.figures == MOVED | {"astray_share": 1}
    (check,) = checks(monkeypatch, WithAndWithout(SAME, ("do_not_build", "build")))
    assert check.words == ("do_not_build", "build")


def test_what_changes_nothing_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks(monkeypatch, WithAndWithout(SAME, ("test", "test"))) == []


def test_stamps_of_sending_and_people_who_find_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks(monkeypatch, WithAndWithout(MOVED), timer=True) == []
    few = constants.EARLY_ASTRAY._replace(value=1.01)
    monkeypatch.setattr(constants, "EARLY_ASTRAY", few)
    assert checks(monkeypatch, WithAndWithout(MOVED)) == []
