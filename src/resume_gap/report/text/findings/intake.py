"""Files, their columns and times, ids of events, and the prediction that is compared."""

import shlex
from typing import Final

from resume_gap.report.text.findings.entry import DataFinding
from resume_gap.results.common import Check
from resume_gap.sources.columns import flag
from resume_gap.units import rows_that


def _kinds(check: Check) -> str:
    """Which file holds which kind of value; `names` are the column, then kinds and files."""
    column, *held = check.names
    listed = (f"{kind} in {label}" for kind, label in zip(held[::2], held[1::2], strict=True))
    return f"'{column}' holds {' and '.join(listed)}"


def _at_local_times(check: Check) -> str:
    return rows_that(check.count, "are at local times", "is at a local time")


def _unit(check: Check) -> str:
    column, unit, time_is = check.names
    why = ", by their overlaps" if check.figures["inferred"] else ""
    return f"'{column}' is read as {unit} from the time as the {time_is}{why}"


def _repeated(check: Check) -> str:
    """Ids that come again: of a column that identifies no events, or of one that does."""
    if check.names:
        return (
            f"{rows_that(check.count, 'repeat', 'repeats')} a value of {check.names[0]} with"
            " different content, so it does not identify events and was not used to remove"
            " duplicates"
        )
    other = round(check.figures["other"])
    more = f", {other:,} of them with other content" if other else ""
    return f"{rows_that(check.count, 'repeat', 'repeats')} an event id{more}"


def _without_repeats(check: Check) -> str:
    if check.names:
        return f"to use it anyway: --map {shlex.quote(f'event_id={check.names[0]}')}"
    return "the earliest of each id was kept"


FINDINGS: Final = {
    "type_clash": DataFinding(
        message=_kinds,
        action="read as text (times as times); export one kind in every file",
        short="a column holds different kinds in different files.",
    ),
    "several_people": DataFinding(
        message=lambda c: (
            f"the {c.count:,} user ids look like accounts or teams: {c.names[0]!r} has"
            f" {c.figures['people']:,} values, and each belongs to one of them"
        ),
        action=lambda c: f"{flag('user_id', c.names[0])} tells them apart",
        short="user ids look like accounts or teams.",
    ),
    "local_times_skipped": DataFinding(
        message=lambda c: (
            f"{_at_local_times(c)} that {c.names[0]} does not have ({c.names[1]}): the zone is"
            " probably wrong"
        ),
        action="give another --tz",
        short="the time zone is probably wrong.",
    ),
    "local_times_doubled": DataFinding(
        message=lambda c: f"{_at_local_times(c)} that {c.names[0]} has twice ({c.names[1]})",
        action="read as the second; times with a zone are certain",
    ),
    "duration_left_out": DataFinding(
        message=lambda c: (
            f"'{c.names[0]}' is called like the duration, but in no unit do its interval events"
            " end before the next event of the user"
        ),
        action="left out; --duration-unit s|ms|us|ns and --time-is start|end decide",
        short="a column of durations could not be used.",
    ),
    "duration_unit": DataFinding(
        message=_unit, action="--duration-unit and --time-is say otherwise"
    ),
    "event_id_conflicts": DataFinding(
        message=_repeated,
        action=_without_repeats,
        short="event ids repeat with different content.",
    ),
    "repeated_event_ids": DataFinding(message=_repeated, action=_without_repeats),
    "prediction_of_this_log": DataFinding(
        message=lambda c: (
            f"the prediction file was made from this very log, the {c.names[0]} included: it is no"
            " prediction and was not used"
        ),
        action=lambda c: f"make it with --until before the first {c.names[1]}",
        short="the prediction was made from this very log.",
    ),
    "older_prediction": DataFinding(
        message=(
            "the prediction file was made by an earlier version: it does not say what the marker"
            " could save at first returns, counted up to the primary cap"
        ),
        action="make it again with resume-gap analyze to compare them",
    ),
    "other_threshold": DataFinding(
        message=lambda c: (
            f"the inactivity threshold is {c.figures['seconds']:g} s here and"
            f" {c.figures['predicted_seconds']:g} s in the prediction: they do not measure the same"
        ),
        action="leave out --gap to take the prediction's",
        short="the prediction has another inactivity threshold.",
    ),
}
SHORT: Final = {
    "clock_out_of_range": "some times are impossible: a wrong clock.",
    "clock_outliers": "some times lie far from all the others.",
    "event_names_alike": "some event names differ in their spelling only.",
    "half_day_times": "the afternoon may be written like the morning.",
    "rounded_user_ids": "several people may share one rounded id.",
}
"""Of warnings that bring their sentence along; like `DataFinding.short`."""
