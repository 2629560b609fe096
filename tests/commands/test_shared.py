"""What all results share, part by part."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from unittest import mock

import polars as pl

from resume_gap.analysis import inactivity
from resume_gap.commands import shared
from resume_gap.quality.small_groups import EventNames
from resume_gap.results.common import Check, plain
from resume_gap.sources.roles import RoleChoice

if TYPE_CHECKING:
    import pytest


def test_undecided_names_are_noted_with_their_share_where_there_are_any() -> None:
    def found(*undecided: str) -> list[Check]:
        choice = RoleChoice({"edit": 1}, "suggested", (), undecided)
        kinds = pl.DataFrame({"event": ["edit", "edit", "zorp"], "n": [4, 4, 2]})
        log: Any = SimpleNamespace(
            intake=SimpleNamespace(roles=choice, kinds=kinds),
            names=EventNames(users=dict.fromkeys(("edit", "zorp"), frozenset(range(5)))),
        )
        return shared._undecided(log)

    assert found() == []
    (check,) = found("zorp")
    assert (check.check, check.severity, check.count) == ("roles_undecided", "note", 1)
    assert check.share == 0.2


def test_a_marker_in_the_log_is_found_by_the_names_of_its_events(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = ["edit", "marker_shown", "marker_shown"]
    log: Any = SimpleNamespace(
        intake=SimpleNamespace(kinds=pl.DataFrame({"event": names, "n": [4, 3, 2]})),
        names=EventNames(users=dict.fromkeys(names, frozenset(range(5)))),
    )
    monkeypatch.setattr(shared, "roles_of", lambda _: SimpleNamespace(marker=()))
    (check,) = shared.marker_in_log(log)
    assert (check.check, check.count, check.names) == ("marker_in_log", 5, ("marker_shown",))


def test_task_ends_are_missed_where_there_is_work_and_no_end_is_given() -> None:
    names = EventNames(users={"submit": frozenset(range(5))})
    kinds = pl.DataFrame({"event": ["submit"], "n": [80]})
    roles: Any = SimpleNamespace(source="configured", completing=(), unnamed={})

    def found(complete: tuple[str, ...], *, has_productive: bool) -> list[str]:
        log: Any = SimpleNamespace(
            intake=SimpleNamespace(kinds=kinds), names=names, has_productive=has_productive
        )
        job: Any = SimpleNamespace(settings=SimpleNamespace(complete=complete))
        return [check.check for check in shared._no_task_ends(job, log, roles)]

    assert found((), has_productive=True) == ["task_ends_left_out"]
    assert found(("state=done",), has_productive=True) == []
    assert found((), has_productive=False) == []


def test_checks_are_listed_by_weight_then_name() -> None:
    def named(name: str, severity: Any, message: str = "") -> Check:
        return Check(check=name, severity=severity, count=1, share=None, message=message)

    ordered = [
        named("z", "error"),
        named("b", "warn"),
        named("c", "warn", "one"),
        named("c", "warn", "two"),
        named("a", "note"),
    ]
    mixed = [*ordered[3:], *ordered[:3]]
    assert sorted(mixed, key=shared._by_severity) == ordered


def test_an_input_without_rows_spans_nothing() -> None:
    spans = pl.DataFrame({"input_no": [1], "n": [7], "first_us": [0], "last_us": [1_000_000]})
    source: Any = SimpleNamespace(
        inputs=[
            SimpleNamespace(path="a.csv", sha256="1", simulated=False, reason=None),
            SimpleNamespace(path="b.csv", sha256="2", simulated=True, reason=None),
        ]
    )
    empty, other = shared.inputs_of(source, spans)
    assert (empty.path, empty.rows, empty.first_at, empty.last_at) == ("a.csv", 0, None, None)
    assert (other.path, other.sha256, other.rows) == ("b.csv", "2", 7)
    assert (empty.simulated, other.simulated) == (False, True)
    assert (other.first_at, other.last_at) == ("1970-01-01T00:00:00Z", "1970-01-01T00:00:01Z")


def test_a_frame_without_a_digest_says_why() -> None:
    spans = pl.DataFrame({"input_no": [0], "n": [7], "first_us": [0], "last_us": [0]})
    held = SimpleNamespace(path="Arrow table", sha256=None, simulated=False, reason="of lists")
    (found,) = shared.inputs_of(SimpleNamespace(inputs=[held]), spans)  # type: ignore[arg-type]
    assert (found.sha256, plain(found)["reason"]) == (None, "of lists")


def test_a_threshold_is_sensitive_by_its_rows_and_names_only_what_may_be_shown() -> None:
    def row(seconds: float, mean: float, hit: float, lower: float) -> Any:
        return SimpleNamespace(
            seconds=seconds,
            reorientation_mean_seconds=mean,
            hit=hit,
            excess_lower_seconds=lower,
        )

    grid = (row(450, 50, 0.5, 9), row(900, 51, 0.5, 20), row(1_800, 52, 0.9, 21))
    learned = inactivity.Learned(
        threshold_us=900_000_000,
        source="learned",
        ci_lower=800.0,
        ci_upper=1_000.0,
        reason="valley",
        night_seconds=40_000.0,
        event="rare",
    )
    found = shared._threshold(learned, grid, lambda _: False)
    assert (found.seconds, found.source, found.reason) == (900, "learned", "valley")
    assert (found.ci_lower, found.ci_upper, found.night_seconds) == (800.0, 1_000.0, 40_000.0)
    assert (found.sensitive, found.event) == (("excess", "hit"), None)
    assert found.sensitivity is grid
    steady = (row(450, 50, 0.5, 20), row(900, 51, 0.5, 20), row(1_800, 52, 0.9, 21))
    assert shared._threshold(learned, steady, lambda _: False).sensitive == ("hit",)
    later = (row(450, 50, 0.5, 9), row(900, 51, 0.5, 20), row(1_800, 90, 0.5, 21))
    assert shared._threshold(learned, later, lambda _: False).sensitive == (
        "reorientation",
        "excess",
    )
    assert shared._threshold(learned, grid, lambda name: name == "rare").event == "rare"


def test_what_each_check_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every value is another one, so that none can take another's place."""
    job, log, seen = mock.MagicMock(), mock.MagicMock(), mock.MagicMock()
    seen.returns.user_sums = sums = pl.DataFrame({"events": [3, 4, 5]})
    seen.timer.streams, seen.identity, seen.sending = 1, ["identity"], ["sending"]
    log.ledger.dropped = {"agent_event": 6, "no_user": 7}
    job.source.columns = {"sequence": "n"}
    job.source.inputs = [mock.Mock(path="a.csv"), mock.Mock(path="b.csv")]
    for name in ("productive", "complete", "away", "ignore"):
        setattr(job.settings, name, (name,))
    suspects, restless = {"user_no": [1, 2]}, {"user_no": [3]}
    roles, decide = mock.MagicMock(source="suggested"), mock.MagicMock()
    runner, call, sampled = job.runner, mock.call, mock.Mock()
    typed = ("productive", "complete", "away", "ignore")
    given = {
        "people.suspicious_users": call(sums, log.stats),
        "summaries.pseudonyms": call(runner, job.settings, [1, 2, 3]),
        "summaries.event_names": call(log.intake),
        "summaries.roles_by_name": call(log.intake),
        "SampleMeasurement": call(
            sample=log.tally.sample,
            event_names=["event_names"],
            shown=log.names,
            resolution_seconds=log.resolution.seconds,
            resampling=seen.resampling,
            is_sent_on_timer=True,
            decide=decide,
        ),
        "timestamps.stamp_checks": call(log.tally, log.resolution, has_sequence=True),
        "people.unlisted": call(runner, restless),
        "people.people_checks": call(
            suspects, restless, ["pseudonyms"], users=3, events=12, unlisted=["unlisted"]
        ),
        "people.id_checks": call(runner),
        "day_ids.day_id_checks": call(sums),
        "identity.identity_checks": call(sums, resolution_seconds=log.resolution.seconds),
        "session_ids.session_checks": call(
            runner,
            log.intake.roles,
            rows=log.intake.read,
            threshold_us=seen.learned.threshold_us,
        ),
        "dropped_checks": call(
            log.ledger, seen.lost, job.source.look.advice, log.intake.placeholders
        ),
        "copies.copy_checks": call(log.intake.spans, ["a.csv", "b.csv"], log.tally.alike),
        "timestamps.batch_checks": call(log.stats),
        "timestamps.interval_checks": call(log.stats),
        "lookalikes.name_checks": call(["roles_by_name"], typed, log.names),
        "role_names.role_checks": call(roles, has_productive=log.has_productive),
        "_no_task_ends": call(job, log, roles),
        "_undecided": call(log),
        "gap_edges.idle_checks": call(runner, sampled, roles.away),
        "machine_checks": call(runner, sampled),
        "session_shapes.shape_checks": call(runner, sampled),
        "first_work.first_work_checks": call(runner, sampled),
        "impressions.impression_checks": call(runner, sampled),
        "sign_in.sign_in_checks": call(runner, sampled),
        "early_touches.early_touch_checks": call(runner, sampled),
        "echoes.echo_checks": call(runner, sampled, suggested=True),
        "visit_sets.set_checks": call(runner, sampled),
        "timed_ends.timed_end_checks": call(runner, sampled),
        "task_ends.task_end_checks": call(runner, sampled, suggested=True),
        "element_days.element_checks": call(runner, sampled),
        "renamed.renamed_checks": call(runner, sampled),
        "agents.agent_checks": call(runner, sampled, roles, 6, job.source.likely_agents),
    }
    steps: dict[str, mock.Mock] = {}
    for place in given:
        module, _, name = place.rpartition(".")
        steps[name] = mock.Mock(return_value=[name])
        monkeypatch.setattr(getattr(shared, module) if module else shared, name, steps[name])
    steps["suspicious_users"].return_value = (suspects, restless)
    steps["SampleMeasurement"].return_value = sampled

    found: list[Any] = shared._checks(job, log, seen, roles, decide)

    assert [step.call_args_list for step in steps.values()] == [[one] for one in given.values()]
    checks = {name for name in steps if name.endswith("_checks")} | {"_undecided", "_no_task_ends"}
    assert sorted(found) == sorted({*checks, "identity", "sending"})

    seen.timer.streams, job.source.columns, roles.source = 0, {"sequence": None}, "configured"
    log.ledger.dropped = {}
    shared._checks(job, log, seen, roles, None)
    assert steps["SampleMeasurement"].call_args.kwargs["is_sent_on_timer"] is False
    assert steps["stamp_checks"].call_args.kwargs == {"has_sequence": False}
    assert steps["echo_checks"].call_args.kwargs == {"suggested": False}
    assert steps["task_end_checks"].call_args.kwargs == {"suggested": False}
    assert steps["agent_checks"].call_args.args[3] == 0
