"""What a case may end in."""

from collections.abc import Callable
from dataclasses import dataclass
from traceback import format_exception
from typing import Final

from resume_gap.errors import InputError, ResumeGapError

LONGEST: Final = 2_000
"""Characters of the longest message that still is one line to read."""

OF_ALL_FILES: Final = ("no column for ", "columns are ambiguous: ", "--", "'")
"""How messages about columns of a whole log begin, or about an option; no file is at fault."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case ended.

    Attributes:
        message: Of the expected error; empty where the tool finished.
        fault: What is wrong with the outcome; empty for a good one.
    """

    message: str
    fault: str


def outcome(run: Callable[[], object], file: str = "") -> Outcome:
    """Run a case; everything but an expected error of one line is a fault.

    Args:
        run: The case.
        file: The name of a file that an error over an input must say.
    """
    try:
        run()
    except ResumeGapError as error:
        message = str(error)
        of_all = message.startswith(OF_ALL_FILES)
        nameless = isinstance(error, InputError) and not of_all and file not in message
        fault = f"the message does not name {file}: {message}" if nameless else ""
        return Outcome(message, fault or fault_of(message))
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return Outcome("", "".join(format_exception(error)[-6:]))
    return Outcome("", "")


def fault_of(message: str) -> str:
    """What is wrong with a message; empty for a good one."""
    if not message.strip():
        return "the message is empty"
    if "\n" in message or "\r" in message:  # the command line shows other controls escaped
        return f"the message has several lines: {message!r}"
    if len(message) > LONGEST:
        return f"the message has {len(message):,} characters"
    return ""
