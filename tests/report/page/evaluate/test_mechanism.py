"""Where a difference shows."""

from __future__ import annotations

from factories.pages import part
from factories.trial_results import better, effect, trial


def test_users_never_triggered_who_differ_are_a_warning() -> None:
    odd = effect("never_triggered", 9.0, 5.0, unit="minutes", control=203.0)
    text = part(trial(dilution=odd), "where")
    assert "the arms may differ in more than the marker" in text
    assert "differ by 9.0 minutes [4.0, 14]" in text
    assert "includes 0, as expected" in part(better(), "where")
