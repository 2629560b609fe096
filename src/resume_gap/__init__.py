"""Finds interrupted work in product event logs and measures what getting back into it costs.

The public names are loaded on first use, so that `import resume_gap` stays light. Beside the errors
they are the functions of the commands and the classes of their results, by the table of commands.
"""

from typing import TYPE_CHECKING, Any

from resume_gap.commands.registry import load, public_names
from resume_gap.errors import (
    DataError,
    InputError,
    OutputError,
    ResumeGapError,
    StrictError,
    UsageError,
)

if TYPE_CHECKING:
    from resume_gap.api.public import *  # noqa: F403 - what `public_names` lists

__version__ = "0.1.0"

__all__ = [  # noqa: PLE0604 - the table of commands is read
    "DataError",
    "InputError",
    "OutputError",
    "ResumeGapError",
    "StrictError",
    "UsageError",
    "__version__",
    *sorted(public_names()),
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a module attribute is
    if name in public_names():
        return load(public_names()[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
