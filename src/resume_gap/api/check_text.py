"""`resume_gap.check_text` as a function."""

from os import PathLike
from pathlib import Path

from resume_gap.commands.check_text import checked
from resume_gap.textcheck.compare import Checked


def check_text(file: str | PathLike[str], *, report: str | PathLike[str]) -> list[Checked]:
    """Which numbers of a text are in a report, and which are used otherwise than there.

    Otherwise: without their interval, as one end of it alone, without `at most` where the report
    has an upper bound, or as faster where the report has slower.

    Args:
        file: A text file, such as the draft of a message.
        report: The folder of a report.

    Returns:
        One entry for every number that may be a figure, in the order of the text.

    Raises:
        InputError: The text or the report cannot be read.
    """
    return checked(Path(file), Path(report))
