"""An effect that only the first seconds after a return make, by hand."""

from typing import Any

import polars as pl
import pytest
from factories.made_trials import Back, evidence, made_trial, no_later_work

from resume_gap.constants import DECISION_ERROR
from resume_gap.quality.small_groups import EventNames
from resume_gap.results.effect import Effect
from resume_gap.results.trust import TrustCheck
from resume_gap.trial.checks import trust_of
from resume_gap.trial.data import Trial
from resume_gap.trial.first_seconds import (
    NextSteps,
    _densest,
    effect_later,
    next_steps,
    only_at_once,
    seconds_us,
    with_check,
)
from resume_gap.trial.first_work import FirstWork
from resume_gap.units import US

ARM = 40
NAMED = EventNames(users={"edit": frozenset(range(ARM))})


def trial_of(control: list[float], treatment: list[float]) -> Trial:
    """The seconds to work of each user's only return."""
    seconds = control + treatment
    backs = [Back(user, one) for user, one in enumerate(seconds)]
    return made_trial([False] * len(control) + [True] * len(treatment), backs)


def slow(users: int) -> list[float]:
    """From 40 s on, one user a second."""
    return [40.0 + user for user in range(users)]


def later(seconds: dict[int, float], *, step: float = 12.0, clicked: tuple[int, ...] = ()) -> Any:
    """What the log says of users who were at work at once, and of control: 40 s and on, and a step.

    Those who were at work at once went on when they worked later.
    """
    work = {user: 40.0 + user for user in range(ARM)} | seconds
    onward = {user: one + step if user < ARM else one for user, one in work.items()}
    return lambda _: pl.DataFrame(
        {
            "assigned_no": [user + 1 for user in work],
            "later_us": [round(one * US) for one in work.values()],
            "next_us": [round(one * US) for one in onward.values()],
            "is_clicked": [user in clicked for user in work],
        },
        schema={
            "assigned_no": pl.Int64,
            "later_us": pl.Int64,
            "next_us": pl.Int64,
            "is_clicked": pl.Boolean,
        },
    )


def judged(trial: Trial, found: Any = no_later_work, **parts: Any) -> TrustCheck | None:
    return only_at_once(evidence(trial, later_work=found, **parts), trial, None, 0)


def test_whoever_does_not_go_on_was_not_at_work() -> None:
    """Treatment begins with an event after 2 s, and works on when control begins to."""
    trial = trial_of(slow(ARM), [2.0] * ARM)
    as_control = later({ARM + user: 40.0 + user for user in range(ARM)})
    found = judged(
        trial, as_control, first_work=lambda us: (FirstWork("edit", us, 0.9),), shown=NAMED
    )
    assert found is not None
    assert (found.name, found.code, found.status) == ("first_step", "only_at_once", "failed")
    assert found.figures["estimate"] == pytest.approx(0.0)
    assert found.figures["ci_lower"] == pytest.approx(-float(str(found.figures["ci_upper"])))
    assert (found.figures["control"], found.figures["treatment"]) == (0.0, 1.0)
    assert found.figures["seconds"] == 10.0
    assert (found.figures["events"], found.figures["peoples"]) == (("edit",), ("edit",))
    assert found.figures["step_control"] == 12.0
    assert found.figures["step_treatment"] == pytest.approx(57.5)
    assert found.p is not None
    assert found.p < 1e-9


def test_whoever_goes_on_was_back() -> None:
    trial = trial_of(slow(ARM), [2.0] * ARM)
    assert judged(trial, later({ARM + user: 15.0 for user in range(ARM)})) is None


def test_where_steps_take_as_long_people_may_have_been_back() -> None:
    """The next work cannot tell what a feature wrote from what people did."""
    trial = trial_of(slow(ARM), [2.0] * ARM)
    found = judged(trial, later({ARM + user: 40.0 + user for user in range(ARM)}, step=70.0))
    assert found is not None
    assert (found.name, found.code, found.status) == ("first_step", "steps_as_usual", "warned")
    assert found.figures["step_control"] == 70.0


def test_who_clicked_the_marker_was_back() -> None:
    trial = trial_of(slow(ARM), [2.0] * ARM)
    users = tuple(range(ARM, 2 * ARM))
    seconds = {user: float(user) for user in users}
    assert judged(trial, later(seconds, clicked=users)) is None
    assert judged(trial, later(seconds, clicked=users[:5])) is not None


def test_who_did_not_go_on_counts_as_the_cap() -> None:
    trial = trial_of([40.0] * 30, [2.0] * 30)
    rows = {
        "assigned_no": range(1, 61),
        "next_us": [50 * US] * 30 + [12 * US] * 14 + [None] * 16,
        "is_clicked": [False] * 60,
    }
    steps = next_steps(trial, pl.DataFrame(rows), (0, 10 * US), 0)
    assert (steps.control, steps.treatment) == (10.0, trial.primary_cap_us / US)
    assert not steps.are_usual
    few = next_steps(trial, pl.DataFrame(rows).head(40), (0, 10 * US), 0)
    assert few.ranks.p is None
    assert not few.are_usual


@pytest.mark.parametrize(
    ("apart", "p", "are_usual"),
    [
        (-3.0, 0.001, True),
        (0.0, 0.001, True),
        (3.0, 2 * DECISION_ERROR.value, True),
        (3.0, 1.9 * DECISION_ERROR.value, False),
        (None, 0.5, False),
        (3.0, None, False),
    ],
)
def test_steps_are_usual_unless_treatments_are_longer(
    apart: float | None, p: float | None, are_usual: bool
) -> None:
    """One-sided: half of the p of both sides."""
    ranks = Effect(estimand="next_step", unit="count", estimate=apart, p=p)
    assert NextSteps(ranks, 1.0, 1.0).are_usual == are_usual


def test_steps_of_those_who_clicked_and_of_later_ones_do_not_count() -> None:
    trial = trial_of([40.0] * 4, [2.0, 3.0, 20.0])
    rows = {
        "assigned_no": range(1, 8),
        "next_us": [50 * US] * 4 + [12 * US, 18 * US, 90 * US],
        "is_clicked": [False] * 4 + [False, True, False],
    }
    assert next_steps(trial, pl.DataFrame(rows), (0, 10 * US), 0).treatment == 10.0


def test_what_comes_as_often_in_control_is_peoples_own() -> None:
    """11 of 40 against 4: p = 0.044; against 5: p = 0.077."""
    treatment = [2.0] * 11 + slow(29)
    assert judged(trial_of([2.0] * 4 + slow(36), treatment)) is not None
    assert judged(trial_of([2.0] * 5 + slow(35), treatment)) is None


@pytest.mark.parametrize(("seconds", "is_failed"), [(0.0, True), (10.0, True), (10.1, False)])
def test_the_first_seconds_end_with_the_tenth(seconds: float, is_failed: bool) -> None:
    trial = trial_of(slow(ARM), [seconds] * ARM)
    found = judged(trial)
    assert (found is not None and found.code == "only_at_once") == is_failed


def at_15_seconds(steps: list[float]) -> Trial:
    """Treatment begins to work after 15 s, some a little later; control does from 40 s on."""
    return trial_of(slow(ARM), [15.0 + step for step in steps])


def test_work_that_only_treatment_does_at_one_delay_was_written() -> None:
    trial = at_15_seconds([0.1 * (user % 9) for user in range(ARM)])
    as_control = later({ARM + user: 40.0 + user for user in range(ARM)})
    found = judged(trial, as_control)
    assert found is not None
    assert (found.name, found.code, found.status) == ("first_step", "at_one_delay", "failed")
    begin, end = found.figures["from_seconds"], found.figures["seconds"]
    assert (begin, end) == (14.0, 16.0)
    assert found.figures["estimate"] == pytest.approx(0.0)
    assert (found.figures["control"], found.figures["treatment"]) == (0.0, 1.0)


def test_treatment_exceeds_control_by_its_share_of_users() -> None:
    """Half of treatment and a tenth of control at 15 s; 30 % and nobody at 30 s."""
    control = [15.0] * 10 + [50.0] * 70 + [200.0 + 9 * user for user in range(20)]
    trial = trial_of(control, [15.0] * 10 + [30.0] * 6 + [400.0 + 9 * user for user in range(4)])
    assert _densest(trial, 10 * US)[0] == 14 * US


def test_whoever_goes_on_after_that_delay_was_back() -> None:
    trial = at_15_seconds([0.1 * (user % 9) for user in range(ARM)])
    assert judged(trial, later({ARM + user: 20.0 for user in range(ARM)})) is None


def test_people_do_not_all_take_the_same_time() -> None:
    """Spread over 40 s a tenth lies in the densest 2 s: 3 or 4 of 40 users."""
    assert judged(at_15_seconds([0.6 * user for user in range(ARM)])) is None


def test_times_by_the_minute_pile_up_anyhow() -> None:
    minutes = [60.0 * (1 + user // 20) for user in range(ARM)]
    assert judged(trial_of([60.0 * 9] * ARM, minutes)) is None


@pytest.mark.parametrize(
    ("control", "seconds"),
    [([4.0] * 3 + [50.0], 4.0), ([4.0] * 2 + [50.0] * 3, 10.0), ([900.0] * 4, 10.0)],
)
def test_where_half_of_control_is_quicker_they_are_shorter(
    control: list[float], seconds: float
) -> None:
    """At 900 s nobody got to work."""
    assert seconds_us(trial_of(control, [1.0] * 9)) == seconds * US


def test_only_work_in_the_first_seconds_is_counted_anew() -> None:
    """Null: left before any later work; 900 s is the cap."""
    trial = trial_of([5.0, 30.0, 900.0], [8.0, 20.0, 900.0])
    seen = pl.DataFrame(
        {"assigned_no": [1, 4], "later_us": [25 * US, None], "is_clicked": [False, False]}
    )
    effect = effect_later(trial, seen, 10 * US, None, 0)
    assert effect.control == pytest.approx((25 + 30 + 900) / 3)
    assert effect.treatment == pytest.approx((900 + 20 + 900) / 3)


def test_the_check_takes_the_place_of_the_one_of_its_name() -> None:
    trust = trust_of(evidence(trial_of(slow(ARM), slow(ARM))))
    mine = TrustCheck(name="first_step", code="only_at_once", status="failed")
    found = with_check(trust, mine)
    assert [one.name for one in found.checks] == [one.name for one in trust.checks]
    assert [one for one in found.checks if one.status == "failed"] == [mine]


def test_users_who_were_as_quick_before_are_named_instead() -> None:
    """All of treatment are back after two seconds, and were so before their assignment."""
    seconds = slow(ARM) + [2.0] * ARM
    backs = [Back(user, one, days=days) for user, one in enumerate(seconds) for days in (-2.0, 1.0)]
    trial = made_trial([False] * ARM + [True] * ARM, backs)
    found = judged(trial, later({ARM + user: 40.0 + user for user in range(ARM)}))
    assert found is not None
    assert (found.code, found.status) == ("quick_before", "failed")
    assert (found.figures["before_control"], found.figures["before_treatment"]) == (0.0, 1.0)
