"""Warnings about the data in a few words, for the first screen; the appendix has the whole."""

from typing import Final

from resume_gap.report.text import vocabulary
from resume_gap.report.text.clauses import clipped
from resume_gap.results.common import Check

_OF_THE_INTAKE: Final = {
    "clock_out_of_range": "some times are impossible: a wrong clock.",
    "clock_outliers": "some times lie far from all the others.",
    "duration_left_out": "a column of durations could not be used.",
    "event_id_conflicts": "event ids repeat with different content.",
    "event_names_alike": "some event names differ in their spelling only.",
    "half_day_times": "the afternoon may be written like the morning.",
    "local_times_skipped": "the time zone is probably wrong.",
    "other_threshold": "the prediction has another inactivity threshold.",
    "prediction_of_this_log": "the prediction was made from this very log.",
    "rounded_user_ids": "several people may share one rounded id.",
    "several_people": "user ids look like accounts or teams.",
    "type_clash": "a column holds different kinds in different files.",
}
"""By check that brings its sentence along, at most nine words, true without its figures."""


def passed(command: str) -> str:
    """That no check of the data warns, without a full stop; a trial has checks of its own."""
    if command in ("evaluate", "compare"):
        return "The logged events passed their checks"
    return "All checks of the data passed"


def in_short(check: Check, most: int) -> str:
    """The whole sentence of a warning where it is short, else what it comes to.

    Args:
        check: A warning with its sentence.
        most: Words beside figures.
    """
    whole = vocabulary.whole(check.message)
    cut = clipped(whole, most)
    short = check.short or _OF_THE_INTAKE.get(check.check)
    return vocabulary.whole(short) if short and cut != whole else cut
