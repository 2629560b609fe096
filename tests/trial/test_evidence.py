"""How users of both arms are split by a condition."""

import polars as pl
import pytest
from factories.made_trials import Back, evidence, made_trial
from scipy import stats

from resume_gap.constants import RATIO_ERROR
from resume_gap.trial.evidence import UsersByArm, split_by


def test_a_split_counts_users_of_each_arm() -> None:
    users = pl.DataFrame(
        {
            "is_treated": [False, False, False, True, True],
            "assigned_no": [1, 2, 3, 4, 5],
        }
    )
    found = split_by(users, pl.col("assigned_no").is_in([2, 4, 5]))
    assert found == UsersByArm((1, 2), (2, 0))
    assert found.users == 3
    assert found.share == 3 / 5
    swapped = users.with_columns(~pl.col("is_treated"))
    assert split_by(swapped, pl.col("assigned_no").is_in([2, 4, 5])) == UsersByArm((2, 0), (1, 2))


def test_nobody_has_no_share() -> None:
    found = UsersByArm((0, 0), (0, 0))
    assert (found.users, found.share, found.uneven) == (0, 0.0, False)


@pytest.mark.parametrize(
    ("control", "treatment", "uneven"),
    [((40, 60), (60, 40), False), ((35, 65), (65, 35), True), ((0, 9), (9, 0), True)],
)
def test_uneven_is_what_chance_shows_less_than_once_in_a_thousand(
    control: tuple[int, int], treatment: tuple[int, int], *, uneven: bool
) -> None:
    found = UsersByArm(control, treatment)
    if min(*control, *treatment) > 5:
        expected = stats.chi2_contingency([control, treatment], correction=False).pvalue
        assert found.p == pytest.approx(expected)
    assert found.p is not None
    assert (found.p < RATIO_ERROR.value) == uneven == found.uneven


def test_users_in_the_log_are_those_with_an_event() -> None:
    trial = made_trial([False, True, True], [Back(0, 5.0)], user_no=[7, None, 9])
    assert evidence(trial).in_log["assigned_no"].to_list() == [1, 3]


def test_more_in_treatment_is_one_sided() -> None:
    few, many = (10, 90), (40, 60)
    assert UsersByArm(few, many).more_in_treatment
    assert not UsersByArm(many, few).more_in_treatment
    found = UsersByArm(few, many)
    assert (found.control_share, found.treatment_share) == (0.1, 0.4)
    expected = stats.fisher_exact([few, many], alternative="less").pvalue
    assert found.p_more == pytest.approx(expected, rel=1e-6)
    nobody = UsersByArm((0, 0), (0, 0))
    assert (nobody.control_share, nobody.treatment_share) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("apart", "p", "p_more"), [(0.2, 0.5, 0.25), (-0.2, 0.5, 0.75), (0.0, 0.5, 0.75)]
)
def test_by_units_half_of_the_p_is_on_the_side_of_the_difference(
    apart: float, p: float, p_more: float
) -> None:
    found = UsersByArm((1, 99), (50, 50), (apart, p))
    assert (found.p, found.p_more) == (p, p_more)
    unknown = UsersByArm((1, 99), (50, 50), (apart, None))
    assert (unknown.p, unknown.p_more, unknown.uneven, unknown.more_in_treatment) == (
        *(None, None, False, False),
    )
    at = RATIO_ERROR.value
    for one in (at, 2 * at):
        border = UsersByArm((1, 99), (50, 50), (0.1, one))
        assert border.uneven is False
        assert border.more_in_treatment is (one < 2 * at)


@pytest.mark.parametrize(
    ("known", "nothing"), [((True, True, False, False), False), ((True, False, False, False), True)]
)
def test_no_history_is_that_of_over_half_of_the_users(
    known: tuple[bool, ...], *, nothing: bool
) -> None:
    users = [1, 2, 3, 4, None]
    trial = made_trial(
        [False, True] * 2 + [True], [Back(0, 5.0)], user_no=users, has_history=[*known, False]
    )
    assert evidence(trial).no_history is nothing
