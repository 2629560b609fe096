"""What comes before people have signed in: by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from factories.streams import HOUR, MINUTE, SECOND, contents_of, steps_of

from resume_gap.quality import sign_in as module
from resume_gap.quality.comparison import RowsLeftOut, SampleMeasurement, WithAndWithout
from resume_gap.quality.resampling import Resampling
from resume_gap.quality.sign_in import sign_in_checks, waits
from resume_gap.quality.small_groups import EventNames
from resume_gap.sources.role_bits import PRODUCTIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from resume_gap.results.common import Check

VIEW, EDIT, LOGIN = (n << 32 for n in (1, 2, 3))
CONTENTS = contents_of([0, PRODUCTIVE, 0])
DOORS = np.array([3])


def visits(*back: tuple[float, int]) -> list[tuple[int, int]]:
    """A visit in which somebody signs in and works, and one that is looked at."""
    first = [(0, VIEW), (3 * SECOND, LOGIN), (9 * SECOND, EDIT)]
    return first + [(HOUR + round(at * SECOND), content) for at, content in back]


@pytest.mark.parametrize(
    ("back", "seconds"),
    [
        ([(0, VIEW), (20, LOGIN), (30, EDIT)], [20]),
        ([(0, LOGIN), (20, VIEW), (30, EDIT)], []),  # nothing comes before
        ([(0, LOGIN), (7, LOGIN), (30, EDIT)], [7]),  # a second attempt
        ([(0, VIEW), (20, LOGIN)], [20]),
        ([(0, VIEW), (9, EDIT), (20, LOGIN)], []),  # at work by then
        ([(0, VIEW), (9, EDIT)], []),
        ([], []),
    ],
)
def test_one_return(back: Sequence[tuple[float, int]], seconds: Sequence[int]) -> None:
    found = waits([steps_of({7: visits(*back)})], CONTENTS, DOORS, threshold_us=30 * MINUTE)
    assert found.tolist() == [at * SECOND for at in seconds]


def test_nothing_is_found_where_nothing_is() -> None:
    assert waits([], CONTENTS, DOORS, threshold_us=MINUTE).tolist() == []


SAME = {"returns_with": 10, "returns_without": 10}
MOVED = SAME | {"returns_without": 20}


def checks(
    monkeypatch: pytest.MonkeyPatch, both: WithAndWithout, *, users: int = 20, door: str = "login"
) -> list[Check]:
    def measured(_: object, of: SampleMeasurement, left_out: RowsLeftOut) -> WithAndWithout:
        (steps,) = of.sample
        # Of each return what comes before signing in, and that stays.
        assert np.flatnonzero(left_out(steps)).tolist() == [
            7 * user + place for user in range(users) for place in (3, 4)
        ]
        return both

    monkeypatch.setattr(module, "compared", measured)
    one = visits((0, VIEW), (2, LOGIN), (20, LOGIN), (30, EDIT))
    resampling = Resampling(CONTENTS, 1, HOUR // 2, None, all_returns=False)
    sampled = SampleMeasurement(
        [steps_of(dict.fromkeys(range(1, users + 1), one))],
        ("view", "edit", door),
        EventNames(users={}),
        0.0,
        resampling,
    )
    return sign_in_checks(None, sampled)  # type: ignore[arg-type]


def test_what_comes_before_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    (check,) = checks(monkeypatch, WithAndWithout(MOVED))
    assert (check.check, check.count, check.share) == ("signed_in_late", 20, None)
    assert check.figures == MOVED | {"wait_seconds": 20}
    (check,) = checks(monkeypatch, WithAndWithout(SAME, ("build", "do_not_build")))
    assert check.words == ("build", "do_not_build")


def test_what_changes_nothing_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks(monkeypatch, WithAndWithout(SAME, ("test", "test"))) == []
    assert checks(monkeypatch, WithAndWithout(MOVED), users=19) == []
    assert checks(monkeypatch, WithAndWithout(MOVED), door="help_shown") == []
