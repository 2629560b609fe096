"""Whether elements have ids by which something can point back at them: section 6 of the method."""

from collections.abc import Sequence

from resume_gap import constants
from resume_gap.analysis import certainty, measurable
from resume_gap.pipeline.contents import Contents
from resume_gap.pipeline.queries import Runner
from resume_gap.pipeline.steps import Steps
from resume_gap.quality import varying_names
from resume_gap.replay.target_rules import LAST_TOUCHED
from resume_gap.replay.totals import ThresholdSums
from resume_gap.results.analyze import Recommendation


def unusable(
    runner: Runner,
    sample: Sequence[Steps],
    contents: Contents,
    headline: ThresholdSums,
    *,
    threshold_us: int,
) -> Recommendation | None:
    """That elements live for one session, or that their names change; None where neither is so.

    Args:
        runner: Holds `labels`.
        sample: Whole streams in order.
        contents: Meaning of the contents.
        headline: Sums of the interruptions.
        threshold_us: What parts sessions.
    """
    if int(headline.columns["eligible"].sum()) < constants.JUDGED_FROM.value:
        return None
    if int(headline.of(LAST_TOUCHED, "hit").sum()) < constants.RECURRING_HITS.value:
        found = measurable.recurrence(sample, contents, threshold_us=threshold_us)
        if found.is_missing:
            shares = {
                "recurring_share": found.again / found.earlier,
                "within_share": found.within / found.pairs,
            }
            return certainty.blind("elements_do_not_recur", shares)
    names = varying_names.varying_work(sample, contents, *varying_names.base_numbers(runner))
    if names.share > constants.VARYING_NAMES.value:
        return certainty.blind("element_names_vary", {"varying_share": names.share})
    return None
