"""GrowthBook's statistics on sums of users; run by an interpreter that has gbstats.

Reads JSON from standard input: for each measure a list of splits, each the sums of control and of
treatment, those of a ratio with its denominator's. Prints for each measure a list of estimate,
interval (as shares of control), p, and the chance to win of the Bayesian engine.
"""

import json
import sys
from importlib.metadata import version
from typing import Any

from gbstats.bayesian.tests import EffectBayesianABTest
from gbstats.frequentist.tests import TwoSidedTTest
from gbstats.models.statistics import RatioStatistic, SampleMeanStatistic


def statistic(sums: dict[str, Any]) -> SampleMeanStatistic | RatioStatistic:
    """A mean, or with the sums of a denominator a ratio."""
    n = sums["n"]
    mean = SampleMeanStatistic(n=n, sum=sums["sum"], sum_squares=sums["squares"])
    if "per_sum" not in sums:
        return mean
    per = SampleMeanStatistic(n=n, sum=sums["per_sum"], sum_squares=sums["per_squares"])
    return RatioStatistic(
        n=n, m_statistic=mean, d_statistic=per, m_d_sum_of_products=sums["products"]
    )


def tested(control: dict[str, Any], treatment: dict[str, Any]) -> list[float]:
    """Both engines with their defaults."""
    arms = statistic(control), statistic(treatment)
    found = TwoSidedTTest(*arms).compute_result()
    bayes = EffectBayesianABTest(*arms).compute_result()
    return [found.expected, *found.ci, found.p_value, bayes.chance_to_win, *bayes.ci]


asked = json.load(sys.stdin)
answers = {name: [tested(*split) for split in splits] for name, splits in asked.items()}
print(json.dumps({"answers": answers, "version": f"gbstats {version('gbstats')}"}))
