"""Where and when markers were shown."""

from typing import Final

from resume_gap.report.text.plain_check import Figures, Plain, as_
from resume_gap.report.text.trialchecks.entry import TrialCheck, TrialOutcome

_NOT_LOGGED: Final = "no event of the log is named as showing the marker"
_MARKER: Final = "The marker was not shown as planned"
_NAME_IT: Final = "--marker shown=NAME says which event shows that a marker was shown"


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
        " the product use another threshold or other events as work, show it after finished work,"
        " too, or does the log begin too late?"
    )


def _missing(f: Figures) -> str:
    return f"{f['missing']:,} of {f['interruptions']:,} interruptions in treatment have no marker"


CHECKS: Final = {
    "early_markers": TrialCheck(
        title="Markers before the assignment",
        outcomes={
            "not_logged": TrialOutcome(
                _NOT_LOGGED,
                option=_NAME_IT,
            ),
            "few": TrialOutcome(
                lambda _, f: (
                    f"{f['users']:,} of {f['treatment']:,} treated users saw a marker before their"
                    " assignment"
                ),
            ),
            "many": TrialOutcome(
                lambda _, f: (
                    f"{f['users']:,} of {f['treatment']:,} treated users ({f['share']:.0%}) saw a"
                    " marker before their assignment: are the times of the assignments right?"
                ),
                plain=Plain(
                    _MARKER,
                    lambda f: (
                        f"{f['users']:,} of {f['treatment']:,} people saw a marker before they were"
                        " assigned."
                    ),
                    "people saw a marker before they were assigned",
                    as_("check the times of the assignments"),
                ),
            ),
        },
    ),
    "marker_in_control": TrialCheck(
        title="Markers in the control arm",
        outcomes={
            "not_logged": TrialOutcome(
                _NOT_LOGGED,
                option=_NAME_IT,
            ),
            "sham": TrialOutcome("the other arm is the sham, which shows markers, too"),
            "treatment_only": TrialOutcome(
                lambda _, f: (
                    f"{f['treatment']:,} markers shown in treatment, none in control; they never"
                    " start or stop the clock"
                ),
            ),
            "control_only": TrialOutcome(
                lambda _, f: (
                    f"{f['control']:,} markers shown in control and none in treatment: are the arms"
                    " named the wrong way round?"
                ),
                plain=Plain(
                    _MARKER,
                    lambda f: (
                        f"All {f['control']:,} markers were shown to people of the group without"
                        " the marker."
                    ),
                    "markers were shown to the group without the marker",
                    as_("check which group is which"),
                ),
            ),
            "would_be_shown": TrialOutcome(
                lambda _, f: f"{_in_control(f)}: taken for what would have been shown"
            ),
            "also_in_control": TrialOutcome(
                lambda _, f: f"{_in_control(f)}: if control saw it, the effect is understated"
            ),
        },
    ),
    "marker_elsewhere": TrialCheck(
        title="Markers at other returns",
        outcomes={
            "not_logged": TrialOutcome(
                _NOT_LOGGED,
                option=_NAME_IT,
            ),
            "at_the_rule": TrialOutcome(
                lambda _, f: (
                    f"{f['at_rule']:,} of {f['shown']:,} markers were shown at a return from an"
                    " interruption"
                ),
            ),
            "elsewhere": TrialOutcome(
                lambda _, f: _elsewhere(f),
                plain=Plain(
                    _MARKER,
                    lambda f: (
                        f"{f['elsewhere']:,} of {f['shown']:,} markers were shown where this log"
                        " shows no return from an interruption, so the first return is not the"
                        " first one with a marker."
                    ),
                    "markers were shown where the log shows no return",
                    as_(
                        "use the product's own rule for showing it, and a log that begins before"
                        " the trial"
                    ),
                ),
                option=(
                    "--gap and --productive set the threshold and the work as the product does,"
                    " --all-returns counts returns after finished work, too"
                ),
            ),
        },
    ),
    "marker_missing": TrialCheck(
        title="Returns without their marker",
        outcomes={
            "not_logged": TrialOutcome(
                _NOT_LOGGED,
                option=_NAME_IT,
            ),
            "few": TrialOutcome(lambda _, f: f"{_missing(f)} event"),
            "many": TrialOutcome(lambda _, f: f"{_missing(f)} shown: the effect is diluted"),
        },
    ),
}
