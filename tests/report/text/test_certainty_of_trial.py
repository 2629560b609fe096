"""How sure the headline of a trial is, in a clause."""

from __future__ import annotations

import pytest
from factories.pages import plain_spaces
from factories.trial_results import TRIALS

from resume_gap.report.text.certainty_of_trial import of_trial


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("better", "95 % confident of 4.2 s to 12 s faster"),
        ("none_seen", "95 % confident of 3.0 s faster to 1.8 s slower"),
        ("changes", "95 % confidence intervals in brackets"),
        ("capped", "95 % confidence intervals in brackets"),
        ("withheld", "chance alone makes groups this uneven in fewer than 1 of 1,000,000 trials"),
        ("twelve_users", ""),
        ("nobody", ""),
    ],
)
def test_of_a_trial_both_ends_are_said_in_words(name: str, says: str) -> None:
    assert plain_spaces(of_trial(TRIALS[name]())) == says
