"""Target rules beside the baselines, as they are drawn."""

from __future__ import annotations

from resume_gap.report.charts.policies import PoliciesChart, PolicyRow

Drawn = "Callable[[Any], list[dict[str, Any]]]"


def test_every_rule_stands_beside_its_baselines(layers: Drawn) -> None:
    rows = (
        PolicyRow(name="a", hit=0.6, lower=0.5, upper=0.7, chance=0.2, habit=0.3),
        PolicyRow(name="b", hit=0.4, lower=None, upper=None, chance=None, habit=0.1),
    )
    spans, marks = layers(PoliciesChart(rows=rows))
    assert spans["rows"] == [{"name": "a", "share": 0.5, "end": 0.7}]
    assert [(row["name"], row["kind"], row["share"]) for row in marks["rows"]] == [
        ("a", "this rule", 0.6),
        ("a", "chance", 0.2),
        ("a", "habit", 0.3),
        ("b", "this rule", 0.4),
        ("b", "habit", 0.1),
    ]
