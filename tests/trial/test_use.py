"""First returns against later ones, from returns written down."""

from __future__ import annotations

import pytest
from factories import trial_parts
from factories.made_trials import Back, made_trial

from resume_gap.results.evaluate import Use
from resume_gap.trial.use import changes, use
from resume_gap.trial.verdict import verdict_of

USERS = 240
TREATED = [user % 2 == 1 for user in range(USERS)]


def of(first: float, later: float, exposures: int = 5) -> Use:
    """Treated users take so many seconds more at the first return, and at the fourth and fifth."""
    more = {1: first, 4: later, 5: later}
    backs = [
        Back(
            user,
            100.0 + (user // 2) % 7 + number + (more.get(number, 0.0) if TREATED[user] else 0.0),
            days=number,
        )
        for user in range(USERS)
        for number in range(1, exposures + 1)
    ]
    return use(made_trial(TREATED, backs), 1)


def test_later_returns_are_the_fourth_and_on_each_user_once() -> None:
    found = of(40.0, -12.0)
    assert found.later.estimate == pytest.approx(-12.0)
    assert found.later.control == pytest.approx(100 + 357 / 120 + 4.5)
    assert found.change.estimate == pytest.approx(-52.0)
    assert (found.later.n_control, found.change.n_treatment) == (120, 120)


def test_users_with_fewer_returns_are_left_out() -> None:
    assert of(40.0, -12.0, exposures=3).change.reason == "no_rows"
    assert of(40.0, -12.0, exposures=4).change.n_control == 120


@pytest.mark.parametrize(
    ("first", "later", "change", "word"),
    [
        (40.0, -12.0, -52.0, "changes_with_use"),  # costs once, helps ever after
        (-40.0, 2.0, 42.0, "changes_with_use"),  # a novelty, and gone
        (-40.0, -10.0, 30.0, "changes_with_use"),  # a quarter of it is left
        (-40.0, -10.5, 29.5, "better"),  # more than a quarter
        (40.0, 10.5, -29.5, "worse"),
        (-40.0, -60.0, -20.0, "better"),  # it grows
        (-40.0, -12.0, None, "better"),  # nothing is known of the change
    ],
)
def test_a_verdict_that_use_turns_around(
    first: float, later: float, change: float | None, word: str
) -> None:
    primary = trial_parts.effect("first_return", first, 5.0)
    found = Use(
        change=trial_parts.effect("change_with_use", change, None if change is None else 5.0),
        later=trial_parts.effect("later_returns", later, 5.0),
    )
    verdict = verdict_of(primary, trial_parts.trust(), found)
    assert verdict.word == word
    assert changes(primary, found) is (word == "changes_with_use")
    if word == "changes_with_use":
        assert verdict.figures["first"] == first
        assert verdict.figures["later"] == later


def test_a_change_whose_interval_includes_0_changes_no_verdict() -> None:
    found = Use(
        change=trial_parts.effect("change_with_use", 42.0, 43.0),
        later=trial_parts.effect("later_returns", 2.0, 5.0),
    )
    assert (
        verdict_of(trial_parts.effect("first_return", -40.0, 5.0), trial_parts.trust(), found).word
        == "better"
    )


def test_no_difference_stays_none() -> None:
    found = Use(
        change=trial_parts.effect("change_with_use", 42.0, 4.0),
        later=trial_parts.effect("later_returns", 40.0, 5.0),
    )
    verdict = verdict_of(trial_parts.effect("first_return", -2.0, 5.0), trial_parts.trust(), found)
    assert verdict.word == "no_difference_seen"
