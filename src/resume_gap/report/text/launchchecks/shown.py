"""Markers before the launch, and at which returns."""

from typing import Final

from resume_gap.report.text.launchchecks.entry import LaunchCheck, LaunchOutcome, PlainReason

_NOT_LOGGED: Final = "no event of the log is named as showing the marker"
_NAME_IT: Final = "--marker shown=NAME says which event shows that a marker was shown"


CHECKS: Final = {
    "early_markers": LaunchCheck(
        title="Markers before the launch",
        outcomes={
            "not_logged": LaunchOutcome(_NOT_LOGGED, option=_NAME_IT),
            "few": LaunchOutcome(
                lambda _, f: f"{f['users']:,} of {f['of']:,} users saw a marker before the launch"
            ),
            "many": LaunchOutcome(
                lambda _, f: (
                    f"{f['users']:,} of {f['of']:,} users saw a marker before the launch: is the"
                    " date right?"
                ),
                plain=PlainReason(
                    "The marker was there before the launch",
                    lambda f: f"{f['users']:,} of {f['of']:,} people saw one before that date.",
                    "give the date on which people first saw the marker",
                ),
            ),
        },
    ),
    "marker_at_control": LaunchCheck(
        title="Markers at other returns",
        outcomes={
            "not_logged": LaunchOutcome(_NOT_LOGGED, option=_NAME_IT),
            "at_due": LaunchOutcome(
                lambda _, f: (
                    f"{f['at_due']:,} of {f['shown']:,} markers were shown at a return from an"
                    " interruption"
                )
            ),
            "elsewhere": LaunchOutcome(
                lambda _, f: (
                    f"{f['elsewhere']:,} of {f['shown']:,} markers were shown at returns that came"
                    " from no interruption, which are to be the ones without a marker"
                ),
                plain=PlainReason(
                    "The marker was not shown as planned",
                    lambda f: (
                        f"{f['elsewhere']:,} of {f['shown']:,} markers were shown at returns that"
                        " should get none."
                    ),
                    "use the product's own threshold, and name the events that count as work as"
                    " it does",
                ),
                option="--gap and --productive set the threshold and the work as the product does",
            ),
        },
    ),
    "marker_missing": LaunchCheck(
        title="Returns without their marker",
        outcomes={
            "not_logged": LaunchOutcome(_NOT_LOGGED, option=_NAME_IT),
            "few": LaunchOutcome(
                lambda _, f: (
                    f"{f['missing']:,} of {f['interruptions']:,} interruptions after the launch"
                    " have no marker event"
                )
            ),
            "many": LaunchOutcome(
                lambda _, f: (
                    f"{f['missing']:,} of {f['interruptions']:,} interruptions after the launch"
                    " have no marker shown: the change is diluted"
                )
            ),
        },
    ),
}
