"""Every assumption has its clause, in plain words."""

from typing import get_args

from resume_gap.report.text.bounds import ASSUMPTION
from resume_gap.results import analyze
from resume_gap.stats import bounds


def test_every_assumption_has_its_own_clause() -> None:
    assert set(ASSUMPTION) == set(get_args(analyze.BoundAssumption))
    assert get_args(analyze.BoundAssumption) == get_args(bounds.BoundAssumption)
    assert len(set(ASSUMPTION.values())) == len(ASSUMPTION)
    for never in ("cap", "eligible", "rung", "excess", "lift", "saves"):
        assert never not in " ".join(ASSUMPTION.values()).split()
