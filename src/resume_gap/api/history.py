"""`resume_gap.history` as a function."""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from resume_gap.results.history import History


def history(
    reports: Sequence[str | PathLike[str]],
    *,
    out: str | PathLike[str] | None = None,
    strict: bool = False,
) -> "History":
    """The reports of many runs as one trend, and sealed predictions beside outcomes.

    Args:
        reports: The folders of reports, in any order.
        out: Folder of `history.html` and `history.json`. Default: nothing is written.
        strict: Refuse to write where a caution warns. Default: written with the cautions.

    Returns:
        The frozen history: runs, trends, the ledger and cautions.

    Raises:
        InputError: A folder holds no report.
        StrictError: `strict` was given and a caution warns; nothing was written.
        OutputError: The files cannot be written.
    """
    from resume_gap.commands.history import lined_up, write

    found = lined_up([Path(folder) for folder in reports])
    if out is not None:
        write(found, Path(out), strict=strict)
    return found
