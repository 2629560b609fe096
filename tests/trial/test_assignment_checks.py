"""Checks of who was assigned to which arm, at their limits."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from resume_gap.report.text import trust
from resume_gap.trial.assignment_checks import both_arms

if TYPE_CHECKING:
    from resume_gap.trial.evidence import Evidence


@pytest.mark.parametrize(
    ("both", "status"),
    [(0, "passed"), (10, "passed"), (11, "warned"), (50, "warned"), (51, "failed")],
)
def test_users_in_both_arms(both: int, status: str) -> None:
    kept = 1_000 - both
    evidence = SimpleNamespace(
        assigned=SimpleNamespace(both_arms=both),
        trial=SimpleNamespace(assigned=(kept // 2, kept - kept // 2)),
    )
    found = both_arms(cast("Evidence", evidence))
    assert found.status == status
    assert found.figures["users"] == both
    assert ("login" in trust.found(found)) == (status == "failed")
