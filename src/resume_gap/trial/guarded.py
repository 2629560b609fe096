"""The table of guardrails: what must not get worse in a trial, and how people call it.

Imports nothing heavy: the report reads the words here, too.
"""

from dataclasses import dataclass
from typing import Final

from resume_gap.constants import FOLLOW_UP, FOLLOW_UP_SOON
from resume_gap.results.effect import Unit
from resume_gap.units import MINUTE_US, Constant


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardedMeasure:
    """A measure that must not get worse.

    Attributes:
        name: Stable name of the measure.
        unit: Of its values.
        column: Of the users' sums in queries/65_trial_users.sql.
        per: Column of the denominators; None: a mean of users.
        divisor: The sums are divided by this.
        higher_is_better: Which change is bad.
        label: What is measured; {within} stands for the time.
        harm: What a change for the worse is, after its size.
        within: The time that it looks at, where it looks at one.
    """

    name: str
    unit: Unit
    column: str
    per: str | None = None
    divisor: int = 1
    higher_is_better: bool = True
    label: str
    harm: str
    within: Constant | None = None


RETURN_RATE: Final = GuardedMeasure(
    name="return_rate_7d",
    unit="share",
    column="returned_7d",
    per="followed_7d",
    label="came back within {within}",
    harm="fewer users back within {within}",
    within=FOLLOW_UP,
)
SOON_RATE: Final = GuardedMeasure(
    name="return_rate_1d",
    unit="share",
    column="returned_1d",
    per="followed_1d",
    label="came back within {within}",
    harm="fewer users back within {within}",
    within=FOLLOW_UP_SOON,
)
INTERRUPTIONS: Final = GuardedMeasure(
    name="interruptions_per_user",
    unit="count",
    column="interruptions",
    higher_is_better=False,
    label="interruptions per user",
    harm="more interruptions per user",
)
"""Shown beside the guardrails and not judged."""
GUARDED: Final = (
    RETURN_RATE,
    SOON_RATE,
    GuardedMeasure(
        name="productive_share",
        unit="share",
        column="productive",
        per="eligible",
        label="back at work within the cap",
        harm="fewer returns to work within the cap",
    ),
    GuardedMeasure(
        name="productive_minutes",
        unit="minutes",
        column="productive_us",
        divisor=MINUTE_US,
        label="productive minutes per assigned user",
        harm="fewer productive minutes per user",
    ),
)
"""All guardrails, in the order of the report."""
