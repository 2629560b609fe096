"""An evaluation puts every part into its own field, and has no effect where a check failed."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import pytest

from resume_gap.commands import evaluation
from resume_gap.commands.judged import Judged
from resume_gap.results.evaluate import Mechanism, Primary, Verdict

PREDICTION: Any = SimpleNamespace(content={"sha256": "seal", "best": "most_used"})


class Named:
    """A module whose functions return their names and what they were given."""

    def __init__(self, **found: Any) -> None:
        self._found = found

    def __getattr__(self, name: str) -> Any:
        def called(*given: Any, **named: Any) -> Any:
            if name in self._found:
                return self._found[name]
            return SimpleNamespace(name=name, given=given, named=named, effect=name, flag=None)

        return called


def run_of(prediction: Any = PREDICTION) -> Any:
    names = SimpleNamespace(groups="groups")
    elements = SimpleNamespace(any=lambda: True)
    contents = SimpleNamespace(label_element=elements)
    settings = SimpleNamespace(seed=7, by=("plan",), worth=5.0)
    return SimpleNamespace(
        job=SimpleNamespace(settings=settings),
        log=SimpleNamespace(names=names, tally="tally", intake=SimpleNamespace(contents=contents)),
        prediction=prediction,
    )


def judged(reason: str | None = None, **parts: Any) -> Any:
    plain: dict[str, Any] = {
        name: name for name in ("trial", "untouched", "trust", "looks", "cap", "caps", "use")
    }
    verdict = Verdict(word="better", reason="interval_below_0")
    primary = Primary(estimand="first_return", unit="seconds", reason=reason)
    return Judged(**{**plain, "verdict": verdict, "primary": primary, **parts})


@pytest.fixture
def stubs(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    looked = Named(
        mechanism=Mechanism(reason="by prediction"),
    )
    monkeypatch.setattr(evaluation, "effects", Looked())
    monkeypatch.setattr(evaluation, "exploration", looked)
    monkeypatch.setattr(
        evaluation, "followed", lambda found, *_: dataclasses.replace(found, unknown=3)
    )
    monkeypatch.setattr(evaluation, "read", lambda found, word: f"{found.unknown} {word}")
    monkeypatch.setattr(evaluation, "predicted_rows", lambda *given: ("rows", *given))
    monkeypatch.setattr(evaluation, "futility", lambda *given: ("futility", *given))
    monkeypatch.setattr(evaluation, "sham_of", lambda _run, cap: ("sham", cap))
    monkeypatch.setattr(evaluation.before_launch, "segment_names", lambda *_: "names of segments")
    return monkeypatch


class Looked(Named):
    """`effects`: what is held at every look says so."""

    def __init__(self, flag: str | None = None) -> None:
        super().__init__()
        self._flag = flag

    def at_every_look(self, one: Any, looks: str, *, alpha: float) -> Any:
        flag = self._flag if one.name == "all_returns" else None
        found = {**vars(one), "looks": looks, "alpha": alpha, "flag": flag}
        return SimpleNamespace(**found)

    def secondary(self, found: list[Any]) -> list[str]:
        return [one.name for one in found]


def test_every_part_has_its_field(stubs: pytest.MonkeyPatch) -> None:
    one = judged()
    stubs.setattr(evaluation, "judge", lambda _: one)
    found: Any = evaluation.evaluation_of(run_of())
    for name in ("verdict", "trust", "primary", "caps", "looks", "use"):
        assert getattr(found, name) is getattr(one, name)
    assert found.dilution == "untouched"
    assert (found.adjusted.name, found.adjusted.looks) == ("adjusted", "looks")
    assert (found.secondary, found.exploratory) == (["finished", "all_returns"], ())
    trial, returned, seed = found.guardrails.given
    assert (trial, returned.name, seed) == ("trial", "return_rate", 7)
    assert found.interruptions == "interruptions"
    assert (found.lee_bounds.name, found.curves.name) == ("selection", "curves")
    for name in ("quantiles", "exposures", "weeks"):
        assert (getattr(found, name).name, getattr(found, name).given) == (name, ("trial", 7))
    assert found.segments.given == ("trial", ("plan",), "names of segments", "groups", 7)
    assert (found.mechanism.reason, found.mechanism.reading) == ("by prediction", "3 better")
    assert found.predicted == ("rows", PREDICTION.content, "trial", one.primary)
    assert found.futility == ("futility", PREDICTION.content, "trial", one.primary, 5.0)
    assert (found.prediction_file, found.sham) == ("seal", ("sham", "cap"))


def test_returns_that_may_differ_are_only_explored(stubs: pytest.MonkeyPatch) -> None:
    stubs.setattr(evaluation, "judge", lambda _: judged())
    stubs.setattr(evaluation, "effects", Looked("returns_may_differ"))
    found: Any = evaluation.evaluation_of(run_of(None))
    assert found.secondary == ["finished"]
    (everything,) = found.exploratory
    trial, rates, seed = everything.given
    assert (trial, seed) == ("trial", 7)
    assert [one.name for one in rates] == ["return_rate", "return_rate_soon", "interruptions"]
    assert (found.predicted, found.futility, found.prediction_file) == ((), None, None)


@pytest.mark.parametrize("missing", ["cap", "use"])
def test_where_a_check_failed_there_is_no_effect(stubs: pytest.MonkeyPatch, missing: str) -> None:
    one = judged(**{missing: None})
    stubs.setattr(evaluation, "judge", lambda _: one)
    found: Any = evaluation.evaluation_of(run_of())
    assert (found.verdict, found.trust, found.looks) == (one.verdict, "trust", "looks")
    assert (found.primary.reason, found.sham) == ("withheld", ("sham", None))
    assert found.prediction_file == "seal"


@pytest.mark.parametrize("reason", ["few_users", "few_units", "no_rows"])
def test_few_users_keep_their_primary_effect(stubs: pytest.MonkeyPatch, reason: str) -> None:
    one = judged(reason)
    stubs.setattr(evaluation, "judge", lambda _: one)
    found: Any = evaluation.evaluation_of(run_of())
    assert found.primary is one.primary
    assert found.sham == ("sham", "cap")
    nothing = {
        "adjusted": ("first_return_adjusted", "seconds"),
        "interruptions": ("interruptions_per_user", "count"),
        "dilution": ("never_triggered", "seconds"),
    }
    for name, (estimand, unit) in nothing.items():
        effect = getattr(found, name)
        assert (effect.estimand, effect.unit, effect.reason) == (estimand, unit, "few_users")
    assert found.use.change.estimand == "change_with_use"
    assert found.use.later.estimand == "later_returns"
    assert found.mechanism.reason == found.lee_bounds.reason == "few_users"


def test_the_marker_points_where_the_prediction_said() -> None:
    log = run_of().log
    assert evaluation.target_rule(log, PREDICTION) == "most_used"
    for nothing in (None, SimpleNamespace(content={}), SimpleNamespace(content={"best": None})):
        assert evaluation.target_rule(log, nothing) == "last_touched"  # type: ignore[arg-type]
    log.intake.contents.label_element = SimpleNamespace(any=lambda: False)
    assert evaluation.target_rule(log, PREDICTION) is None
