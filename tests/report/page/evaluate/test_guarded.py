"""The guardrails, on the page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from factories.pages import figure
from factories.trial_results import better, trial, withheld

from resume_gap.report.page.evaluate.guarded import _cells, _changed, guarded
from resume_gap.report.text import guardrails, measures

FEW = measures.short("few_users")


def test_a_guardrail_is_drawn_with_its_interval_beside_its_margin() -> None:
    chart: Any = figure("evaluate", "guardrails").chart
    rows = {row.name: row for row in chart.rows}
    rails = better().evaluation.guardrails
    assert set(rows) == {measures.measure(one.effect.estimand) for one in rails}
    for one in rails:
        row, effect = rows[measures.measure(one.effect.estimand)], one.effect
        share = effect.unit == "share"
        assert row.value == (effect.estimate if share else effect.relative)
        assert row.lower == (effect.ci_lower if share else effect.relative_ci_lower)
        assert row.limit == (-one.margin if one.higher_is_better else one.margin)
        assert row.label == f"{guardrails.sign(one)} {guardrails.worded(row.value, one)}"
        assert row.label.endswith("%") or "point" in row.label
        assert row.second == (one.status != "kept")


def test_the_title_names_what_got_worse_else_what_is_not_known() -> None:
    rails = better().evaluation.guardrails
    (section,) = guarded(better())
    assert section.title == "2 of 4 guardrails are kept; got worse: interruptions per user"
    unsure = tuple(
        replace(one, status="not_shown" if one.status == "harmed" else one.status) for one in rails
    )
    (section,) = guarded(trial(guardrails=unsure))
    assert section.title == (
        "2 of 4 guardrails are kept; not yet known: productive minutes per assigned user and"
        " interruptions per user"
    )
    kept = tuple(replace(one, status="kept") for one in rails)
    assert guarded(trial(guardrails=kept))[0].title == "All guardrails are kept"
    assert guarded(withheld()) == ()


def test_a_change_that_is_not_known_has_a_dash_and_its_reason() -> None:
    rail = better().evaluation.guardrails[0]
    nothing = replace(rail.effect, estimate=None, relative=None, reason=None)
    rails = [
        rail,
        replace(rail, effect=nothing),
        replace(rail, effect=replace(nothing, reason="few_users"), worst=None),
    ]
    found = trial(guardrails=rails)
    rows = [_cells(one, found) for one in rails]
    assert rows[0][4] == guardrails.worded(_changed(rail), rail)
    assert [row[4] for row in rows[1:]] == ["\N{EN DASH}", f"\N{EN DASH} ({FEW})"]
    assert rows[0][5] == rows[1][5] != rows[2][5] == "\N{EN DASH}"
