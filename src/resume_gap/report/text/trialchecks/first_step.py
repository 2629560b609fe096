"""Work right after a return."""

from typing import Final

from resume_gap.report.text.plain_check import GROUPS, LOG, Figures, Plain, as_
from resume_gap.report.text.trialchecks.entry import TrialCheck, TrialOutcome
from resume_gap.results.trust import TrustCheck

_CLICKED: Final = "--marker clicked=NAME says which event shows who clicked the marker"
_WRITES_WORK: Final = Plain(
    LOG,
    as_(
        "Right after the return more people with the marker were at work than without it, before"
        " they can have worked: the feature itself seems to write events that count as work."
    ),
    "the feature itself seems to write work",
    as_("find out which event the feature writes, and log it under a name that can be left out"),
)


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


def _written(f: Figures) -> str:
    """Events that carry much of the work elsewhere are never proposed to be left out."""
    peoples = f.get("peoples", ())
    own = [event for event in f["events"] if event not in peoples]
    if own or not peoples:
        return f"--ignore {own[0] if own else 'NAME'} leaves it out"
    return _CLICKED


CHECKS: Final = {
    "first_step": TrialCheck(
        title="Work right after a return",
        outcomes={
            "alike": TrialOutcome(
                lambda _, f: (
                    f"within {f['seconds']:.2g} s of the first return {f['control']:.1%} of control"
                    f" and {f['treatment']:.1%} of treatment were at work; an event that the"
                    " feature writes later cannot be distinguished from a fast user: say which one"
                    " it writes, if any"
                ),
                option="--ignore NAME leaves an event out",
            ),
            "written": TrialOutcome(
                lambda c, f: (
                    f"{_at_once(c, f)}, before people can have seen the marker: the feature itself"
                    f" seems to write work{_which(f)}"
                ),
                plain=_WRITES_WORK,
                option=_written,
            ),
            "unclear": TrialOutcome(
                lambda c, f: (
                    f"{_at_once(c, f)}; if the feature writes such an event itself, {_leave(f)}"
                ),
                option=_written,
            ),
            "quick_before": TrialOutcome(
                lambda c, f: (
                    f"{_at_once(c, f)}; at the last return before their assignment"
                    f" {f['before_treatment']:.1%} and {f['before_control']:.1%} were, too, so the"
                    " arms were not alike before, and the feature does not explain it: who are"
                    " these users (machines, employees, test accounts)? Leave them out of both"
                    " arms"
                ),
                plain=Plain(
                    GROUPS,
                    lambda f: (
                        f"Within {f['seconds']:.2g} s of the return, more people with the marker"
                        " than without it were at work, and so they were before anybody was"
                        " assigned."
                    ),
                    "more people with the marker were quick before anybody was assigned",
                    as_(
                        "find out who these quick people are (machines, employees) and leave them"
                        " out"
                    ),
                ),
                option="--exclude-users FILE leaves users out",
            ),
            "only_at_once": TrialOutcome(
                _only_at_once,
                plain=_WRITES_WORK,
                option=_written,
            ),
            "at_one_delay": TrialOutcome(
                _at_one_delay,
                plain=_WRITES_WORK,
                option=_written,
            ),
            "steps_as_usual": TrialOutcome(
                _steps_as_usual,
                option=_written,
            ),
        },
    ),
}
