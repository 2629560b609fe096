"""What checks found of what no marker can change, as sentences."""

from typing import Any

import pytest

from resume_gap.report.text.trust_unaffected import UNAFFECTED_CHECKS
from resume_gap.results.trust import TrustCheck

OTHERS = {"control": 30.2, "treatment": 37.7, "estimate": 7.5}


@pytest.mark.parametrize(
    ("name", "code", "figures", "says"),
    [
        (
            "other_returns",
            "differ",
            OTHERS,
            (
                "work starts 7.5 s later in treatment also at returns after finished work, where "
                "there is nothing to resume (p = 0.0002), so something else than the marker makes"
                " the arms differ: check whether both groups' clients log the same events at the "
                "same moments; where the marker is shown at these returns, too, they are to be "
                "counted"
            ),
        ),
        (
            "other_returns",
            "unclear",
            {**OTHERS, "estimate": -6.0},
            (
                "work starts 6 s earlier in treatment also at returns after finished work, where "
                "there is nothing to resume (p = 0.0002), so a part of the difference at first "
                "returns may not be the marker's: check whether both groups' clients log the same"
                " events at the same moments"
            ),
        ),
        (
            "other_returns",
            "alike",
            OTHERS,
            (
                "at returns after finished work, work starts after 37.7 s in treatment and 30.2 s"
                " in control (p = 0.0002)"
            ),
        ),
        (
            "other_returns",
            "too_few",
            {},
            "too few users came back after finished work to compare these returns",
        ),
        (
            "other_returns",
            "marker_shown",
            {"markers": 1_200, "returns": 300},
            (
                "1,200 markers were shown at no return from an interruption, so the 300 returns "
                "of treatment after finished work may differ by them"
            ),
        ),
        (
            "arms_before",
            "alike",
            {"control": 28.2, "treatment": 28.9, "users": 628},
            (
                "before the assignment, work started after 28.9 s in treatment and 28.2 s in "
                "control (means of 628 users; chance makes arms so different, p = 0.0002)"
            ),
        ),
        (
            "arms_before",
            "differ",
            {"control": 28.2, "treatment": 25.4, "users": 628},
            (
                "the arms differed before anybody was assigned: work started after 25.4 s in "
                "treatment and 28.2 s in control (means of 628 users, their distributions "
                "compared, too; p = 0.0002), so users were not put into the arms by chance alone: "
                "were some of them (groups, employees, test accounts) put into one arm?"
            ),
        ),
        (
            "arms_before",
            "too_few",
            {},
            "too few users have returns before their assignment to compare the arms there",
        ),
    ],
)
def test_the_sentences(name: str, code: str, figures: dict[str, Any], says: str) -> None:
    check = TrustCheck(name=name, code=code, status="warned", p=0.0002, figures=figures)
    assert UNAFFECTED_CHECKS[name, code](check, figures) == says
