"""A sham arm is compared with the marker and with control, each pair in its own direction."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from factories.made_trials import assigned

from resume_gap.commands import sham
from resume_gap.trial.assignments import Arms
from resume_gap.trial.cap import TrialCap
from resume_gap.units import US

CAP = TrialCap(60 * US, "lags")


@dataclass(frozen=True)
class Run:
    """Of a trial run what the comparisons take and change."""

    job: Any
    assigned: Any
    trial: Any
    allocation: tuple[float, float] = (0.2, 0.4)
    control_is_sham: bool = False
    sham_share: float | None = None
    columns: str = "columns"
    units: Any = "units of the trial"
    moved: int = 0


@dataclass(frozen=True)
class Pair:
    """Of a trial what a pair keeps."""

    cap_us: int
    by_unit: bool


def run_of(name: str | None, share: float | None = None) -> Any:
    job = SimpleNamespace(runner="runner", settings=SimpleNamespace(unit="company"))
    return Run(job, assigned(sham=name), Pair(900, by_unit=True), sham_share=share)


def test_without_a_sham_arm_there_is_nothing() -> None:
    assert sham.sham_of(run_of(None), CAP) is None
    withheld = sham.sham_of(run_of("grey"), None)
    assert withheld is not None
    assert (withheld.name, withheld.reason, withheld.comparisons) == ("grey", "withheld", ())


@pytest.mark.parametrize(("given", "share"), [(None, 0.4), (0.3, 0.3)])
def test_each_pair_is_assigned_and_judged_like_the_trial(
    monkeypatch: pytest.MonkeyPatch, given: float | None, share: float
) -> None:
    pairs: list[Arms] = []
    runs: list[Any] = []

    def assign_pair(runner: str, arms: Arms) -> str:
        assert runner == "runner"
        pairs.append(arms)
        return f"assigned {len(pairs)}"

    def judge(run: Any, cap: TrialCap) -> Any:
        assert cap is CAP
        runs.append(run)
        return SimpleNamespace(verdict=f"verdict {len(runs)}", trust="trust", primary="primary")

    monkeypatch.setattr(sham, "assign_pair", assign_pair)
    monkeypatch.setattr(sham, "judge", judge)
    monkeypatch.setattr(sham, "name_units", lambda *given: given)
    monkeypatch.setattr(sham, "at_the_return", lambda _: 10 + len(pairs))
    monkeypatch.setattr(sham, "read_trial", lambda _, cap_us: Pair(cap_us, by_unit=False))
    found: Any = sham.sham_of(run_of("grey", given), CAP)
    assert pairs == [
        Arms("assignments.csv", "grey", "on", None, "inferred"),
        Arms("assignments.csv", "off", "grey", None, "inferred"),
    ]
    assert [(run.allocation, run.control_is_sham) for run in runs] == [
        ((share, 0.4), True),
        ((0.2, share), False),
    ]
    assert {run.sham_share for run in runs} == {None}
    for number, run in enumerate(runs, start=1):
        assert (run.assigned, run.moved) == (f"assigned {number}", 10 + number)
        assert run.units == ("runner", "company", "columns")
        assert run.trial == Pair(900, by_unit=True)
    assert [(one.name, one.verdict) for one in found.comparisons] == [
        ("marker_against_sham", "verdict 1"),
        ("sham_against_control", "verdict 2"),
    ]
    assert {(one.trust, one.primary) for one in found.comparisons} == {("trust", "primary")}
