"""What checks of a trial's events and markers found, as sentences."""

from __future__ import annotations

from typing import Any

import pytest

from resume_gap.report.text.trust_events import EVENT_CHECKS
from resume_gap.results.trust import OneArmEvent, TrustCheck

EVENTS = tuple(
    OneArmEvent(event=name, users=users, arm=arm)  # type: ignore[arg-type]
    for name, users, arm in (
        ("marker_shown", 1_204, "treatment"),
        ("survey", 90, "control"),
        ("hint", 40, "treatment"),
        ("beta", 31, "treatment"),
    )
)
NOT_LOGGED = "no event of the log is named as showing the marker"
STEP = {"seconds": 2.04, "treatment": 0.404, "control": 0.302, "events": ("auto_open", "x")}


def found(name: str, code: str, p: float | None = None, **figures: Any) -> str:
    check = TrustCheck(name=name, code=code, status="warned", p=p, figures=figures)
    return EVENT_CHECKS[name, code](check, figures)


def test_events_of_one_arm_are_listed_up_to_three() -> None:
    assert found("one_arm_events", "some", events=EVENTS, unnamed=2) == (
        "events that occur in one arm only: marker_shown (1,204 users, treatment), survey (90 "
        "users, control), hint (40 users, treatment) and 3 more; say which of them the "
        "marker itself writes, and leave out the others"
    )
    assert found("one_arm_events", "rare", events=EVENTS[:1], unnamed=0) == (
        "events that occur in one arm only: marker_shown (1,204 users, treatment): too few users "
        "to matter"
    )


def test_events_of_one_arm_that_may_not_be_named_are_counted() -> None:
    assert found("one_arm_events", "some", events=(), unnamed=1_002) == (
        "events that occur in one arm only: 1,002 that too few users have to be named; say which "
        "of them the marker itself writes, and leave out the others"
    )


@pytest.mark.parametrize(
    "name", ["early_markers", "marker_in_control", "marker_elsewhere", "marker_missing"]
)
def test_a_marker_that_is_not_logged(name: str) -> None:
    assert found(name, "not_logged") == NOT_LOGGED


@pytest.mark.parametrize(
    ("name", "code", "figures", "says"),
    [
        (
            "early_markers",
            "few",
            {"users": 2, "treatment": 1_198},
            "2 of 1,198 treated users saw a marker before their assignment",
        ),
        (
            "early_markers",
            "many",
            {"users": 1_020, "treatment": 1_198, "share": 0.851},
            (
                "1,020 of 1,198 treated users (85%) saw a marker before their assignment: are the "
                "times of the assignments right?"
            ),
        ),
        (
            "first_step",
            "alike",
            STEP,
            (
                "within 2 s of the first return 30.2% of control and 40.4% of treatment were at"
                " work; an event that the feature writes later cannot be distinguished from a fast"
                " user: say which one it writes, if any"
            ),
        ),
        (
            "first_step",
            "written",
            STEP,
            (
                "within 2 s of the first return 40.4% of treatment and 30.2% of control were at "
                "work (p = 0.03), before people can have seen the marker: the feature itself seems "
                "to write work (it begins with auto_open, x)"
            ),
        ),
        (
            "first_step",
            "unclear",
            STEP | {"events": ()},
            (
                "within 2 s of the first return 40.4% of treatment and 30.2% of control were at "
                "work (p = 0.03); if the feature writes such an event itself, leave its "
                "event out"
            ),
        ),
        (
            "first_step",
            "only_at_once",
            STEP | {"events": ("edit",), "estimate": -1.234, "ci_lower": -8.0, "ci_upper": 5.55},
            (
                "within 2 s of the first return 40.4% of treatment and 30.2% of control were at "
                "work (p = 0.03), and with work in these seconds left out the effect is not shown "
                "any more (-1.23 s [-8, 5.55]): people who are back at work go on sooner, so the "
                "feature itself seems to write work; if it does, leave its event out (it begins "
                "with edit); otherwise, more users will show the effect"
            ),
        ),
        (
            "first_step",
            "steps_as_usual",
            STEP
            | {"events": ("edit",), "peoples": ("edit",), "step_treatment": 61.2}
            | {"estimate": -1.0, "ci_lower": -8.0, "ci_upper": 5.5, "step_control": 60.0},
            (
                "within 2 s of the first return 40.4% of treatment and 30.2% of control were at "
                "work (p = 0.03), and with work in this time left out the effect is not shown any "
                "more (-1 s [-8, 5.5]); these people went on as usual (the next work came 61.2 s "
                "after it, in control 60 s after the first), so they may have been back; if the "
                "feature itself writes work, log what it writes under a name of its own (it begins "
                "with edit): edit is also much of the work of control, and cannot be left out"
            ),
        ),
        (
            "first_step",
            "at_one_delay",
            STEP
            | {"events": ("edit",), "estimate": -1.0, "ci_lower": -8.0, "ci_upper": 5.5}
            | {"from_seconds": 14.0, "seconds": 16.0},
            (
                "40.4% of treatment and 30.2% of control began to work 14 to 16 s after the first "
                "return (p = 0.03), and with work in this time left out the effect is not shown "
                "any more (-1 s [-8, 5.5]): people do not all take the same time, so the feature "
                "itself seems to write work; if it does, leave its event out (it begins with edit)"
            ),
        ),
        (
            "first_step",
            "quick_before",
            {**STEP, "before_control": 0.01, "before_treatment": 0.093},
            (
                "within 2 s of the first return 40.4% of treatment and 30.2% of control were at "
                "work (p = 0.03); at the last return before their assignment 9.3% and 1.0% "
                "were, too, so the arms were not alike before, and the feature does not explain "
                "it: who are these users (machines, employees, test accounts)? Leave them out of "
                "both arms"
            ),
        ),
        (
            "fewer_interruptions",
            "fewer",
            {"relative": -0.071, "ci_lower": -0.112, "ci_upper": -0.03},
            (
                "treatment has 7.1 % fewer interruptions per user (95 % CI 3.0 % to 11 %); a marker"
                " that helps makes them more, so that visits may be missing from its log, or its "
                "users stay away (where the slow ones do, the rest looks faster) or are "
                "interrupted differently (then other interruptions are compared)"
            ),
        ),
        (
            "fewer_interruptions",
            "fewer",
            {"relative": -0.071},
            (
                "treatment has 7.1 % fewer interruptions per user; a marker"
                " that helps makes them more, so that visits may be missing from its log, or its "
                "users stay away (where the slow ones do, the rest looks faster) or are "
                "interrupted differently (then other interruptions are compared)"
            ),
        ),
        (
            "fewer_interruptions",
            "as_many",
            {"control": 3.4, "treatment": 3.52},
            "3.52 per user of treatment, 3.4 per user of control",
        ),
        ("fewer_interruptions", "too_few", {}, "too little is known of either arm"),
        (
            "marker_in_control",
            "treatment_only",
            {"treatment": 5_120},
            "5,120 markers shown in treatment, none in control; they never start or stop the clock",
        ),
        (
            "marker_in_control",
            "control_only",
            {"control": 5_120},
            (
                "5,120 markers shown in control and none in treatment: are the arms named the "
                "wrong way round?"
            ),
        ),
        (
            "marker_in_control",
            "would_be_shown",
            {"control": 5_000, "control_rate": 0.96, "treatment_rate": 0.94},
            (
                "5,000 marker events in control (96% of its interruptions, 94% in treatment): "
                "taken for what would have been shown"
            ),
        ),
        (
            "marker_in_control",
            "also_in_control",
            {"control": 50, "control_rate": 0.02, "treatment_rate": 0.94},
            (
                "50 marker events in control (2% of its interruptions, 94% in treatment): if "
                "control saw it, the effect is understated"
            ),
        ),
        (
            "marker_elsewhere",
            "at_the_rule",
            {"at_rule": 4_900, "shown": 5_000},
            "4,900 of 5,000 markers were shown at a return from an interruption",
        ),
        (
            "marker_missing",
            "few",
            {"missing": 3, "interruptions": 5_003},
            "3 of 5,003 interruptions in treatment have no marker event",
        ),
        (
            "marker_missing",
            "many",
            {"missing": 3_000, "interruptions": 5_003},
            "3,000 of 5,003 interruptions in treatment have no marker shown: the effect is diluted",
        ),
        (
            "never_triggered",
            "differ",
            {},
            (
                "users who never came back from an interruption differ between the arms (p = "
                "0.03), although the marker was never due for them"
            ),
        ),
        (
            "never_triggered",
            "alike",
            {},
            (
                "users who never came back from an interruption do not differ between the arms "
                "(p = 0.034)"
            ),
        ),
    ],
)
def test_what_a_check_found(name: str, code: str, figures: dict[str, Any], says: str) -> None:
    assert found(name, code, 0.034, **figures) == says


def test_markers_elsewhere_are_counted_with_the_first_ones() -> None:
    figures = {"elsewhere": 700, "shown": 5_000, "first_elsewhere": 120, "users": 1_100}
    assert found("marker_elsewhere", "elsewhere", **figures).startswith(
        "700 of 5,000 markers, and the first one of 120 of 1,100 users, were shown where this log "
        "shows no return from an interruption"
    )


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("one_arm_events", "none", "no event that counts occurs in one arm only"),
        ("marker_in_control", "sham", "the other arm is the sham, which shows markers, too"),
        ("never_triggered", "too_few", "too few users were never interrupted to compare them"),
    ],
)
def test_a_check_without_figures(name: str, code: str, says: str) -> None:
    assert found(name, code) == says


def test_what_the_checks_may_find() -> None:
    by_name: dict[str, set[str]] = {}
    for name, code in EVENT_CHECKS:
        by_name.setdefault(name, set()).add(code)
    assert {name: " ".join(sorted(codes)) for name, codes in by_name.items()} == {
        "one_arm_events": "none rare some",
        "early_markers": "few many not_logged",
        "first_step": "alike at_one_delay only_at_once quick_before steps_as_usual unclear written",
        "marker_in_control": (
            "also_in_control control_only not_logged sham treatment_only would_be_shown"
        ),
        "marker_elsewhere": "at_the_rule elsewhere not_logged",
        "marker_missing": "few many not_logged",
        "never_triggered": "alike differ too_few",
        "fewer_interruptions": "as_many fewer too_few",
    }
