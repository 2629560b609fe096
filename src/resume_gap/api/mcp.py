"""`resume_gap.mcp` as a function."""

from os import PathLike
from pathlib import Path


def mcp(folder: str | PathLike[str]) -> None:
    """Serve a folder of logs and reports, read-only, to another program over standard streams.

    It speaks the Model Context Protocol and returns when standard input ends. It needs the extra
    `resume-gap[mcp]`.

    Args:
        folder: The folder that may be read; nothing outside it is.

    Raises:
        InputError: It is no folder.
        UsageError: The extra is not installed.
    """
    from resume_gap.serving.command import serve

    serve(Path(folder))
