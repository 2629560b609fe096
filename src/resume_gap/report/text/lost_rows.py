"""What dropped rows mean for the figures, and what to do about them."""

from typing import Final

from resume_gap import constants
from resume_gap.report.text.clauses import agreeing
from resume_gap.report.text.numbers import duration, many
from resume_gap.results.common import Check

_LACKING: Final = {
    "no_user": ("no user", "--user COL"),
    "no_event": ("no event name", "--event COL"),
    "no_time": ("no time", "--time COL"),
    "unreadable_time": ("a time that cannot be read", "--time COL"),
}
_NO_TRUST: Final = "re-orientation time and threshold cannot be trusted without them"


def dropped(check: Check) -> str:
    """Rows that lack a value."""
    lacking = _LACKING[check.names[0]][0]
    return (
        f"{many(check.count, 'row')} ({check.share or 0:.1%})"
        f" {agreeing(check.count, 'has', 'have')} {lacking} and"
        f" {agreeing(check.count, 'was', 'were')} dropped{_at(check)}"
    )


def remedy(check: Check) -> str:
    """The column that has the value, or the option that names one."""
    reason, advice = check.names
    return advice or f"name a column that has one in them: {_LACKING[reason][1]}"


def nobody(check: Check) -> str:
    """Rows of ids that are nobody's."""
    ids = ", ".join(check.names[1:])
    return (
        f"rows of users called {ids} ({check.share or 0:.1%}) are nobody's and were"
        f" dropped{_at(check)}"
    )


def nobody_remedy(check: Check) -> str:
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
