"""What a check of a trial found and why a verdict has its word: codes to sentences."""

from collections.abc import Callable, Mapping

from resume_gap.constants import USE_EXPOSURES
from resume_gap.report.text import measurability
from resume_gap.report.text.names import label
from resume_gap.report.text.numbers import exact
from resume_gap.report.text.plain_check import Figures
from resume_gap.report.text.trialchecks.table import outcome
from resume_gap.results.evaluate import Verdict
from resume_gap.results.trust import TrustCheck


def found(check: TrustCheck) -> str:
    """What a check found, a clause; names from the data in it are untrusted text."""
    known = outcome(check)
    return label(check.code.replace("_", " ")) if known is None else known.found_by(check)


def reason(verdict: Verdict, checks: tuple[TrustCheck, ...]) -> str:
    """Why a verdict has its word, in sentences; where it is withheld, what the checks found.

    Args:
        verdict: Of the trial.
        checks: All checks of the trial.
    """
    if verdict.reason == "check_failed":
        return " ".join(_whole(found(check)) for check in checks if check.status == "failed")
    if measurability.is_known(verdict.reason):
        return measurability.sentence(verdict.reason, _plain(verdict.figures))
    sentence = _VERDICTS.get(verdict.reason)
    return (
        label(verdict.reason.replace("_", " ")) if sentence is None else sentence(verdict.figures)
    )


def _plain(figures: Figures) -> Mapping[str, float]:
    return {name: float(value) for name, value in figures.items()}


def _whole(clause: str) -> str:
    ended = clause if clause.endswith("?") else f"{clause}."
    return ended[0].upper() + ended[1:]


def _seconds(value: float) -> str:
    return f"{abs(value):.3g} s {'faster' if value < 0 else 'slower'}"


def _few_users(f: Figures) -> str:
    before = f["before_assignment"]
    past = f" ({before:,} interruptions came before the assignment)" if before else ""
    return (
        f"Interrupted after their assignment, and back: {f['control']:,} in control,"
        f" {f['treatment']:,} in treatment{past}; each arm needs {f['least']}."
    )


_VERDICTS: dict[str, Callable[[Figures], str]] = {
    "few_users": _few_users,
    "few_units": lambda f: f"Each arm needs {f['least']} of the units that were assigned.",
    "no_variation": lambda _: "The first returns do not vary, so that nothing can be compared.",
    "interval_below_0": lambda _: (
        "Chance alone does not explain that people were back at work sooner."
    ),
    "interval_above_0": lambda _: (
        "Chance alone does not explain that people were back at work later."
    ),
    "changes_with_use": lambda f: (
        f"At the first return the marker makes people {_seconds(f['first'])}, at the"
        f" {USE_EXPOSURES.value:.0f}th and later ones {_seconds(f['later'])}: the effect changes"
        " with use, so that the first return alone would mislead."
    ),
    "depends_on_cap": lambda f: (
        "The result turns around where more of a return is counted: up to"
        f" {exact(f['longer_seconds'])}, the marker makes people {_seconds(f['longer'])}. A short"
        " cap hides what happens after it."
    ),
    "interval_includes_0": lambda _: (
        "The interval of the difference includes 0: whatever lies inside of it fits these data, no"
        " effect at all included."
    ),
}
