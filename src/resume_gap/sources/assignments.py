"""Who was assigned to which variant, and when: a file of its own beside the log."""

from collections.abc import Sequence
from typing import Final

from resume_gap.errors import InputError
from resume_gap.eventcolumns import BY_NAME
from resume_gap.settings import Settings
from resume_gap.sources.columns import found_columns, listed, plain_name
from resume_gap.sources.expansion import expand
from resume_gap.sources.opening import column_names
from resume_gap.sources.source import Source, open_source
from resume_gap.system.temporary import SourceFolder, Workspace

ASSIGNMENT_NAMES: Final = {
    "user_id": ("user_id", *(name for rank in BY_NAME["user_id"].aliases for name in rank)),
    "variant": (
        "variant",
        "variation",
        "variation_name",
        "variation_id",
        "arm",
        "bucket",
        "treatment_group",
        "group",
        "experimental_condition",
    ),
    "assigned_at": (
        "assigned_at",
        "assignment_time",
        "assigned",
        "exposed_at",
        "first_exposure_at",
        "first_exposure",
        "enrolled_at",
        "timestamp",
        "time",
        "ts",
        "created_at",
    ),
}
"""Names of the three columns, best first; case, `_`, `-` and spaces do not matter."""


def open_assignments(path: str, settings: Settings, workspace: Workspace | None = None) -> Source:
    """The file as a source: its `user_id`, `at_us` and, as `event`, the variant.

    Its other columns are the `segments` of its rows, in the order of `other_columns`.

    Args:
        path: A file, a quoted glob or a `file.duckdb::table`.
        settings: Zone, memory and threads of the run.
        workspace: The temporary folder of the run; None: one of the source's own.

    Raises:
        InputError: It cannot be read, or a column is missing.
    """
    names = names_in(path, settings, workspace)
    taken = _taken(path, names)
    return open_source(
        [path],
        Settings(
            mapping={
                "user_id": taken["user_id"],
                "timestamp": taken["assigned_at"],
                "event": taken["variant"],
            },
            by=_others(names, tuple(taken.values())),
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


def names_in(path: str, settings: Settings, workspace: Workspace | None) -> tuple[str, ...]:
    """The columns of a file beside the log.

    Raises:
        InputError: It cannot be read.
    """
    files, _ = expand([path])
    folder = SourceFolder(workspace)
    try:
        return column_names(files, settings, folder)
    finally:
        folder.remove()


def other_columns(opened: Source) -> tuple[str, ...]:
    """Columns of the file that are neither user, time nor variant."""
    taken = (opened.columns[name] for name in ("user_id", "timestamp", "event"))
    return _others(opened.columns_found, tuple(name for name in taken if name is not None))


def _others(names: Sequence[str], taken: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in taken)


def _taken(path: str, names: tuple[str, ...]) -> dict[str, str]:
    if not names:
        raise InputError(f"{path}: is empty; assignments need user_id, variant and assigned_at")
    taken = {}
    for wanted, known in ASSIGNMENT_NAMES.items():
        found = [name for one in known for name in names if plain_name(name) == plain_name(one)]
        if found:
            taken[wanted] = found[0]
    missing = [wanted for wanted in ASSIGNMENT_NAMES if wanted not in taken]
    if missing:
        known_names = [name for wanted in missing for name in ASSIGNMENT_NAMES[wanted]]
        raise InputError(
            f"{path}: no column for {listed(missing)}; rename yours to user_id, variant and"
            f" assigned_at; columns found: {found_columns(names, known_names)}"
        )
    return taken
