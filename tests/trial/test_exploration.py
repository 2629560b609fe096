"""Exposures, weeks, the mechanism, segments, quantiles and curves, computed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.made_trials import Back, made_trial

from resume_gap.quality.small_groups import Groups
from resume_gap.trial import exploration

if TYPE_CHECKING:
    from resume_gap.trial.data import Trial

ARM = 30
TREATED = [False] * ARM + [True] * ARM


def base(user: int) -> float:
    """Seconds that differ between users, alike in both arms: mean 200."""
    return 199.0 + user % 3


def test_exposures_are_counted_in_these_groups() -> None:
    """At exposure k a treated user takes 10 k seconds less."""
    backs = [
        Back(user, base(user) - (10.0 * k if TREATED[user] else 0.0), days=k)
        for user in range(2 * ARM)
        for k in range(1, 9)
    ]
    found = exploration.exposures(made_trial(TREATED, backs), 1)
    assert [(one.group, one.value) for one in found] == [
        ("exposure", value) for value in ("1", "2", "3", "4 to 6", "7 and more")
    ]
    assert [one.effect.estimate for one in found] == pytest.approx([-10, -20, -30, -50, -75])
    assert [one.effect.rows_control for one in found] == [30, 30, 30, 90, 60]
    assert [one.effect.control for one in found] == pytest.approx([200.0] * 5)
    assert {(one.effect.estimand, one.effect.unit) for one in found} == {("exposure", "seconds")}


def test_an_exposure_that_nobody_has_is_left_out() -> None:
    backs = [Back(user, base(user)) for user in range(2 * ARM)]
    assert [one.value for one in exploration.exposures(made_trial(TREATED, backs), 1)] == ["1"]


DAYS = {
    0.0: "1",
    6.999: "1",
    7.0: "2",
    13.999: "2",
    14.0: "3",
    48.999: "7",
    49.0: "8 and later",
    70.5: "8 and later",
}


@pytest.mark.parametrize(("days", "week"), DAYS.items())
def test_weeks_begin_at_the_assignment_with_1(days: float, week: str) -> None:
    backs = [Back(user, base(user), days=days) for user in range(2 * ARM)]
    (found,) = exploration.weeks(made_trial(TREATED, backs), 1)
    assert (found.group, found.value) == ("week", week)
    assert found.effect.rows_control == ARM


def test_each_week_has_its_own_effect() -> None:
    backs = [
        Back(user, base(user) + (7.0 * week if TREATED[user] else 0.0), days=7 * week - 3)
        for user in range(2 * ARM)
        for week in (1, 2, 9, 11)
    ]
    found = exploration.weeks(made_trial(TREATED, backs), 1)
    assert [one.value for one in found] == ["1", "2", "8 and later"]
    assert [one.effect.estimate for one in found] == pytest.approx([7, 14, 70])
    assert [one.effect.rows_treatment for one in found] == [30, 30, 60]


def predicted(past: dict[int, tuple[int, int]]) -> Trial:
    """120 users; the treated ones among the first half are 30 s faster, the others 5 s.

    Args:
        past: User to (hits, interruptions) before the assignment.
    """
    treated = [user % 2 == 1 for user in range(120)]
    backs = [
        Back(user, base(user // 2) - ((30.0 if user < 60 else 5.0) if treated[user] else 0.0))
        for user in range(120)
    ]
    backs += [
        Back(user, 50.0, days=-1 - number, hit=number < hits)
        for user, (hits, n) in past.items()
        for number in range(n)
    ]
    return made_trial(treated, backs)


def test_the_marker_works_where_its_hits_were_predicted() -> None:
    found = exploration.mechanism(
        predicted({user: (4, 4) if user < 60 else (1, 4) for user in range(120)}), "last_touched", 1
    )
    assert (found.reason, found.policy, found.unknown) == (None, "last_touched", 0)
    assert [(one.group, one.value) for one in found.groups] == [
        ("predicted", "hit"),
        ("predicted", "miss"),
    ]
    assert [one.effect.estimand for one in found.groups] == ["predicted_hit", "predicted_miss"]
    assert [one.effect.estimate for one in found.groups] == pytest.approx([-30.0, -5.0])
    assert found.difference.estimate == pytest.approx(-25.0)
    assert found.difference.ci_upper is not None
    assert found.difference.ci_upper < 0


def test_as_many_hits_as_everybody_predict_a_miss_and_no_history_predicts_nothing() -> None:
    """Overall half of the past interruptions are hits; users 0 to 9 have exactly half."""
    past = dict.fromkeys(range(10), (1, 2))
    past |= dict.fromkeys(range(10, 60), (2, 2))
    past |= dict.fromkeys(range(60, 110), (0, 2))
    found = exploration.mechanism(predicted(past), "last_touched", 1)
    assert [one.effect.n_control for one in found.groups] == [25, 30]
    assert [one.effect.n_treatment for one in found.groups] == [25, 30]
    assert found.unknown == 10


def test_a_mechanism_needs_elements_and_history() -> None:
    trial = predicted({})
    assert exploration.mechanism(trial, None, 1).reason == "no_elements"
    nothing = exploration.mechanism(trial, "last_touched", 1)
    assert (nothing.reason, nothing.policy, nothing.groups) == ("no_history", "last_touched", ())


def test_segments_split_the_first_returns() -> None:
    backs = [
        Back(
            user,
            base(user) - ((40.0 if user % 2 else 4.0) if user >= 60 else 0.0),
            segment=1 + user % 2,
        )
        for user in range(120)
    ]
    backs += [Back(user, 9.0, days=2, segment=1) for user in range(120)]
    trial = made_trial([user >= 60 for user in range(120)], backs)
    found = exploration.segments(
        trial, ["context"], {"context": {1: "inbox", 2: "editor"}}, Groups(), 1
    )
    by_value = {one.value: one.effect for one in found}
    assert {one.group for one in found} == {"context"}
    assert set(by_value) == {"inbox", "editor"}
    assert by_value["inbox"].estimate == pytest.approx(-4.0)
    assert by_value["editor"].estimate == pytest.approx(-40.0)
    assert by_value["inbox"].n_control == by_value["editor"].n_treatment == 30
    assert all(one.effect.p_adjusted >= one.effect.p for one in found)  # type: ignore[operator]


def test_a_row_without_a_value_of_the_column_is_a_segment_of_its_own() -> None:
    backs = [Back(user, base(user), segment=user % 2) for user in range(120)]
    trial = made_trial([user >= 60 for user in range(120)], backs)
    found = exploration.segments(trial, ["context"], {"context": {1: "inbox"}}, Groups(), 1)
    assert {one.value for one in found} == {"inbox", "(none)"}


def test_quantiles_are_those_of_the_first_returns() -> None:
    """Control takes 1 to 40 s, treatment twice as long: ranks 20, 30 and 36."""
    backs = [Back(user, 1.0 + user % 40) for user in range(40)]
    backs += [Back(user, 2.0 * (1 + user % 40)) for user in range(40, 80)]
    backs += [Back(user, 800.0, days=9) for user in range(80)]
    found = exploration.quantiles(made_trial([user >= 40 for user in range(80)], backs), 1)
    assert [(row.quantile, row.effect.control, row.effect.treatment) for row in found] == [
        (0.5, 20.0, 40.0),
        (0.75, 30.0, 60.0),
        (0.9, 36.0, 72.0),
    ]
    assert {row.effect.estimand for row in found} == {"first_return"}


def test_curves_count_who_is_back_and_who_left() -> None:
    """Of four a side: control back after 10 s thrice, one left; treatment all back after 5 s."""
    backs = [Back(user, 10.0) for user in range(3)]
    backs += [Back(3, 900.0, left_after=20.0)]
    backs += [Back(user, 5.0) for user in range(4, 8)]
    found = exploration.curves(made_trial([False] * 4 + [True] * 4, backs))
    assert (found[0].seconds, found[-1].seconds) == (0, 900)
    last = found[-1]
    assert (last.control_finished, last.control_left) == (0.75, 0.25)
    assert (last.treatment_finished, last.treatment_left) == (1.0, 0.0)
    at = {point.seconds: point for point in found}
    early = max(second for second in at if second < 10)
    assert early >= 5
    assert (at[early].control_finished, at[early].treatment_finished) == (0.0, 1.0)


@pytest.mark.parametrize("how", ["by_day", "by_unit"])
def test_no_quantiles_where_users_are_not_what_was_assigned(how: str) -> None:
    backs = [Back(user, base(user)) for user in range(2 * ARM)]
    trial = made_trial(TREATED, backs)
    assert len(exploration.quantiles(trial, 1)) == 3
    object.__setattr__(trial, how, True)
    assert exploration.quantiles(trial, 1) == ()
