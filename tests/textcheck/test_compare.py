"""What is said of a text's numbers."""

from typing import Any, Final

import pytest

from resume_gap.textcheck.compare import _is_end, _is_exact, _nearest, check
from resume_gap.textcheck.figures import ReportFigure
from resume_gap.textcheck.written import Written

SUMMARY: Final[dict[str, Any]] = {
    "generated_from": {"settings": {"worth": 5, "min_lift": 10}},
    "threshold": {"seconds": 350.0, "ci_lower": 338.0, "ci_upper": 388.0},
    "counts": {"users": 90, "interruptions": 1396},
    "reorientation": {"mean": {"estimate": 66.1, "ci_lower": 59.7, "ci_upper": 72.6}},
    "excess": {"estimate": 60.8, "ci_lower": 54.3, "ci_upper": 67.2},
    "opportunity": {"middle": {"estimate": 4.8, "ci_lower": 3.7, "ci_upper": 5.9}},
    "marker": {
        "policies": [
            {
                "name": "last_touched",
                "hit": 0.398,
                "ci_lower": 0.355,
                "ci_upper": 0.441,
                "chance": 0.054,
            }
        ]
    },
}


def findings(text: str) -> list[tuple[str, str]]:
    return [(one.number.text, one.finding) for one in check(text, SUMMARY)]


@pytest.mark.parametrize(
    "text",
    [
        "61 s longer [54, 67]",
        "61 s longer (95 % CI 54 to 67 s)",
        "61 s longer.\nThe interval is 54.3 s to 67.2 s.",
        "between 54 and 67 s, 61 s at best",
    ],
)
def test_a_figure_with_its_interval_is_in_the_report(text: str) -> None:
    assert {finding for _, finding in findings(text)} == {"in_report"}


@pytest.mark.parametrize(
    "text",
    [
        "61 s longer",
        "61 s longer, at least 54 s",
        "61 s longer\n\n[54 s, 67 s]",
        "a hit rate of 40 %",
    ],
)
def test_an_interval_that_is_left_out_is_found(text: str) -> None:
    assert findings(text)[0][1] == "interval_left_out"


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("1,396 interruptions", "in_report"),
        ("90 users", "in_report"),
        ("a threshold of 5 min 50 s", "in_report"),
        ("you asked for 5 s", "in_report"),
        ("5.4 % by chance", "in_report"),
        ("1,379 interruptions", "not_in_report"),
        ("92 s longer", "not_in_report"),
        ("61 %", "not_in_report"),
        ("90 s", "not_in_report"),
    ],
)
def test_single_numbers(text: str, finding: str) -> None:
    assert [found for _, found in findings(text)] == [finding]


def test_the_figure_is_named_with_its_place() -> None:
    (one,) = check("a hit rate of 40 %", SUMMARY)
    assert one.figure is not None
    assert one.figure.path == "marker.policies[last_touched].hit"
    assert one.figure.interval == (0.355, 0.441)


def test_an_end_of_a_quoted_interval_is_reported_as_that_figure_s() -> None:
    summary = {
        "other": {"estimate": 0.36, "ci_lower": 0.30, "ci_upper": 0.42},
        "rule": {"hit": 0.398, "ci_lower": 0.355, "ci_upper": 0.441},
        "tables": [{"hit": 0.398, "ci_lower": 0.355, "ci_upper": 0.441}],
    }
    found = check("The hit rate is 40 % (36 to 44).", summary)
    assert [one.figure.path for one in found if one.figure] == ["rule.hit"] * 3
    assert {one.finding for one in found} == {"in_report"}


def test_the_nearest_figure_is_named_a_main_part_before_a_row() -> None:
    number = Written("61 s", 1, 0, 61.0, 0.5, "seconds")

    def figure(path: str, value: float, scale: float = 1.0) -> ReportFigure:
        return ReportFigure(path, value, "seconds", scale, None, is_end=False)

    far, near = figure("a.seconds", 60.6), figure("b.seconds", -61.1)
    row, minutes = figure("rows[1].seconds", 61.0), figure("c.minutes", 1.016, 60.0)
    assert _nearest(number, [far, near, row]) == near
    assert _nearest(number, [row, far]) == far
    assert _nearest(number, [near, minutes]) == minutes


def test_what_is_written_exactly_needs_no_interval() -> None:
    def exact(unit: Any, path: str, of: Any, value: float, **more: Any) -> bool:
        number = Written("5", 1, 0, 5.0, 0.5, unit)
        known: dict[str, Any] = {"interval": None, "is_end": False} | more
        return _is_exact(number, ReportFigure(path, value, of, 1.0, **known))

    assert exact("none", "counts.users", "none", 7.0)
    assert not exact("none", "counts.users", None, 5.0)
    assert not exact("none", "counts.users", "none", 5.0, interval=(4.0, 6.0))
    assert exact("seconds", "generated_from.settings.worth", None, 5.0)
    assert not exact("seconds", "generated_from.settings.worth", None, 5.1)
    assert not exact("seconds", "reorientation.mean", "seconds", 5.0)


def test_ends_of_a_length_are_compared_in_seconds() -> None:
    """Minutes in the report may be written as seconds; a share stays one."""
    figure = ReportFigure("a", 3.0, None, 60.0, (2.0, 4.0), is_end=False)
    two = Written("120 s", 1, 0, 120.0, 0.5, "seconds")
    assert _is_end(two, "seconds", 2.0, figure)
    assert not _is_end(two, "share", 2.0, figure)
    assert not _is_end(two._replace(value=2.0), "seconds", 2.0, figure)
    share = Written("2", 1, 0, 2.0, 0.5, "share")
    assert _is_end(share, "share", 2.0, figure)
    assert not _is_end(share._replace(value=120.0), "share", 2.0, figure)


def test_a_count_is_no_length_and_no_share() -> None:
    summary = {"middle": {"ci_upper": 5.926}, "mean": {"estimate_seconds": 6.1}, "counts": {"n": 7}}
    assert [one.finding for one in check("at all 6 of 7", summary)] == [
        "not_in_report",
        "in_report",
    ]
    (factor,) = check("5.9 times as much", summary)
    assert factor.figure is not None
    assert factor.figure.path == "middle.ci_upper"


def test_what_the_first_screen_shows_is_meant_before_what_is_as_near() -> None:
    summary = {
        "headline": "Back at work 25 s faster",
        "first_screen": {"sure": "95 % confident of 9.0 s to 41 s faster", "cautions": ["6 tried"]},
        "reorientation": {"mean": {"estimate": 25.0, "ci_lower": 24.0, "ci_upper": 26.0}},
        "primary": {"unit": "seconds", "estimate": -24.8, "ci_lower": -40.7, "ci_upper": -9.0},
        "threshold": {"seconds": 25.0},
    }
    (one,) = check("25 s faster", summary)
    assert (one.finding, one.figure and one.figure.path) == (
        "interval_left_out",
        "primary.estimate",
    )
    (tried,) = check("at 6 thresholds", summary)
    assert (tried.finding, tried.figure and tried.figure.path) == (
        "in_report",
        "first_screen.cautions[0]",
    )


QUOTED: Final[dict[str, Any]] = {
    "first_screen": {
        "sure": "95 % confident of 54 s to 67 s",
        "badge": {"why": "", "change": "It would save 4.8 s (goal: 5 s)."},
        "figures": [{"label": "Time", "value": "66 s", "detail": ""}],
        "caption": None,
        "cautions": ["At all 6 thresholds people took longer (27 s to 104 s)."],
    },
    "change": {"estimate": 4.8, "ci_lower": 3.7, "ci_upper": 5.9},
    "give_ups": {"estimate": 26.6, "ci_lower": 21.7, "ci_upper": 31.4},
    "mean": {"estimate": 66.1, "ci_lower": 59.7, "ci_upper": 72.6},
    "sensitivity": {"excess_upper_seconds": 103.6},
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "At all 6 thresholds people took\nlonger (27 s to 104 s), too.",
            ["in_report"] * 3,
        ),
        ("It would save 4.8 s (goal: 5 s).", ["in_report"] * 2),
        # Other words are no quotation, and neither is a single figure.
        ("People took longer: 27 s.", ["interval_left_out"]),
        ("It took up 104 s.", ["bound_as_figure"]),
        ("It would save 4.8 s (goal: 9 s).", ["interval_left_out", "not_in_report"]),
        ("It took 66 s.", ["interval_left_out"]),
    ],
)
def test_what_is_quoted_word_for_word_is_used_as_there(text: str, expected: list[str]) -> None:
    assert [one.finding for one in check(text, QUOTED)] == expected


def test_a_figure_is_no_end_of_its_own_interval() -> None:
    summary = {"excess": {"estimate": 61.0, "ci_lower": 61.0, "ci_upper": 67.0}}
    assert check("61 s, up to 67 s", summary)[0].finding == "interval_left_out"
    assert {one.finding for one in check("61 s [61, 67]", summary)} == {"in_report"}


ENDS: Final[dict[str, Any]] = {
    "cap": {"estimate": 18.7, "ci_lower": 12.07, "ci_upper": 25.26},
    "evaluation": {"primary": {"estimate": -24.8, "ci_lower": -40.7, "ci_upper": -9.0}},
    "opportunity": {"minutes_per_user_week": 3.817},
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It costs 12 s.", ["one_end_alone"]),
        ("It costs 12 to 25 s.", ["in_report", "in_report"]),
        ("It costs 12 s; of 7 people 25.3 s.", ["one_end_alone", "not_in_report", "one_end_alone"]),
        # The upper end first is no range.
        ("Faster in 25.3 s, it costs 12.1 s", ["one_end_alone", "one_end_alone"]),
        ("It will save 3.8 minutes a week", ["bound_as_figure"]),
        ("It will save at most 3.8 minutes a week", ["in_report"]),
        ("up to 3.8 minutes", ["in_report"]),
        ("Most that could be saved: 3.8 minutes", ["in_report"]),
        ("25 s slower [9 s, 41 s]", ["other_direction", "in_report", "in_report"]),
        ("+25 s [9 s, 41 s]", ["other_direction", "in_report", "in_report"]),
        ("24.8 s faster [9 s, 41 s]", ["in_report"] * 3),
        ("-24.8 s [-40.7 s, -9 s]", ["in_report"] * 3),
        ("faster by 24.8 s (9.0 s to 41 s)", ["in_report"] * 3),
        ("24.8 s (9.0 s to 41 s)", ["in_report"] * 3),
    ],
)
def test_how_a_figure_is_used(text: str, expected: list[str]) -> None:
    assert [one.finding for one in check(text, ENDS)] == expected
