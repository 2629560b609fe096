"""The figures of the checks of a trial that are made of others."""

from factories.trial_parts import trust

from resume_gap.results.trust import Stage, StageLoss


def test_triggered_users_are_of_both_arms() -> None:
    assert trust(triggered_control=9, triggered_treatment=1_204).triggered == 1_213


def test_the_arm_that_loses_more_is_the_smaller_one() -> None:
    def loss(stage: Stage, control: int, treatment: int, of: tuple[int, int]) -> StageLoss:
        return StageLoss(
            stage=stage,
            control=control,
            treatment=treatment,
            of_control=of[0],
            of_treatment=of[1],
            p=None,
            is_uneven=True,
        )

    assert loss("logging", 82, 35, (82, 78)).smaller(1.0, 1.0) == "treatment"
    assert loss("trigger", 30, 78, (82, 78)).smaller(1.0, 1.0) == "control"
    assigned = loss("assignment", 160, 78, (160, 78))
    assert assigned.smaller(1.0, 1.0) == "treatment"
    assert assigned.smaller(3.0, 1.0) == "control"
