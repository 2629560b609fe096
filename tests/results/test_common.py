"""Results as JSON types."""

import math
from dataclasses import dataclass, field

import pytest

from resume_gap.results.common import (
    FLAT,
    GAP_CLASS_ENDS_US,
    GAP_CLASSES,
    INTERNAL,
    Estimate,
    figure,
    plain,
)
from resume_gap.units import US


@dataclass(frozen=True)
class Inner:
    a: int = 1
    hidden: int = field(default=2, metadata=INTERNAL)


@dataclass(frozen=True)
class Outer:
    inner: Inner = field(default_factory=Inner)
    flat: Inner = field(default_factory=Inner, metadata=FLAT)
    values: tuple[float, ...] = (1.0, 2.5)

    @property
    @figure
    def twice(self) -> float:
        return 2 * self.values[0]


@dataclass(frozen=True)
class Further(Outer):
    more: int = 3


def test_figures_of_a_base_are_there_too() -> None:
    assert plain(Further()) == plain(Outer()) | {"more": 3}


def test_fields_become_keys_and_internal_ones_do_not() -> None:
    found = plain(Outer())
    assert found["inner"] == {"a": 1}
    assert found["a"] == 1  # of `flat`
    assert "flat" not in found
    assert "hidden" not in found
    assert found["values"] == [1.0, 2.5]
    assert found["twice"] == 2.0


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_a_fault(value: float) -> None:
    with pytest.raises(ValueError, match="a result holds"):
        plain({"x": [value]})


def test_an_estimate_of_three_numbers() -> None:
    assert Estimate.of((1.0, 0.5, None)) == Estimate(estimate=1.0, ci_lower=0.5, ci_upper=None)


def test_a_number_with_the_other_sign_has_its_ends_swapped() -> None:
    number = Estimate(estimate=1.0, ci_lower=-2.0, ci_upper=3.5)
    assert -number == Estimate(estimate=-1.0, ci_lower=-3.5, ci_upper=2.0)
    assert -Estimate(ci_lower=1.0) == Estimate(ci_upper=-1.0)


def test_classes_of_gaps_end_where_their_names_say() -> None:
    hours = [end / US / 3600 for end in GAP_CLASS_ENDS_US]
    assert hours == [1, 4, 16, 72]
    assert [name.rpartition("_")[2] for name in GAP_CLASSES] == ["1h", "4h", "16h", "72h", "72h"]
