"""The figures of the checks of a trial that are made of others."""

from factories.trial_parts import trust


def test_triggered_users_are_of_both_arms() -> None:
    assert trust(triggered_control=9, triggered_treatment=1_204).triggered == 1_213
