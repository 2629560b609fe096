"""Task ends that may be a machine's: figures with and without them, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factories.streams import HOUR, MINUTE, SECOND, contents_of, steps_of

from resume_gap.quality import task_ends
from resume_gap.quality.comparison import RowsLeftOut, SampleMeasurement, WithAndWithout
from resume_gap.quality.resampling import Resampling
from resume_gap.quality.small_groups import EventNames
from resume_gap.quality.task_ends import doubtful_ends, task_end_checks
from resume_gap.sources.role_bits import COMPLETING, PRODUCTIVE

if TYPE_CHECKING:
    import pytest

    from resume_gap.results.common import Check

NAMES = ("edit", "tiles_done", "task_done", "scan_done")
BOTH = PRODUCTIVE | COMPLETING
STEPS = steps_of({1: [(n * HOUR + k * SECOND, k << 32) for n in range(3) for k in (1, 2, 3, 2)]})


def sampled(roles: tuple[int, ...] = (PRODUCTIVE, BOTH, BOTH, 0)) -> SampleMeasurement:
    resampling = Resampling(contents_of(roles), 1, 30 * MINUTE, None, all_returns=False)
    shown = EventNames(users={"tiles_done": frozenset(range(9))})
    return SampleMeasurement([STEPS], NAMES, shown, 0.0, resampling)


def checks(
    monkeypatch: pytest.MonkeyPatch, *, after: float, suggested: bool = True
) -> tuple[list[Check], list[list[bool]]]:
    """What is said when 10 interruptions are `after` without the rows; and which rows these are."""
    rows: list[list[bool]] = []

    def measured(_: object, of: SampleMeasurement, left_out: RowsLeftOut) -> WithAndWithout:
        rows.append(left_out(of.sample[0]).tolist())
        return WithAndWithout({"interruptions_with": 10, "interruptions_without": after})

    monkeypatch.setattr(task_ends, "compared", measured)
    found = task_end_checks(None, sampled(), suggested=suggested)  # type: ignore[arg-type]
    return found, rows


def test_only_names_that_leave_it_open_are_doubted() -> None:
    assert doubtful_ends(sampled()) == (2,)
    assert doubtful_ends(sampled((PRODUCTIVE, BOTH, BOTH, BOTH))) == (2, 4)
    assert doubtful_ends(sampled((PRODUCTIVE, PRODUCTIVE, BOTH, 0))) == ()


def test_figures_without_them_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    (check,), (rows,) = checks(monkeypatch, after=11)
    assert (check.check, check.count, check.share) == ("doubtful_task_ends", 6, 0.5)
    assert check.names == ("tiles_done",)
    assert rows == [False, True, False, True] * 3


def test_no_word_where_nothing_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks(monkeypatch, after=10.9)[0] == []


def test_configured_roles_are_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks(monkeypatch, after=20, suggested=False) == ([], [])
