"""How numbers, shares, durations and sizes are read, typed and shown."""

from __future__ import annotations

from typing import Any

import pytest

from resume_gap.options.numbers import Duration, Number, Shares, Size, Three, Whole, size_bytes
from resume_gap.options.values import Unfit, ValueKind

PERCENT = Number(0, 100, unit=" %", noun="a share")


@pytest.mark.parametrize(
    ("kind", "texts", "value"),
    [
        (Whole(0, 10), ("10", " +10 ", "010"), 10),
        (Number(0, 2.5), ("2.5", "+2.50", " 2.5 "), 2.5),
        (Number(0, 2.5), (".5", "0.5"), 0.5),
        (PERCENT, ("5 %", "5", " 5 % "), 5.0),
        (Three(Number(0, 1)), ("0.2/0.5/0.8",), (0.2, 0.5, 0.8)),
        (Three(Number(0, 1)), ("0.5/0.5/0.5",), (0.5, 0.5, 0.5)),
        (Shares(), ("90/10", "90:10", "90.0/10"), (90.0, 10.0)),
        (Shares(), ("2/1/1", "2:1:1"), (2.0, 1.0, 1.0)),
        (Duration("1s", "1d"), ("90s", "1.5min", "1.5 M", "90000ms", "90 sec"), 90_000_000),
        (Duration("1s", "1d"), ("24h", "1d"), 86_400_000_000),
        (Duration("1s", "1d"), ("auto", " AUTO "), None),
        (Size("1MB", "1GB"), ("512MB", " 512MB "), "512MB"),
    ],
)
def test_texts_that_mean_a_value(kind: ValueKind[Any], texts: tuple[str, ...], value: Any) -> None:
    for text in texts:
        assert kind.parse(text) == value


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (Whole(0, 10), ("11", "-1", "2.0", "1e1", "", "1_0", "\N{ARABIC-INDIC DIGIT FIVE}")),
        (Number(0, 2.5), ("2.6", "-0.1", "1e0", "nan", "inf", "")),
        (PERCENT, ("101 %", "5 s")),
        (Three(Number(0, 1)), ("0.5/0.2/0.8", "0.2/0.8/0.5", "0.2/0.5", "0/0/0/0", "0/0/2")),
        (Shares(), ("50", "0/100", "1/1000", "1/1/0.001", "50/50/50/50")),
        (Duration("1s", "1d"), ("90", "999ms", "25h", "-1s", "1w", "")),
        (Size("1MB", "1GB"), ("512", "999.9KB", "2GB", "1XB", "")),
    ],
)
def test_texts_that_mean_none(kind: ValueKind[Any], texts: tuple[str, ...]) -> None:
    for text in texts:
        with pytest.raises(Unfit):
            kind.parse(text)


@pytest.mark.parametrize(
    ("kind", "value", "taken"),
    [
        (Whole(0, 10), 10, 10),
        (Number(0, 2.5), 2, 2.0),
        (PERCENT, "5 %", 5.0),
        (Three(Number(0, 1)), [0.2, 0.5, 0.8], (0.2, 0.5, 0.8)),
        (Three(Number(0, 1)), "0.2/0.5/0.8", (0.2, 0.5, 0.8)),
        (Shares(), (3, 1), (3.0, 1.0)),
        (Shares(), "3:1", (3.0, 1.0)),
        (Shares(), [2, 1, 1], (2.0, 1.0, 1.0)),
    ],
)
def test_typed_values_that_fit(kind: ValueKind[Any], value: object, taken: Any) -> None:
    found = kind.take(value)
    assert found == taken
    assert type(found) is type(taken)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Whole(0, 10), (True, 2.0, "2", None, 11)),
        (Number(0, 2.5), (True, "2", None, float("nan"), 10**400)),
        (Three(Number(0, 1)), ([0.5, 0.2, 0.8], [0, 1], {0, 0.5, 1}, [0, "0.5", 1])),
        (Shares(), ([1], [1, True], 5)),
        (Duration("1s", "1d"), (90, None)),
    ],
)
def test_typed_values_that_do_not_fit(kind: ValueKind[Any], values: tuple[object, ...]) -> None:
    for value in values:
        with pytest.raises(Unfit):
            kind.take(value)


def test_what_is_wanted_names_the_bounds() -> None:
    assert Whole(1, 1_024).wanted == "a whole number from 1 to 1,024"
    assert PERCENT.wanted == "a share from 0 % to 100 %"
    assert Three(Number(0, 1)).wanted == "low/middle/high in this order, each a number from 0 to 1"
    assert Shares().wanted == (
        "control/treatment like 50/50, or with a sham control/treatment/sham like 2/1/1, each"
        " a number from 0.001 to 1,000,000, none below 0.1% of all"
    )
    assert Duration("1s", "1d").wanted == (
        "auto, or a duration from 1s to 1d with its unit, like 90s, 30m or 1h"
    )
    assert Size("1MB", "1GB").wanted == "a size from 1MB to 1GB, like 2GB or 512MB"


def test_inner_values_as_a_person_would_write_them() -> None:
    assert Whole(0, 10**9).show(1_024) == "1,024"
    assert PERCENT.show(2.50) == "2.5 %"
    assert Three(Number(0, 1)).show((0.2, 0.5, 1.0)) == "0.2/0.5/1"
    assert Shares().show((3.0, 1.0)) == "75/25"
    assert Duration("1s", "1d").show(None) == "auto"
    assert Duration("1s", "1d").show(90) == "90 us"
    assert Duration("1s", "1d").show(90_000_000) == "90s"


@pytest.mark.parametrize(
    ("text", "size"),
    [("7B", 7), ("2kb", 2_000), ("2 KiB", 2_048), ("1.5MB", 1_500_000), ("1GiB", 2**30)],
)
def test_sizes_in_bytes(text: str, size: int) -> None:
    assert size_bytes(text) == size
