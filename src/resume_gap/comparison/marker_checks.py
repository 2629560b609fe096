"""Whether the marker came at the launch that was given, and only where it is due."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from resume_gap.constants import CONTROL_MARKERS, MARKER_MISSING, MARKERS_EARLY
from resume_gap.pipeline.queries import Runner
from resume_gap.results.trust import TrustCheck, TrustStatus

_NAMES: Final = ("early_markers", "marker_at_control", "marker_missing")


class LaunchMarkers(NamedTuple):
    """Markers that were shown (queries/87_launch_markers.sql).

    Attributes:
        shown: From the launch on.
        at_due: Of these, at a return from an interruption.
        at_control: At another return.
        shown_before: Before the launch.
        users_before: Users who saw one then.
        due_shown: Followed-up interruptions from the launch on with a marker.
        due_returns: All of these.
    """

    shown: int
    at_due: int
    at_control: int
    shown_before: int
    users_before: int
    due_shown: int
    due_returns: int


def read_markers(runner: Runner, shown_names: Sequence[str]) -> LaunchMarkers | None:
    """The markers of the log; None where no event says that one was shown.

    Args:
        runner: Holds `log`, `lags` and `streams`, and knows the launch.
        shown_names: Events that say so.
    """
    if not shown_names:
        return None
    runner.let(shown_names=list(shown_names))
    return LaunchMarkers(*map(int, runner.row("87_launch_markers")))


def marker_checks(markers: LaunchMarkers | None, users_before: int) -> tuple[TrustCheck, ...]:
    """The three checks.

    Args:
        markers: What was shown.
        users_before: Users with an interruption before the launch.
    """
    if markers is None:
        return tuple(TrustCheck(name=n, code="not_logged", status="not_checked") for n in _NAMES)
    return (_early(markers, users_before), _at_control(markers), _missing(markers))


def _early(markers: LaunchMarkers, users_before: int) -> TrustCheck:
    """Who saw a marker before the launch is no witness of the time without."""
    many = markers.users_before > MARKERS_EARLY.value * users_before
    return TrustCheck(
        name="early_markers",
        code="many" if many else "few",
        status="failed" if many else "passed",
        figures={"users": markers.users_before, "of": users_before, "shown": markers.shown_before},
    )


def _at_control(markers: LaunchMarkers) -> TrustCheck:
    """A marker where none is due spoils the control series."""
    share = markers.at_control / markers.shown if markers.shown else 0.0
    spoilt = share > CONTROL_MARKERS.value
    return TrustCheck(
        name="marker_at_control",
        code="elsewhere" if spoilt else "at_due",
        status="failed" if spoilt else "passed",
        figures={"shown": markers.shown, "at_due": markers.at_due, "elsewhere": markers.at_control},
    )


def _missing(markers: LaunchMarkers) -> TrustCheck:
    """Interruptions from the launch on without a marker thin the effect out."""
    missing = markers.due_returns - markers.due_shown
    many = missing > MARKER_MISSING.value * markers.due_returns
    status: TrustStatus = "warned" if many else "passed"
    return TrustCheck(
        name="marker_missing",
        code="many" if many else "few",
        status=status,
        figures={"interruptions": markers.due_returns, "missing": missing},
    )
