"""Several effects at once, against statsmodels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from resume_gap.results.evaluate import Effect
from resume_gap.stats.multiplicity import benjamini_hochberg, holm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Adjust = Callable[[Sequence[Effect]], tuple[Effect, ...]]

P = [0.01, 0.04, 0.03, 0.005, 0.2]
HOLM = [0.04, 0.09, 0.09, 0.025, 0.2]
"""statsmodels 0.15.0: `multipletests(P, method="holm")[1]`."""
BH = [0.025, 0.05, 0.05, 0.025, 0.2]
"""statsmodels 0.15.0: `multipletests(P, method="fdr_bh")[1]`."""


def effects(*p: float | None) -> list[Effect]:
    return [Effect(estimand=f"e{i}", unit="share", p=value) for i, value in enumerate(p)]


@pytest.mark.parametrize(("adjust", "golden"), [(holm, HOLM), (benjamini_hochberg, BH)])
def test_golden(adjust: Adjust, golden: list[float]) -> None:
    found = adjust(effects(*P))
    assert [e.p_adjusted for e in found] == pytest.approx(golden, rel=1e-9)
    assert [(e.estimand, e.p) for e in found] == [(e.estimand, e.p) for e in effects(*P)]
    assert [e.p_adjusted for e in adjust(effects(*P[::-1]))] == pytest.approx(golden[::-1])


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])
def test_effects_without_p_count_for_nothing(
    adjust: Adjust,
) -> None:
    found = adjust(effects(None, *P, None))
    assert [e.p_adjusted for e in found[1:-1]] == [e.p_adjusted for e in adjust(effects(*P))]
    assert (found[0].p_adjusted, found[-1].p_adjusted) == (None, None)
    assert adjust([]) == ()
    assert adjust(effects(None))[0].p_adjusted is None
    assert adjust(effects(0.3))[0].p_adjusted == 0.3
    assert adjust(effects(0.9, 0.8))[0].p_adjusted is not None
    assert max(e.p_adjusted or 0 for e in adjust(effects(0.9, 0.8, 0.0))) <= 1
