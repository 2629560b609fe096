"""What a case may end in."""

from collections.abc import Callable
from dataclasses import dataclass
from traceback import format_exception
from typing import Final

from resume_gap.errors import ResumeGapError

LONGEST: Final = 2_000
"""Characters of the longest message that still is one line to read."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case ended.

    Attributes:
        message: Of the expected error; empty where the tool finished.
        fault: What is wrong with the outcome; empty for a good one.
    """

    message: str
    fault: str


def outcome(run: Callable[[], object]) -> Outcome:
    """Run a case; everything but an expected error of one line is a fault."""
    try:
        run()
    except ResumeGapError as error:
        return Outcome(str(error), fault_of(str(error)))
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
