"""`resume_gap.verify` as a function."""

from collections.abc import Callable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resume_gap.api.events import Events
    from resume_gap.output.same import Reproduction


def verify(
    report: str | PathLike[str],
    events: "Events | None" = None,
    *,
    allow_views: bool = False,
    on_progress: Callable[[str], None] | None = None,
) -> "Reproduction":
    """Make a report again from its log, and compare every figure and row.

    The report may have been made by executors of Spark or by an older version: it is made again in
    this process, by this version, in a temporary folder.

    Args:
        report: The folder of a report of `analyze`, `evaluate`, `compare` or `plan`.
        events: The log, where it is not where it was or was a frame, as for `analyze`.
            Default: the paths in `summary.json`.
        allow_views: Read views of a .duckdb file, too. Default: tables only.
        on_progress: Called with the name of each step.

    Returns:
        What was compared, and what differs.

    Raises:
        InputError: The folder holds no report, or its log is not there or another one.
    """
    from resume_gap.api.call import inputs
    from resume_gap.commands.verify import verified

    log = [] if events is None else inputs(events)
    announce = on_progress or (lambda _: None)
    return verified(Path(report), log, announce, allow_views=allow_views)
