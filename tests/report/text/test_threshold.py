"""Where the inactivity threshold comes from, in words."""

from __future__ import annotations

import dataclasses

import pytest
from factories.results import changed, full
from factories.trial_results import better

from resume_gap.report.text import threshold


@pytest.mark.parametrize(
    ("reason", "numbers", "says"),
    [
        ("given", {}, "with --gap"),
        ("prediction", {}, "that of the prediction, so that both measure the same"),
        ("valley", {"valley_depth": 0.958}, "a clear valley between them (96 % deep)"),
        ("no_valley", {}, "no valley between 1 min and 2 h"),
        ("kinds_of_users", {}, "kinds of users"),
        (
            "kinds_of_work",
            {"valley_seconds": 100.0, "event_share": 0.72},
            "but 72 % of the gaps from there to 6 min 40 s follow one event",
        ),
        ("rare_in_resamples", {"resamples_share": 0.43}, "in only 43 % of the resamples"),
        ("moves_in_resamples", {}, "moves too much"),
        ("too_little", {"gaps": 12_000, "users": 20}, "from: 20 users (50 are needed)"),
        (
            "too_little",
            {"gaps": 1, "users": 49},
            "from: 1 gap (2,000 are needed), 49 users (50 are needed)",
        ),
    ],
)
def test_every_reason_for_a_threshold_in_words(
    reason: str, numbers: dict[str, float], says: str
) -> None:
    some = changed(full(), threshold={"reason": reason, "figures": numbers})
    assert threshold.why(some).endswith(says) or says in threshold.why(some)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("given", "given"),
        ("learned", "learned from this log"),
        ("fallback", "default, as these data have no natural boundary"),
    ],
)
def test_where_a_threshold_comes_from(source: str, says: str) -> None:
    assert threshold.source(changed(full(), threshold={"source": source})) == says


def test_a_threshold_of_a_prediction_is_from_its_file() -> None:
    given = {"source": "given", "reason": "prediction"}
    assert threshold.source(changed(full(), threshold=given)) == "from prediction.json"


@pytest.mark.parametrize(
    ("reason", "numbers", "says"),
    [
        ("too_little", {"gaps": 12_000, "users": 20}, "default: too few users"),
        ("too_little", {"gaps": 1, "users": 90}, "default: too few gaps"),
        ("too_little", {"gaps": 1, "users": 20}, "default: too few gaps and users"),
        ("kinds_of_work", {}, "default: most gaps beyond the valley follow one event"),
        ("starts_lost", {}, "default, as rows that people begin with are missing"),
        ("no_valley", {}, "default, as these data have no natural boundary"),
    ],
)
def test_a_default_threshold_says_why_it_is_one(
    reason: str, numbers: dict[str, float], says: str
) -> None:
    given = {"source": "fallback", "reason": reason, "figures": numbers}
    assert threshold.source(changed(full(), threshold=given)) == says


def test_where_all_gaps_follow_one_event_no_kinds_of_work_are_parted() -> None:
    figures = {"valley_seconds": 100.0, "event_share": 1.0}
    given = {"reason": "kinds_of_work", "figures": figures, "event": "save"}
    assert threshold.why(changed(full(), threshold=given)) == (
        "the gaps have a valley at 1 min 40 s, but all gaps from there to 6 min 40 s follow save: "
        "nothing shows that they are breaks, so both thresholds are shown"
    )


def test_the_interval_of_a_learned_threshold_is_widened_to_whole_seconds() -> None:
    some = changed(full(), threshold={"ci_lower": 200.9, "ci_upper": 321.1})
    assert threshold.interval(some) == "[3 min 20 s, 5 min 22 s]"
    assert threshold.interval(changed(full(), threshold={"ci_lower": None})) is None
    assert threshold.interval(changed(some, threshold={"ci_upper": None})) is None


def test_the_event_between_two_kinds_of_work_is_named() -> None:
    figures = {"valley_seconds": 100.0, "event_share": 0.72}
    some = changed(
        full(), threshold={"reason": "kinds_of_work", "figures": figures, "event": "poll"}
    )
    assert threshold.why(some) == (
        "the gaps have a valley at 1 min 40 s, but 72 % of the gaps from there to 6 min 40 s "
        "follow poll: it may part two kinds of work, so both thresholds are shown"
    )


def test_what_depends_on_the_threshold_is_said_with_how_far_it_moves() -> None:
    assert threshold.sensitive(full()) is None
    some = changed(full(), threshold={"sensitive": ("reorientation_mean_seconds", "hit")})
    assert threshold.sensitive(some) == (
        "The figures depend on the inactivity threshold, here 30 min: from 15 min to 1 h, the mean "
        "re-orientation time is 61 s to 85 s, the hit rate of the best target rule 55 % to 60 %."
    )


@pytest.mark.parametrize(
    ("lower", "says"),
    [
        (
            (3.0, 0.1),
            "; at all 2 thresholds tried people took longer (estimates: 0.1 s to 35 s), and {same}",
        ),
        (
            (3.0, 0.0),
            (
                "; at 1 of 2 thresholds tried people took longer (estimates: 0.0 s to 35 s), "
                "and {same} at all of them"
            ),
        ),
        (
            (3.0, None),
            (
                "; at 1 of 2 thresholds tried people took longer (estimates: 3.0 s to 35 s), "
                "and {same} at all of them"
            ),
        ),
        ((-1.0, None), "; {same} at all 2 thresholds tried"),
        ((3.0,), ""),
    ],
)
def test_at_how_many_thresholds_work_took_longer(
    lower: tuple[float | None, ...], says: str
) -> None:
    row = full().threshold.sensitivity[0]
    rows = tuple(dataclasses.replace(row, excess_lower_seconds=least) for least in lower)
    moving = {"sensitivity": rows, "sensitive": ("excess",)}
    same = says.format(same="the recommendation is the same")
    some = changed(full(), threshold=moving)
    assert threshold.caution(some, threshold.holds(some)) == (
        "Figures depend on the inactivity threshold: here work counts as stopped after 30 min"
        f" without an event{same}."
    )


def test_of_the_recommendation_it_is_said_whether_it_moves() -> None:
    first, *others = full().threshold.sensitivity
    other = dataclasses.replace(first, word="do_not_build")
    moving = {"sensitivity": (other, *others), "sensitive": ("hit",)}
    said = threshold.holds(changed(full(), threshold=moving))
    assert said == (
        "at all 3 thresholds tried people took longer (estimates: 22 s to 48 s), but the "
        "recommendation differs between them"
    )
    unclear = changed(full(), threshold=moving, excess={"word": "includes_zero"})
    said = threshold.holds(unclear)
    assert said == "the recommendation differs between the 3 thresholds tried"
    silent = dataclasses.replace(first, word=None)
    nothing = {"sensitivity": (silent, *others), "sensitive": ("hit",)}
    some = changed(full(), threshold=nothing, excess={"word": "includes_zero"})
    assert threshold.holds(some) == ""
    assert threshold.caution(full()) is None
    trial = dataclasses.replace(
        better(), threshold=dataclasses.replace(better().threshold, sensitive=("hit",))
    )
    assert (threshold.caution(trial) or "").endswith("without an event.")


def test_what_depends_on_the_threshold_without_figures() -> None:
    some = changed(full(), threshold={"sensitive": ("productive_share",)})
    assert threshold.sensitive(some) == (
        "The result depends on the inactivity threshold: look at the productive share under other "
        "thresholds."
    )
    some = changed(full(), threshold={"sensitive": ("excess", "other_thing"), "sensitivity": ()})
    assert threshold.sensitive(some) == (
        "The result depends on the inactivity threshold: look at the least extra time "
        "and other thing under other thresholds."
    )
