"""What only the screen of `compare` has."""

from resume_gap.report.screen.layout import DETAILS_GO, Line, caution
from resume_gap.report.text import comparison, launch_checks, launch_remedies, rollout
from resume_gap.report.text.numbers import many
from resume_gap.results.compare import Compared


def lines(found: Compared) -> tuple[Line, ...]:
    """Checks that warn, and what lies before and after the launch."""
    warned = comparison.checks(found, "warned")
    cautions = tuple(
        caution(
            "caution",
            f"{launch_checks.name(one)}: {comparison.message(one)}",
            launch_remedies.option(one),
            first=at == 0,
        )
        for at, one in enumerate(warned)
    )
    return (*cautions, Line("launch", _sides(found), ((DETAILS_GO, ""),)))


def _sides(found: Compared) -> str:
    trust = found.comparison.trust
    if rollout.is_staggered(found):
        return rollout.chosen(found)
    return (
        f"{many(trust.days_before, 'day')} before it with {many(trust.returns_before, 'return')} "
        f"from an interruption, {many(trust.days_after, 'day')} after it with "
        f"{many(trust.returns_after, 'return')}"
    )
