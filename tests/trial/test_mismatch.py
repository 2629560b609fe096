"""Where users are missing: planted at one stage and place, or nowhere in particular."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest
from factories.effort import effort
from factories.made_trials import ASSIGNED_US, Back, assigned, evidence, made_trial
from oracles import mismatch as oracle

from resume_gap.quality.small_groups import Groups
from resume_gap.trial import mismatch
from resume_gap.trial.assignment_checks import assigned_ratio, triggered_ratio
from resume_gap.trial.mismatch import own_values, places_of, stages_of
from resume_gap.trial.unit import KnownValues
from resume_gap.units import DAY_US

if TYPE_CHECKING:
    from resume_gap.results.trust import StageLoss, UnevenPlace
    from resume_gap.trial.evidence import Evidence

ARM = 300
TREATED = [False] * ARM + [True] * ARM


def trial_that_loses(stage: str, *, every: int = 3) -> Evidence:
    """Every third treated user is gone after one stage; nobody else is anywhere."""
    gone = [user for user in range(ARM, 2 * ARM) if user % every == 0]
    backs = [Back(user, 5.0) for user in range(2 * ARM)]
    numbers: list[int | None] = list(range(2 * ARM))
    interruptions = [1] * 2 * ARM
    if stage == "assignment":
        kept = [user for user in range(2 * ARM) if user not in gone]
        return evidence(
            made_trial([TREATED[user] for user in kept], [Back(n, 5.0) for n in range(len(kept))])
        )
    for user in gone:
        numbers[user] = None if stage == "logging" else user
        interruptions[user] = 1 if stage == "analysis" else 0
    backs = [back for back in backs if back.user not in gone]
    columns: dict[str, list[Any]] = {"user_no": numbers, "interruptions": interruptions}
    return evidence(made_trial(TREATED, backs, **columns))


@pytest.mark.parametrize("stage", ["assignment", "logging", "trigger", "analysis"])
def test_the_stage_that_loses_users_is_named(stage: str) -> None:
    seen = trial_that_loses(stage)
    ratio = assigned_ratio(seen) if stage == "assignment" else triggered_ratio(seen)
    assert ratio.figures["uneven_stages"] == (stage,)
    users = seen.trial.users.with_columns(in_log=pl.col("user_no").is_not_null())
    assert counts(stages_of(seen)) == oracle.stages(users.to_dicts(), (0, 0))


def counts(stages: tuple[StageLoss, ...]) -> list[tuple[str, oracle.Arms, oracle.Arms]]:
    return [
        (one.stage, (one.of_control, one.of_treatment), (one.control, one.treatment))
        for one in stages
    ]


def test_assignments_that_cannot_be_read_are_lost_in_logging() -> None:
    trial = made_trial([False] * 300 + [True] * 200, [])
    ratio = assigned_ratio(evidence(trial, assigned=assigned(lost=(0, 100))))
    assert ratio.figures["uneven_stages"] == ("logging",)
    stages = stages_of(evidence(trial, assigned=assigned(lost=(0, 100))))
    users = trial.users.with_columns(in_log=True).to_dicts()
    assert counts(stages) == oracle.stages(users, (0, 100))


def test_only_the_first_check_says_where() -> None:
    seen = trial_that_loses("assignment")
    assert "stages" in assigned_ratio(seen).figures
    again = triggered_ratio(seen)
    assert again.code == "sample_ratio_mismatch"
    assert "stages" not in again.figures


def values_of(trial_users: pl.DataFrame, name: str, values: list[str | None]) -> KnownValues:
    frame = trial_users.select("assigned_no", value=pl.Series(values, dtype=pl.String))
    return KnownValues("column", name, frame)


def places(seen: Evidence, *columns: KnownValues) -> tuple[UnevenPlace, ...]:
    users = seen.trial.users
    return places_of(users, columns, seen.allocation, Groups())[1]


def test_the_platform_that_loses_users_is_named_with_what_is_left_without_it() -> None:
    treated = [False] * 400 + [True] * 300
    platform: list[str | None] = ["web", "ios", "android", "web"] * 100 + [
        "web",
        "ios",
        "web",
    ] * 100
    seen = evidence(made_trial(treated, []))
    even = ["x" if n % 2 else "y" for n in range(700)]
    (found,) = places(
        seen,
        values_of(seen.trial.users, "platform", platform),
        values_of(seen.trial.users, "plan", list(even)),
    )
    assert (found.column, found.value) == ("platform", "android")
    assert (found.control, found.treatment) == (100, 0)
    assert (found.rest_control, found.rest_treatment) == (300, 300)
    assert found.rest_p == pytest.approx(1.0)
    table = list(zip([str(one) for one in platform], treated, strict=True))
    expected = oracle.split_p(table)
    assert expected is not None
    assert found.p == pytest.approx(min(1.0, 2 * expected[0]))


def test_a_value_of_so_few_users_of_an_arm_is_not_named() -> None:
    treated = [False] * 400 + [True] * 303
    platform: list[str | None] = ["web", "ios", "android", "web"] * 100 + [
        "web",
        "ios",
        "web",
    ] * 100
    seen = evidence(made_trial(treated, []))
    column = values_of(seen.trial.users, "platform", [*platform, "android", "android", "android"])
    (found,) = places(seen, column)
    assert (found.value, found.treatment) == (None, 3)
    open_names = places_of(seen.trial.users, (column,), (0.5, 0.5), Groups(least=1))[1]
    assert open_names[0].value == "android"


def test_the_day_and_the_activity_at_which_users_are_missing() -> None:
    """The second of three days lost most of its treated users; or the most active third did."""
    day = [n % 3 for n in range(1_200)]
    treated = [n >= 600 for n in range(1_200)]
    gone = {n for n in range(600, 1_200) if day[n] == 1 and n % 4}
    kept = [n for n in range(1_200) if n not in gone]
    seen = evidence(
        made_trial(
            [treated[n] for n in kept],
            [],
            assigned_us=[ASSIGNED_US + day[n] * DAY_US for n in kept],
        )
    )
    (found,) = assigned_ratio(seen).figures["places"]  # type: ignore[misc]
    assert (found.kind, found.value) == ("day", "2023-11-15")

    busy = [n % 600 for n in range(1_200)]
    kept = [n for n in range(1_200) if not (treated[n] and busy[n] >= 400 and n % 4)]
    seen = evidence(
        made_trial(
            [treated[n] for n in kept],
            [],
            has_history=[True] * len(kept),
            productive_before_us=[busy[n] for n in kept],
        )
    )
    (found,) = assigned_ratio(seen).figures["places"]  # type: ignore[misc]
    assert (found.kind, found.value) == ("activity", "high")


def test_thirds_are_of_the_users_with_history() -> None:
    trial = made_trial(
        [False] * 7,
        [],
        has_history=[True] * 6 + [False],
        productive_before_us=[5, 1, 9, 2, 3, 8, 0],
    )
    _, activity = own_values(trial.users)
    found = dict(activity.values.iter_rows())
    assert [found[n] for n in range(1, 8)] == [
        "middle",
        "low",
        "high",
        "low",
        "middle",
        "high",
        "none",
    ]


@pytest.mark.full
@pytest.mark.effort
@pytest.mark.parametrize("treated_share", [0.5, 0.35])
def test_a_mismatch_that_is_spread_evenly_has_no_place(treated_share: float) -> None:
    """Of trials with six columns each, 1 % may name a place by chance; none more than 3 %."""
    rng = np.random.default_rng(3)
    named, trials = 0, effort(100, 200)
    for _ in range(trials):
        treated = rng.random(600) < treated_share
        users = pl.DataFrame({"assigned_no": np.arange(1, 601), "is_treated": treated})
        columns = [
            values_of(users, f"c{k}", [f"v{v}" for v in rng.integers(0, k, 600)])
            for k in (2, 3, 5, 8, 20, 60)
        ]
        named += bool(places_of(users, columns, (0.5, 0.5), Groups())[1])
    assert named <= 0.03 * trials


def test_units_are_not_looked_at_by_the_values_of_their_users() -> None:
    seen = trial_that_loses("assignment")
    object.__setattr__(seen.trial, "by_unit", True)
    figures = assigned_ratio(seen).figures
    assert figures["uneven_stages"] == ("assignment",)
    assert "places" not in figures


def test_of_two_impossible_values_the_more_uneven_one_is_the_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both probabilities are 0; shares are compared with the allocation, not against a half."""
    monkeypatch.setattr(mismatch, "_named", lambda *_: None)
    counts = np.array([[9_000, 100_000], [100_000, 16_000]])
    rows = pl.DataFrame({"is_treated": np.repeat([False, True], counts.sum(axis=0))})
    split: Any = SimpleNamespace(counts=counts, values=np.array([0, 1]))
    column = KnownValues("column", "plan", rows)
    found = mismatch._LookedAt(column, rows, split)
    allocation = (0.2, 0.8)  # 0.92 and 0.14 were treated: 0.12 above it, 0.66 below it
    place = mismatch._place(found, 0.0, allocation, Groups())
    assert (place.control, place.treatment) == (100_000, 16_000)
    place = mismatch._place(found, 0.0, (2.0, 8.0), Groups())  # whatever they sum up to
    assert (place.control, place.treatment) == (100_000, 16_000)
