"""Several effects at once: p adjusted for how many there are, by tea-tasting."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from resume_gap.results.evaluate import Effect


def holm(effects: Sequence[Effect]) -> tuple[Effect, ...]:
    """The effects with Holm's step-down p (1979): chance of any false finding among them.

    Args:
        effects: In any order, which stays; those without p count for nothing and get none.
    """
    # The import costs two seconds; only `evaluate` and `plan` pay them.
    from tea_tasting.multiplicity import adjust_fwer  # noqa: PLC0415

    return _adjusted(effects, partial(adjust_fwer, arbitrary_dependence=True, method="bonferroni"))


def benjamini_hochberg(effects: Sequence[Effect]) -> tuple[Effect, ...]:
    """The effects with Benjamini and Hochberg's step-up p (1995): share of false findings.

    Args:
        effects: In any order, which stays; those without p count for nothing and get none.
    """
    from tea_tasting.multiplicity import adjust_fdr  # noqa: PLC0415

    return _adjusted(effects, partial(adjust_fdr, arbitrary_dependence=False))


def _adjusted(effects: Sequence[Effect], adjust: Callable[..., Any]) -> tuple[Effect, ...]:
    """Plain p to tea-tasting and back, by the effects' places."""
    from tea_tasting.experiment import ExperimentResult  # noqa: PLC0415

    given = {str(i): {"pvalue": e.p} for i, e in enumerate(effects) if e.p is not None}
    found = next(iter(adjust(ExperimentResult(given)).values())) if given else {}
    return tuple(
        replace(effect, p_adjusted=float(found[str(i)]["pvalue_adj"]) if str(i) in found else None)
        for i, effect in enumerate(effects)
    )
