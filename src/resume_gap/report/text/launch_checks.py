"""What a check of a launch found: codes to sentences."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import assumed, count, exact, many, one_in, p_value, percent
from resume_gap.results.trust import ChangedEvent, TrustCheck

Figures = Mapping[str, Any]
_NAMED: Final = 3
_NOT_LOGGED: Final = "no event of the log is named as showing the marker"
_CHANGES: Final = {"appears": "new", "vanishes": "gone", "jumps": "far more or less often"}
NAMES: Final = {
    "control_jump": "Returns that never get a marker",
    "control_rollout": "Returns that never get a marker",
    "second_opinion": "A second method",
    "units_compared": "Units with weeks enough before",
    "changed_events": "Events before and after",
    "user_mix": "People before and after",
    "threshold_before": "Threshold and cap",
    "early_markers": "Markers before the launch",
    "marker_at_control": "Markers at other returns",
    "marker_missing": "Returns without their marker",
}
"""What is checked, by the names of the checks; never how it turned out, which follows."""


class PlainReason(NamedTuple):
    """A failed check in plain words.

    Attributes:
        finding: For the headline, without a full stop.
        why: A sentence or two.
        next_step: A clause.
    """

    finding: str
    why: Callable[[Figures], str]
    next_step: str


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


def _units(check: TrustCheck, f: Figures) -> str:
    seconds = f["seconds"]
    way = "shorter" if seconds < 0 else "longer"
    return (
        "returns at which the marker is never shown were"
        f" {assumed(abs(seconds))} {way} than expected once a unit was launched"
        f" ({p_value(check.p or 0.0)}, among {f['orders']:,} other orders)"
    )


def _mix(check: TrustCheck, f: Figures) -> str:
    return (
        f"{percent(f['share'])} of the returns after the launch are of users first seen in the"
        f" {f['days']:,} days before, {percent(max(f['expected'], 0.0))} were to be expected"
        f" ({p_value(check.p or 0.0)})"
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
    ("control_rollout", "no_control"): lambda *_: (
        "no return is known at which the marker is never shown, so nothing tells the roll-out from"
        " other changes of the same units"
    ),
    ("control_rollout", "too_short"): lambda *_: (
        "too little is known of returns that never get a marker to see whether they changed, too"
    ),
    ("control_rollout", "steady"): lambda c, f: f"{_units(c, f)}, as by chance",
    ("control_rollout", "may_jump"): lambda c, f: (
        f"{_units(c, f)}: something else may have come with the marker"
    ),
    ("control_rollout", "jumps"): lambda c, f: (
        f"{_units(c, f)}: something else came with the marker, which it cannot have done"
    ),
    ("second_opinion", "agrees"): lambda *_: (
        "another method, which compares units with those not launched yet, agrees within the"
        " intervals"
    ),
    ("second_opinion", "parted"): lambda *_: (
        "another method, which compares units with those not launched yet, differs by more than"
        " the intervals allow: units did not move alike before their launch"
    ),
    ("second_opinion", "not_installed"): lambda *_: (
        "another method was not asked, as its library is not installed"
    ),
    ("second_opinion", "no_comparison"): lambda *_: (
        "another method finds too few units and weeks to compare"
    ),
    ("units_compared", "most"): lambda _, f: (
        f"{f['units']:,} of {many(f['of'], 'unit')} have weeks enough before their launch"
    ),
    ("units_compared", "few"): lambda _, f: (
        f"only {f['units']:,} of {many(f['of'], 'unit')} have weeks enough before their launch:"
        " the others may differ; compare larger units"
    ),
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
    "control_jump": PlainReason(
        _MORE_THAN_LAUNCHED,
        lambda f: (
            "Returns at which the marker is never shown changed on the same day: they were"
            f" {_change(f)}."
        ),
        "find out what else was released then",
    ),
    "control_rollout": PlainReason(
        "More than the marker came with the roll-out",
        lambda _: (
            "Returns at which the marker is never shown changed, too, once a unit was launched."
        ),
        "find out what else the units got with the marker",
    ),
    "second_opinion": PlainReason(
        "Two methods disagree about this roll-out",
        lambda _: (
            "They differ by more than their intervals allow, as when growing units are launched"
            " first."
        ),
        "find out by what the order of the launches was chosen",
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
    """`chance alone does this on 1 of 20 dates`; empty without a p."""
    if check.p is None:
        return ""
    return f"chance alone does this on {one_in(check.p)} dates"


def status_counts(checks: tuple[TrustCheck, ...]) -> str:
    """`1 failed, 2 not checked`; empty where all passed."""
    return ", ".join(
        f"{count(n)} {status.replace('_', ' ')}"
        for status in ("failed", "warned", "not_checked")
        if (n := len([one for one in checks if one.status == status]))
    )
