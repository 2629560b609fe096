"""One word for a trial, as a code with the figures behind it; what is withheld, of any launch."""

from collections.abc import Mapping, Sequence

from resume_gap.constants import MIN_INTERVAL_USERS
from resume_gap.results.common import BlindReason
from resume_gap.results.effect import Effect
from resume_gap.results.evaluate import CapEffect, Use, Verdict
from resume_gap.results.trust import CheckFigure, Trust, TrustCheck
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


def verdict_of(
    primary: Effect, trust: Trust, use: Use | None = None, longer: CapEffect | None = None
) -> Verdict:
    """One word for the primary effect; the checks have passed.

    Args:
        primary: The effect at the first return.
        trust: The checks and counts.
        use: The effect at later returns; None: not looked at.
        longer: The effect at a longer cap at which the opposite is shown; None: at none.
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
    if primary.reason == "few_units":
        return Verdict(word="not_enough_data", reason="few_units", figures={"least": least})
    low, high = primary.ci_lower, primary.ci_upper
    if low is None or high is None:
        return Verdict(word="not_enough_data", reason="no_variation")
    figures: dict[str, CheckFigure] = {"ci_lower": low, "ci_upper": high}
    if low <= 0 <= high:
        return Verdict(word="no_difference_seen", reason="interval_includes_0", figures=figures)
    return _shown(primary, figures, use, longer)


def _shown(
    primary: Effect, figures: Mapping[str, CheckFigure], use: Use | None, longer: CapEffect | None
) -> Verdict:
    """The verdict of an effect that is shown, unless another cap or use turns it around."""
    first = {**figures, "first": primary.estimate or 0.0}
    if longer is not None:
        found = {**first, **_at_longer(longer)}
        return Verdict(word="depends_on_cap", reason="depends_on_cap", figures=found)
    if use is not None and changes(primary, use):
        found = {**first, **_later(use)}
        return Verdict(word="changes_with_use", reason="changes_with_use", figures=found)
    if (primary.estimate or 0.0) < 0:
        return Verdict(word="better", reason="interval_below_0", figures=figures)
    return Verdict(word="worse", reason="interval_above_0", figures=figures)


def _later(use: Use) -> dict[str, CheckFigure]:
    return _known(
        later=use.later.estimate,
        later_ci_lower=use.later.ci_lower,
        later_ci_upper=use.later.ci_upper,
    )


def _at_longer(row: CapEffect) -> dict[str, CheckFigure]:
    return _known(
        longer_seconds=row.seconds,
        longer=row.estimate,
        longer_ci_lower=row.ci_lower,
        longer_ci_upper=row.ci_upper,
    )


def _known(**figures: float | None) -> dict[str, CheckFigure]:
    return {name: value for name, value in figures.items() if value is not None}
