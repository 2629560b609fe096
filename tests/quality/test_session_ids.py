"""Session ids of the log against its gaps: reported with the rate where they disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import resume_gap
from resume_gap.constants import SESSION_DISAGREES, SESSION_GAPS, SESSION_ROWS
from resume_gap.quality.session_ids import session_checks
from resume_gap.sources.columns import session_column
from resume_gap.sources.role_bits import AGENT, AWAY, IGNORED, PRODUCTIVE
from resume_gap.sources.roles import RoleChoice

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


# The limits, by hand -----------------------------------------------------------------------------

LEAST = int(SESSION_GAPS.value)
ONE_IN = round(1 / SESSION_DISAGREES.value)


class Counted:
    """A runner whose log has these counts of gaps and changes."""

    def __init__(self, counts: tuple[int, int, int, int], columns: tuple[str, ...]) -> None:
        self.con, self.counts, self.columns = self, counts, columns
        self.variables: dict[str, Any] = {}

    def execute(self, _: str) -> Counted:
        return self

    def fetchall(self) -> list[tuple[str]]:
        return [(name,) for name in self.columns]

    def let(self, **variables: Any) -> None:
        self.variables |= variables

    def row(self, name: str) -> tuple[int, int, int, int]:
        assert name == "33_session_ids"
        return self.counts


def counted(
    gaps: int, unchanged: int, changes: int, inside: int, *, rows: int = 9, more: str = "event"
) -> tuple[list[Check], dict[str, Any]]:
    runner: Any = Counted((gaps, unchanged, changes, inside), ("user_id", "session_id", more))
    bits = {"edit": PRODUCTIVE, "idle": AWAY, "ping": IGNORED, "bot": AGENT | PRODUCTIVE}
    roles = RoleChoice(bits, "configured", ())
    return session_checks(runner, roles, rows=rows, threshold_us=90_000_000), runner.variables


@pytest.mark.parametrize(
    ("counts", "is_said"),
    [
        ((LEAST, LEAST // ONE_IN + 1, 0, 0), True),
        ((LEAST, LEAST // ONE_IN, 0, 0), False),  # a tenth may disagree
        ((LEAST - 1, LEAST - 1, 0, 0), False),  # too few gaps to say
        ((0, 0, LEAST, LEAST // ONE_IN + 1), True),
        ((0, 0, LEAST, LEAST // ONE_IN), False),
        ((0, 0, LEAST - 1, LEAST - 1), False),
        ((0, 0, 0, 0), False),
    ],
)
def test_ids_disagree_from_a_limit_on(counts: tuple[int, int, int, int], *, is_said: bool) -> None:
    found, _ = counted(*counts)
    assert [check.check for check in found] == ["session_ids_disagree"] * is_said


def test_the_shares_are_of_the_gaps_and_of_the_changes() -> None:
    (check,), _ = counted(40, 10, 100, 60)
    assert (check.severity, check.count, check.share) == ("warn", 70, None)
    assert check.figures == {"seconds": 90, "unchanged_share": 0.25, "inside_share": 0.6}
    (check,), _ = counted(40, 10, 0, 0)
    assert check.figures["inside_share"] == 0
    (check,), _ = counted(0, 0, 40, 10)
    assert check.figures["unchanged_share"] == 0


def test_idle_ignored_and_agents_events_take_no_part() -> None:
    _, variables = counted(0, 0, 0, 0)
    assert variables == {
        "skipped_events": ["idle", "ping", "bot"],
        "one_user_in": 1,
        "session_gap_us": 90_000_000,
    }


@pytest.mark.parametrize(("rows", "one_in"), [(-1, 1), (0, 2), (1, 2)])
def test_of_a_long_log_some_users_are_looked_at(rows: int, one_in: int) -> None:
    _, variables = counted(0, 0, 0, 0, rows=int(SESSION_ROWS.value) + rows)
    assert variables["one_user_in"] == one_in


@pytest.mark.parametrize("column", ["end_us", "stream"])
def test_gaps_that_are_not_between_neighbors_are_not_compared(column: str) -> None:
    assert counted(40, 40, 40, 40, more=column) == ([], {})
