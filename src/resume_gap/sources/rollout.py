"""Which unit got the marker when: a file of its own beside the log."""

from typing import Final

from resume_gap.errors import InputError
from resume_gap.settings import Settings
from resume_gap.sources.assignments import names_in
from resume_gap.sources.columns import found_columns, listed, plain_name
from resume_gap.sources.source import Source, open_source
from resume_gap.system.temporary import Workspace

ROLLOUT_NAMES: Final = {
    "unit": ("unit", "unit_id", "team", "company", "account", "group", "user_id", "user"),
    "launched_at": ("launched_at", "launched", "launch_date", "launch", "rollout_date", "start"),
}
"""Names of the two columns, best first; case, `_`, `-` and spaces do not matter."""


def open_rollout(path: str, settings: Settings, workspace: Workspace | None = None) -> Source:
    """The file as a source: its units as `user_id`, and when they got the marker as `at_us`.

    Args:
        path: A file, a quoted glob or a `file.duckdb::table`.
        settings: Zone, memory and threads of the run, and the column of the units.
        workspace: The temporary folder of the run; None: one of the source's own.

    Raises:
        InputError: It cannot be read, or a column is missing.
    """
    taken = _taken(path, names_in(path, settings, workspace), settings.rollout_by)
    return open_source(
        [path],
        Settings(
            mapping={
                "user_id": taken["unit"],
                "timestamp": taken["launched_at"],
                "event": taken["unit"],
            },
            tz=settings.tz,
            time_format=settings.time_format,
            lenient=settings.lenient,
            memory_limit=settings.memory_limit,
            threads=settings.threads,
            allow_views=settings.allow_views,
        ),
        workspace=workspace,
        is_beside=True,
    )


def _taken(path: str, names: tuple[str, ...], by: str | None) -> dict[str, str]:
    """The columns of the file; the units' may be called as in the log."""
    if not names:
        raise InputError(f"{path}: is empty; a roll-out needs unit and launched_at")
    taken = {}
    for wanted, known in ROLLOUT_NAMES.items():
        asked = (*known[:1], *([by] if by and wanted == "unit" else []), *known[1:])
        found = [name for one in asked for name in names if plain_name(name) == plain_name(one)]
        if found:
            taken[wanted] = found[0]
    missing = [wanted for wanted in ROLLOUT_NAMES if wanted not in taken]
    if missing:
        likely = [name for wanted in missing for name in ROLLOUT_NAMES[wanted]]
        raise InputError(
            f"{path}: no column for {listed(missing)}; rename yours to unit and launched_at;"
            f" columns found: {found_columns(names, likely)}"
        )
    return taken
