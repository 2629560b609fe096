"""Up to how long the primary effect counts, in sentences."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from factories.trial_parts import at_cap
from factories.trial_results import better, trial

from resume_gap.report.text import caps

if TYPE_CHECKING:
    from resume_gap.results.evaluate import CapSource, Evaluated


def counted(seconds: float | None = 120.0, source: CapSource | None = "lags") -> Evaluated:
    primary = better().evaluation.primary
    return trial(primary=dataclasses.replace(primary, cap_seconds=seconds, cap_source=source))


def test_another_cap_than_the_verdict_s_is_said_to_be_one() -> None:
    found = better()
    assert caps.counted(found) == ", counted up to 2 min"
    assert caps.counted_whole(found) == (
        "Returns are counted up to 15 min; the verdict counts up to 2 min."
    )
    primary = dataclasses.replace(found.evaluation.primary, cap_seconds=900.0)
    assert caps.counted_whole(trial(primary=primary)) == "Returns are counted up to 15 min."
    none = dataclasses.replace(primary, cap_seconds=None)
    assert caps.counted(trial(primary=none)) == ""


def test_the_cap_of_the_primary_effect() -> None:
    assert caps.cap(counted(90.0)) == "1 min 30 s"
    assert caps.cap(counted(None)) is None


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("prediction", "fixed before the trial, in the prediction file"),
        (
            "lags",
            (
                "the time within which 90 % of those who got back to work before the assignments "
                "had done so"
            ),
        ),
        (
            "standard",
            "the usual one, as too few returns came before the assignments to choose one",
        ),
        ("threshold", "as long as re-orientation is counted at all"),
        (None, None),
    ],
)
def test_where_a_cap_is_from(source: CapSource | None, says: str | None) -> None:
    assert caps.source(counted(source=source)) == says


def test_the_longest_cap_is_shown_where_it_is_not_the_primary_one() -> None:
    short, long = at_cap(60.0, -5.0, 2.0, "better"), at_cap(900.0, -8.0, 3.0, "better")
    assert caps.longest(trial(caps=(short, long))) == long
    assert caps.longest(trial(caps=(short, at_cap(120.0, -8.0, 3.0, "better")))) is None
    assert caps.longest(trial(caps=())) is None
    unknown = dataclasses.replace(long, estimate=None)
    assert caps.longest(trial(caps=(short, unknown))) is None


def test_the_cap_that_overrules_is_the_one_of_the_verdict() -> None:
    rows = (at_cap(120.0, -5.0, 2.0, "better"), at_cap(900.0, 8.0, 3.0, "worse"))
    verdict = better().evaluation.verdict
    turned = dataclasses.replace(verdict, figures={"longer_seconds": 900.0})
    assert caps.longest_overruling(trial(caps=rows, verdict=turned)) == rows[1]
    assert caps.longest_overruling(trial(caps=rows)) is None


@pytest.mark.parametrize(
    ("half", "says"),
    [
        (
            3.0,
            (
                "Counted up to 15 min instead of 2 min, people were 8.0 s faster (95 % interval: "
                "5.0 s to 11 s faster)."
            ),
        ),
        (
            9.0,
            (
                "Counted up to 15 min instead of 2 min, the difference is not certain: 8.0 s "
                "faster (95 % interval: 17 s faster to 1.0 s slower)."
            ),
        ),
    ],
)
def test_the_harm_that_the_longest_cap_leaves_open(half: float, says: str) -> None:
    assert caps.beside(trial(caps=(at_cap(900.0, -8.0, half, "better"),))) == says


def test_a_longest_cap_without_an_interval_says_nothing_of_harm() -> None:
    row = dataclasses.replace(at_cap(900.0, -8.0, 3.0, "better"), ci_lower=None, ci_upper=None)
    assert caps.beside(trial(caps=(row,))) == (
        "Counted up to 15 min instead of 2 min, people were 8.0 s faster."
    )
    assert caps.beside(trial(caps=())) is None
