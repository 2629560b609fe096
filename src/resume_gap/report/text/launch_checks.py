"""What a check of a launch found: codes to sentences."""

from collections.abc import Callable, Mapping
from typing import Final

from resume_gap.report.text import rollout_checks, vocabulary
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import (
    assumed,
    count,
    duration,
    exact,
    many,
    one_in,
    p_value,
    percent,
)
from resume_gap.report.text.rollout_checks import Figures, PlainReason
from resume_gap.results.trust import ChangedEvent, TrustCheck

_NAMED: Final = 3
_NOT_LOGGED: Final = "no event of the log is named as showing the marker"
_CHANGES: Final = {"appears": "new", "vanishes": "gone", "jumps": "far more or less often"}
NAMES: Final = {
    **rollout_checks.NAMES,
    "control_jump": "Returns that never get a marker",
    "changed_events": "Events before and after",
    "user_mix": "People before and after",
    "gap_mix": "Gaps before and after",
    "threshold_before": "Threshold and cap",
    "early_markers": "Markers before the launch",
    "marker_at_control": "Markers at other returns",
    "marker_missing": "Returns without their marker",
}
"""What is checked, by the names of the checks; never how it turned out, which follows."""


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


_FIXED: Final = {
    "learned": "learned from the gaps before the launch",
    "fallback": "the usual one, as the gaps before the launch show none of their own",
    "given": "given beforehand",
    "prediction": "taken from the prediction file",
}


def _fixed(check: TrustCheck, f: Figures) -> str:
    return (
        f"the inactivity threshold, {exact(f['seconds'])}, was {_FIXED[check.code]}; returns are"
        f" counted up to {exact(f['cap_seconds'])}, fixed by nothing that came after"
    )


_FOUND: Final[Mapping[tuple[str, str], Callable[[TrustCheck, Figures], str]]] = {
    ("control_jump", "no_control"): lambda *_: (
        "no return is known at which the marker is never shown, so nothing tells the launch from"
        " other changes of that day"
    ),
    ("control_jump", "too_short"): lambda *_: (
        "the log is too short to say whether returns that never get a marker changed, too"
    ),
    ("control_jump", "steady"): lambda c, f: f"{_control(c, f)}, as on other dates",
    ("control_jump", "may_jump"): lambda c, f: (
        f"{_control(c, f)}: something else may have changed that day"
    ),
    ("control_jump", "jumps"): lambda c, f: (
        f"{_control(c, f)}: something else changed that day, which the marker cannot have done"
    ),
    **rollout_checks.FOUND,
    ("changed_events", "none"): lambda _, f: (
        f"{many(f['names'], 'event name occurs', 'event names occur')} before and after the launch"
        " alike: nothing appears, vanishes or jumps"
    ),
    ("changed_events", "rare"): lambda _, f: (
        f"event names that change at the launch: {_events(f)}; too rare to matter"
    ),
    ("changed_events", "some"): lambda _, f: (
        f"event names that change at the launch: {_events(f)}: the log sees something else since"
        " then; say which of them the marker itself writes, and leave out the others"
    ),
    ("user_mix", "too_short"): lambda *_: (
        "the log is too short to say whether the share of new users changed"
    ),
    ("user_mix", "steady"): _mix,
    ("user_mix", "changed"): lambda c, f: f"{_mix(c, f)}: other people are compared",
    ("gap_mix", "too_short"): lambda *_: (
        "the log is too short to say whether gaps became longer or shorter"
    ),
    ("gap_mix", "steady"): lambda c, f: f"{_gaps(c, f)}, as on other dates",
    ("gap_mix", "changed"): lambda c, f: f"{_gaps(c, f)}: other interruptions are compared",
    **{("threshold_before", code): _fixed for code in _FIXED},
    ("early_markers", "not_logged"): lambda *_: _NOT_LOGGED,
    ("early_markers", "few"): lambda _, f: (
        f"{f['users']:,} of {f['of']:,} users saw a marker before the launch"
    ),
    ("early_markers", "many"): lambda _, f: (
        f"{f['users']:,} of {f['of']:,} users saw a marker before the launch: is the date right?"
    ),
    ("marker_at_control", "not_logged"): lambda *_: _NOT_LOGGED,
    ("marker_at_control", "at_due"): lambda _, f: (
        f"{f['at_due']:,} of {f['shown']:,} markers were shown at a return from an interruption"
    ),
    ("marker_at_control", "elsewhere"): lambda _, f: (
        f"{f['elsewhere']:,} of {f['shown']:,} markers were shown at returns that came from no"
        " interruption, which are to be the ones without a marker"
    ),
    ("marker_missing", "not_logged"): lambda *_: _NOT_LOGGED,
    ("marker_missing", "few"): lambda _, f: (
        f"{f['missing']:,} of {f['interruptions']:,} interruptions after the launch have no marker"
        " event"
    ),
    ("marker_missing", "many"): lambda _, f: (
        f"{f['missing']:,} of {f['interruptions']:,} interruptions after the launch have no marker"
        " shown: the change is diluted"
    ),
}
_MORE_THAN_LAUNCHED: Final = "More than the marker changed that day"
_PLAIN: Final[Mapping[str, PlainReason]] = {
    **rollout_checks.PLAIN,
    "control_jump": PlainReason(
        _MORE_THAN_LAUNCHED,
        lambda f: (
            "Returns at which the marker is never shown changed on the same day: they were"
            f" {_change(f)}."
        ),
        "find out what else was released then",
    ),
    "changed_events": PlainReason(
        "The log records something else since the launch",
        lambda _: "Events appear, vanish or jump on that day, so work is counted otherwise.",
        "say which of these events the marker writes, and leave out the others",
    ),
    "user_mix": PlainReason(
        "Other people use the product since the launch",
        lambda f: (
            f"{percent(f['share'])} of the returns after it are of new users, where"
            f" {percent(max(f['expected'], 0.0))} were to be expected."
        ),
        "compare the people who were there before and after",
    ),
    "gap_mix": PlainReason(
        "The gaps themselves changed with the launch",
        lambda f: vocabulary.whole(f"{_gap_lengths(f)}, so other interruptions are compared"),
        "find out why people were away longer or shorter from that day on",
    ),
    "early_markers": PlainReason(
        "The marker was there before the launch",
        lambda f: f"{f['users']:,} of {f['of']:,} people saw one before that date.",
        "give the date on which people first saw the marker",
    ),
    "marker_at_control": PlainReason(
        "The marker was not shown as planned",
        lambda f: (
            f"{f['elsewhere']:,} of {f['shown']:,} markers were shown at returns that should get"
            " none."
        ),
        "use the product's own threshold, and name the events that count as work as it does",
    ),
}


def name(check: TrustCheck) -> str:
    """What is checked, in words."""
    return NAMES.get(check.name) or label(check.name.replace("_", " ").capitalize())


def found(check: TrustCheck) -> str:
    """What a check found, a clause; names from the data in it are untrusted text."""
    sentence = _FOUND.get((check.name, check.code))
    if sentence is None:
        return label(check.code.replace("_", " "))
    return sentence(check, check.figures)


def plain(check: TrustCheck) -> PlainReason | None:
    """A failed check in plain words; None of one that is not known."""
    return _PLAIN.get(check.name)


def sure(check: TrustCheck) -> str:
    """`chance alone does this on 1 of 20 dates`, or in so many orders; empty without a p."""
    if check.p is None:
        return ""
    among = "in {} orders of the launches" if "orders" in check.figures else "on {} dates"
    return f"chance alone does this {among.format(one_in(check.p))}"


def status_counts(checks: tuple[TrustCheck, ...]) -> str:
    """`1 failed, 2 not checked`; empty where all passed."""
    return ", ".join(
        f"{count(n)} {status.replace('_', ' ')}"
        for status in ("failed", "warned", "not_checked")
        if (n := len([one for one in checks if one.status == status]))
    )
