"""What else changed on the day of a launch."""

from typing import Final

from resume_gap.report.text import vocabulary
from resume_gap.report.text.launchchecks.entry import LaunchCheck, LaunchOutcome, PlainReason
from resume_gap.report.text.numbers import assumed, duration, exact, many, p_value, percent
from resume_gap.report.text.plain_check import Figures
from resume_gap.results.trust import ChangedEvent, TrustCheck

_NAMED: Final = 3
_CHANGES: Final = {"appears": "new", "vanishes": "gone", "jumps": "far more or less often"}
_FIXED: Final = {
    "learned": "learned from the gaps before the launch",
    "fallback": "the usual one, as the gaps before the launch show none of their own",
    "given": "given beforehand",
    "prediction": "taken from the prediction file",
}
_MORE_THAN_LAUNCHED: Final = "More than the marker changed that day"


def _events(f: Figures) -> str:
    events: tuple[ChangedEvent, ...] = f["events"]
    listed = ", ".join(f"{one.event} ({_CHANGES[one.change]})" for one in events[:_NAMED])
    rest = len(events[_NAMED:]) + f["unnamed"]
    if not events:
        return f"{rest:,} that too few users have to be named"
    return f"{listed} and {rest:,} more" if rest else listed


def _change(f: Figures) -> str:
    seconds = f["seconds"]
    way = "shorter" if seconds < 0 else "longer"
    return f"{assumed(abs(seconds))} {way} than expected over {many(f['days'], 'day')}"


def _control(check: TrustCheck, f: Figures) -> str:
    return (
        f"returns at which the marker is never shown were {_change(f)}"
        f" ({p_value(check.p or 0.0)}, among {f['placebos']:,} earlier dates)"
    )


def _mix(check: TrustCheck, f: Figures) -> str:
    return (
        f"{percent(f['share'])} of the returns after the launch are of users first seen in the"
        f" {f['days']:,} days before, {percent(max(f['expected'], 0.0))} were to be expected"
        f" ({p_value(check.p or 0.0)})"
    )


def _gaps(check: TrustCheck, f: Figures) -> str:
    return (
        f"{_gap_lengths(f)}, with gaps counted up to {exact(f['longest_seconds'])}"
        f" ({p_value(check.p or 0.0)}, among {f['placebos']:,} earlier dates)"
    )


def _gap_lengths(f: Figures) -> str:
    typical, expected = (duration(f[name], 1.0) for name in ("seconds", "expected_seconds"))
    return (
        f"the typical gap before a return after the launch lasts {typical}, where {expected} was to"
        " be expected"
    )


def _fixed(check: TrustCheck, f: Figures) -> str:
    return (
        f"the inactivity threshold, {exact(f['seconds'])}, was {_FIXED[check.code]}; returns are"
        f" counted up to {exact(f['cap_seconds'])}, fixed by nothing that came after"
    )


CHECKS: Final = {
    "control_jump": LaunchCheck(
        title="Returns that never get a marker",
        outcomes={
            "no_control": LaunchOutcome(
                "no return is known at which the marker is never shown, so nothing tells the"
                " launch from other changes of that day"
            ),
            "too_short": LaunchOutcome(
                "the log is too short to say whether returns that never get a marker changed, too"
            ),
            "steady": LaunchOutcome(lambda c, f: f"{_control(c, f)}, as on other dates"),
            "may_jump": LaunchOutcome(
                lambda c, f: f"{_control(c, f)}: something else may have changed that day"
            ),
            "jumps": LaunchOutcome(
                lambda c, f: (
                    f"{_control(c, f)}: something else changed that day, which the marker cannot"
                    " have done"
                ),
                plain=PlainReason(
                    _MORE_THAN_LAUNCHED,
                    lambda f: (
                        "Returns at which the marker is never shown changed on the same day: they"
                        f" were {_change(f)}."
                    ),
                    "find out what else was released then",
                ),
            ),
        },
    ),
    "changed_events": LaunchCheck(
        title="Events before and after",
        outcomes={
            "none": LaunchOutcome(
                lambda _, f: (
                    f"{many(f['names'], 'event name occurs', 'event names occur')} before and after"
                    " the launch alike: nothing appears, vanishes or jumps"
                )
            ),
            "rare": LaunchOutcome(
                lambda _, f: (
                    f"event names that change at the launch: {_events(f)}; too rare to matter"
                )
            ),
            "some": LaunchOutcome(
                lambda _, f: (
                    f"event names that change at the launch: {_events(f)}: the log sees something"
                    " else since then; say which of them the marker itself writes, and leave out"
                    " the others"
                ),
                plain=PlainReason(
                    "The log records something else since the launch",
                    lambda _: (
                        "Events appear, vanish or jump on that day, so work is counted otherwise."
                    ),
                    "say which of these events the marker writes, and leave out the others",
                ),
                option=(
                    "--marker shown=NAME names one that the marker writes, --ignore leaves others"
                    " out"
                ),
            ),
        },
    ),
    "user_mix": LaunchCheck(
        title="People before and after",
        outcomes={
            "too_short": LaunchOutcome(
                "the log is too short to say whether the share of new users changed"
            ),
            "steady": LaunchOutcome(_mix),
            "changed": LaunchOutcome(
                lambda c, f: f"{_mix(c, f)}: other people are compared",
                plain=PlainReason(
                    "Other people use the product since the launch",
                    lambda f: (
                        f"{percent(f['share'])} of the returns after it are of new users, where"
                        f" {percent(max(f['expected'], 0.0))} were to be expected."
                    ),
                    "compare the people who were there before and after",
                ),
            ),
        },
    ),
    "gap_mix": LaunchCheck(
        title="Gaps before and after",
        outcomes={
            "too_short": LaunchOutcome(
                "the log is too short to say whether gaps became longer or shorter"
            ),
            "steady": LaunchOutcome(lambda c, f: f"{_gaps(c, f)}, as on other dates"),
            "changed": LaunchOutcome(
                lambda c, f: f"{_gaps(c, f)}: other interruptions are compared",
                plain=PlainReason(
                    "The gaps themselves changed with the launch",
                    lambda f: vocabulary.whole(
                        f"{_gap_lengths(f)}, so other interruptions are compared"
                    ),
                    "find out why people were away longer or shorter from that day on",
                ),
            ),
        },
    ),
    "threshold_before": LaunchCheck(
        title="Threshold and cap",
        outcomes={
            "learned": LaunchOutcome(_fixed),
            "fallback": LaunchOutcome(_fixed),
            "given": LaunchOutcome(_fixed),
            "prediction": LaunchOutcome(_fixed),
        },
    ),
}
