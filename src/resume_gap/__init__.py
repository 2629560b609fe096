"""Finds interrupted work in product event logs and measures what getting back into it costs.

The public names are loaded on first use, so that `import resume_gap` stays light.
"""

from typing import TYPE_CHECKING, Any

from resume_gap.errors import (
    DataError,
    InputError,
    OutputError,
    ResumeGapError,
    StrictError,
    UsageError,
)

if TYPE_CHECKING:
    from resume_gap.analysis import analyze as analyze

__version__ = "0.1.0"

__all__ = [
    "DataError",
    "InputError",
    "OutputError",
    "ResumeGapError",
    "StrictError",
    "UsageError",
    "__version__",
    "analyze",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a module attribute is
    if name == "analyze":
        from resume_gap.analysis import analyze  # noqa: PLC0415 - duckdb and polars load here

        return analyze
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
