"""Extra time against uninterrupted work, and how the pace recovers, on the page."""

from __future__ import annotations

from typing import Any

import pytest
from factories.results import ALL, changed, full

from resume_gap.report.page.analyze.excess import compared, finding, matched, pace, recovery
from resume_gap.report.page.model import Fact, Facts, Figure, Note, Paragraph, Table
from resume_gap.results.analyze import Analysis, Recovery
from resume_gap.results.common import Estimate


def one(kind: type, analysis: Analysis) -> Any:
    blocks = (*compared(analysis), *matched(analysis))
    return next(block for block in blocks if isinstance(block, kind))


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({}, "All three comparisons find extra time: 28 s to 41 s per interruption"),
        ({"word": "includes_zero"}, "No clear difference from uninterrupted work: 28 s to 41 s"),
        ({"lower": -3.0}, "No clear difference from uninterrupted work"),
        ({"word": "depends_on_matching"}, "Whether getting back takes longer depends on what is"),
        ({"lower": -9.0, "upper": -5.0, "ci_upper": -1.0}, "Getting back took less time than"),
    ],
)
def test_the_finding_is_what_the_comparisons_say_together(
    parts: dict[str, object], says: str
) -> None:
    assert (finding(changed(full(), excess=parts)) or "").startswith(says)


def test_without_a_figure_there_is_no_finding() -> None:
    assert finding(ALL["no_controls"]()) is None


def test_the_comparisons_come_first_then_the_claim() -> None:
    found = compared(full())
    assert [type(block) for block in found] == [Figure, Paragraph]
    chart = one(Figure, full()).chart
    assert [row.label for row in chart.rows] == ["41 s", "33 s", "28 s", "1.2 s"]
    assert [row.second for row in chart.rows] == [False, False, False, True]
    assert [type(block) for block in matched(full())] == [Facts, Paragraph, Table]
    assert one(Paragraph, full()).text.startswith("Getting back to work took 28 s to 41 s longer")
    assert [row[1] for row in one(Table, full()).rows] == [
        "41 s [33 s, 49 s]",
        "33 s [25 s, 41 s]",
        "28 s [20 s, 36 s]",
        "36 s [27 s, 46 s]",
        "1.2 s [\N{MINUS SIGN}2.1 s, 4.5 s]",
    ]


def test_returns_that_reached_work_are_a_comparison_where_they_were_looked_at() -> None:
    reached = Estimate(estimate=4.0, ci_lower=-1.0, ci_upper=9.0)
    table = one(Table, changed(full(), excess={"reached": reached}))
    assert [row[1] for row in table.rows[2:4]] == [
        "28 s [20 s, 36 s]",
        "4.0 s [\N{MINUS SIGN}1.0 s, 9.0 s]",
    ]
    assert table.rows[3][0].endswith("returns that reached work only")


def test_means_and_how_many_controls_are_of_the_same_people() -> None:
    assert one(Facts, full()).items == (
        Fact(label="After an interruption", value="73 s", detail="mean time to productive work"),
        Fact(label="Matched controls", value="32 s", detail="the same, in uninterrupted work"),
        Fact(
            label="Controls from the same people",
            value="83 %",
            detail="the others are means of like controls; at least one in 94 %",
        ),
    )
    bare = changed(full(), excess={"controls_mean_seconds": None, "own_returns": None})
    assert [item.detail for item in one(Facts, bare).items] == [
        "mean time to productive work",
        "the others are means of like controls",
    ]


def test_a_figure_that_is_withheld_is_shown_in_the_appendix_only() -> None:
    (note,) = compared(ALL["too_few_controls"]())
    assert isinstance(note, Note)
    assert note.text.startswith("The extra time is not shown: ")
    what, proviso, table = matched(ALL["too_few_controls"]())
    assert [type(block) for block in (what, table)] == [Paragraph, Table]
    assert isinstance(proviso, Paragraph)
    assert "they are not a result" in proviso.text


def test_without_a_comparison_there_is_the_reason_only() -> None:
    (note,) = compared(ALL["no_controls"]())
    assert isinstance(note, Note)
    assert note.text.startswith("The extra time is not known: ")


def test_where_every_return_counts_the_controls_need_no_task() -> None:
    settings = {**full().generated_from.settings, "all_returns": True}
    every = str(matched(changed(full(), settings=settings)))
    assert "Every return counts here, and" in every
    assert "--all-returns" not in str(matched(full()))


def test_the_pace_names_its_first_and_last_step() -> None:
    steps = ((1, 1.88, 7_870), (2, 1.7, 7_720), (20, 1.02, 5_020))
    (figure,) = recovery(changed(full(), recovery={"steps": steps}))
    assert isinstance(figure, Figure)
    assert "(in the median 6.2 s from one productive event to the next)" in figure.caption
    assert figure.caption.endswith(
        "step 20 1.0 times. From 8,020 interruptions. The band holds the middle half of them."
    )
    assert figure.table.rows[2] == ("20", "1.02", "0.61 to 1.72", "5,020")
    (figure,) = recovery(
        changed(full(), recovery={"steps": steps, "steady_seconds": None, "quartiles": ()})
    )
    assert isinstance(figure, Figure)
    assert "in the median 6.2 s" not in figure.caption
    assert "The band" not in figure.caption
    assert figure.table.rows[2][2] == "\N{EN DASH}"


def test_at_the_steady_pace_no_step_is_named() -> None:
    usual = ((1, 1.04, 90), (2, 1.2, 90), (20, 0.96, 90))
    assert pace(changed(full(), recovery={"steps": usual})) == (
        "Once back, people work at their usual pace"
    )
    slow = ((1, 1.06, 90), (20, 0.96, 90))
    assert pace(changed(full(), recovery={"steps": slow})).startswith("The first productive step")


def test_a_pace_of_one_step_is_none() -> None:
    for found in (
        Recovery(reason=None, steps=((1, 1.9, 30),)),
        Recovery(reason="too_few_steps"),
    ):
        (text,) = recovery(changed(full(), recovery=found))
        assert isinstance(text, Paragraph)
        assert text.text.startswith("How the pace recovers is not known: ")
