"""Returns without a marker and another method can withhold a roll-out's result."""

from __future__ import annotations

import pytest

from resume_gap.comparison.staggered import OtherMethod, RolledOut
from resume_gap.comparison.unit_checks import (
    control_rollout,
    second_opinion,
    units_compared,
    weeks_before,
)
from resume_gap.results.compare import HorizonEffect, SecondEstimate
from resume_gap.stats.before_launch import BeforeLaunch
from resume_gap.stats.imputation import RolloutEffect

CONTROL = HorizonEffect(horizon_days=None, estimate=-1.5, placebos=999)


@pytest.mark.parametrize(
    ("p", "code", "status"),
    [(0.05, "jumps", "failed"), (0.06, "may_jump", "warned"), (0.2, "steady", "passed")],
)
def test_a_control_that_changes_with_the_units_is_no_control(
    p: float, code: str, status: str
) -> None:
    changed = HorizonEffect(horizon_days=None, estimate=-1.5, placebos=999, p=p)
    found = control_rollout(changed, has_control=True)
    assert (found.code, found.status, found.p) == (code, status, p)
    assert found.figures == {"seconds": -1.5, "orders": 999}


@pytest.mark.parametrize(("has_control", "code"), [(True, "too_short"), (False, "no_control")])
def test_without_a_rank_nothing_is_checked(has_control: bool, code: str) -> None:
    found = control_rollout(CONTROL, has_control=has_control)
    assert (found.code, found.status) == (code, "not_checked")


@pytest.mark.parametrize(
    ("is_parted", "code", "status"), [(True, "parted", "failed"), (False, "agrees", "passed")]
)
def test_methods_that_part_leave_no_verdict_and_no_figure(
    is_parted: bool, code: str, status: str
) -> None:
    estimate = SecondEstimate(estimate=-20.0, ci_lower=-30.0, ci_upper=-10.0)
    found = second_opinion(OtherMethod(estimate, is_parted=is_parted))
    assert (found.code, found.status, found.figures) == (code, status, {})


def test_a_method_that_was_not_asked_says_why() -> None:
    look = OtherMethod(SecondEstimate(reason="not_installed"), is_parted=False)
    assert (second_opinion(look).code, second_opinion(look).status) == (
        "not_installed",
        "not_checked",
    )


def rolled(estimate: float, before: BeforeLaunch | None) -> RolledOut:
    found = RolloutEffect(
        estimate, None, None, 0.01, 999, 0.001, 20, 10, 0, (), (), "", before=before
    )
    return RolledOut(CONTROL, (), 20, 10, 0, found=found)


@pytest.mark.parametrize(
    ("seconds", "p", "code", "status"),
    [
        (14.0, 0.05, "other_side", "failed"),
        (14.0, 0.051, "usual", "passed"),
        (-14.0, 0.05, "same_side", "warned"),
        (-14.0, 0.051, "usual", "passed"),
    ],
)
@pytest.mark.parametrize("side", [1, -1])
def test_units_off_before_their_launch_away_from_the_change_withhold_it(
    seconds: float, p: float, code: str, status: str, side: int
) -> None:
    found = weeks_before(rolled(-20.0 * side, BeforeLaunch(seconds * side, p)))
    assert (found.code, found.status, found.p) == (code, status, p)
    assert found.figures == {"seconds": seconds * side, "weeks": 2, "orders": 999}


def test_where_nothing_is_known_of_the_weeks_before_nothing_is_checked() -> None:
    found = weeks_before(rolled(-20.0, None))
    assert (found.code, found.status, found.p) == ("too_few", "not_checked", None)


@pytest.mark.parametrize(("left_out", "code"), [(0, "most"), (20, "most"), (21, "few")])
def test_more_units_left_out_than_compared_are_a_warning(left_out: int, code: str) -> None:
    rolled = RolledOut(CONTROL, (), 20, 10, left_out, found=None)  # type: ignore[arg-type]
    found = units_compared(rolled)
    assert found.code == code
    assert found.status == {"most": "passed", "few": "warned"}[code]
    assert found.figures == {"units": 20, "of": 20 + left_out}
