"""`resume-gap mcp`: serve one folder to another program until it closes the connection."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from resume_gap.commands.registry import Printed
from resume_gap.serving.server import server_of


def main(
    arguments: Sequence[str], given: dict[str, Any], announce: Callable[[str], None]
) -> Printed:
    """Serve; nothing is printed but the protocol.

    Raises:
        InputError: The argument is no folder.
        UsageError: The extra is not installed.
    """
    del given
    announce("serving")
    serve(Path(arguments[0]))
    return Printed(b"", "nothing was written")


def serve(folder: Path) -> None:
    """`resume_gap.mcp`; see there."""
    server_of(folder).run("stdio")
