"""The effects that decide, from users' sums written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from factories.made_trials import Back, made_trial

from resume_gap.results.effect import Effect
from resume_gap.stats.sequential import half_width, rho
from resume_gap.trial import effects
from resume_gap.trial.guarded import GUARDED

if TYPE_CHECKING:
    from resume_gap.trial.data import Trial

USERS = 240
TREATED = [user % 2 == 1 for user in range(USERS)]


def made(returned: tuple[int, int] = (9, 9), faster: float = 20.0) -> Trial:
    """Everybody comes back twice, treated users sooner; of ten stops so many a user returned."""
    backs = [
        Back(user, 100.0 + (user // 2) % 5 - (faster if TREATED[user] else 0.0), days=day)
        for user in range(USERS)
        for day in (1, 2)
    ]
    # One user in ten of each arm returned once less often, so that the rate varies.
    rate = [returned[TREATED[user]] - ((user // 2) % 10 == 0) for user in range(USERS)]
    return made_trial(TREATED, backs, followed_7d=[10] * USERS, returned_7d=rate)


def test_the_primary_is_the_first_return_of_each_user() -> None:
    found = effects.first_return(made(), 1)
    assert (found.estimand, found.unit) == ("first_return", "seconds")
    assert (found.effect.control, found.effect.treatment) == pytest.approx((102.0, 82.0))
    assert found.effect.estimate == pytest.approx(-20.0)
    assert (found.effect.n_control, found.effect.n_treatment) == (120, 120)
    assert (found.effect.method, found.effect.rows_control) == ("welch", None)
    assert found.comparison is not None
    # Five values 0 to 4, each as often: variance 2 x 120/119 an arm.
    assert found.comparison.variance == pytest.approx(2 * (2 * 120 / 119) / 120)


def test_all_returns_are_flagged_unless_return_rates_are_shown_to_be_equal() -> None:
    alike, differ = made(), made((9, 6))
    for trial, flag in ((alike, None), (differ, "returns_may_differ")):
        returned = effects.return_rate(trial, 1)
        everything = effects.all_returns(trial, [returned], 1)
        assert everything.effect.flag == flag
        assert effects.returns_equal(returned) is (flag is None)
        assert everything.effect.estimand == "all_returns"
        assert (everything.effect.rows_control, everything.effect.rows_treatment) == (240, 240)
        assert everything.effect.estimate == pytest.approx(-20.0)


def test_few_users_show_nothing_equal() -> None:
    backs = [Back(user, 50.0) for user in range(8)]
    trial = made_trial([user > 3 for user in range(8)], backs)
    returned = effects.return_rate(trial, 1)
    assert returned.effect.reason == "few_users"
    assert effects.all_returns(trial, [returned], 1).effect.flag == "returns_may_differ"


@pytest.mark.parametrize(("treated", "equal"), [(10, True), (5, False)])
def test_rates_without_variation_are_equal_when_they_are_the_same(
    treated: int, equal: bool
) -> None:
    backs = [Back(user, 50.0) for user in range(USERS)]
    rate = [treated if arm else 10 for arm in TREATED]
    trial = made_trial(TREATED, backs, followed_7d=[10] * USERS, returned_7d=rate)
    returned = effects.return_rate(trial, 1)
    assert returned.effect.reason == "no_variation"
    assert effects.returns_equal(returned) is equal


def test_return_rate_is_a_ratio_of_sums() -> None:
    found = effects.return_rate(made((9, 8)), 1).effect
    assert (found.estimand, found.unit, found.method) == ("return_rate_7d", "share", "delta")
    assert (found.control, found.treatment) == pytest.approx((0.89, 0.79))
    assert found.rows_control == 1_200


def test_guardrails_know_which_way_is_worse() -> None:
    """Treatment is interrupted more often, works less, and reaches work as often."""
    often = [6 + user // 2 % 2 + 3 * arm for user, arm in enumerate(TREATED)]
    work = [(100 - 50 * arm + user // 2 % 3) * 60_000_000 for user, arm in enumerate(TREATED)]
    backs = [Back(user, 50.0 if user // 2 % 4 else 900.0) for user in range(USERS)]
    trial = made_trial(TREATED, backs, interruptions=often, productive_us=work)
    rails = effects.guardrails(trial, effects.return_rate(trial, 1), 1)
    by_name = {rail.effect.estimand: rail for rail in rails}
    assert list(by_name) == [one.name for one in GUARDED]
    assert {rail.margin for rail in rails} == {0.02}
    minutes = by_name["productive_minutes"]
    assert minutes.status == "harmed"
    assert (minutes.effect.control, minutes.effect.treatment) == pytest.approx((101.0, 51.0))
    assert minutes.worst is not None
    assert minutes.worst < -0.49
    assert minutes.users_per_arm is None
    interrupted = effects.interruptions(trial, 1).effect
    assert (interrupted.control, interrupted.treatment) == (6.5, 9.5)
    share = by_name["productive_share"]
    assert (share.effect.control, share.effect.estimate) == (0.75, 0.0)
    assert share.status == "not_shown"


def test_finished_means_at_work_within_the_cap() -> None:
    backs = [Back(user, 900.0 if user // 2 % 4 == 0 else 50.0) for user in range(USERS)]
    found = effects.finished(made_trial(TREATED, backs), 1).effect
    assert (found.estimand, found.unit) == ("first_finished", "share")
    assert (found.control, found.treatment, found.estimate) == (0.75, 0.75, 0.0)


def test_the_secondary_share_one_error() -> None:
    found = effects.secondary(
        [Effect(estimand="a", unit="share", p=0.03), Effect(estimand="b", unit="share", p=0.02)]
    )
    assert [(one.estimand, one.p) for one in found] == [("a", 0.03), ("b", 0.02)]
    assert [one.p_adjusted for one in found] == pytest.approx([0.04, 0.04])


def test_one_look_costs_nothing() -> None:
    trial = made()
    assert effects.looks_of(trial, 1, 500, alpha=0.05) is None
    found = effects.first_return(trial, 1)
    assert effects.at_every_look(found, None, alpha=0.05) == found.effect


def test_several_looks_widen_the_interval() -> None:
    trial = made()
    looks = effects.looks_of(trial, 4, 500, alpha=0.05)
    assert looks is not None
    assert (looks.looks, looks.planned_users, looks.planned_by) == (4, 500, "given")
    assert (looks.users, looks.rho) == (240, rho(250))
    found = effects.at_every_look(effects.first_return(trial, 1), looks, alpha=0.05)
    half = half_width(2 * (2 * 120 / 119) / 120, 240, rho(250))
    assert (found.ci_lower, found.ci_upper) == pytest.approx((-20 - half, -20 + half))
    assert (found.estimand, found.method, found.p) == ("first_return", "sequential", None)
    assigned = effects.looks_of(trial, 2, None, alpha=0.05)
    assert assigned is not None
    assert (assigned.planned_users, assigned.planned_by) == (USERS, "assigned")
    returned = effects.return_rate(trial, 1)
    flagged = effects.all_returns(trial, [effects.return_rate(made((9, 6)), 1)], 1)
    assert effects.at_every_look(flagged, looks, alpha=0.05).flag == "returns_may_differ"
    assert effects.at_every_look(returned, looks, alpha=0.05).flag is None


def test_history_takes_noise_away_and_not_the_effect() -> None:
    """What a user took before is what the user takes after, up to a little."""
    own = [50.0 + 7 * (user // 2 % 11) for user in range(USERS)]
    backs = [
        Back(user, own[user] + user // 2 % 3 - (9.0 if TREATED[user] else 0.0))
        for user in range(USERS)
    ]
    assert effects.adjusted(made_trial(TREATED, backs), 1).effect.reason == "no_history"
    past = [Back(user, own[user], days=-3) for user in range(USERS)]
    trial = made_trial(TREATED, backs + past)
    plain, adjusted = effects.first_return(trial, 1).effect, effects.adjusted(trial, 1).effect
    assert adjusted.estimand == "first_return_adjusted"
    assert adjusted.estimate == pytest.approx(-9.0, abs=0.01)
    assert plain.ci_upper is not None
    assert plain.ci_lower is not None
    assert adjusted.ci_upper is not None
    assert adjusted.ci_lower is not None
    assert adjusted.ci_upper - adjusted.ci_lower < 0.1 * (plain.ci_upper - plain.ci_lower)


def test_selection_bounds_are_those_of_all_returns() -> None:
    found = effects.selection(made())
    assert (found.reason, found.trimmed_share, found.trimmed_arm) == (None, 0.0, None)
    assert (found.lower, found.upper) == pytest.approx((-20.0, -20.0))


def test_the_never_triggered_are_users_of_the_log_without_a_return() -> None:
    backs = [Back(user, 50.0) for user in range(0, USERS, 2)]
    treated = [user >= USERS // 2 for user in range(USERS)]
    minutes = [(30 + user % 4 // 2 + (10 if treated[user] else 0)) for user in range(USERS)]
    known = [None if user % 20 == 1 else user for user in range(USERS)]
    trial = made_trial(
        treated, backs, user_no=known, productive_us=[m * 60_000_000 for m in minutes]
    )
    found = effects.never_triggered(trial, 1)
    assert (found.estimand, found.unit) == ("never_triggered", "minutes")
    assert (found.n_control, found.n_treatment) == (54, 54)
    assert found.estimate == pytest.approx(10.0, abs=0.2)


def test_shares_are_judged_in_points() -> None:
    """Of stops half come back; 1.4 points fewer are 2.8 % of them: kept in points."""
    rate = [500 - 14 * arm + user // 2 % 3 for user, arm in enumerate(TREATED)]
    backs = [Back(user, 50.0) for user in range(USERS)]
    stops = [1_000] * USERS
    trial = made_trial(TREATED, backs, followed_1d=stops, returned_1d=rate)
    rails = effects.guardrails(trial, effects.return_rate(trial, 1), 1)
    (soon,) = [rail for rail in rails if rail.effect.estimand == "return_rate_1d"]
    assert soon.effect.estimate == pytest.approx(-0.014)
    assert soon.status == "kept"
    assert soon.worst == pytest.approx(-0.0142, abs=0.0002)


def test_all_returns_need_equal_interruptions_too() -> None:
    trial = made()
    returned = effects.return_rate(trial, 1)
    often = made_trial(
        TREATED,
        [Back(user, 50.0 + user // 2 % 5) for user in range(USERS)],
        interruptions=[10 + user // 2 % 3 + arm for user, arm in enumerate(TREATED)],
    )
    rates = [returned, effects.interruptions(often, 1)]
    assert effects.all_returns(trial, rates, 1).effect.flag == "returns_may_differ"


def test_an_open_guardrail_says_how_many_users_would_settle_it() -> None:
    """Minutes that vary by a half leave 2 % open; more users than there are close it."""
    work = [(50 + 100 * (user // 2 % 2)) * 60_000_000 for user in range(USERS)]
    trial = made_trial(TREATED, [Back(user, 50.0) for user in range(USERS)], productive_us=work)
    rails = effects.guardrails(trial, effects.return_rate(trial, 1), 1)
    (minutes,) = [rail for rail in rails if rail.effect.estimand == "productive_minutes"]
    assert minutes.status == "not_shown"
    assert minutes.users_per_arm is not None
    assert minutes.users_per_arm > minutes.effect.n_control
