"""Which events work begins with, soon after a return of treatment, as the log says it."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from resume_gap.trial.first_work import FirstWork, first_work

if TYPE_CHECKING:
    from resume_gap.pipeline.queries import Runner


def test_rows_of_the_query_are_events_with_their_users_and_share_of_control() -> None:
    given: dict[str, Any] = {}
    rows = [("edit", 9, 0.4), ("auto_open", 3, 0.0)]
    runner = SimpleNamespace(
        let=given.update, read=lambda _: SimpleNamespace(fetchall=lambda: rows)
    )
    assert first_work(cast("Runner", runner), 3_000_000) == (
        FirstWork("edit", 9, 0.4),
        FirstWork(event="auto_open", users=3, share_in_control=0.0),
    )
    assert given == {"first_step_us": 3_000_000}
