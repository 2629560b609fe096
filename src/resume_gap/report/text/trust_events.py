"""What checks of a trial's events and markers found: codes to sentences."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from resume_gap.report.text.numbers import percent
from resume_gap.report.text.vocabulary import LEVEL
from resume_gap.results.trust import OneArmEvent, TrustCheck

_NAMED: Final = 3
Figures = Mapping[str, Any]
Sentence = Callable[[TrustCheck, Figures], str]


def _at_once(check: TrustCheck, f: Figures) -> str:
    return (
        f"within {f['seconds']:.2g} s of the first return {f['treatment']:.1%} of treatment and"
        f" {f['control']:.1%} of control were at work (p = {check.p:.1g})"
    )


def _which(f: Figures) -> str:
    return f" (it begins with {', '.join(f['events'])})" if f["events"] else ""


def _leave(f: Figures) -> str:
    """What to do about an event that the feature may write, a clause."""
    peoples = f.get("peoples", ())
    if not peoples:
        return f"leave its event out{_which(f)}"
    return (
        f"log what it writes under a name of its own{_which(f)}: {peoples[0]} is also much of the"
        " work of control, and cannot be left out"
    )


def _steps(f: Figures) -> str:
    if "step_treatment" not in f:
        return ""
    return (
        f" (the next work came {f['step_treatment']:.3g} s after it, in control"
        f" {f['step_control']:.3g} s after the first)"
    )


def _only_at_once(check: TrustCheck, f: Figures) -> str:
    return (
        f"{_at_once(check, f)}, and with work in these seconds left out the effect is not shown"
        f" any more ({f['estimate']:.3g} s [{f['ci_lower']:.3g}, {f['ci_upper']:.3g}]): people who"
        f" are back at work go on sooner{_steps(f)}, so the feature itself seems to write work; if"
        f" it does, {_leave(f)}; otherwise, more users will show the effect"
    )


def _at_one_delay(check: TrustCheck, f: Figures) -> str:
    return (
        f"{f['treatment']:.1%} of treatment and {f['control']:.1%} of control began to work"
        f" {f['from_seconds']:g} to {f['seconds']:g} s after the first return (p = {check.p:.1g}),"
        " and with work in this time left out the effect is not shown any more"
        f" ({f['estimate']:.3g} s [{f['ci_lower']:.3g}, {f['ci_upper']:.3g}]): people do not all"
        f" take the same time, so the feature itself seems to write work; if it does, {_leave(f)}"
    )


def _steps_as_usual(check: TrustCheck, f: Figures) -> str:
    return (
        f"{_at_once(check, f)}, and with work in this time left out the effect is not shown any"
        f" more ({f['estimate']:.3g} s [{f['ci_lower']:.3g}, {f['ci_upper']:.3g}]); these people"
        f" went on as usual{_steps(f)}, so they may have been back; if the feature itself writes"
        f" work, {_leave(f)}"
    )


def fewer(f: Figures) -> str:
    """`7.1 % fewer interruptions per user (95 % CI 3.0 to 11 %)`, a clause."""
    ends = ""
    if "ci_lower" in f:
        ends = f" ({LEVEL} CI {percent(-f['ci_upper'])} to {percent(-f['ci_lower'])})"
    return f"{percent(-f['relative'])} fewer interruptions per user{ends}"


def _as_many(f: Figures) -> str:
    return f"{f['treatment']:.3g} per user of treatment, {f['control']:.3g} per user of control"


def _one_arm(f: Figures) -> str:
    events: tuple[OneArmEvent, ...] = f["events"]
    listed = ", ".join(f"{one.event} ({one.users:,} users, {one.arm})" for one in events[:_NAMED])
    rest = len(events[_NAMED:]) + f["unnamed"]
    more = f" and {rest:,} more" if rest else ""
    if not events:
        listed, more = f"{rest:,} that too few users have to be named", ""
    return f"events that occur in one arm only: {listed}{more}"


def _one_arm_events(f: Figures) -> str:
    return f"{_one_arm(f)}; say which of them the marker itself writes, and leave out the others"


def _in_control(f: Figures) -> str:
    return (
        f"{f['control']:,} marker events in control ({f['control_rate']:.0%} of its interruptions,"
        f" {f['treatment_rate']:.0%} in treatment)"
    )


def _elsewhere(f: Figures) -> str:
    return (
        f"{f['elsewhere']:,} of {f['shown']:,} markers, and the first one of"
        f" {f['first_elsewhere']:,} of {f['users']:,} users, were shown where this log shows no"
        " return from an interruption, so first returns are not the first ones with a marker; does"
        " the product use another threshold or other events as work, or does the log begin too"
        " late?"
    )


def _missing(f: Figures) -> str:
    return f"{f['missing']:,} of {f['interruptions']:,} interruptions in treatment have no marker"


_NOT_LOGGED = "no event of the log is named as showing the marker"
EVENT_CHECKS: Final[dict[tuple[str, str], Sentence]] = {
    ("one_arm_events", "none"): lambda *_: "no event that counts occurs in one arm only",
    ("one_arm_events", "some"): lambda _, f: _one_arm_events(f),
    ("one_arm_events", "rare"): lambda _, f: f"{_one_arm(f)}: too few users to matter",
    ("early_markers", "not_logged"): lambda *_: _NOT_LOGGED,
    ("early_markers", "few"): lambda _, f: (
        f"{f['users']:,} of {f['treatment']:,} treated users saw a marker before their assignment"
    ),
    ("early_markers", "many"): lambda _, f: (
        f"{f['users']:,} of {f['treatment']:,} treated users ({f['share']:.0%}) saw a marker before"
        " their assignment: are the times of the assignments right?"
    ),
    ("first_step", "alike"): lambda _, f: (
        f"within {f['seconds']:.2g} s of the first return {f['control']:.1%} of control and"
        f" {f['treatment']:.1%} of treatment were at work; an event that the feature writes later"
        " cannot be distinguished from a fast user: say which one it writes, if any"
    ),
    ("first_step", "written"): lambda c, f: (
        f"{_at_once(c, f)}, before people can have seen the marker: the feature itself seems to"
        f" write work{_which(f)}"
    ),
    ("first_step", "unclear"): lambda c, f: (
        f"{_at_once(c, f)}; if the feature writes such an event itself, {_leave(f)}"
    ),
    ("first_step", "quick_before"): lambda c, f: (
        f"{_at_once(c, f)}; at the last return before their assignment"
        f" {f['before_treatment']:.1%} and {f['before_control']:.1%} were, too, so the arms were"
        " not alike before, and the feature does not explain it: who are these users (machines,"
        " employees, test accounts)? Leave them out of both arms"
    ),
    ("first_step", "only_at_once"): _only_at_once,
    ("first_step", "at_one_delay"): _at_one_delay,
    ("first_step", "steps_as_usual"): _steps_as_usual,
    ("marker_in_control", "not_logged"): lambda *_: _NOT_LOGGED,
    ("marker_in_control", "sham"): lambda *_: "the other arm is the sham, which shows markers, too",
    ("marker_in_control", "treatment_only"): lambda _, f: (
        f"{f['treatment']:,} markers shown in treatment, none in control; they never start or stop"
        " the clock"
    ),
    ("marker_in_control", "control_only"): lambda _, f: (
        f"{f['control']:,} markers shown in control and none in treatment: are the arms named the"
        " wrong way round?"
    ),
    ("marker_in_control", "would_be_shown"): lambda _, f: (
        f"{_in_control(f)}: taken for what would have been shown"
    ),
    ("marker_in_control", "also_in_control"): lambda _, f: (
        f"{_in_control(f)}: if control saw it, the effect is understated"
    ),
    ("marker_elsewhere", "not_logged"): lambda *_: _NOT_LOGGED,
    ("marker_elsewhere", "at_the_rule"): lambda _, f: (
        f"{f['at_rule']:,} of {f['shown']:,} markers were shown at a return from an interruption"
    ),
    ("marker_elsewhere", "elsewhere"): lambda _, f: _elsewhere(f),
    ("marker_missing", "not_logged"): lambda *_: _NOT_LOGGED,
    ("marker_missing", "few"): lambda _, f: f"{_missing(f)} event",
    ("marker_missing", "many"): lambda _, f: f"{_missing(f)} shown: the effect is diluted",
    ("fewer_interruptions", "too_few"): lambda *_: "too little is known of either arm",
    ("fewer_interruptions", "as_many"): lambda _, f: _as_many(f),
    ("fewer_interruptions", "fewer"): lambda _, f: (
        f"treatment has {fewer(f)}; a marker that helps makes them more, so that visits may be"
        " missing from its log, or its users stay away (where the slow ones do, the rest looks"
        " faster) or are interrupted differently (then other interruptions are compared)"
    ),
    ("never_triggered", "too_few"): lambda *_: (
        "too few users were never interrupted to compare them"
    ),
    ("never_triggered", "differ"): lambda c, _: (
        "users who never came back from an interruption differ between the arms"
        f" (p = {c.p:.1g}), although the marker was never due for them"
    ),
    ("never_triggered", "alike"): lambda c, _: (
        "users who never came back from an interruption do not differ between the arms"
        f" (p = {c.p:.2g})"
    ),
}
"""By check and code, the sentence: a clause; names from the data in it are untrusted text."""
