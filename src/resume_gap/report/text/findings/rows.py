"""Rows that were dropped or come twice."""

from typing import Final

from resume_gap import constants
from resume_gap.report.text.clauses import agreeing
from resume_gap.report.text.findings.entry import DataFinding
from resume_gap.report.text.numbers import duration, many
from resume_gap.results.common import Check
from resume_gap.units import rows_that

_LACKING: Final = {
    "no_user": ("no user", "--user COL"),
    "no_event": ("no event name", "--event COL"),
    "no_time": ("no time", "--time COL"),
    "unreadable_time": ("a time that cannot be read", "--time COL"),
}


_NO_TRUST: Final = "re-orientation time and threshold cannot be trusted without them"


def _dropped(check: Check) -> str:
    """Rows that lack a value."""
    lacking = _LACKING[check.names[0]][0]
    return (
        f"{many(check.count, 'row')} ({check.share or 0:.1%})"
        f" {agreeing(check.count, 'has', 'have')} {lacking} and"
        f" {agreeing(check.count, 'was', 'were')} dropped{_at(check)}"
    )


def _remedy(check: Check) -> str:
    """The column that has the value, or the option that names one."""
    reason, advice = check.names
    return advice or f"name a column that has one in them: {_LACKING[reason][1]}"


def _nobody(check: Check) -> str:
    """Rows of ids that are nobody's."""
    ids = ", ".join(check.names[1:])
    return (
        f"rows of users called {ids} ({check.share or 0:.1%}) are nobody's and were"
        f" dropped{_at(check)}"
    )


def _nobody_remedy(check: Check) -> str:
    """The column that has an id there, or what to log."""
    return check.names[0] or (
        "log an id that a person has before signing in, too (a browser's or device's), and give its"
        " column with --user"
    )


def _at(check: Check) -> str:
    f = check.figures
    if "returns" not in f:
        return ": returns that began in them seem to begin later"
    share = f"{f['hit']:,} of {many(round(f['returns']), 'return')} ({f['hit'] / f['returns']:.0%})"
    if not f["owned"]:
        near = f"within {constants.LOST_NEAR.value:.0f} s"
        where = f"{share} come {near} after one, {f['elsewhere']:.0%} before one"
    else:
        late = f", {duration(f['late_seconds'], 0)} too late" if "late_seconds" in f else ""
        where = (
            f"{share} begin in one{late}, but only {f['elsewhere']:.1%} of the other rows are such"
        )
    return f": {where}, so {_NO_TRUST}"


FINDINGS: Final = {
    "rows_dropped": DataFinding(
        message=_dropped,
        action=_remedy,
        short="rows without a user, time or event were dropped.",
    ),
    "placeholder_user_ids": DataFinding(
        message=_nobody,
        action=_nobody_remedy,
        short="rows with an id that is nobody's were dropped.",
    ),
    "equal_rows_kept": DataFinding(
        message=lambda c: rows_that(c.count, "equal", "equals") + " another row in every column",
        action="kept: whole-second stamps and batch uploads cannot tell",
    ),
    "copied_inputs": DataFinding(
        message=lambda c: (
            f"the file {c.names[0]} has as many rows as {c.names[1]}, at the same times, and"
            f" {rows_that(c.count, 'equal', 'equals')} another row in every column"
        ),
        action="give each file once: every event of a copy counts twice",
        short="one file seems to be a copy of another.",
    ),
}
