"""The figures of the marker by hand, with the judgements they rest on replaced."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from resume_gap.analysis import marker_parts
from resume_gap.constants import ORDER_TIES
from resume_gap.results.analyze import Recommendation
from resume_gap.settings import Settings


def test_the_order_of_ties_is_looked_at_where_there_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(marker_parts, "unknown_order", lambda *_: ("last_touched",))
    limit = round(10_000 * ORDER_TIES.value)

    def found(ties: int, *, has_sequence: bool = False) -> tuple[str, ...]:
        tally = SimpleNamespace(ties=ties, rows=10_000, sample=[])
        measured: Any = SimpleNamespace(
            has_sequence=has_sequence, tally=tally, resampling=None, asked=None
        )
        runner: Any = None
        return marker_parts._unknown_order(runner, measured)

    assert found(limit) == ()
    assert found(limit + 1) == ("last_touched",)
    assert found(10_000, has_sequence=True) == ()


def test_totals_are_those_of_the_threshold_asked_about() -> None:
    totals = [SimpleNamespace(threshold_us=us) for us in (5, 7, 9)]
    measured: Any = SimpleNamespace(returns=SimpleNamespace(totals=totals))
    assert marker_parts._total(measured, 7) is totals[1]
    runner: Any = SimpleNamespace(read=lambda _: SimpleNamespace(fetchall=lambda: [(3, "page")]))
    assert marker_parts._contexts(runner) == {3: "page"}


def measured_log() -> Any:
    return SimpleNamespace(
        replays=SimpleNamespace(thresholds={5: "short", 7: "headline"}),
        asked=SimpleNamespace(threshold_us=7, cap_us=900_000_000),
        returns=SimpleNamespace(
            user_sums="sums", totals=[SimpleNamespace(threshold_us=7, interruptions=11)]
        ),
        tally=SimpleNamespace(sample="sample"),
        resampling=SimpleNamespace(contents="contents"),
        names=SimpleNamespace(groups="groups"),
        reorientation=SimpleNamespace(mean=SimpleNamespace(estimate=40.0)),
    )


def test_without_elements_there_is_nothing_to_point_at() -> None:
    found = marker_parts.without_elements(measured_log())
    assert (found.marker.reason, found.opportunity.reason) == ("no_elements", "no_elements")
    assert (found.primary_cap.reason, found.best) == ("no_target_rule", None)
    assert (dict(found.words), found.sizing, found.checks) == ({}, None, ())


class Judged:
    """The judgements, and what they were asked."""

    def __init__(
        self,
        monkeypatch: pytest.MonkeyPatch,
        *,
        best: str | None,
        fleeting: Any = None,
        unnamed: Any = None,
        large: Any = None,
        in_order: Any = None,
    ) -> None:
        self.asked: dict[str, Any] = {}
        settled = SimpleNamespace(best=best, reason="give_ups")

        def noted(module: Any, name: str, value: Any) -> None:
            def replaced(*given: Any, **named: Any) -> Any:
                self.asked[name] = (given, named)
                return value

            monkeypatch.setattr(module, name, replaced)

        noted(marker_parts, "_unknown_order", ("most_used",))
        noted(marker_parts, "order_checks", ["tie"])
        noted(marker_parts, "_contexts", {3: "page"})
        noted(marker_parts.target_rules, "weeks_of", 2.5)
        noted(marker_parts.target_rules, "settled", (settled, {5: "no", 7: "yes"}))
        noted(marker_parts.target_rules, "marker", "marker")
        noted(marker_parts.element_ids, "unusable", fleeting)
        noted(marker_parts.certainty, "unnamed_work", unnamed)
        noted(marker_parts.certainty, "large_elements", large)
        noted(marker_parts.element_order, "hides_hits", in_order)
        noted(marker_parts.opportunity, "opportunity", "opportunity")
        noted(marker_parts.primary_cap, "chosen", "chosen cap")
        noted(marker_parts.primary_cap, "standard", "standard cap")


EXCESS: Any = SimpleNamespace(word="longer")


def of_marker(excess: Any = EXCESS) -> marker_parts.MarkerParts:
    runner: Any = "runner"
    return marker_parts.of_marker(runner, Settings(near=2.0), measured_log(), excess)


def test_a_rule_worth_building_is_sized(monkeypatch: pytest.MonkeyPatch) -> None:
    judged = Judged(monkeypatch, best="last_touched")
    found: Any = of_marker()
    assert (found.marker, found.opportunity, found.primary_cap, found.best) == (
        *("marker", "opportunity", "chosen cap", "last_touched"),
    )
    assert (found.words, found.checks) == ({5: "no", 7: "yes"}, ["tie"])
    assert (found.sizing.weeks, found.sizing.unknown_order) == (2.5, ("most_used",))
    assert found.sizing.cap_us == 900_000_000
    given, named = judged.asked["opportunity"]
    assert given == ("headline", "last_touched", EXCESS, found.sizing)
    assert named == {"interruptions": 11}
    assert judged.asked["chosen"][1] == {"give_ups": True}
    assert judged.asked["settled"][0][1] == 7
    given, named = judged.asked["unusable"]
    assert given == ("runner", "sample", "contents", "headline")
    assert named == {"threshold_us": 7}


@pytest.mark.parametrize(
    ("word", "may_build"),
    [("longer", True), (None, True), ("includes_zero", False), ("depends_on_matching", False)],
)
def test_building_takes_extra_time_unless_that_is_unknown(
    monkeypatch: pytest.MonkeyPatch, word: str | None, *, may_build: bool
) -> None:
    Judged(monkeypatch, best="last_touched")
    sizing = of_marker(SimpleNamespace(word=word)).sizing
    assert sizing is not None
    assert sizing.may_build == may_build


def test_no_rule_is_sized_where_none_is_worth_building(monkeypatch: pytest.MonkeyPatch) -> None:
    judged = Judged(monkeypatch, best=None)
    found: Any = of_marker()
    assert (found.marker, found.opportunity.reason) == ("marker", "order_unknown")
    assert (found.primary_cap, found.best) == ("standard cap", None)
    assert found.words == {5: "no", 7: "yes"}
    assert "chosen" not in judged.asked


def test_work_at_no_element_settles_every_threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    word = Recommendation(word="cannot_be_measured", reason="work_without_elements", figures={})
    judged = Judged(monkeypatch, best="last_touched", unnamed=word)
    found: Any = of_marker()
    assert judged.asked["unnamed_work"] == (("marker",), {})
    assert (found.marker.recommendation, found.marker.near) == (word, 2.0)
    assert (found.marker.reason, found.opportunity.reason) == (word.reason, word.reason)
    assert (found.words, found.best) == ({5: word, 7: word}, None)
    assert "chosen" not in judged.asked


def test_large_elements_settle_every_threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    word = Recommendation(word="cannot_be_measured", reason="elements_too_large", figures={})
    judged = Judged(monkeypatch, best="last_touched", large=word)
    found: Any = of_marker()
    assert judged.asked["large_elements"] == (("marker",), {})
    assert (found.marker.recommendation, found.words) == (word, {5: word, 7: word})
    assert "hides_hits" not in judged.asked


def test_a_fixed_order_settles_every_threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    word = Recommendation(word="cannot_be_measured", reason="elements_in_fixed_order", figures={})
    judged = Judged(monkeypatch, best="last_touched", in_order=word)
    found: Any = of_marker()
    given, named = judged.asked["hides_hits"]
    assert given == ("marker", "sample", "contents")
    assert named == {"threshold_us": 7, "mean_seconds": 40.0}
    assert (found.marker.recommendation, found.words) == (word, {5: word, 7: word})


def test_elements_that_are_no_use_settle_every_threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    word = Recommendation(word="cannot_tell", reason="elements_do_not_recur", figures={})
    judged = Judged(monkeypatch, best="last_touched", fleeting=word)
    found: Any = of_marker()
    assert (found.marker.recommendation, found.marker.near) == (word, 2.0)
    assert (found.marker.reason, found.opportunity.reason) == (word.reason, word.reason)
    assert (found.words, found.best) == ({5: word, 7: word}, None)
    assert (found.primary_cap, found.checks) == ("standard cap", ["tie"])
    assert "marker" not in judged.asked
