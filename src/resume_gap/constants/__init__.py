"""Every number that is a judgement rather than a result, with its unit and its reason.

They stand here once, by topic, are imported from here where they are used, and are printed in the
methods part of every report. A reader who disagrees with one knows where it lives.
"""

from typing import Final

from resume_gap.constants import checks, comparison, measures, placebos, starts, trial
from resume_gap.constants.checks import *
from resume_gap.constants.comparison import *
from resume_gap.constants.measures import *
from resume_gap.constants.placebos import *
from resume_gap.constants.starts import *
from resume_gap.constants.trial import *
from resume_gap.units import Constant

_TOPICS: Final = (measures, checks, starts, trial, comparison, placebos)


def named() -> dict[str, Constant]:
    """All constants by the names that the code uses, topic by topic."""
    return {
        name: value
        for topic in _TOPICS
        for name, value in vars(topic).items()
        if isinstance(value, Constant)
    }


def published() -> tuple[tuple[str, Constant], ...]:
    """All constants with their names in words, in the same order."""
    return tuple((name.lower().replace("_", " "), value) for name, value in named().items())
