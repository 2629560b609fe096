"""Several p at once, adjusted for how many there are, by tea-tasting."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any


def holm(p: Sequence[float | None]) -> tuple[float | None, ...]:
    """Holm's step-down p (1979): the chance of any false finding among them.

    Args:
        p: One per effect over users, in any order; those that are None count for nothing.

    Returns:
        In the same order, at most 1; None where p is.
    """
    # The import costs two seconds; only `evaluate` and `plan` pay them.
    from tea_tasting.multiplicity import adjust_fwer  # noqa: PLC0415

    return _adjusted(p, partial(adjust_fwer, arbitrary_dependence=True, method="bonferroni"))


def benjamini_hochberg(p: Sequence[float | None]) -> tuple[float | None, ...]:
    """Benjamini and Hochberg's step-up p (1995): the share of false findings.

    Args:
        p: One per effect over users, in any order; those that are None count for nothing.

    Returns:
        In the same order, at most 1; None where p is.
    """
    from tea_tasting.multiplicity import adjust_fdr  # noqa: PLC0415

    return _adjusted(p, partial(adjust_fdr, arbitrary_dependence=False))


def _adjusted(p: Sequence[float | None], adjust: Callable[..., Any]) -> tuple[float | None, ...]:
    """Plain p to tea-tasting and back, by their places."""
    from tea_tasting.experiment import ExperimentResult  # noqa: PLC0415

    given = {str(i): {"pvalue": value} for i, value in enumerate(p) if value is not None}
    found = next(iter(adjust(ExperimentResult(given)).values())) if given else {}
    return tuple(
        float(found[str(i)]["pvalue_adj"]) if str(i) in found else None for i in range(len(p))
    )
