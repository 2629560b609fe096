"""Bounds, as they are drawn."""

from __future__ import annotations

from resume_gap.report.charts.bounds import BoundRow, BoundsChart

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
