"""What is said of later returns where first returns show no difference."""

import dataclasses

import pytest
from factories.trial_parts import effect
from factories.trial_results import trial

from resume_gap.report.text import evaluation, later_returns, next_step
from resume_gap.results.evaluate import Evaluated, Use, VerdictWord


def used(
    change: tuple[float | None, float | None],
    later: tuple[float | None, float | None],
    word: VerdictWord = "no_difference_seen",
) -> Evaluated:
    found = trial()
    verdict = dataclasses.replace(found.evaluation.verdict, word=word)
    use = Use(change=effect("change_with_use", *change), later=effect("later_returns", *later))
    evaluated = dataclasses.replace(found.evaluation, verdict=verdict, use=use)
    return dataclasses.replace(found, evaluation=evaluated)


def test_a_difference_at_later_returns_only_is_said_beside_the_verdict() -> None:
    found = used((-15.0, 2.0), (-13.0, 1.0))
    assert (
        "But later returns differ from first ones: from return 4 on, 13 s faster [12 s, 14 s] with"
        " the marker, among users with so many returns."
    ) in evaluation.because(found).replace("\N{NO-BREAK SPACE}", " ")
    assert evaluation.because_in_short(found).replace("\N{NO-BREAK SPACE}", " ") == (
        "But later returns were 13 s faster with the marker."
    )
    assert next_step.clause(found) == later_returns.TO_DO


@pytest.mark.parametrize(
    "found",
    [
        used((-15.0, 2.0), (-13.0, 1.0), "better"),
        used((-15.0, 2.0), (-13.0, 14.0)),
        used((-15.0, 16.0), (-13.0, 1.0)),
        used((15.0, 2.0), (-13.0, 1.0)),
        used((-15.0, None), (-13.0, 1.0)),
        used((None, None), (None, None)),
    ],
)
def test_nothing_is_said_where_either_is_open(found: Evaluated) -> None:
    assert later_returns.beside(found) is None
    assert later_returns.in_short(found) is None
    assert next_step.clause(found) != later_returns.TO_DO


def test_slower_later_returns_are_said_too() -> None:
    assert "slower" in str(later_returns.in_short(used((15.0, 2.0), (13.0, 1.0))))
