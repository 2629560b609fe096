"""Session ids of the log against its gaps: reported with the rate where they disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import resume_gap
from resume_gap.sources.columns import session_column

if TYPE_CHECKING:
    from pathlib import Path

    from resume_gap.results.common import Check

HOUR = 3600


def found(
    folder: Path, *, per_id: int = 1, every: int = 10, column: str = "session_id"
) -> list[Check]:
    """Two users with 20 sessions of 10 events each, two hours apart.

    Args:
        folder: Where the log is written.
        per_id: Sessions in a row that share an id.
        every: Events of a session after which the id changes.
        column: What the column is called.
    """
    lines = [f"user_id,timestamp,event,{column}"]
    for user in "ab":
        for session in range(20):
            for i in range(10):
                at = 1_772_445_600 + session * 2 * HOUR + i * 47
                lines.append(f"{user},{at},edit,{user}{session // per_id}-{i // every}")
    path = folder / "log.csv"
    path.write_text("\n".join(lines))
    checks = resume_gap.analyze(path, productive=["edit"], gap="30m").data_quality
    return [check for check in checks if check.check == "session_ids_disagree"]


def test_ids_that_change_with_the_gaps(tmp_path: Path) -> None:
    assert found(tmp_path) == []


def test_ids_that_stay_over_gaps(tmp_path: Path) -> None:
    (check,) = found(tmp_path, per_id=2)
    assert check.count == 20
    assert "over 30.0 minutes: they stay the same at 53% of these gaps, and 0% of" in check.message


def test_ids_that_change_without_a_gap(tmp_path: Path) -> None:
    (check,) = found(tmp_path, every=5)
    assert check.count == 40
    assert "at 0% of these gaps, and 51% of their changes" in check.message


def test_other_columns_are_no_session_ids(tmp_path: Path) -> None:
    assert found(tmp_path, per_id=2, column="visit") == []


@pytest.mark.parametrize(
    "name", ["session_id", "sessionId", "session", "$session_id", "ga_session_id", "Session ID"]
)
def test_names_of_session_ids(name: str) -> None:
    assert session_column(["plan", name]) == name


def test_several_names_or_none_are_no_session_id() -> None:
    assert session_column(["plan", "session_number"]) is None
    assert session_column(["session_id", "ga_session_id"]) is None
