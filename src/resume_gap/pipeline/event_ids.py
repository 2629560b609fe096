"""Rows that repeat an event id: deliveries of one event, or a column that names something else."""

from collections.abc import Mapping

from resume_gap.constants import EVENT_ID_AGREES
from resume_gap.pipeline.queries import Runner
from resume_gap.results.common import Check
from resume_gap.settings import Settings


def drop_repeated(
    runner: Runner,
    settings: Settings,
    columns: Mapping[str, str | None],
    read: int,
    checks: list[Check],
) -> int:
    """Drop rows that repeat an event id; how many.

    A column that is merely called like an event id and comes again with other content names
    something else (a save, a request); dropping by it would delete real events.
    """
    if not columns.get("event_id"):
        return 0
    repeated, other, ids, agreeing = map(int, runner.row("24_repeated_ids"))
    if not repeated:
        return 0
    wrong = agreeing < EVENT_ID_AGREES.value * ids
    by_name = "event_id" not in settings.mapping
    if wrong and by_name:
        checks.append(
            Check(
                check="event_id_conflicts",
                severity="warn",
                count=other,
                share=other / read,
                action="not used to drop repetitions; --map event_id=COL insists",
                message=(
                    f"column {columns['event_id']} comes again with other content in "
                    f"{other:,} rows: it names something else than one event"
                ),
            )
        )
        return 0
    checks.append(
        Check(
            check="event_id_conflicts" if wrong else "repeated_event_ids",
            severity="warn" if wrong else "note",
            count=repeated,
            share=repeated / read,
            action="the earliest of each id was kept",
            message=f"{repeated:,} rows repeat an event id"
            + (f", {other:,} of them with other content" if other else ""),
        )
    )
    runner.make("16_unrepeated")
    runner.replace_view("events", "unrepeated")
    return repeated
