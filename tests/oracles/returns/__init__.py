"""Sessions, stops and lags by SQL; `replay/return_rows.py` makes the same of arrays."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from resume_gap.pipeline.queries import Runner

RELATIONS = ("sessions", "stops", "lags")


def by_queries(runner: Runner, **variables: Any) -> dict[str, list[dict[str, Any]]]:
    """The rows of each relation, in no order; they stay in the database.

    Args:
        runner: Holds `bursts` and `log_ends`.
        variables: threshold_us, cap_us, mid_task_window_us, has_productive and all_returns.
    """
    runner.let(**variables)
    found = {}
    for relation in RELATIONS:
        sql = (Path(__file__).parent / f"{relation}.sql").read_text(encoding="utf-8")
        runner.con.execute(f"create or replace table {relation} as {sql}")
        found[relation] = runner.table(relation).to_arrow_table().to_pylist()
    return found
