"""Whether people follow the marker, and what that says beside a verdict."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from factories.made_trials import Back, made_trial

from resume_gap.report.text import pointing as words
from resume_gap.results.common import Estimate
from resume_gap.results.effect import Effect
from resume_gap.results.evaluate import Mechanism
from resume_gap.trial.data import Trial
from resume_gap.trial.pointing import followed, read
from resume_gap.units import US

ARM = 60
TREATED = [False] * ARM + [True] * ARM


def trial(*, hits: tuple[int, int], touched: tuple[float | None, float | None]) -> Trial:
    """So many of 60 first returns of each arm begin on the element, touched after so long."""
    backs = [
        Back(user, 100.0 + user % 7, hit=user % ARM < hits[TREATED[user]])
        for user in range(2 * ARM)
    ]
    made = made_trial(TREATED, backs)
    ends = [
        None if (at := touched[TREATED[user]]) is None else round((at + user % 5) * US)
        for user in range(2 * ARM)
    ]
    number = made.returns["assigned_no"].to_list()
    column = pl.Series("target_return_us", [ends[n - 1] for n in number], dtype=pl.Int64)
    return Trial(users=made.users, returns=made.returns.with_columns(column), cap_us=made.cap_us)


def test_hits_and_the_time_to_the_element_are_those_of_the_first_returns() -> None:
    found = followed(
        Mechanism(reason="no_history", policy="last_touched"),
        trial(hits=(20, 45), touched=(50.0, 20.0)),
        1,
    )
    assert found.hits is not None
    assert found.to_target is not None
    assert (found.hits.control, found.hits.treatment) == pytest.approx((20 / 60, 45 / 60))
    assert found.to_target.estimate == pytest.approx(-30.0)
    assert found.hits.p_adjusted is not None


def test_an_element_that_is_never_touched_counts_as_the_cap() -> None:
    made = trial(hits=(5, 5), touched=(None, 20.0))
    found = followed(Mechanism(reason=None, policy="last_touched"), made, 1)
    assert found.to_target is not None
    assert found.to_target.control == pytest.approx(made.cap_us / US)


def test_other_target_rules_have_no_time_and_without_one_there_is_nothing() -> None:
    made = trial(hits=(5, 5), touched=(30.0, 30.0))
    other = Trial(
        users=made.users,
        returns=made.returns.rename({"last_touched_hit": "most_used_hit"}),
        cap_us=made.cap_us,
    )
    found = followed(Mechanism(reason=None, policy="most_used"), other, 1)
    assert found.hits is not None
    assert found.to_target is None
    nothing = followed(Mechanism(reason="no_elements"), made, 1)
    assert (nothing.hits, nothing.to_target) == (None, None)


def effect(unit: str, low: float, high: float, p_adjusted: float = 0.5) -> Effect:
    return Effect(
        estimand="first_hit" if unit == "share" else "first_touch",
        unit=unit,  # type: ignore[arg-type]
        estimate=(low + high) / 2,
        ci_lower=low,
        ci_upper=high,
        p_adjusted=p_adjusted,
    )


MORE, SAME, LESS = (0.02, 0.1), (-0.03, 0.05), (-0.1, -0.02)
SOONER, AS_SOON, LATER = (-9.0, -2.0), (-4.0, 4.0), (1.0, 8.0)


@pytest.mark.parametrize(
    ("word", "hits", "time", "reading"),
    [
        ("better", MORE, AS_SOON, "agrees"),
        ("better", SAME, SOONER, "agrees"),
        ("better", MORE, LATER, "agrees"),
        ("better", SAME, AS_SOON, "unclear"),
        ("better", LESS, AS_SOON, "opposite"),
        ("better", SAME, LATER, "opposite"),
        ("no_difference_seen", SAME, AS_SOON, "agrees"),
        ("worse", LESS, LATER, "agrees"),
        ("withheld", SAME, AS_SOON, None),
        ("depends_on_cap", MORE, SOONER, None),
        ("changes_with_use", MORE, SOONER, None),
    ],
)
def test_the_reading_beside_each_verdict(word: Any, hits: Any, time: Any, reading: str) -> None:
    found = Mechanism(reason=None, hits=effect("share", *hits), to_target=effect("seconds", *time))
    assert read(found, word) == reading


@pytest.mark.parametrize("word", ["worse", "no_difference_seen"])
@pytest.mark.parametrize(
    ("hits", "time"), [(MORE, AS_SOON), (SAME, SOONER)], ids=["more often", "sooner"]
)
def test_a_marker_that_is_followed_in_vain(word: Any, hits: Any, time: Any) -> None:
    """It counts when it is shown with both measures taken together, not by one interval alone."""
    for p, reading in ((0.06, "agrees"), (0.04, "not_faster")):
        found = Mechanism(
            reason=None,
            hits=effect("share", *hits, p_adjusted=p),
            to_target=effect("seconds", *time, p_adjusted=p),
        )
        assert read(found, word) == reading


def test_less_where_a_hit_was_likely_is_no_pointing() -> None:
    found = Mechanism(
        reason=None,
        hits=effect("share", *MORE),
        difference=Estimate(estimate=9.0, ci_lower=2.0, ci_upper=16.0),
    )
    assert read(found, "better") == "elsewhere"
    assert read(Mechanism(reason="no_elements"), "better") is None


@pytest.mark.parametrize(
    ("rest", "reading"), [((-9.0, -1.0), "not_seen"), ((-9.0, 1.0), "unclear")]
)
def test_time_must_be_saved_elsewhere_before_pointing_is_doubted(rest: Any, reading: str) -> None:
    found = Mechanism(
        reason=None,
        hits=effect("share", *SAME),
        to_target=effect("seconds", *AS_SOON),
        unexplained=effect("seconds", *rest),
    )
    assert read(found, "better") == reading


def test_work_is_timed_from_the_touch_of_the_element() -> None:
    """Work comes 50 s after the touch in control; treatment touches 30 s sooner, and works so."""
    made = trial(hits=(5, 5), touched=(50.0, 20.0))
    found = followed(Mechanism(reason=None, policy="last_touched"), made, 1)
    assert found.unexplained is not None
    assert found.to_target is not None
    work = {
        arm: made.firsts.filter(pl.col("is_treated") == arm)["reorientation_us"].mean()
        for arm in (False, True)
    }
    change = (work[True] - work[False]) / US  # type: ignore[operator]
    assert found.to_target.estimate is not None
    assert found.unexplained.estimate == pytest.approx(change - found.to_target.estimate)


def test_only_a_contradiction_is_said() -> None:
    assert set(words._SAYS) == {"not_seen", "opposite", "elsewhere", "not_faster"}
