"""Everything that can go wrong in a way a person can mend.

    ResumeGapError
    |-- UsageError        the command, an option or the configuration is off        exit 2
    |-- DataError         the data cannot be analyzed                               exit 1
    |   `-- InputError    a file cannot be found, opened or read                    exit 1
    |-- OutputError       the report cannot be written                              exit 1
    |-- StrictError       --strict, and the data gave a warning                     exit 3
    `-- InternalError     a check of our own failed: a fault in resume-gap          exit 1

A message is one line: what is wrong, where, and what to do. Anything else that is raised is a
fault of ours and keeps its traceback.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a script learns from the exit status."""

    OK = 0
    """Done; the report stands, whatever its result is."""
    DATA = 1
    """The data cannot be analyzed; nothing was written."""
    USAGE = 2
    """A wrong option or configuration; nothing was written."""
    STRICT = 3
    """`--strict` was given and the data gave a warning; nothing was written."""
    HUNG_UP = 129
    """Ended by SIGHUP; nothing was written."""
    INTERRUPTED = 130
    """Stopped by the person at the keyboard; nothing was written."""
    TERMINATED = 143
    """Ended by SIGTERM; nothing was written."""


class ResumeGapError(Exception):
    """Base of all expected failures; `str(error)` is the line to show."""

    exit_code = ExitCode.DATA


class UsageError(ResumeGapError):
    """The command, an option or the configuration is off."""

    exit_code = ExitCode.USAGE


class DataError(ResumeGapError):
    """The data cannot be analyzed as they are."""


class InputError(DataError):
    """A file cannot be found, opened or read."""


class OutputError(ResumeGapError):
    """The report cannot be written where it should go."""


class InternalError(ResumeGapError):
    """A check of our own failed, so that figures would be wrong."""

    def __init__(self, what: str) -> None:
        super().__init__(f"a fault in resume-gap: {what}; nothing was written; please report it")


class StrictError(ResumeGapError):
    """`--strict` was given and a check warned."""

    exit_code = ExitCode.STRICT
