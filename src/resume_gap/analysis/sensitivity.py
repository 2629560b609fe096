"""The figures at other thresholds: which are asked about, their rows, what depends on it."""

from dataclasses import replace
from itertools import pairwise

from resume_gap import constants
from resume_gap.analysis.excess import at_threshold
from resume_gap.analysis.opportunity import minutes_at
from resume_gap.analysis.recommendation import Decision
from resume_gap.analysis.target_rules import SizingInputs
from resume_gap.replay.returns import ThresholdTotals, cap_us
from resume_gap.replay.totals import ThresholdSums
from resume_gap.results.analyze import Recommendation
from resume_gap.results.common import US
from resume_gap.results.run import SensitivityRow


def grid_us(threshold_us: int, turned_down_us: int | None = None) -> tuple[int, ...]:
    """The thresholds at which the figures are shown: half, once and twice, and 15, 30, 60 minutes.

    And a valley that was turned down, so that both are shown.
    """
    fixed = (constants.SHOWN_SHORT.us, constants.SHOWN_MIDDLE.us, constants.SHOWN_LONG.us)
    other = () if turned_down_us is None else (turned_down_us,)
    return tuple(sorted({threshold_us // 2, threshold_us, 2 * threshold_us, *fixed, *other}))


def sensitive(
    values: dict[str, list[float | None]], headline: dict[str, float | None]
) -> list[str]:
    """Names of results whose sign, or over a quarter of whose size, depends on the threshold."""
    moved = []
    for name, across in values.items():
        center = headline[name]
        if center is None:
            continue
        known = [v for v in across if v is not None]
        flips = any(a * b < 0 for a, b in pairwise(sorted(known)))
        far = any(abs(v - center) > constants.SENSITIVE_SHARE.value * abs(center) for v in known)
        if flips or far:
            moved.append(name)
    return moved


def threshold_row(total: ThresholdTotals, *, blind: bool = False) -> SensitivityRow:
    """What returns alone say at one threshold; `blind`: the log cannot show re-orientation."""
    known = total.mean_seconds is not None and not blind
    return SensitivityRow(
        seconds=total.threshold_us / US,
        returns=total.returns,
        interruptions=total.interruptions,
        users_interrupted=total.users_interrupted,
        reorientation_mean_seconds=total.mean_seconds if known else None,
        productive_share=total.productive / total.eligible if known else None,
    )


def complete_row(
    total: ThresholdTotals,
    sums: ThresholdSums,
    word: Decision | Recommendation | None,
    sizing: SizingInputs | None,
    *,
    thinned: bool = False,
) -> SensitivityRow:
    """The figures of one threshold, with a cap and a best target rule of its own.

    Args:
        total: Of its returns.
        sums: Of its replay.
        word: The recommendation at this threshold; None where there is none.
        sizing: What users are multiplied by; None without elements.
        thinned: Whether the log keeps events of one name only once in a while.
    """
    hit = minutes = excess = None
    best = word.best if isinstance(word, Decision) else None
    n = int(sums.columns["eligible"].sum())
    if n and not thinned:
        excess = at_threshold(sums)
    if best is not None and sizing is not None and n:
        hit = int(sums.of(best, "hit").sum()) / n
        minutes = minutes_at(
            sums,
            best,
            replace(sizing, cap_us=cap_us(total.threshold_us)),
            interruptions=total.interruptions,
        )
    return replace(
        threshold_row(total),
        excess_lower_seconds=None if excess is None else excess.lower,
        excess_upper_seconds=None if excess is None else excess.upper,
        policy=best,
        hit=hit,
        minutes_per_user_week=minutes,
        word="not_enough_data" if word is None else word.word,
    )
