"""The figures of a summary: unit, interval, and what is left out."""

from typing import Any

from resume_gap.textcheck.figures import ReportFigure, figures_of, first_screen_of


def by_path(summary: dict[str, Any]) -> dict[str, ReportFigure]:
    return {one.path: one for one in figures_of(summary)}


def test_units_follow_the_names() -> None:
    found = by_path(
        {
            "counts": {"users": 90},
            "reorientation": {"cap_seconds": 350.0, "zero_share": 0.06, "curve": [[0.0, 0.06]]},
            "opportunity": {"minutes_per_user_week": 3.8},
            "generated_from": {"inputs": [{"rows": 7}], "settings": {"worth": 5, "strict": True}},
        }
    )
    assert {path: one.unit for path, one in found.items()} == {
        "counts.users": "none",
        "reorientation.cap_seconds": "seconds",
        "reorientation.zero_share": "share",
        "opportunity.minutes_per_user_week": "seconds",
        "generated_from.settings.worth": None,
    }
    assert found["opportunity.minutes_per_user_week"].in_unit("seconds") == 3.8 * 60
    assert found["counts.users"].in_unit("seconds") is None
    assert found["counts.users"].in_unit("none") == 90
    assert found["reorientation.cap_seconds"].in_unit("share") is None
    assert found["reorientation.cap_seconds"].in_unit("none") is None
    assert found["reorientation.zero_share"].in_unit("none") is None
    assert found["generated_from.settings.worth"].in_unit("none") == 5


def test_the_first_screen_s_numbers_are_those_of_its_texts() -> None:
    summary = {
        "headline": "It took 61 s",
        "generated_from": {"subject": ["90 users"], "settings": {"title": "7 s"}},
        "first_screen": {"figures": [{"value": "40 %", "detail": None}], "cautions": ["6 tried"]},
    }
    assert [(path, one.text) for path, one in first_screen_of(summary)] == [
        ("headline", "61 s"),
        ("first_screen.figures[0].value", "40 %"),
        ("first_screen.cautions[0]", "6"),
        ("generated_from.subject[0]", "90"),
    ]
    assert first_screen_of({}) == []


def test_intervals_are_found_beside_the_figure() -> None:
    ends = {"ci_lower": 1.0, "ci_upper": 3.0}
    found = by_path(
        {
            "excess": {"estimate": 2.0, **ends, "own_slots": 0.9},
            "marker": {
                "policies": [
                    {
                        "name": "last_touched",
                        "hit": 0.4,
                        "ci_lower": 0.3,
                        "ci_upper": 0.5,
                        "lift": 0.3,
                        "lift_ci_lower": 0.2,
                        "lift_ci_upper": 0.4,
                    }
                ]
            },
            "plan": {"mde_seconds": 44.0, "mde_lower_seconds": 33.0, "mde_upper_seconds": 65.0},
            "threshold": {"estimate": 350.0, **ends},
            "few": {"estimate": 2.0, "ci_lower": None, "ci_upper": None},
        }
    )
    inner = {path: one.interval for path, one in found.items() if not one.is_end}
    assert {path: ends for path, ends in inner.items() if ends} == {
        "excess.estimate": (1.0, 3.0),
        "marker.policies[last_touched].hit": (0.3, 0.5),
        "marker.policies[last_touched].lift": (0.2, 0.4),
        "plan.mde_seconds": (33.0, 65.0),
    }
    assert found["excess.ci_lower"].is_end
    assert found["excess.ci_lower"].interval == (1.0, 3.0)
    assert found["plan.mde_upper_seconds"].interval == (33.0, 65.0)
    assert found["threshold.ci_lower"].interval is None
    assert found["plan.mde_lower_seconds"].is_end
    assert not found["excess.own_slots"].is_end


def test_the_unit_of_an_effect_is_the_one_it_states() -> None:
    effect = {"unit": "share", "estimate": 0.06, "relative": 0.07}
    found = by_path({"secondary": [effect, {**effect, "unit": "seconds"}]})
    assert {path: one.unit for path, one in found.items()} == {
        "secondary[0].estimate": "share",
        "secondary[0].relative": "share",
        "secondary[1].estimate": "seconds",
        "secondary[1].relative": "share",
    }


def test_a_figure_without_a_unit_is_a_share_up_to_a_limit() -> None:
    def share(value: float, unit: Any = None) -> float | None:
        figure = ReportFigure("a", value, unit, 60.0, interval=None, is_end=False)
        return figure.in_unit("share")

    assert [share(10.0), share(-10.0), share(10.1), share(-10.1)] == [10, -10, None, None]
    assert share(10.1, "share") == 10.1
    assert share(0.5, "seconds") is None


def test_a_unit_comes_from_the_name_or_from_what_it_is_in() -> None:
    found = by_path(
        {
            "trigger_rate": 0.4,
            "relative_change": 0.1,
            "share_of_users": 0.2,
            "wait_minutes": 2.0,
            "wait_seconds": 2.0,
            "quantiles_seconds": {"p50": 12.0},
            "of_effect": {"unit": "seconds", "arms": {"control": 7.5}},
            "stated": {"unit": "seconds", "value": 3.5},
            "users": 90,
            "ratio": 1.25,
        }
    )
    assert {path: (one.unit, one.scale, one.value) for path, one in found.items()} == {
        "trigger_rate": ("share", 1.0, 0.4),
        "relative_change": ("share", 1.0, 0.1),
        "share_of_users": ("share", 1.0, 0.2),
        "wait_minutes": ("seconds", 60.0, 2.0),
        "wait_seconds": ("seconds", 1.0, 2.0),
        "quantiles_seconds.p50": ("seconds", 1.0, 12.0),
        "of_effect.arms.control": ("seconds", 1.0, 7.5),
        "stated.value": ("seconds", 1.0, 3.5),
        "users": ("none", 1.0, 90.0),
        "ratio": (None, 1.0, 1.25),
    }


def test_half_an_interval_is_none() -> None:
    found = by_path(
        {
            "a": {"estimate": 2.0, "ci_lower": 1.0, "ci_upper": None},
            "b": {"estimate": 2.0, "ci_lower": None, "ci_upper": 3.0},
        }
    )
    assert [found[f"{name}.estimate"].interval for name in "ab"] == [None, None]


def test_a_range_has_two_ends() -> None:
    found = by_path({"a": {"lower": 1.0, "upper": 2.0}, "b": {"upper": 3.0, "lower": None}})
    assert {path: (one.is_end, one.interval) for path, one in found.items()} == {
        "a.lower": (True, (1.0, 2.0)),
        "a.upper": (True, (1.0, 2.0)),
        "b.upper": (False, None),
    }


def test_bounds_and_changes_are_known_by_their_place() -> None:
    found = by_path(
        {
            "opportunity": {"search_upper_seconds": 21.0, "minutes_per_user_week": 3.8},
            "excess": {"estimate": 61.0, "ci_lower": 54.0, "ci_upper": 67.0},
            "reorientation": {"mean": {"estimate": 66.0}},
            "other": {"effect": {"estimate": -5.0}, "least": 0.0},
        }
    )
    assert {path for path, one in found.items() if one.is_bound} == {
        "opportunity.search_upper_seconds",
        "opportunity.minutes_per_user_week",
    }
    assert {path: one.direction for path, one in found.items() if one.direction} == {
        "excess.estimate": 1,
        "excess.ci_lower": 1,
        "excess.ci_upper": 1,
        "other.effect.estimate": -1,
    }
