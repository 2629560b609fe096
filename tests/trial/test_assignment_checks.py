"""Checks of who was assigned to which arm, at their limits."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from factories.made_trials import Back, assigned, evidence, made_trial
from scipy import stats

from resume_gap.report.text import trust
from resume_gap.trial.assignment_checks import (
    assigned_late,
    assigned_ratio,
    both_arms,
    triggered_ratio,
    unknown_users,
    unusable_assignments,
)

if TYPE_CHECKING:
    from resume_gap.trial.evidence import Evidence


@pytest.mark.parametrize(
    ("both", "status"),
    [(0, "passed"), (10, "passed"), (11, "warned"), (50, "warned"), (51, "failed")],
)
def test_users_in_both_arms(both: int, status: str) -> None:
    kept = 1_000 - both
    seen = SimpleNamespace(
        assigned=SimpleNamespace(both_arms=both),
        trial=SimpleNamespace(assigned=(kept // 2, kept - kept // 2)),
    )
    found = both_arms(cast("Evidence", seen))
    assert found.status == status
    assert found.figures["users"] == both
    assert ("login" in trust.found(found)) == (status == "failed")


@pytest.mark.parametrize(
    ("control", "treatment", "code", "status"),
    [
        (100, 100, "as_intended", "passed"),
        (120, 80, "as_intended", "passed"),  # p = 0.005
        (125, 75, "sample_ratio_mismatch", "failed"),  # p = 0.0004
        (100, 0, "one_arm_only", "failed"),
        (0, 3, "one_arm_only", "failed"),
    ],
)
def test_users_assigned_to_each_arm(control: int, treatment: int, code: str, status: str) -> None:
    trial = made_trial([False] * control + [True] * treatment, [])
    found = assigned_ratio(evidence(trial))
    assert (found.code, found.status) == (code, status)
    assert found.figures["control"] == control
    assert found.figures["treatment"] == treatment
    assert found.p == pytest.approx(stats.chisquare([control, treatment]).pvalue)


def test_the_intended_shares_count() -> None:
    trial = made_trial([False] * 150 + [True] * 50, [])
    assert assigned_ratio(evidence(trial, allocation=(0.75, 0.25))).status == "passed"
    assert assigned_ratio(evidence(trial)).status == "failed"


def test_users_who_came_back_in_each_arm() -> None:
    arms = [False] * 40 + [True] * 40
    backs = [Back(user, 5.0) for user in range(40)] + [Back(40, 5.0)]
    found = triggered_ratio(evidence(made_trial(arms, backs)))
    assert (found.code, found.status) == ("sample_ratio_mismatch", "failed")
    assert (found.figures["control"], found.figures["treatment"]) == (40, 1)
    nobody = triggered_ratio(evidence(made_trial(arms, [])))
    assert (nobody.code, nobody.status, nobody.p) == ("nobody", "not_checked", None)
    alone = triggered_ratio(evidence(made_trial([False] * 3, [Back(0, 5.0)])))
    assert (alone.code, alone.status, alone.p) == ("not_compared", "not_checked", None)


@pytest.mark.parametrize(
    ("absent", "alike", "code", "status"),
    [
        ((0, 0), 0, "none", "passed"),
        ((5, 5), 0, "some", "passed"),  # 5 %
        ((5, 6), 0, "some", "warned"),
        ((1, 1), 1, "some", "warned"),  # some differ by case only
        ((0, 20), 0, "uneven", "failed"),
        ((50, 50), 0, "uneven", "failed"),
        ((51, 50), 0, "most", "failed"),
    ],
)
def test_assigned_users_without_an_event(
    absent: tuple[int, int], alike: int, code: str, status: str
) -> None:
    sizes = (100, 100) if absent != (50, 50) else (50, 150)
    missing = [user < absent[0] for user in range(sizes[0])]
    missing += [user < absent[1] for user in range(sizes[1])]
    trial = made_trial(
        [False] * sizes[0] + [True] * sizes[1],
        [],
        user_no=[None if gone else n for n, gone in enumerate(missing)],
    )
    found = unknown_users(evidence(trial, assigned=assigned(alike=alike)))
    assert (found.code, found.status) == (code, status)
    assert found.figures["users"] == sum(absent)
    assert (found.figures["control"], found.figures["treatment"]) == absent
    assert (found.figures["assigned"], found.figures["alike"]) == (200, alike)


@pytest.mark.parametrize(
    ("lost", "rows", "status"),
    [
        ((0, 0), 0, "passed"),
        ((1, 1), 2, "passed"),
        ((1, 2), 3, "warned"),
        ((0, 12), 12, "failed"),
        ((21, 20), 41, "failed"),
    ],
)
def test_assignments_that_cannot_be_read(lost: tuple[int, int], rows: int, status: str) -> None:
    trial = made_trial([False] * 100 + [True] * 100, [])
    who = assigned(rows=200, without_time=rows, lost=lost)
    found = unusable_assignments(evidence(trial, assigned=who))
    assert (found.code, found.status) == ("some" if rows else "none", status)
    assert (found.figures["rows"], found.figures["of"]) == (rows, 200)
    assert (found.p is None) == (rows == 0)


@pytest.mark.parametrize(
    ("late", "status", "code"),
    [
        ((0, 0), "passed", "none"),
        ((2, 3), "passed", "few"),
        ((3, 3), "warned", "late"),
        ((10, 10), "warned", "late"),
        ((10, 11), "failed", "late"),
        ((0, 12), "failed", "late"),
    ],
)
def test_users_assigned_on_their_way_back(late: tuple[int, int], status: str, code: str) -> None:
    flags = [user < late[0] for user in range(50)] + [user < late[1] for user in range(50)]
    trial = made_trial([False] * 50 + [True] * 50, [], is_late=flags)
    found = assigned_late(evidence(trial, moved=7))
    assert (found.code, found.status) == (code, status)
    assert (found.figures["users"], found.figures["moved"]) == (sum(late), 7)
