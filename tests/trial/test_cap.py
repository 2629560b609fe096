"""The cap of the primary effect and the effect at other caps, from returns written down."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from factories import trial_parts
from factories.made_trials import CAP_SECONDS, Back, made_trial

from resume_gap.trial.cap import as_primary, at_caps, overruled, primary_cap
from resume_gap.trial.effects import first_return
from resume_gap.trial.verdict import verdict_of
from resume_gap.units import US

if TYPE_CHECKING:
    from resume_gap.results.evaluate import CapEffect
    from resume_gap.trial.data import Trial

USERS = 240
TREATED = [user % 2 == 1 for user in range(USERS)]


def before(lags: list[float]) -> Trial:
    """Lags before the assignments, one a user."""
    backs = [Back(user, seconds, days=-2.0) for user, seconds in enumerate(lags)]
    return made_trial([user % 2 == 1 for user in range(len(lags))], backs)


def test_nine_of_ten_lags_before_the_assignments_are_no_longer_than_the_cap() -> None:
    lags = [float(second) for second in range(1, 101)]
    assert primary_cap(before(lags), None) == (90 * US, "lags")
    assert primary_cap(before([*lags, 5.0]), None) == (90 * US, "lags")
    assert primary_cap(before([*lags, 500.0]), None) == (91 * US, "lags")


def test_returns_without_work_choose_nothing() -> None:
    lags = [10.0] * 50 + [float(CAP_SECONDS)] * 50
    assert primary_cap(before(lags), None) == (10 * US, "lags")


def test_under_50_lags_two_minutes_are_the_cap() -> None:
    assert primary_cap(before([10.0] * 49), None) == (120 * US, "standard")
    assert primary_cap(before([10.0] * 50), None) == (10 * US, "lags")


def test_what_comes_after_the_assignment_chooses_nothing() -> None:
    """Neither returns from it on nor a lag that it cut short."""
    backs = [Back(user, 10.0, days=1.0) for user in range(80)]
    backs += [Back(user, 60.0, days=-30 / 86_400) for user in range(80)]
    trial = made_trial([user % 2 == 1 for user in range(80)], backs)
    assert primary_cap(trial, None).source == "standard"


def test_a_prediction_has_fixed_the_cap() -> None:
    trial = before([10.0] * 60)
    assert primary_cap(trial, {"primary_cap": {"seconds": 300.0}}) == (300 * US, "prediction")
    assert primary_cap(trial, {}) == (10 * US, "lags")
    assert str(primary_cap(trial, {"primary_cap": {"seconds": 12.3456786}}).us) == "12345679"


def test_no_cap_is_longer_than_that_of_re_orientation_time() -> None:
    trial = dataclasses.replace(before([100.0] * 60), cap_us=90 * US)
    assert primary_cap(trial, None) == (90 * US, "threshold")
    assert primary_cap(trial, {"primary_cap": {"seconds": 300.0}}) == (90 * US, "threshold")
    few = dataclasses.replace(before([5.0]), cap_us=90 * US)
    assert primary_cap(few, None) == (90 * US, "threshold")


def hidden_harm(stuck: int) -> Trial:
    """Treated users are 20 s faster, but so many of every ten leave without work."""

    def seconds(user: int) -> float:
        if not TREATED[user]:
            return 80.0 + user // 2 % 7
        return float(CAP_SECONDS) if user // 2 % 10 < stuck else 60.0 + user // 2 % 7

    trial = made_trial(TREATED, [Back(user, seconds(user)) for user in range(USERS)])
    return dataclasses.replace(trial, primary_us=120 * US)


def effects(trial: Trial) -> tuple[CapEffect, ...]:
    return at_caps(trial, first_return(trial, 1), None, 1)


def test_the_effect_at_every_cap_counts_up_to_it() -> None:
    trial = hidden_harm(1)
    rows = effects(trial)
    assert [row.seconds for row in rows] == [60, 120, 300, 600, 900]
    assert [row.control for row in rows] == pytest.approx([60.0, *[82.975] * 4])
    for row in rows[1:]:
        mean = row.treatment or 0.0
        assert mean == pytest.approx(0.1 * row.seconds + 0.9 * 62.975, abs=0.5)
    assert rows[1].estimate == first_return(trial, 1).effect.estimate
    assert [row.word for row in rows[1:3]] == ["better", "no_difference_seen"]
    assert rows[-1].word == "worse"


def test_a_cap_between_the_usual_ones_has_a_row_of_its_own() -> None:
    trial = dataclasses.replace(hidden_harm(1), primary_us=90 * US, cap_us=200 * US)
    assert [row.seconds for row in effects(trial)] == [60, 90, 120, 200]


def test_harm_behind_the_cap_overrules_the_word() -> None:
    trial = hidden_harm(1)
    primary = as_primary(
        first_return(trial, 1).effect, primary_cap(trial, {"primary_cap": {"seconds": 120}})
    )
    assert (primary.cap_seconds, primary.cap_source) == (120, "prediction")
    row = overruled(primary, effects(trial))
    assert row is not None
    assert row.seconds == 900
    found = verdict_of(primary, trial_parts.trust(), None, row)
    assert (found.word, found.reason) == ("depends_on_cap", "depends_on_cap")
    assert found.figures["longer_seconds"] == 900
    assert found.figures["longer"] == row.estimate


@pytest.mark.parametrize(
    ("estimate", "seconds", "lower", "upper", "at"),
    [
        (-8.0, 300.0, 0.1, 9.0, 300.0),
        (-8.0, 300.0, -0.1, 9.0, None),  # not shown
        (-8.0, 120.0, 0.1, 9.0, None),  # no longer cap
        (-8.0, 300.0, -9.0, -0.1, None),  # the same side
        (8.0, 300.0, -9.0, -0.1, 300.0),
        (8.0, 300.0, -9.0, 0.1, None),
        (8.0, 300.0, 0.1, 9.0, None),
        (8.0, 300.0, None, None, None),  # not known
    ],
)
def test_only_the_opposite_at_a_longer_cap_overrules(
    estimate: float, seconds: float, lower: float | None, upper: float | None, at: float | None
) -> None:
    primary = trial_parts.primary(estimate, 1.0)
    row = dataclasses.replace(
        trial_parts.at_cap(seconds, 0.0, 1.0, "worse"), one_sided_lower=lower, one_sided_upper=upper
    )
    found = overruled(primary, (trial_parts.at_cap(120.0, estimate, 1.0, "better"), row))
    assert (None if found is None else found.seconds) == at


def test_no_difference_stays_one_whatever_longer_caps_show() -> None:
    row = trial_parts.at_cap(900.0, 50.0, 10.0, "worse")
    assert (
        verdict_of(trial_parts.primary(-1.0, 5.0), trial_parts.trust(), None, row).word
        == "no_difference_seen"
    )
