"""Several effects at once, against statsmodels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from resume_gap.stats.multiplicity import benjamini_hochberg, holm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Adjust = Callable[[Sequence[float | None]], tuple[float | None, ...]]

P = [0.01, 0.04, 0.03, 0.005, 0.2]
HOLM = [0.04, 0.09, 0.09, 0.025, 0.2]
"""statsmodels 0.15.0: `multipletests(P, method="holm")[1]`."""
BH = [0.025, 0.05, 0.05, 0.025, 0.2]
"""statsmodels 0.15.0: `multipletests(P, method="fdr_bh")[1]`."""


@pytest.mark.parametrize(("adjust", "golden"), [(holm, HOLM), (benjamini_hochberg, BH)])
def test_golden(adjust: Adjust, golden: list[float]) -> None:
    assert adjust(P) == pytest.approx(tuple(golden), rel=1e-9)
    assert adjust(P[::-1]) == pytest.approx(tuple(golden[::-1]))


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])
def test_what_has_no_p_counts_for_nothing(adjust: Adjust) -> None:
    found = adjust([None, *P, None])
    assert found[1:-1] == adjust(P)
    assert (found[0], found[-1]) == (None, None)
    assert adjust([]) == ()
    assert adjust([None]) == (None,)
    assert adjust([0.3]) == (0.3,)
    assert None not in adjust([0.9, 0.8])
    assert max(p or 0 for p in adjust([0.9, 0.8, 0.0])) <= 1
