"""One word for a trial: which, and with which figures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories import trial_parts

from resume_gap.results.evaluate import Use
from resume_gap.results.trust import TrustCheck
from resume_gap.trial.verdict import blind, verdict_of, withheld


@pytest.mark.parametrize(
    ("lower", "upper", "word", "reason"),
    [
        (-9.0, -1.0, "better", "interval_below_0"),
        (1.0, 9.0, "worse", "interval_above_0"),
        (-9.0, 1.0, "no_difference_seen", "interval_includes_0"),
        (-9.0, 0.0, "no_difference_seen", "interval_includes_0"),
        (0.0, 9.0, "no_difference_seen", "interval_includes_0"),
    ],
)
def test_the_interval_decides(lower: float, upper: float, word: str, reason: str) -> None:
    middle, half = (lower + upper) / 2, (upper - lower) / 2
    found = verdict_of(trial_parts.effect("first_return", middle, half), trial_parts.trust())
    assert (found.word, found.reason) == (word, reason)
    assert found.figures == {"ci_lower": lower, "ci_upper": upper}


@pytest.mark.parametrize(("control", "treatment"), [(24, 900), (900, 24), (0, 0)])
def test_25_triggered_users_an_arm_are_needed(control: int, treatment: int) -> None:
    trust = trial_parts.trust(triggered_control=control, triggered_treatment=treatment)
    found = verdict_of(trial_parts.effect("first_return", -5.0, 1.0), trust)
    assert (found.word, found.reason) == ("not_enough_data", "few_users")
    assert found.figures == {
        "control": control,
        "treatment": treatment,
        "least": 25,
        "before_assignment": 5_120,
    }
    enough = trial_parts.trust(triggered_control=25, triggered_treatment=25)
    assert verdict_of(trial_parts.effect("first_return", -5.0, 1.0), enough).word == "better"


def test_without_variation_there_is_nothing_to_compare() -> None:
    found = verdict_of(trial_parts.effect("first_return", -5.0, None), trial_parts.trust())
    assert (found.word, found.reason, found.figures) == ("not_enough_data", "no_variation", {})


def test_withheld_names_the_checks_that_failed() -> None:
    broken = [TrustCheck(name=name, code="x", status="failed") for name in ("a", "b")]
    found = withheld(broken)
    assert (found.word, found.reason) == ("withheld", "check_failed")
    assert found.figures == {"checks": ("a", "b")}


def test_a_blind_log_says_why() -> None:
    found = blind("too_coarse", {"share": 0.5})
    assert (found.word, found.reason, found.figures) == ("withheld", "too_coarse", {"share": 0.5})


def test_the_opposite_at_a_longer_cap_comes_before_all_else() -> None:
    primary = trial_parts.effect("first_return", -5.0, 1.0)
    longer = trial_parts.at_cap(900.0, 8.0, 2.0, "worse")
    for use in (None, use_of(later=9.0, change=14.0)):
        found = verdict_of(primary, trial_parts.trust(), use, longer)
        assert (found.word, found.reason) == ("depends_on_cap", "depends_on_cap")
        assert found.figures == {
            "ci_lower": -6.0,
            "ci_upper": -4.0,
            "first": -5.0,
            "longer_seconds": 900.0,
            "longer": 8.0,
            "longer_ci_lower": 6.0,
            "longer_ci_upper": 10.0,
        }


def use_of(*, later: float, change: float) -> Use:
    """Later returns whose change is known to within a second."""
    return Use(
        change=trial_parts.effect("use_change", change, 1.0),
        later=trial_parts.effect("use_later", later, 2.0),
    )


@pytest.mark.parametrize(("later", "word"), [(0.0, "changes_with_use"), (-4.0, "better")])
def test_an_effect_that_use_undoes_is_not_shown(later: float, word: str) -> None:
    primary = trial_parts.effect("first_return", -5.0, 1.0)
    found = verdict_of(primary, trial_parts.trust(), use_of(later=later, change=later + 5.0))
    assert found.word == word
    if word == "changes_with_use":
        assert found.reason == word
        assert found.figures == {
            "ci_lower": -6.0,
            "ci_upper": -4.0,
            "first": -5.0,
            "later": 0.0,
            "later_ci_lower": -2.0,
            "later_ci_upper": 2.0,
        }


def test_too_few_units_are_not_enough_whatever_the_users() -> None:
    primary = replace(trial_parts.effect("first_return", -5.0, None), reason="few_units")
    found = verdict_of(primary, trial_parts.trust())
    assert (found.word, found.reason) == ("not_enough_data", "few_units")
    assert found.figures == {"least": 25}
