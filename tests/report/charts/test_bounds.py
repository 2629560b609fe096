"""Bounds and assumptions, as they are drawn."""

from __future__ import annotations

from resume_gap.report.charts.bounds import BoundRow, BoundsChart, SwingRow, SwingsChart

Drawn = "Callable[[Any], list[dict[str, Any]]]"


def test_bars_reach_from_0_to_the_bound(layers: Drawn) -> None:
    chart = BoundsChart(
        rows=(
            BoundRow(
                name="first", upper=20.0, ci_lower=18.0, ci_upper=22.0, may_hurt=True, last=False
            ),
            BoundRow(name="last", upper=6.0, ci_lower=5.0, ci_upper=7.3, may_hurt=False, last=True),
        ),
        upper_bound_seconds=7.3,
        upper_bound_label="upper bound 7.3 s",
    )
    first, last, spans, hurt, label = layers(chart)
    assert first["rows"] == [{"name": "first", "seconds": 0, "end": 20.0}]
    assert last["rows"] == [{"name": "last", "seconds": 0, "end": 6.0}]
    assert [(r["name"], r["seconds"], r["end"]) for r in spans["rows"]] == [
        ("first", 18.0, 22.0),
        ("last", 5.0, 7.3),
    ]
    assert hurt["rows"] == [{"name": "first", "seconds": 0}]
    assert label["rows"] == [{"name": "last", "seconds": 7.3}]
    assert label["mark"]["text"] == "upper bound 7.3 s"


def test_swings_reach_from_the_middle_to_each_end(layers: Drawn) -> None:
    row = SwingRow(name="noticed", low=1.0, high=5.0, low_label="20 %", high_label="80 %")
    low, low_word, high, high_word, middle = layers(SwingsChart(rows=(row,), middle=3.0))
    assert low["rows"] == [{"name": "noticed", "seconds": 3.0, "end": 1.0}]
    assert high["rows"] == [{"name": "noticed", "seconds": 3.0, "end": 5.0}]
    assert (low_word["mark"]["text"], low_word["mark"]["align"]) == ("20 %", "right")
    assert (high_word["mark"]["text"], high_word["mark"]["align"]) == ("80 %", "left")
    assert middle["rows"] == [{"seconds": 3.0}]
