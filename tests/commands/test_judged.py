"""Two arms are judged: checks first, then the effect, and what each step is given."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from factories import made_trials, trial_parts
from factories.made_trials import Back, made_trial

from resume_gap.commands import judged
from resume_gap.quality.small_groups import EventNames
from resume_gap.results.run import Measurability
from resume_gap.results.trust import TrustCheck
from resume_gap.settings import Settings
from resume_gap.sources.role_bits import AWAY, COMPLETING, OUTSIDE, PRODUCTIVE
from resume_gap.trial.cap import TrialCap
from resume_gap.units import US

LOOKS: Any = "looks"
CAP = TrialCap(120 * US, "prediction")


def log_of(**roles: int) -> Any:
    kinds = pl.DataFrame({"event": list(roles), "roles": list(roles.values())})
    stats = pl.DataFrame({"first_us": [9, 4, 7]})
    return SimpleNamespace(
        intake=SimpleNamespace(kinds=kinds), stats=stats, names=EventNames(), tally=None
    )


def run_of(**parts: Any) -> judged.TrialRun:
    columns: dict[str, str | None] = {"stream": None}
    settings = Settings(
        seed=3, looks=4, planned_users=50, marker={"shown": ("arrow*", "hint")}, new_users=True
    )
    trial = made_trial([user % 2 == 1 for user in range(60)], [Back(0, 9.0)])
    plain: dict[str, Any] = {
        "job": SimpleNamespace(
            settings=settings, source=SimpleNamespace(columns=columns), runner="runner"
        ),
        "log": log_of(
            edit=PRODUCTIVE, submit=COMPLETING, idle=AWAY, ping=OUTSIDE, view=0, arrow_a=0, hint=0
        ),
        "trial": trial,
        "assigned": made_trials.assigned(),
        "prediction": SimpleNamespace(content={"primary_cap": {"seconds": 60}}),
        "moved": 5,
        "threshold_us": 77,
        "measurability": Measurability(),
        "units": None,
        "columns": "columns",
        "allocation": (0.4, 0.6),
    }
    return judged.TrialRun(**{**plain, **parts})


def trust(status: str = "passed", **codes: str) -> Any:
    wanted = {"allocation_over_time": "steady", "log_begins_late": "history", **codes}
    checks: Any = [TrustCheck(name=n, code=code, status="passed") for n, code in wanted.items()]
    checks.append(TrustCheck(name="assigned_ratio", code="x", status=status))  # type: ignore[arg-type]
    return trial_parts.trust(checks=tuple(checks))


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What each step is given; a trial that is better and whose checks pass."""
    seen: dict[str, Any] = {}

    def step(module: Any, name: str, found: Any) -> None:
        def called(*args: Any, **named: Any) -> Any:
            seen[name] = (*args, *named.values())
            return found(*args) if callable(found) else found

        monkeypatch.setattr(module, name, called)

    first = trial_parts.primary(-5.0, 1.0)
    step(judged, "read_arm_events", "events")
    step(judged, "trust_of", trust())
    step(judged.effects, "never_triggered", "untouched")
    step(judged.effects, "interruptions", SimpleNamespace(effect="interruptions"))
    step(judged.effects, "looks_of", LOOKS)
    step(judged.effects, "first_return", SimpleNamespace(flag=None))
    step(judged.effects, "at_every_look", lambda one, *_: ("looked", one))
    step(judged, "flagged", lambda _, flag: SimpleNamespace(flag=flag))
    step(judged, "primary_cap", CAP)
    step(judged, "as_primary", first)
    step(judged, "at_caps", ("caps",))
    step(judged, "use", "use")
    step(judged, "overruled", None)
    step(judged, "only_at_once", None)
    step(judged, "doubted", lambda trust, _: trust)
    step(judged, "verdict_of", SimpleNamespace(word="better"))
    step(judged, "with_check", "trust with that check")
    return seen


def test_each_step_is_given_what_came_before(given: dict[str, Any]) -> None:
    found = judged.judge(run_of())
    assert (found.untouched, found.looks, found.cap, found.caps, found.use) == (
        "untouched",
        LOOKS,
        CAP,
        ("caps",),
        "use",
    )
    assert found.primary is not None
    assert found.verdict.word == "better"
    assert given["looks_of"][1:] == (4, 50, 0.05)
    assert given["primary_cap"][1] == {"primary_cap": {"seconds": 60}}
    trial, seed = given["first_return"]
    assert (trial.primary_us, trial.by_day, seed) == (CAP.us, False, 3)
    assert given["at_every_look"][1:] == (LOOKS, 0.05)
    assert given["as_primary"][1] is CAP
    assert given["at_caps"][2:] == (LOOKS, 3)
    assert given["verdict_of"] == (found.primary, found.trust, "use", None)
    assert given["only_at_once"][1:] == (trial, LOOKS, 3)
    assert "flagged" not in given
    assert found.trial is trial


def test_a_given_cap_is_taken(given: dict[str, Any]) -> None:
    other = TrialCap(60 * US, "lags")
    assert judged.judge(run_of(), other).cap is other
    assert "primary_cap" not in given
    judged.judge(run_of(prediction=None))
    assert given["primary_cap"][1] is None


def test_codes_of_checks_decide_how_arms_are_compared(
    given: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = {"allocation_over_time": "by_day", "log_begins_late": "no_history"}
    monkeypatch.setattr(judged, "trust_of", lambda _: trust(**codes))
    assert judged.judge(run_of()).trial.by_day
    assert given["flagged"][1] == "first_return_seen"
    assert given["at_caps"][1].flag == "first_return_seen"


def test_nothing_is_computed_where_a_check_failed(
    given: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judged, "trust_of", lambda _: trust("failed"))
    found = judged.judge(run_of())
    assert (found.verdict.word, found.verdict.reason) == ("withheld", "check_failed")
    assert found.verdict.figures == {"checks": ("assigned_ratio",)}
    assert (found.primary.reason, found.cap, found.caps, found.use) == ("withheld", None, (), None)
    assert "first_return" not in given
    blind = Measurability(reason="too_coarse", figures={"seconds": 60.0})
    found = judged.judge(run_of(measurability=blind))
    assert (found.verdict.reason, found.verdict.figures) == ("too_coarse", {"seconds": 60.0})


def test_only_a_better_result_may_be_there_in_the_first_seconds_alone(
    given: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = TrustCheck(name="first_step", code="only_at_once", status="failed")
    monkeypatch.setattr(judged, "only_at_once", lambda *_: broken)
    found = judged.judge(run_of())
    assert (found.verdict.word, found.trust) == ("withheld", "trust with that check")
    assert (found.primary.reason, found.cap) == ("withheld", None)
    assert given["with_check"][1] is broken
    doubtful = replace(broken, code="steps_as_usual", status="warned")
    monkeypatch.setattr(judged, "only_at_once", lambda *_: doubtful)
    found = judged.judge(run_of())
    assert (found.verdict.word, found.trust) == ("better", "trust with that check")
    assert found.cap is CAP
    monkeypatch.setattr(judged, "verdict_of", lambda *_: SimpleNamespace(word="worse"))
    assert judged.judge(run_of()).cap is CAP


def test_checks_look_at_the_log_and_the_assignments(given: dict[str, Any]) -> None:
    run = run_of(control_is_sham=True)
    found = judged._evidence(run, "untouched")  # type: ignore[arg-type]
    assert given["read_arm_events"] == ("runner", ["arrow_a", "hint"])
    assert (found.events, found.never_triggered) == ("events", "untouched")
    assert found.interruptions == "interruptions"
    assert given["interruptions"][1:] == (3,)
    assert (found.known, found.working) == ({"ping"}, {"edit", "submit", "idle"})
    assert (found.log_first_us, found.threshold_us, found.moved) == (4, 77, 5)
    assert (found.allocation, found.units, found.control_is_sham) == ((0.4, 0.6), None, True)
    assert (found.by_day, found.new_users) == (False, True)
    run.job.source.columns["stream"] = "device"
    settings = replace(run.job.settings, new_users=False, stratify_by_day=True)
    run.job.settings = settings  # type: ignore[misc]
    found = judged._evidence(run, "untouched")  # type: ignore[arg-type]
    assert (found.log_first_us, found.by_day, found.new_users) == (None, True, False)
