"""One word for a trial, as a code with the figures behind it."""

from collections.abc import Mapping, Sequence

from resume_gap.constants import MIN_INTERVAL_USERS
from resume_gap.results.common import BlindReason
from resume_gap.results.evaluate import CheckFigure, Effect, Trust, TrustCheck, Use, Verdict
from resume_gap.trial.use import changes


def withheld(broken: Sequence[TrustCheck]) -> Verdict:
    """The verdict where checks failed.

    Args:
        broken: The failed checks, in the order of all checks.
    """
    return Verdict(
        word="withheld",
        reason="check_failed",
        figures={"checks": tuple(check.name for check in broken)},
    )


def blind(reason: BlindReason, figures: Mapping[str, float]) -> Verdict:
    """The verdict where the log cannot show re-orientation.

    Args:
        reason: Why it cannot.
        figures: What that was judged by.
    """
    return Verdict(word="withheld", reason=reason, figures=figures)


def verdict_of(primary: Effect, trust: Trust, use: Use | None = None) -> Verdict:
    """One word for the primary effect; the checks have passed.

    Args:
        primary: The effect at the first return.
        trust: The checks and counts.
        use: The effect at later returns; None: not looked at.
    """
    least = int(MIN_INTERVAL_USERS.value)
    if min(trust.triggered_control, trust.triggered_treatment) < least:
        return Verdict(
            word="not_enough_data",
            reason="few_users",
            figures={
                "control": trust.triggered_control,
                "treatment": trust.triggered_treatment,
                "least": least,
                "before_assignment": trust.before_assignment,
            },
        )
    low, high = primary.ci_lower, primary.ci_upper
    if low is None or high is None:
        return Verdict(word="not_enough_data", reason="no_variation")
    figures: dict[str, CheckFigure] = {"ci_lower": low, "ci_upper": high}
    if not low <= 0 <= high and use is not None and changes(primary, use):
        return Verdict(
            word="changes_with_use",
            reason="changes_with_use",
            figures={**figures, "first": primary.estimate or 0.0, **_later(use)},
        )
    if high < 0:
        return Verdict(word="better", reason="interval_below_0", figures=figures)
    if low > 0:
        return Verdict(word="worse", reason="interval_above_0", figures=figures)
    return Verdict(word="no_difference_seen", reason="interval_includes_0", figures=figures)


def _later(use: Use) -> dict[str, CheckFigure]:
    ends = {"later_ci_lower": use.later.ci_lower, "later_ci_upper": use.later.ci_upper}
    found = {"later": use.later.estimate, **ends}
    return {name: value for name, value in found.items() if value is not None}
