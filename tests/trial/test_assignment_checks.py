"""Checks of who was assigned to which arm, at their limits."""

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import polars as pl
import pytest
from factories.made_trials import Back, assigned, evidence, made_trial
from scipy import stats

from resume_gap.constants import HISTORY_DAYS
from resume_gap.report.text import trust
from resume_gap.trial.assignment_checks import (
    assigned_late,
    assigned_ratio,
    both_arms,
    log_begins_late,
    triggered_ratio,
    unknown_users,
    unusable_assignments,
)
from resume_gap.units import DAY_US

if TYPE_CHECKING:
    from resume_gap.trial.evidence import Evidence


@pytest.mark.parametrize(
    ("both", "status"),
    [(0, "passed"), (10, "passed"), (11, "warned"), (50, "warned"), (51, "failed")],
)
def test_users_in_both_arms(both: int, status: str) -> None:
    kept = 1_000 - both
    half = both // 2
    seen = SimpleNamespace(
        assigned=SimpleNamespace(both_arms=both, both_first=(half, both - half)),
        trial=SimpleNamespace(assigned=(kept // 2, kept - kept // 2)),
    )
    found = both_arms(cast("Evidence", seen))
    assert found.status == status
    assert found.figures["users"] == both
    assert ("login" in trust.found(found)) == (status == "failed")


@pytest.mark.parametrize(
    ("first", "code", "status"),
    [
        ((0, 10), "some", "passed"),  # p = 0.0019
        ((0, 11), "from_one_arm", "failed"),  # p = 0.0009
        ((11, 0), "from_one_arm", "failed"),
        ((5, 16), "some", "warned"),
        ((0, 0), "some", "warned"),  # Two variants at one instant each.
    ],
)
def test_users_who_changed_from_one_arm_are_no_random_part(
    first: tuple[int, int], code: str, status: str
) -> None:
    trial = made_trial([False] * 500 + [True] * 500, [])
    who = assigned(both_arms=sum(first) or 11, both_first=first)
    found = both_arms(evidence(trial, assigned=who))
    assert (found.code, found.status) == (code, status)
    assert (found.figures["control"], found.figures["treatment"]) == first
    assert ("first assignment" in trust.found(found)) == (status == "failed")


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


@pytest.mark.parametrize(
    ("sham", "share", "status"), [(100, 1.0, "passed"), (45, 1.0, "failed"), (45, 0.5, "passed")]
)
def test_the_arms_are_as_intended_with_a_sham_among_them(
    sham: int, share: float, status: str
) -> None:
    """Control and treatment are even; a third arm that is too small is a mismatch all the same."""
    trial = made_trial([False] * 100 + [True] * 100, [])
    who = assigned(sham="random", sham_users=sham)
    seen = evidence(trial, assigned=who, allocation=(1.0, 1.0), sham_share=share)
    found = assigned_ratio(seen)
    assert found.status == status
    whole = 200 + sham
    intended = [whole * part / (2 + share) for part in (1, 1, share)]
    assert found.p == pytest.approx(stats.chisquare([100, 100, sham], intended).pvalue)
    assert f"100 to treatment, {sham} to the sham" in trust.found(found)
    assert f"intended 1 to 1 to {share:g}" in trust.found(found)
    by_unit = evidence(
        replace(trial, by_unit=True), assigned=who, allocation=(1.0, 1.0), sham_share=share
    )
    assert "sham" not in assigned_ratio(by_unit).figures


def test_the_intended_shares_count() -> None:
    trial = made_trial([False] * 150 + [True] * 50, [])
    assert assigned_ratio(evidence(trial, allocation=(0.75, 0.25))).status == "passed"
    assert assigned_ratio(evidence(trial)).status == "failed"
    figures = assigned_ratio(evidence(trial, allocation=(0.75, 0.25))).figures
    assert (figures["control"], figures["treatment"]) == (150, 50)
    assert (figures["intended_control"], figures["intended_treatment"]) == (0.75, 0.25)


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
    assert found.figures["share"] == sum(absent) / 200


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
    assert found.figures == {
        "rows": rows,
        "of": 200,
        "share": rows / 200,
        "control": lost[0],
        "treatment": lost[1],
    }
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
    assert found.figures == {
        "control": late[0],
        "treatment": late[1],
        "users": sum(late),
        "moved": 7,
    }


SPAN = round(HISTORY_DAYS.value * DAY_US)
THRESHOLD = 1_800_000_000


@pytest.mark.parametrize(
    ("before", "code", "status", "blind", "close"),
    [
        # Two of four are no more than half.
        ((THRESHOLD, THRESHOLD, SPAN + 1, SPAN + 1), "in_time", "passed", 2, 2),
        ((SPAN, SPAN, SPAN + 1, SPAN + 1), "in_time", "passed", 0, 2),
        ((THRESHOLD, THRESHOLD, THRESHOLD, SPAN + 1), "at_assignment", "warned", 3, 3),
        ((THRESHOLD, THRESHOLD, THRESHOLD + 1, SPAN + 1), "short_history", "warned", 2, 3),
        ((SPAN, SPAN, SPAN, SPAN + 1), "short_history", "warned", 0, 3),
        ((SPAN + 1,) * 4, "in_time", "passed", 0, 0),
    ],
)
def test_a_log_that_begins_with_the_trial_misses_first_returns(
    before: tuple[int, ...], code: str, status: str, blind: int, close: int
) -> None:
    found = log_begins_late(seen_before(before))
    assert (found.code, found.status) == (code, status)
    assert found.figures == {"blind": blind, "close": close, "users": 4}


def seen_before(before: tuple[int, ...] = (SPAN + 1,), **more: object) -> "Evidence":
    """Users assigned so long after the beginning of the log."""
    users = {"assigned_us": [5 + one for one in before], "has_history": [True for _ in before]}
    known = pl.DataFrame(users, schema={"assigned_us": pl.Int64, "has_history": pl.Boolean})
    facts: dict[str, object] = {
        "in_log": known,
        "new_users": False,
        "no_history": False,
        "log_first_us": 5,
        "threshold_us": THRESHOLD,
    }
    return cast("Evidence", SimpleNamespace(**facts | more))


def test_what_came_before_a_trial_is_not_always_asked() -> None:
    def found(**more: object) -> tuple[str, str]:
        check = log_begins_late(seen_before(**more))
        return check.code, check.status

    assert found() == ("in_time", "passed")
    assert found(new_users=True) == ("new_users", "not_checked")
    assert found(log_first_us=None) == ("own_clocks", "not_checked")
    assert found(in_log=seen_before().in_log.clear()) == ("own_clocks", "not_checked")
    nothing = log_begins_late(seen_before(no_history=True, log_first_us=None))
    assert (nothing.code, nothing.status) == ("no_history", "warned")
    assert nothing.figures == {"users": 1, "without": 0}
