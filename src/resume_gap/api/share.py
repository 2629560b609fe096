"""`resume_gap.share` as a function."""

from os import PathLike
from pathlib import Path
from typing import Literal

from resume_gap.commands.share import SharedFirstScreen, share_report


def share(
    report: str | PathLike[str],
    *,
    out: str | PathLike[str] | None = None,
    scheme: Literal["light", "dark"] = "light",
) -> SharedFirstScreen:
    """The first screen of a report as PNG and SVG, and three sentences for a chat message.

    Args:
        report: The folder of a report.
        out: Folder to write into. Default: the report's.
        scheme: The colors of the picture.

    Returns:
        The files that were written, and the message.

    Raises:
        InputError: The folder holds no report.
        OutputError: The files cannot be written.
    """
    return share_report(Path(report), out=None if out is None else Path(out), scheme=scheme)
